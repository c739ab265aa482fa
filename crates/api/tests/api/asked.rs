//! For each operation a request that succeeds in a [`World`], with what has to be done before it.

mod approval;
mod people;
mod reseller;
mod returns;
mod seats;
mod session;
mod settings;
mod webhook;

pub(crate) use approval::one_person;
pub(crate) use session::send;

use http::Method;
use latchkey_testkit::TestClient;
use serde_json::{Value, json};

use crate::world::{Ask, AskBody, World, rules, text};

/// An operation as the document lists it.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) id: String,
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) described: Value,
}

impl Listed {
    /// Whether it is a command.
    pub(crate) fn is_command(&self) -> bool {
        self.method != Method::GET
    }

    /// Whether it takes a JSON body.
    pub(crate) fn takes_json(&self) -> bool {
        self.described
            .pointer("/requestBody/content/application~1json")
            .is_some()
    }

    /// Whether it has a query parameter of this name.
    pub(crate) fn has_parameter(&self, name: &str) -> bool {
        let parameters = self.described["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|parameter| parameter["name"] == name))
    }
}

/// All operations of the document.
pub(crate) fn operations(client: &TestClient) -> Vec<Listed> {
    listed(client.document())
}

/// All operations of a document.
pub(crate) fn listed(document: &Value) -> Vec<Listed> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, described) in item.as_object().unwrap() {
            all.push(Listed {
                id: described["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase().parse().unwrap(),
                path: path.clone(),
                described: described.clone(),
            });
        }
    }
    all
}

/// A request for the operation that succeeds in this world, after doing what has to be done before it.
pub(crate) async fn request(operation: &Listed, world: &World) -> Ask {
    let w = world;
    let (path, body) = ready(&operation.id, w).await;
    let cookie = match &body {
        Sent::Kept(cookie, _) => Some(cookie.clone()),
        _ => None,
    };
    let body = match body {
        Sent::Nothing => AskBody::Nothing,
        Sent::Json(value) => AskBody::Json(value),
        Sent::Kept(_, value) => AskBody::Json(value),
        Sent::File(media_type, bytes) => AskBody::File(media_type, bytes),
    };
    let ask = Ask {
        method: operation.method.clone(),
        path,
        body,
        cookie,
    };
    let meant = w
        .client
        .operation(&ask.method, &ask.path)
        .map(|found| found["operationId"].clone());
    assert_eq!(
        meant,
        Some(json!(operation.id)),
        "the request for {} goes to {}",
        operation.id,
        ask.path
    );
    ask
}

enum Sent {
    Nothing,
    Json(Value),
    /// With what a browser keeps.
    Kept(String, Value),
    File(&'static str, Vec<u8>),
}

/// Does what has to be done before, and answers path and body.
async fn ready(operation: &str, w: &World) -> (String, Sent) {
    let World {
        product,
        feature,
        policy,
        customer,
        license,
        machine,
        activation,
        file,
        ..
    } = w;
    let nothing = |path: String| (path, Sent::Nothing);
    let json = |path: String, body: Value| (path, Sent::Json(body));
    let csv = |path: &str, text: &str| {
        (
            path.to_owned(),
            Sent::File("text/csv", text.as_bytes().to_vec()),
        )
    };
    match operation {
        "get_me" => nothing("/v1/me".into()),
        "load_demo_data" => nothing("/v1/demo-data".into()),
        "lock_down_vendor" => nothing("/v1/vendor/lock-down".into()),
        "lift_lockdown" => {
            w.after("/v1/vendor/lock-down", json!({})).await;
            nothing("/v1/vendor/lift-lockdown".into())
        }
        "get_record_as_of" => nothing(format!(
            "/v1/ledger/as-of?entity_id={license}&at=2100-01-01T00:00:00Z"
        )),
        "get_overview" => nothing("/v1/overview".into()),
        "search" => nothing("/v1/search?q=nord".into()),
        "get_openapi" => nothing("/v1/openapi.json".into()),
        "list_products" => nothing("/v1/products?state=active&q=atl".into()),
        "create_product" => json(
            "/v1/products".into(),
            json!({ "code": "boreas", "name": "Boreas" }),
        ),
        "get_product" => nothing(format!("/v1/products/{product}")),
        "rename_product" => json(
            format!("/v1/products/{product}"),
            json!({ "name": "Atlas 2" }),
        ),
        "archive_product" => nothing(format!("/v1/products/{product}/archive")),
        "unarchive_product" => {
            w.after(&format!("/v1/products/{product}/archive"), json!({}))
                .await;
            nothing(format!("/v1/products/{product}/unarchive"))
        }
        "list_features" => nothing(format!("/v1/products/{product}/features")),
        "create_feature" => json(
            format!("/v1/products/{product}/features"),
            json!({ "code": "cloud", "name": "Cloud" }),
        ),
        "archive_feature" => nothing(format!("/v1/features/{feature}/archive")),
        "unarchive_feature" => {
            w.after(&format!("/v1/features/{feature}/archive"), json!({}))
                .await;
            nothing(format!("/v1/features/{feature}/unarchive"))
        }
        "apply_policy" => {
            let mut rules = rules(feature);
            rules["license_file_days"] = json!(7);
            w.after(
                &format!("/v1/policies/{policy}/revise"),
                json!({ "rules": rules }),
            )
            .await;
            json(
                format!("/v1/policies/{policy}/apply"),
                json!({ "when": "now", "filter": {}, "ids": [license] }),
            )
        }
        "list_policies" => nothing(format!(
            "/v1/policies?product_id={product}&state=active&q=prof"
        )),
        "create_policy" => json(
            "/v1/policies".into(),
            json!({ "product_id": product, "name": "Trial", "rules": rules(feature) }),
        ),
        "get_policy" => nothing(format!("/v1/policies/{policy}")),
        "revise_policy" => {
            let mut rules = rules(feature);
            rules["seats_max"] = json!(10);
            json(
                format!("/v1/policies/{policy}/revise"),
                json!({ "rules": rules }),
            )
        }
        "retire_policy" => nothing(format!("/v1/policies/{policy}/retire")),
        "unretire_policy" => {
            w.after(&format!("/v1/policies/{policy}/retire"), json!({}))
                .await;
            nothing(format!("/v1/policies/{policy}/unretire"))
        }
        "list_policy_revisions" => nothing(format!("/v1/policies/{policy}/revisions")),
        "list_customers" => nothing("/v1/customers?state=active&q=NORD".into()),
        "create_customer" => json("/v1/customers".into(), json!({ "name": "Westwind" })),
        "get_customer" => nothing(format!("/v1/customers/{customer}")),
        "update_customer" => json(
            format!("/v1/customers/{customer}"),
            json!({ "name": "Nordwind AG", "email": null }),
        ),
        "archive_customer" => nothing(format!("/v1/customers/{customer}/archive")),
        "unarchive_customer" => {
            w.after(&format!("/v1/customers/{customer}/archive"), json!({}))
                .await;
            nothing(format!("/v1/customers/{customer}/unarchive"))
        }
        "import_customers" => csv(
            "/v1/customers/import?columns=name:Company,email:Mail",
            "Company,Mail\nOstwind,post@ostwind.example\n",
        ),
        "list_licenses" => {
            let key = w.license_key.get(..7).unwrap();
            nothing(format!(
                "/v1/licenses?product_id={product}&policy_id={policy}&customer_id={customer}&state=active\
                 &expires_before=2030-01-01T00:00:00Z&key={key}"
            ))
        }
        "get_license" => nothing(format!("/v1/licenses/{license}")),
        "issue_license" => json(
            "/v1/licenses".into(),
            json!({ "policy_id": policy, "customer_id": customer, "seats_max": 7 }),
        ),
        "issue_licenses" => json(
            "/v1/licenses/batch".into(),
            json!({ "policy_id": policy, "customer_id": customer, "count": 3 }),
        ),
        "import_licenses" => csv(
            "/v1/licenses/import",
            "customer,policy,seats\nNordwind GmbH,Professional,4\nSüdwind AG,Professional,\n",
        ),
        "renew_license" => nothing(format!("/v1/licenses/{license}/renew")),
        "suspend_license" => json(
            format!("/v1/licenses/{license}/suspend"),
            json!({ "reason": "Invoice 118 is unpaid" }),
        ),
        "reinstate_license" => {
            w.after(&format!("/v1/licenses/{license}/suspend"), json!({}))
                .await;
            nothing(format!("/v1/licenses/{license}/reinstate"))
        }
        "revoke_license" => json(
            format!("/v1/licenses/{license}/revoke"),
            json!({ "confirm": w.license_key }),
        ),
        "transfer_license" => {
            w.after(
                &format!("/v1/activations/{activation}/deactivate"),
                json!({}),
            )
            .await;
            json(
                format!("/v1/licenses/{license}/transfer"),
                json!({ "customer_id": w.other_customer }),
            )
        }
        "bulk_update_licenses" => json(
            "/v1/licenses/bulk".into(),
            json!({ "action": "suspend", "filter": { "customer_id": customer } }),
        ),
        "list_entitlements" => nothing(format!("/v1/licenses/{license}/entitlements")),
        "grant_entitlement" => {
            let new = json!({ "code": "cloud", "name": "Cloud" });
            let feature = w
                .after(&format!("/v1/products/{product}/features"), new)
                .await;
            json(
                format!("/v1/licenses/{license}/entitlements"),
                json!({ "feature_id": text(&feature, "/item/id"), "limit": 5 }),
            )
        }
        "withdraw_entitlement" => {
            let all = w
                .client
                .get(&format!("/v1/licenses/{license}/entitlements"))
                .await
                .ok();
            nothing(format!(
                "/v1/entitlements/{}/withdraw",
                text(&all, "/items/0/id")
            ))
        }
        "get_machine" => nothing(format!("/v1/machines/{machine}")),
        "rename_machine" => json(
            format!("/v1/machines/{machine}"),
            json!({ "friendly_name": "Zeichenbüro 3" }),
        ),
        "list_activations" => nothing(format!(
            "/v1/activations?license_id={license}&customer_id={customer}&product_id={product}&state=active\
             &friendly_name=b%C3%BCr&not_seen_since=2030-01-01"
        )),
        "get_activation" => nothing(format!("/v1/activations/{activation}")),
        "activate_machine" => json(
            "/v1/activations".into(),
            json!({ "license_key": w.license_key, "machine_code": "M-2", "friendly_name": "Büro 2" }),
        ),
        "deactivate_activation" => nothing(format!("/v1/activations/{activation}/deactivate")),
        "validate_license" => json(
            "/v1/validate".into(),
            json!({ "license_key": w.license_key, "machine_code": "M-1" }),
        ),
        "import_activations" => csv(
            &format!("/v1/activations/import?license_id={license}"),
            "M-1\tBüro 1\nM-3\tBüro 3\n",
        ),
        "bulk_update_activations" => json(
            "/v1/activations/bulk".into(),
            json!({ "action": "deactivate", "filter": { "license_id": license } }),
        ),
        "export_license_file" => json(
            format!("/v1/licenses/{license}/files"),
            json!({ "machine_ids": [machine], "valid_days": 7 }),
        ),
        "export_license_files" => json(
            "/v1/license-files/bulk".into(),
            json!({ "filter": { "product_id": product } }),
        ),
        "download_license_files" => nothing(format!(
            "/v1/license-files/archive?change_id={}",
            w.file_change
        )),
        "get_license_file_qr" => nothing(format!("/v1/license-files/{file}/qr")),
        "get_license_certificate" => nothing(format!("/v1/licenses/{license}/certificate?lang=de")),
        "export_licenses_csv" => nothing("/v1/licenses/csv?state=active&bom=true".into()),
        "export_activations_csv" => nothing("/v1/activations/csv?friendly_name=office".into()),
        "export_customers_csv" => nothing("/v1/customers/csv?q=nord".into()),
        "export_ledger_entries_csv" => {
            nothing(format!("/v1/ledger/entries/csv?entity_id={license}"))
        }
        "list_license_files" => nothing(format!("/v1/license-files?license_id={license}")),
        "download_license_file" => nothing(format!("/v1/license-files/{file}/content")),
        "verify_license_file" => {
            let content = w
                .client
                .get(&format!("/v1/license-files/{file}/content"))
                .await;
            let media_type = "application/vnd.latchkey.license-file+json";
            (
                "/v1/license-files/verify".into(),
                Sent::File(media_type, content.bytes.to_vec()),
            )
        }
        "list_signing_keys" => nothing("/v1/signing-keys".into()),
        "create_signing_key" => json(
            "/v1/signing-keys".into(),
            json!({ "role": "issuer", "product_id": product }),
        ),
        "rotate_signing_key" => {
            nothing(format!("/v1/signing-keys/{}/rotate", product_key(w).await))
        }
        "retire_signing_key" => {
            nothing(format!("/v1/signing-keys/{}/retire", product_key(w).await))
        }
        "compromise_signing_key" => {
            let key = product_key(w).await;
            json(
                format!("/v1/signing-keys/{key}/compromise"),
                json!({ "confirm": key }),
            )
        }
        "get_trust_bundle" => nothing("/v1/trust-bundle".into()),
        "get_root_key" => nothing("/v1/root-key".into()),
        "list_ledger_entries" => nothing(format!("/v1/ledger/entries?entity_id={license}")),
        "get_ledger_entry" => nothing("/v1/ledger/entries/3".into()),
        "get_checkpoint" => nothing("/v1/ledger/checkpoint".into()),
        "verify_ledger" => nothing("/v1/ledger/verification".into()),
        "get_change" => nothing(format!("/v1/changes/{}", w.file_change)),
        "undo_change" => {
            let done = w
                .after(
                    &format!("/v1/activations/{activation}/deactivate"),
                    json!({}),
                )
                .await;
            nothing(format!("/v1/changes/{}/undo", text(&done, "/change/id")))
        }
        other => {
            macro_rules! first {
                ($($part:ident),*) => {{
                    let mut ready = None;
                    $(if ready.is_none() {
                        ready = $part::ready(other, w).await;
                    })*
                    ready
                }};
            }
            let ready = first!(approval, reseller, webhook, settings, people, returns);
            ready.unwrap_or_else(|| {
                panic!("say here how {other} is asked for something that succeeds")
            })
        }
    }
}

/// An issuer key of the product alone, new.
async fn product_key(w: &World) -> String {
    // A product has one key at a time, so each has a product of its own.
    static PRODUCTS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let number = PRODUCTS.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let product = json!({ "code": format!("keyed-{number}"), "name": "Keyed" });
    let product = text(&w.after("/v1/products", product).await, "/item/id");
    let new = json!({ "role": "issuer", "product_id": product });
    text(&w.after("/v1/signing-keys", new).await, "/item/id")
}
