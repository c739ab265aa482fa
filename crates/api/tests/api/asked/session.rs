//! Requests that have to come in a session.

use latchkey_testkit::TestAnswer;
use serde_json::json;

use super::Listed;
use crate::world::{Ask, OWNER, World};

/// Operations that are about the session they come in, so that somebody has to have signed in.
const IN_A_SESSION: &[&str] = &["prove_session", "view_as", "end_view_as"];

/// Sends a request as the owner, in a session where it is about that.
pub(crate) async fn send(
    operation: &Listed,
    world: &World,
    ask: &Ask,
    headers: &[(&str, &str)],
) -> TestAnswer {
    if operation.id == "hand_over_session" {
        let cookie = browser(world).await;
        let mut all = vec![("cookie", cookie.as_str())];
        all.extend_from_slice(headers);
        return ask.send(&world.app.client_of_people(), &all).await;
    }
    if !IN_A_SESSION.contains(&&*operation.id) {
        return world.ask(ask, headers).await;
    }
    let bearer = format!("Bearer {}", world.session_token);
    let people = world.app.client_of_people();
    let mut all = vec![("authorization", bearer.as_str())];
    all.extend_from_slice(headers);
    ask.send(&people, &all).await
}

/// Signs the owner in in a browser, and answers what that keeps.
pub(super) async fn browser(world: &World) -> String {
    let asked = json!({ "email": OWNER.0, "password": OWNER.1 });
    let people = world.app.client_of_people();
    let signed_in = people.post("/v1/sign-in", &asked).await;
    let cookie = signed_in.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}
