//! Of people who sign in, and of scripts and apps that come with an access token.

use latchkey_domain::actor::{Actor, Role};
use latchkey_testkit::{TestAnswer, TestClient, TestDevice, TestService, shown_code};
use serde_json::{Value, json};

use super::Sent;
use super::session::browser;
use crate::world::{OWNER, World, text};

/// The address of the user who is invited.
const ADA: &str = "ada@vendor.example";

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// What a browser asks for that lets the window in.
fn handed(challenge: &str) -> Value {
    json!({ "challenge": challenge, "computer": "office-3" })
}

/// Sees to it that somebody has no second factor.
async fn off(client: &TestClient, who: &Actor) {
    let user = client.get(&format!("/v1/users/{}", who.id)).await.ok();
    if user["second_factor"] == json!(true) {
        client.post("/v1/second-factor/end", &json!({})).await.ok();
    }
}

/// Begins a second factor for somebody, and answers the code of it.
async fn begun(w: &World, client: &TestClient, who: &Actor) -> String {
    off(client, who).await;
    let begun = client.post("/v1/second-factor/begin", &json!({})).await;
    shown_code(&text(&begun.ok(), "/item/secret"), w.app.now())
}

/// Gives somebody a second factor.
async fn on(w: &World, client: &TestClient, who: &Actor) {
    let code = json!({ "code": begun(w, client, who).await });
    client.post("/v1/second-factor/confirm", &code).await.ok();
}

/// Has somebody sent to the sign-in service, and answers what the browser keeps.
async fn sent(w: &World, email: &str) -> String {
    let who = TestService::person(email, email, w.app.now());
    w.app.service.says(Some(who));
    let begun = w.client.post("/v1/sign-in-service/begin", &json!({})).await;
    kept(&begun)
}

/// What a browser keeps of an answer.
fn kept(answer: &TestAnswer) -> String {
    let set = answer.header("set-cookie").unwrap();
    set.split(';').next().unwrap().to_owned()
}

/// Has the owner's device make a passkey: what the browser keeps, the device, and what is sent.
async fn made(w: &World) -> (String, TestDevice, Value) {
    let begun = w.client.post("/v1/passkeys/begin", &json!({})).await;
    let cookie = kept(&begun);
    // Each is another one: a world sees many.
    let seed = u8::try_from(w.ledger_size().await % 250).unwrap();
    let options = begun.ok()["options"].clone();
    let (device, answer) = TestDevice::make(seed, &options, "https://licenses.vendor.example");
    (
        cookie,
        device,
        json!({ "name": "Laptop", "answer": answer }),
    )
}

/// Gives the owner a passkey: its id, and its device.
async fn passkey(w: &World) -> (String, TestDevice) {
    let (cookie, device, body) = made(w).await;
    let (post, headers) = (http::Method::POST, [("cookie", &*cookie)]);
    let done = w.client.command(post, "/v1/passkeys", &headers, &body);
    (text(&done.await.ok(), "/item/id"), device)
}

/// What somebody comes back from the sign-in service with.
fn back(w: &World) -> Value {
    json!({ "state": w.app.service.state(), "code": "right" })
}

/// Has somebody come in by the sign-in service, and answers what the browser keeps then.
async fn came(w: &World, email: &str) -> String {
    let cookie = sent(w, email).await;
    let (post, path) = (http::Method::POST, "/v1/sign-in-service/finish");
    let headers = [("cookie", &*cookie)];
    kept(&w.client.command(post, path, &headers, &back(w)).await)
}

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    let nothing = |path: String| (path, Sent::Nothing);
    let json = |path: String, body: Value| (path, Sent::Json(body));
    Some(match operation {
        "sign_in" => json(
            "/v1/sign-in".into(),
            json!({ "email": OWNER.0, "password": OWNER.1, "kind": "program" }),
        ),
        "list_sessions" => nothing("/v1/sessions".into()),
        "end_session" => nothing(format!("/v1/sessions/{}/end", w.session)),
        "change_password" => json(
            "/v1/password".into(),
            json!({ "present": OWNER.1, "new": "eight grey geese" }),
        ),
        "rename_vendor" => json("/v1/vendor".into(), json!({ "name": "Nordlicht Software" })),
        "prove_session" => json("/v1/sessions/prove".into(), json!({ "password": OWNER.1 })),
        "hand_over_session" => (
            "/v1/sessions/hand-over".to_owned(),
            Sent::Kept(browser(w).await, handed(CHALLENGE)),
        ),
        "take_over_session" => {
            let (cookie, people) = (browser(w).await, w.app.client_of_people());
            let (post, headers) = (http::Method::POST, [("cookie", &*cookie)]);
            let path = "/v1/sessions/hand-over";
            let asked = handed(CHALLENGE);
            let done = people.command(post, path, &headers, &asked);
            let code = text(&done.await.ok(), "/item/code");
            json(
                "/v1/sessions/take-over".into(),
                json!({ "code": code, "verifier": VERIFIER }),
            )
        }
        "begin_second_factor" => {
            off(&w.client, &w.app.owner).await;
            nothing("/v1/second-factor/begin".into())
        }
        "confirm_second_factor" => {
            let code = begun(w, &w.client, &w.app.owner).await;
            json("/v1/second-factor/confirm".into(), json!({ "code": code }))
        }
        "renew_recovery_codes" => {
            on(w, &w.client, &w.app.owner).await;
            nothing("/v1/second-factor/recovery-codes".into())
        }
        "end_second_factor" => {
            on(w, &w.client, &w.app.owner).await;
            nothing("/v1/second-factor/end".into())
        }
        "reset_second_factor" => {
            let ada = Actor {
                id: w.user.parse().unwrap(),
                ..w.app.actor(Role::Support)
            };
            on(w, &w.app.client_of(ada.clone()), &ada).await;
            nothing(format!("/v1/users/{}/reset-second-factor", w.user))
        }
        "list_sign_in_methods" => nothing("/v1/sign-in-methods".into()),
        "begin_service_sign_in" => json("/v1/sign-in-service/begin".into(), json!({})),
        "finish_service_sign_in" => {
            let cookie = sent(w, ADA).await;
            let path = "/v1/sign-in-service/finish".to_owned();
            (path, Sent::Kept(cookie, back(w)))
        }
        "confirm_service_sign_in" => {
            let ada = Actor {
                id: w.user.parse().unwrap(),
                ..w.app.actor(Role::Support)
            };
            let client = w.app.client_of(ada.clone());
            off(&client, &ada).await;
            let begun = client.post("/v1/second-factor/begin", &json!({})).await;
            let secret = text(&begun.ok(), "/item/secret");
            let code = || json!({ "code": shown_code(&secret, w.app.now()) });
            client.post("/v1/second-factor/confirm", &code()).await.ok();
            w.app.clock.advance_millis(30_000);
            let cookie = came(w, ADA).await;
            let path = "/v1/sign-in-service/confirm".to_owned();
            (path, Sent::Kept(cookie, code()))
        }
        "unlink_sign_in_service" => {
            came(w, OWNER.0).await;
            nothing("/v1/sign-in-service/unlink".into())
        }
        "unlink_user" => {
            came(w, ADA).await;
            nothing(format!("/v1/users/{}/unlink", w.user))
        }
        "list_passkeys" => {
            passkey(w).await;
            nothing("/v1/passkeys".into())
        }
        "begin_passkey" => nothing("/v1/passkeys/begin".into()),
        "create_passkey" => {
            let (cookie, _, body) = made(w).await;
            ("/v1/passkeys".to_owned(), Sent::Kept(cookie, body))
        }
        "rename_passkey" => {
            let (id, _) = passkey(w).await;
            json(format!("/v1/passkeys/{id}"), json!({ "name": "Phone" }))
        }
        "remove_passkey" => nothing(format!("/v1/passkeys/{}/remove", passkey(w).await.0)),
        "reset_passkeys" => {
            passkey(w).await;
            nothing(format!("/v1/users/{}/reset-passkeys", w.app.owner.id))
        }
        "begin_passkey_sign_in" => json("/v1/passkey-sign-in/begin".into(), json!({})),
        "finish_passkey_sign_in" => {
            let (_, mut device) = passkey(w).await;
            w.app.clock.advance_millis(1);
            let begun = w.client.post("/v1/passkey-sign-in/begin", &json!({})).await;
            let cookie = kept(&begun);
            let body = json!({ "answer": device.answer(&begun.ok()["options"]) });
            let path = "/v1/passkey-sign-in/finish".to_owned();
            (path, Sent::Kept(cookie, body))
        }
        "list_role_rules" => nothing("/v1/vendor/role-rules".into()),
        "set_role_rule" => json(
            "/v1/vendor/role-rules".into(),
            json!({
                "role": "support",
                "hours": { "time_zone": "UTC", "spans": [{ "day": 1, "from": "08:00", "until": "18:00" }] },
                "networks": ["192.0.2.0/24"],
            }),
        ),
        "list_users" => nothing("/v1/users".into()),
        "create_user" => json(
            "/v1/users".into(),
            json!({ "email": "bob@vendor.example", "name": "Bob", "role": "auditor" }),
        ),
        "get_user" => nothing(format!("/v1/users/{}", w.user)),
        "update_user" => json(
            format!("/v1/users/{}", w.user),
            json!({ "name": "Ada King", "role": "admin" }),
        ),
        "deactivate_user" => nothing(format!("/v1/users/{}/deactivate", w.user)),
        "reactivate_user" => {
            let bob = json!({ "email": "bob@vendor.example", "name": "Bob", "role": "auditor" });
            let bob = text(&w.after("/v1/users", bob).await, "/item/user/id");
            w.after(&format!("/v1/users/{bob}/deactivate"), json!({}))
                .await;
            nothing(format!("/v1/users/{bob}/reactivate"))
        }
        "invite_user" => nothing(format!("/v1/users/{}/invite", w.user)),
        "show_invitation" => json(
            "/v1/invitations/show".into(),
            json!({ "token": w.invitation }),
        ),
        "ask_password_reset" => json("/v1/password-reset".into(), json!({ "email": OWNER.0 })),
        "accept_invitation" => json(
            "/v1/invitations/accept".into(),
            json!({ "token": w.invitation, "password": "nine white geese" }),
        ),
        "list_access_tokens" => nothing("/v1/access-tokens".into()),
        "create_access_token" => json(
            "/v1/access-tokens".into(),
            json!({ "name": "Atlas CAD", "scopes": ["validate", "activate"], "product_id": w.product }),
        ),
        "get_access_token" => nothing(format!("/v1/access-tokens/{}", w.access_token)),
        "revoke_access_token" => nothing(format!("/v1/access-tokens/{}/revoke", w.access_token)),
        "list_validations" => {
            let asked = json!({ "license_key": w.license_key, "machine_code": "M-1" });
            w.after("/v1/validate", asked).await;
            let path = format!("/v1/validations?license_id={}", w.license);
            // It is noted a moment later.
            while w.client.get(&path).await.ok()["items"] == json!([]) {
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
            nothing(path)
        }
        _ => return None,
    })
}
