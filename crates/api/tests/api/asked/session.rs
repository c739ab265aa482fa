//! Requests that have to come in a session.

use latchkey_testkit::TestAnswer;
use serde_json::json;

use super::Listed;
use crate::world::{Ask, OWNER, World, text};

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
        // It brings what a browser keeps.
        return ask.send(&world.app.client_of_people(), headers).await;
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

/// Has somebody new sign in in a browser, and answers what that keeps: who was there before may have changed much.
pub(super) async fn browser(world: &World) -> String {
    let email = format!("browser-{}@vendor.example", world.ledger_size().await);
    let new = json!({ "email": email, "name": "Bea", "role": "support" });
    let invited = world.after("/v1/users", new).await;
    let accept = json!({ "token": text(&invited, "/item/token"), "password": OWNER.1 });
    let people = world.app.client_of_people();
    people.post("/v1/invitations/accept", &accept).await.ok();
    let asked = json!({ "email": email, "password": OWNER.1 });
    let signed_in = people.post("/v1/sign-in", &asked).await;
    let cookie = signed_in.header("set-cookie").unwrap();
    cookie.split(';').next().unwrap().to_owned()
}
