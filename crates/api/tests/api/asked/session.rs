//! Requests that have to come in a session.

use latchkey_testkit::TestAnswer;

use super::Listed;
use crate::world::{Ask, World};

/// Operations that are about the session they come in, so that somebody has to have signed in.
const IN_A_SESSION: &[&str] = &["prove_session", "view_as", "end_view_as"];

/// Sends a request as the owner, in a session where it is about that.
pub(crate) async fn send(
    operation: &Listed,
    world: &World,
    ask: &Ask,
    headers: &[(&str, &str)],
) -> TestAnswer {
    if !IN_A_SESSION.contains(&&*operation.id) {
        return world.ask(ask, headers).await;
    }
    let bearer = format!("Bearer {}", world.session_token);
    let people = world.app.client_of_people();
    let mut all = vec![("authorization", bearer.as_str())];
    all.extend_from_slice(headers);
    ask.send(&people, &all).await
}
