//! Of what customers' people look after by themselves: which machines are admitted, and which seats are idle.

use serde_json::json;

use super::Sent;
use crate::world::{World, text};

/// The id of a machine that was admitted for the world's customer.
async fn admitted(w: &World) -> String {
    let path = format!("/v1/admissions/import?customer_id={}", w.customer);
    let list = "BASEMENT\tBasement\n";
    w.client.upload(&path, "text/csv", list).await.ok();
    let all = w.client.get("/v1/admissions").await.ok();
    text(&all, "/items/0/id")
}

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    let customer = &w.customer;
    let json = |path: String, body| (path, Sent::Json(body));
    Some(match operation {
        "list_admissions" => {
            admitted(w).await;
            let path = format!("/v1/admissions?customer_id={customer}&state=admitted&q=base");
            (path, Sent::Nothing)
        }
        "import_admissions" => (
            format!("/v1/admissions/import?customer_id={customer}"),
            Sent::File("text/csv", b"M-7\tOffice 7\nM-8\n".to_vec()),
        ),
        "refuse_machines" => {
            let ids = [admitted(w).await];
            json("/v1/admissions/refuse".into(), json!({ "ids": ids }))
        }
        "admit_machines" => {
            let ids = json!({ "ids": [admitted(w).await] });
            w.after("/v1/admissions/refuse", ids.clone()).await;
            json("/v1/admissions/admit".into(), ids)
        }
        "activate_admitted_machine" => json(
            format!("/v1/admissions/{}/activate", admitted(w).await),
            json!({ "license_id": w.license }),
        ),
        "get_collection_script" => ("/v1/collection-script?system=windows".into(), Sent::Nothing),
        "set_controlled_activation" => json(
            format!("/v1/customers/{customer}/controlled-activation"),
            json!({ "on": true }),
        ),
        "set_reclaim" => json(
            format!("/v1/customers/{customer}/reclaim"),
            json!({ "idle_days": 90 }),
        ),
        "keep_seat" => json(
            format!("/v1/activations/{}/keep", w.activation),
            json!({ "kept": true }),
        ),
        _ => return None,
    })
}
