//! Of webhooks, and of notices before licenses end.

use serde_json::{Value, json};

use super::Sent;
use crate::world::{World, text};

async fn webhook(w: &World) -> String {
    let new = json!({ "name": "Shop", "url": "http://127.0.0.1:9/hook", "kinds": ["customer", "webhook"] });
    text(&w.after("/v1/webhooks", new).await, "/item/webhook/id")
}

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    let notices = "/v1/vendor/expiry-notices".to_owned();
    match operation {
        "get_expiry_notices" => return Some((notices, Sent::Nothing)),
        "set_expiry_notices" => {
            let set = json!({ "days": [30, 7, 1], "language": "de" });
            return Some((notices, Sent::Json(set)));
        }
        _ => {}
    }
    if !operation.contains("webhook") {
        return None;
    }
    let json = |path: String, body: Value| Some((path, Sent::Json(body)));
    let new = json!({ "name": "Desk", "url": "https://desk.example/in", "kinds": ["license"] });
    if operation == "create_webhook" {
        return json("/v1/webhooks".into(), new);
    }
    let path = format!("/v1/webhooks/{}", webhook(w).await);
    let at = |end: &str| Some((format!("{path}/{end}"), Sent::Nothing));
    match operation {
        "list_webhooks" => Some(("/v1/webhooks".into(), Sent::Nothing)),
        "get_webhook" => Some((path, Sent::Nothing)),
        "update_webhook" => json(path, new),
        "pause_webhook" => at("pause"),
        "resume_webhook" => {
            w.after(&format!("{path}/pause"), json!({})).await;
            at("resume")
        }
        "rotate_webhook_secret" => at("rotate-secret"),
        "test_webhook" => at("test"),
        "remove_webhook" => at("remove"),
        "replay_webhook" => {
            let since = json!({ "of": "given_up_since", "at": "2027-01-01T00:00:00Z" });
            json(format!("{path}/replay"), since)
        }
        "list_webhook_deliveries" => {
            w.app.webhooks_send().await.unwrap();
            at("deliveries?state=waiting")
        }
        "list_webhook_attempts" => {
            w.app.webhooks_send().await.unwrap();
            at("attempts")
        }
        _ => None,
    }
}
