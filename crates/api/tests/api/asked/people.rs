//! Of people who sign in.

use serde_json::{Value, json};

use super::Sent;
use crate::world::{OWNER, World, text};

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
        "accept_invitation" => json(
            "/v1/invitations/accept".into(),
            json!({ "token": w.invitation, "password": "nine white geese" }),
        ),
        _ => return None,
    })
}
