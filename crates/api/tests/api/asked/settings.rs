//! Of what a vendor sets for all, of usage and reports, of sign-up links, and of looking as others do.

use latchkey_domain::user::Whose;
use serde_json::{Value, json};

use super::Sent;
use crate::world::{World, text};

/// A link by which anybody signs up: its id, and what opens it.
async fn link(w: &World) -> (String, String) {
    let new = json!({ "name": "Website", "role": "customer_admin", "uses_max": 3, "days": 30 });
    let made = w.after("/v1/sign-up-links", new).await;
    (text(&made, "/item/link/id"), text(&made, "/item/token"))
}

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    let json = |path: &str, body: Value| (path.to_owned(), Sent::Json(body));
    let nothing = |path: &str| (path.to_owned(), Sent::Nothing);
    let own = json!({ "subject": "Welcome to {vendor}", "body": "Choose a password: {link}" });
    let letter = json!({ "kind": "invitation", "language": "de", "text": own });
    Some(match operation {
        "list_letter_texts" => nothing("/v1/vendor/letter-texts"),
        "set_letter_text" => json("/v1/vendor/letter-texts", letter),
        "preview_letter_text" => json("/v1/vendor/letter-texts/preview", letter),
        "get_branding" => nothing("/v1/branding"),
        "set_branding" => {
            let set = json!({ "title": "Nordlicht", "colour": "#803010", "contact": "help@nord.example" });
            json("/v1/branding", set)
        }
        "get_usage" => nothing(&format!("/v1/usage?license_id={}&days=7", w.license)),
        "export_usage_csv" => nothing("/v1/usage/csv?days=7"),
        "get_report" => nothing("/v1/reports?by=customer"),
        "export_report_csv" => nothing("/v1/reports/csv?by=product&days=7"),
        "list_endings" => nothing("/v1/reports/endings"),
        "export_validations_csv" => nothing("/v1/validations/csv?refused=true"),
        "list_sign_up_links" => {
            link(w).await;
            nothing("/v1/sign-up-links")
        }
        "create_sign_up_link" => {
            let new = json!({ "name": "For Ada", "customer_id": w.customer, "role": "customer_viewer",
                "uses_max": 1, "days": 7 });
            json("/v1/sign-up-links", new)
        }
        "get_sign_up_link" => nothing(&format!("/v1/sign-up-links/{}", link(w).await.0)),
        "withdraw_sign_up_link" => {
            nothing(&format!("/v1/sign-up-links/{}/withdraw", link(w).await.0))
        }
        "show_sign_up_link" => json("/v1/sign-up/show", json!({ "token": link(w).await.1 })),
        "sign_up" => {
            let who = json!({ "token": link(w).await.1, "name": "Ida", "email": "ida@ostwind.example",
                "organization": "Ostwind" });
            json("/v1/sign-up", who)
        }
        "view_as" => json("/v1/sessions/view-as", json!({ "customer_id": w.customer })),
        "end_view_as" => {
            let (session, whose) = (w.session.parse().unwrap(), w.customer.parse().unwrap());
            // In one world it is asked for by several.
            let _ = w
                .app
                .view_as(&w.app.owner, None, Some(session), Whose::Customer(whose))
                .await;
            nothing("/v1/sessions/end-view-as")
        }
        _ => return None,
    })
}
