//! What representative answers look like, field by field. Ids, keys and hashes are replaced by what they are.

use insta::assert_json_snapshot;
use serde_json::{Value, json};

use crate::world::World;

/// Replaces what is different in each run.
fn plain(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(plain_text(&text)),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        // By name: whether a map keeps its order depends on which programs are built along.
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect::<std::collections::BTreeMap<_, _>>()
            .into_iter()
            .collect(),
        other => other,
    }
}

fn plain_text(text: &str) -> String {
    let id = text
        .split_once('_')
        .filter(|(prefix, rest)| prefix.len() == 3 && rest.len() == 26);
    if let Some((prefix, _)) = id {
        return format!("<{prefix}>");
    }
    if text.len() == 29
        && text.split('-').count() == 5
        && text.split('-').all(|group| group.len() == 5)
    {
        return "<license key>".into();
    }
    if text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return "<hash>".into();
    }
    if text.len() == 44 && text.ends_with('=') {
        return "<public key>".into();
    }
    match text.split_once("lkl") {
        Some((name, "")) => format!(
            "{}<hint>.lkl",
            name.get(..name.len().saturating_sub(6)).unwrap_or_default()
        ),
        _ => text.to_owned(),
    }
}

#[tokio::test]
async fn answers_keep_their_shape() {
    let world = World::make().await;
    let get = async |path: String| plain(world.client.get(&path).await.ok());
    let mut me = get("/v1/me".into()).await;
    me["permissions"] = json!("<operations>");
    me["version"] = json!("<version>");
    assert_json_snapshot!("me", me);
    assert_json_snapshot!("products", get("/v1/products".into()).await);
    assert_json_snapshot!(
        "features",
        get(format!("/v1/products/{}/features", world.product)).await
    );
    assert_json_snapshot!(
        "policy",
        get(format!("/v1/policies/{}", world.policy)).await
    );
    assert_json_snapshot!(
        "customer",
        get(format!("/v1/customers/{}", world.customer)).await
    );
    assert_json_snapshot!(
        "license",
        get(format!("/v1/licenses/{}", world.license)).await
    );
    assert_json_snapshot!(
        "entitlements",
        get(format!("/v1/licenses/{}/entitlements", world.license)).await
    );
    assert_json_snapshot!(
        "machine",
        get(format!("/v1/machines/{}", world.machine)).await
    );
    assert_json_snapshot!(
        "activation",
        get(format!("/v1/activations/{}", world.activation)).await
    );
    assert_json_snapshot!(
        "ledger_entry",
        get("/v1/ledger/entries?limit=1".into()).await
    );
    assert_json_snapshot!(
        "change",
        get(format!("/v1/changes/{}", world.file_change)).await
    );
    assert_json_snapshot!("verification", get("/v1/ledger/verification".into()).await);
}

#[tokio::test]
async fn what_commands_answer_keeps_its_shape() {
    let world = World::make().await;
    let post =
        async |path: String, body: Value| plain(world.client.post(&path, &body).await.json());
    let deactivate = format!("/v1/activations/{}/deactivate", world.activation);
    assert_json_snapshot!("deactivated", post(deactivate.clone(), json!({})).await);
    assert_json_snapshot!("refused_by_a_rule", post(deactivate, json!({})).await);
    assert_json_snapshot!(
        "refused_field",
        post("/v1/products".into(), json!({ "code": "Ä", "name": "A" })).await
    );
    assert_json_snapshot!(
        "refused_shape",
        post("/v1/products".into(), json!({ "code": 5, "name": "A" })).await
    );
    let bulk = json!({ "action": "suspend", "filter": { "key": world.license_key.get(..5) } });
    assert_json_snapshot!("bulk_report", post("/v1/licenses/bulk".into(), bulk).await);
    let list = "name;email\nOstwind;post@ostwind.example\nWestwind;nonsense\n";
    let report = world
        .client
        .upload("/v1/customers/import?dry_run=true", "text/csv", list)
        .await
        .json();
    assert_json_snapshot!("import_report", plain(report));
    let stranger = world.app.client_of(world.app.stranger());
    assert_json_snapshot!("not_signed_in", plain(stranger.get("/v1/me").await.json()));
}
