//! Of acts that take two people.

use latchkey_domain::actor::{Actor, Role};
use serde_json::json;

use super::Sent;
use crate::world::{World, text};

/// A second owner who can sign in.
async fn second_owner(w: &World) -> Actor {
    let users = w.client.get("/v1/users").await.ok();
    let known = users["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|user| user["email"] == "ben@vendor.example");
    let id = match known {
        Some(user) => text(user, "/id"),
        None => {
            let ben = json!({ "email": "ben@vendor.example", "name": "Ben", "role": "owner" });
            let invited = w.after("/v1/users", ben).await;
            let token = text(&invited, "/item/token");
            let accept = json!({ "token": token, "password": "seven white geese" });
            w.after("/v1/invitations/accept", accept).await;
            text(&invited, "/item/user/id")
        }
    };
    Actor {
        id: id.parse().unwrap(),
        ..w.app.actor(Role::Owner)
    }
}

/// Has some acts take two people; answers with the second owner.
async fn two_people(w: &World) -> Actor {
    let ben = second_owner(w).await;
    let vendor = w.client.get("/v1/me").await.ok()["vendor"].clone();
    if vendor["two_people_at"].is_null() {
        w.after("/v1/vendor/require-two-people", json!({})).await;
    }
    ben
}

/// Has one person do everything alone again.
pub(crate) async fn one_person(w: &World) {
    let vendor = w.client.get("/v1/me").await.ok()["vendor"].clone();
    if vendor["two_people_at"].is_null() {
        return;
    }
    let id = asked_by(w, &two_people(w).await).await;
    w.after(&format!("/v1/approvals/{id}/give"), json!({}))
        .await;
}

/// An approval that this owner asks for.
async fn asked_by(w: &World, who: &Actor) -> String {
    let ask = json!({ "act": "end_two_people" });
    let client = w.app.client_of(who.clone());
    text(&client.post("/v1/approvals", &ask).await.ok(), "/item/id")
}

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    Some(match operation {
        "require_two_people" => {
            second_owner(w).await;
            ("/v1/vendor/require-two-people".into(), Sent::Nothing)
        }
        "list_approvals" => {
            let ben = two_people(w).await;
            asked_by(w, &ben).await;
            ("/v1/approvals".into(), Sent::Nothing)
        }
        "request_approval" => {
            two_people(w).await;
            let ask = json!({ "act": "revoke_licenses", "ids": [w.license] });
            ("/v1/approvals".into(), Sent::Json(ask))
        }
        "get_approval" => {
            let ben = two_people(w).await;
            let id = asked_by(w, &ben).await;
            (format!("/v1/approvals/{id}"), Sent::Nothing)
        }
        "give_approval" | "refuse_approval" => {
            let ben = two_people(w).await;
            let (id, verb) = (
                asked_by(w, &ben).await,
                operation.trim_end_matches("_approval"),
            );
            (format!("/v1/approvals/{id}/{verb}"), Sent::Nothing)
        }
        "withdraw_approval" => {
            two_people(w).await;
            let id = asked_by(w, &w.app.owner).await;
            (format!("/v1/approvals/{id}/withdraw"), Sent::Nothing)
        }
        _ => return None,
    })
}
