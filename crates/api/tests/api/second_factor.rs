//! Signing in with a code, and proving anew who one is, as a browser and a program see it.

use latchkey_testkit::{TestAnswer, TestClient, shown_code};
use serde_json::{Value, json};

use crate::world::{OWNER, World, text};

const MINUTE: i64 = 60_000;

/// The owner in a browser: a client with the cookie that it was given last.
struct Browser {
    client: TestClient,
    cookie: String,
}

impl Browser {
    async fn sign_in(world: &World, code: Option<&str>) -> Self {
        let client = world.app.client_of_people();
        let answer = client.post("/v1/sign-in", &credentials(code)).await;
        let cookie = cookie(&answer);
        answer.ok();
        Self { client, cookie }
    }

    async fn post(&self, path: &str, body: &Value) -> TestAnswer {
        let headers = [("cookie", &*self.cookie)];
        let post = http::Method::POST;
        self.client.command(post, path, &headers, body).await
    }
}

fn credentials(code: Option<&str>) -> Value {
    let mut asked = json!({ "email": OWNER.0, "password": OWNER.1 });
    if let Some(code) = code {
        asked["code"] = json!(code);
    }
    asked
}

fn cookie(answer: &TestAnswer) -> String {
    let set = answer.header("set-cookie").unwrap();
    set.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_second_factor_is_set_up_and_asked_for() {
    let world = World::make().await;
    let browser = Browser::sign_in(&world, None).await;
    let begun = browser.post("/v1/second-factor/begin", &json!({})).await;
    let begun = begun.ok();
    let secret = text(&begun, "/item/secret");
    assert!(text(&begun, "/item/uri").contains(&format!("secret={secret}&issuer=Latchkey")));
    assert!(text(&begun, "/item/qr").starts_with("<svg"));
    let code = |world: &World| shown_code(&secret, world.app.now());
    let wrong = browser
        .post("/v1/second-factor/confirm", &json!({ "code": "no code" }))
        .await;
    assert_eq!(
        (wrong.status.as_u16(), wrong.problem().as_str()),
        (401, "second_factor_wrong")
    );
    assert_eq!(wrong.json()["errors"][0]["pointer"], "/code");
    let on = browser
        .post(
            "/v1/second-factor/confirm",
            &json!({ "code": code(&world) }),
        )
        .await
        .ok();
    let recovery = on["item"]["recovery_codes"].as_array().unwrap();
    assert_eq!(recovery.len(), 10);
    let user = format!("/v1/users/{}", world.app.owner.id);
    let user = world.client.get(&user).await.ok();
    assert_eq!(
        (&user["second_factor"], &user["recovery_codes"]),
        (&json!(true), &json!(10))
    );

    let people = world.app.client_of_people();
    let asked = async |code: Option<&str>| {
        let answer = people.post("/v1/sign-in", &credentials(code)).await;
        assert_eq!(answer.header("set-cookie"), None, "nobody is signed in");
        (answer.status.as_u16(), answer.problem())
    };
    let needed = (401, "second_factor_needed".to_owned());
    assert_eq!(asked(None).await, needed);
    assert_eq!(asked(Some(" ")).await, needed);
    let wrong = (401, "second_factor_wrong".to_owned());
    assert_eq!(asked(Some(&code(&world))).await, wrong, "it was used");
    Browser::sign_in(&world, recovery[0].as_str()).await;
    assert_eq!(asked(recovery[0].as_str()).await, wrong);
    world.app.clock.advance_millis(MINUTE);
    Browser::sign_in(&world, Some(&code(&world))).await;
}

#[tokio::test]
async fn a_browser_proves_anew_and_goes_on_with_another_cookie() {
    let world = World::make().await;
    let mut browser = Browser::sign_in(&world, None).await;
    let bob = json!({ "email": "bob@vendor.example", "name": "Bob", "role": "auditor" });
    world.app.clock.advance_millis(25 * MINUTE);
    let refused = browser.post("/v1/users", &bob).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem().as_str()),
        (403, "factor_stale")
    );
    assert_eq!(
        refused.json()["detail"],
        "You last signed in 25 minutes ago; this needs you to show again who you are."
    );
    let revoke = json!({ "action": "revoke", "filter": {} });
    let refused = browser.post("/v1/licenses/bulk", &revoke).await;
    assert_eq!(refused.problem(), "factor_stale");
    let wrong = json!({ "password": "no goose at all" });
    let wrong = browser.post("/v1/sessions/prove", &wrong).await;
    assert_eq!(wrong.problem(), "credentials_wrong");
    let given = json!({ "password": OWNER.1 });
    let proved = browser.post("/v1/sessions/prove", &given).await;
    let old = std::mem::replace(&mut browser.cookie, cookie(&proved));
    assert_eq!(proved.ok()["item"]["token"], Value::Null);
    browser.post("/v1/users", &bob).await.ok();
    let stolen = [("cookie", &*old)];
    let stolen = browser
        .client
        .command(http::Method::POST, "/v1/users", &stolen, &bob);
    assert_eq!(stolen.await.problem(), "not_signed_in");
}

#[tokio::test]
async fn a_program_is_given_its_new_token() {
    let world = World::make().await;
    let people = world.app.client_of_people();
    let send = async |token: &str, path: &str, body: &Value| {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", &*bearer)];
        let post = http::Method::POST;
        people.command(post, path, &headers, body).await
    };
    let given = json!({ "password": OWNER.1 });
    let proved = send(&world.session_token, "/v1/sessions/prove", &given).await;
    let token = text(&proved.ok(), "/item/token");
    let again = send(&world.session_token, "/v1/sessions/prove", &given).await;
    assert_eq!(again.problem(), "not_signed_in");
    send(&token, "/v1/sessions/prove", &given).await.ok();
}

#[tokio::test]
async fn where_nobody_signs_in_nothing_is_stale_and_nothing_to_prove() {
    let world = World::make().await;
    world.app.clock.advance_days(3);
    let bob = json!({ "email": "bob@vendor.example", "name": "Bob", "role": "auditor" });
    world.client.post("/v1/users", &bob).await.ok();
    let given = json!({ "password": OWNER.1 });
    let refused = world.client.post("/v1/sessions/prove", &given).await;
    assert_eq!(refused.problem(), "session_not_found");
}
