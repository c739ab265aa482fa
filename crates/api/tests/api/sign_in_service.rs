//! Signing in by the sign-in service, as a browser sees it.

use http::Method;
use latchkey_testkit::{TestAnswer, TestService};
use serde_json::{Value, json};

use crate::world::{OWNER, World};

const ATTEMPT: &str = "__Host-latchkey-attempt";
const SESSION: &str = "__Host-latchkey";

/// The cookies that an answer sets, whole.
fn cookies(answer: &TestAnswer) -> Vec<String> {
    let set = answer.headers.get_all("set-cookie").iter();
    set.map(|value| value.to_str().unwrap().to_owned())
        .collect()
}

fn pair(cookie: &str) -> &str {
    cookie.split(';').next().unwrap()
}

async fn post(world: &World, path: &str, cookie: &str, body: &Value) -> TestAnswer {
    let headers = [("cookie", cookie)];
    let people = world.app.client_of_people();
    people.command(Method::POST, path, &headers, body).await
}

#[tokio::test]
async fn a_browser_goes_to_the_service_and_comes_back_signed_in() {
    let world = World::make().await;
    let people = world.app.client_of_people();
    let methods = people.get("/v1/sign-in-methods").await.ok();
    let expected = json!({ "service": "Example ID", "passkeys": "offered" });
    assert_eq!(methods, expected);
    let who = TestService::person("o-1", OWNER.0, world.app.now());
    world.app.service.says(Some(who));

    let begun = people.post("/v1/sign-in-service/begin", &json!({})).await;
    let set = cookies(&begun);
    assert_eq!(set.len(), 1, "{set:?}");
    assert!(set[0].starts_with(&format!("{ATTEMPT}=")), "{set:?}");
    assert!(
        set[0].ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Strict; Secure"),
        "{set:?}"
    );
    let url = begun.ok()["url"].as_str().unwrap().to_owned();
    assert!(url.starts_with("https://id.example/authorize"), "{url}");

    let back = json!({ "state": world.app.service.state(), "code": "right" });
    let path = "/v1/sign-in-service/finish";
    let without = people.post(path, &back).await;
    assert_eq!(
        (without.status.as_u16(), without.problem().as_str()),
        (401, "sign_in_attempt_over")
    );
    assert_eq!(without.header("set-cookie"), None);
    let finished = post(&world, path, pair(&set[0]), &back).await;
    let set = cookies(&finished);
    assert_eq!(finished.ok(), json!({ "outcome": "signed_in" }));
    let session = set
        .iter()
        .find(|cookie| pair(cookie).starts_with(&format!("{SESSION}=")));
    let session = pair(session.unwrap()).to_owned();
    assert!(
        set.iter()
            .any(|cookie| cookie.starts_with(&format!("{ATTEMPT}=; Path=/; Max-Age=0"))),
        "the attempt is forgotten: {set:?}"
    );
    let me = people
        .send(
            Method::GET,
            "/v1/me",
            &[("cookie", &session)],
            Vec::new().into(),
        )
        .await;
    assert_eq!(
        me.ok()["actor"]["id"],
        json!(world.app.owner.id.to_string())
    );
    let user = format!("/v1/users/{}", world.app.owner.id);
    assert_eq!(world.client.get(&user).await.ok()["linked"], json!(true));

    // There she shows anew who she is, and goes on with another cookie.
    let begun = post(
        &world,
        "/v1/sign-in-service/begin",
        &session,
        &json!({ "anew": true }),
    )
    .await;
    assert!(world.app.service.asks_anew());
    let both = format!("{session}; {}", pair(&cookies(&begun)[0]));
    let back = json!({ "state": world.app.service.state(), "code": "right" });
    let proved = post(&world, path, &both, &back).await;
    let other = cookies(&proved);
    assert_eq!(proved.ok(), json!({ "outcome": "proved" }));
    assert!(
        !other.iter().any(|cookie| pair(cookie) == session),
        "it is another token"
    );
    let old = post(&world, "/v1/sign-in-service/unlink", &session, &json!({})).await;
    assert_eq!(old.problem(), "not_signed_in");
}

#[tokio::test]
async fn another_sites_page_begins_and_finishes_nothing() {
    let world = World::make().await;
    let people = world.app.client_of_people();
    let foreign = [
        ("host", "licenses.vendor.example"),
        ("origin", "https://evil.example"),
    ];
    for (path, body) in [
        ("/v1/sign-in-service/begin", json!({})),
        (
            "/v1/sign-in-service/finish",
            json!({ "state": "lko_1", "code": "right" }),
        ),
    ] {
        let refused = people.command(Method::POST, path, &foreign, &body).await;
        assert_eq!(refused.problem(), "cross_site_request", "{path}");
    }
}
