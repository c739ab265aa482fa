//! Of resellers, their templates and their statement.

use latchkey_domain::actor::Role;
use serde_json::{Value, json};

use super::Sent;
use crate::world::{World, text};

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    let nothing = |path: String| Some((path, Sent::Nothing));
    let json = |path: String, body: Value| Some((path, Sent::Json(body)));
    let known = [
        "_reseller",
        "_resellers",
        "_template",
        "_templates",
        "_quota",
        "_statement",
        "_statement_csv",
        "_statement_sums",
        "_statement_pdf",
        "_reseller_acts",
        "_reseller_acts_csv",
        "_first_manager",
    ];
    if !known.iter().any(|ending| operation.ends_with(ending)) {
        return None;
    }
    let shop = w.shop().await;
    let (reseller, template) = (&shop.reseller, &shop.template);
    match operation {
        "list_resellers" => nothing("/v1/resellers?state=active&q=INSEL".into()),
        "create_reseller" => json("/v1/resellers".into(), json!({ "name": "Küstenhandel" })),
        "get_reseller" => nothing(format!("/v1/resellers/{reseller}")),
        "rename_reseller" => json(
            format!("/v1/resellers/{reseller}"),
            json!({ "name": "Inselhandel AG" }),
        ),
        "archive_reseller" => nothing(format!("/v1/resellers/{reseller}/archive")),
        "unarchive_reseller" => {
            w.after(&format!("/v1/resellers/{reseller}/archive"), json!({}))
                .await;
            nothing(format!("/v1/resellers/{reseller}/unarchive"))
        }
        "invite_first_manager" => {
            let new = w.after("/v1/resellers", json!({ "name": "Jung" })).await;
            let path = format!("/v1/resellers/{}/first-manager", text(&new, "/item/id"));
            static PEOPLE: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
            let number = PEOPLE.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            json(
                path,
                json!({ "email": format!("first-{number}@jung.example"), "name": "Jo Jung" }),
            )
        }
        "replace_reseller" => {
            let old = w
                .after("/v1/resellers", json!({ "name": "Vorgänger" }))
                .await;
            let new = w
                .after("/v1/resellers", json!({ "name": "Nachfolger" }))
                .await;
            let path = format!("/v1/resellers/{}/replace", text(&old, "/item/id"));
            json(path, json!({ "by": text(&new, "/item/id") }))
        }
        "list_reseller_acts" => {
            let id = reseller.parse().unwrap();
            let rita = w.app.person_of_reseller(id, Role::ResellerManager);
            let new = json!({ "name": "Dünenkunde" });
            w.app.client_of(rita).post("/v1/customers", &new).await.ok();
            nothing(format!("/v1/resellers/{reseller}/acts"))
        }
        "export_reseller_acts_csv" => nothing(format!("/v1/resellers/{reseller}/acts/csv")),
        "export_statement_pdf" => nothing(format!(
            "/v1/resellers/{reseller}/statement/pdf?month=2027-03&lang=de"
        )),
        "list_templates" => nothing(format!("/v1/templates?reseller_id={reseller}")),
        "get_template" => nothing(format!("/v1/templates/{template}")),
        "grant_template" => {
            let new = w.after("/v1/resellers", json!({ "name": "Neu" })).await;
            let grant = json!({ "reseller_id": text(&new, "/item/id"), "policy_id": w.policy, "licenses": 50 });
            json("/v1/templates".into(), grant)
        }
        "grant_quota" => json(
            format!("/v1/templates/{template}/quota"),
            json!({ "licenses": 5 }),
        ),
        "withdraw_template" => nothing(format!("/v1/templates/{template}/withdraw")),
        "issue_from_template" => json(
            format!("/v1/templates/{template}/licenses"),
            json!({ "customer_id": shop.customer, "seats_max": 7 }),
        ),
        "import_from_template" => {
            let file = b"customer,seats\nInselkunde,2\n".to_vec();
            let path = format!("/v1/templates/{template}/licenses/import");
            Some((path, Sent::File("text/csv", file)))
        }
        "list_statement" => nothing(format!("/v1/resellers/{reseller}/statement?month=2027-03")),
        "export_statement_csv" => nothing(format!(
            "/v1/resellers/{reseller}/statement/csv?month=2027-03"
        )),
        "get_statement_sums" => nothing(format!("/v1/resellers/{reseller}/statement/sums")),
        _ => None,
    }
}
