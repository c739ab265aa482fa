//! Of machines without a network, which give their licenses back; and of what a customer looks up about all of that.

use std::sync::atomic::{AtomicU64, Ordering};

use latchkey_domain::machine_key::{MachineKey, MachineKeyPair};
use latchkey_domain::random::SeededRandom;
use latchkey_verify::ReturnReceipt;
use serde_json::{Value, json};

use super::Sent;
use crate::world::{World, text};

const MACHINE_CODE: &str = "BASEMENT-1";

/// A key pair that no machine has had.
fn pair() -> MachineKeyPair {
    static MADE: AtomicU64 = AtomicU64::new(0);
    MachineKeyPair::generate(&SeededRandom::new(MADE.fetch_add(1, Ordering::SeqCst)))
}

/// A machine of the world's license with a key; answers with its activation.
async fn bound(w: &World, pair: &MachineKeyPair) -> Value {
    let machine = json!({ "license_id": w.license, "machine_code": MACHINE_CODE });
    let activation = w.after("/v1/activations", machine).await["item"].clone();
    let path = format!("/v1/activations/{}/machine-key", text(&activation, "/id"));
    let key = MachineKey::of(&pair.public());
    w.after(&path, json!({ "machine_key": key })).await;
    activation
}

/// A receipt that such a machine has written.
async fn receipt(w: &World) -> String {
    let pair = pair();
    let activation = bound(w, &pair).await;
    let export = json!({ "machine_ids": [text(&activation, "/machine_id")] });
    let exported = w
        .after(&format!("/v1/licenses/{}/files", w.license), export)
        .await;
    pair.sign(&ReturnReceipt {
        vendor_id: w.app.vendor_id().to_string(),
        license_id: w.license.clone(),
        file_id: text(&exported, "/item/id"),
        machine_code: MACHINE_CODE.into(),
        machine_key: pair.public(),
        returned_at: w.app.now().seconds(),
    })
}

/// Does what has to be done before, and answers path and body; nothing for other operations.
pub(super) async fn ready(operation: &str, w: &World) -> Option<(String, Sent)> {
    Some(match operation {
        "bind_machine_key" => {
            let key = MachineKey::of(&pair().public());
            (
                format!("/v1/activations/{}/machine-key", w.activation),
                Sent::Json(json!({ "machine_key": key })),
            )
        }
        "accept_return_receipt" => (
            "/v1/return-receipts".into(),
            Sent::Json(json!({ "receipt": receipt(w).await })),
        ),
        "download_return_receipt" | "get_return_receipt_qr" => {
            let taken = json!({ "receipt": receipt(w).await });
            let taken = w.after("/v1/return-receipts", taken).await;
            let id = text(&taken, "/item/id");
            let what = if operation == "get_return_receipt_qr" {
                "qr"
            } else {
                "content"
            };
            (format!("/v1/return-receipts/{id}/{what}"), Sent::Nothing)
        }
        "list_customer_timeline" | "export_customer_timeline_csv" => {
            let end = if operation.starts_with("list_") {
                ""
            } else {
                "/csv"
            };
            let path = format!("/v1/customers/{}/timeline{end}", w.customer);
            (path, Sent::Nothing)
        }
        other => return super::seats::ready(other, w).await,
    })
}
