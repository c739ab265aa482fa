//! Whole lists as CSV: all that the list finds, in its order, safe to open.

use latchkey_testkit::DatabaseKind;
use serde_json::{Value, json};

use crate::world::{World, text};

/// The lines of a table; none of these tests' texts has a line end in it.
async fn lines(world: &World, path: &str) -> Vec<String> {
    let answer = world.client.get(path).await;
    assert_eq!(
        answer.header("content-type"),
        Some("text/csv; charset=utf-8")
    );
    let saved = answer.header("content-disposition").unwrap();
    assert!(
        saved.starts_with("attachment; filename=\"") && saved.contains(".csv\""),
        "{saved}"
    );
    let table = answer.text().to_owned();
    assert!(table.ends_with("\r\n"), "the last line ends too");
    table.trim_end().split("\r\n").map(str::to_owned).collect()
}

/// The ids of a list, page by page.
async fn listed(world: &World, path: &str) -> Vec<String> {
    let mut ids = Vec::new();
    let mut after = String::new();
    loop {
        let page = world
            .client
            .get(&format!("{path}?limit=200{after}"))
            .await
            .ok();
        let items = page["items"].as_array().unwrap();
        ids.extend(items.iter().map(|item| text(item, "/id")));
        match page["next"].as_str() {
            Some(next) => after = format!("&after={next}"),
            None => return ids,
        }
    }
}

async fn a_table_holds_the_whole_list_in_its_order_on(kind: DatabaseKind) {
    let world = World::make_on(kind).await;
    let rules = crate::world::rules(&world.feature);
    let policy = json!({ "product_id": world.product, "name": "Many", "rules": rules });
    let policy = text(&world.after("/v1/policies", policy).await, "/item/id");
    for _ in 0..5 {
        let many = json!({ "policy_id": policy, "customer_id": world.customer, "count": 1_000 });
        world.after("/v1/licenses/batch", many).await;
    }
    let lines = lines(&world, "/v1/licenses/csv").await;
    assert!(lines[0].starts_with("id,key,product_id,"), "{}", lines[0]);
    let ids: Vec<&str> = lines[1..]
        .iter()
        .map(|line| line.split(',').next().unwrap())
        .collect();
    assert_eq!(ids.len(), 5_001, "more than is read at once");
    assert_eq!(ids, listed(&world, "/v1/licenses").await);
    world.close().await;
}

#[tokio::test]
async fn a_table_holds_the_whole_list_in_its_order_on_sqlite() {
    a_table_holds_the_whole_list_in_its_order_on(DatabaseKind::Sqlite).await;
}

#[tokio::test]
async fn a_table_holds_the_whole_list_in_its_order_on_postgres() {
    a_table_holds_the_whole_list_in_its_order_on(DatabaseKind::Postgres).await;
}

#[tokio::test]
async fn a_table_has_the_columns_that_the_list_has_fields() {
    let world = World::make().await;
    for (path, left_out) in [
        ("/v1/licenses", None),
        ("/v1/activations", None),
        ("/v1/customers", Some("licenses")),
        ("/v1/ledger/entries", None),
    ] {
        let list = world.client.get(path).await.ok();
        let fields = list["items"][0].as_object().unwrap();
        let mut fields: Vec<&str> = fields.keys().map(String::as_str).collect();
        fields.retain(|field| Some(*field) != left_out);
        fields.sort_unstable();
        let lines = lines(&world, &format!("{path}/csv")).await;
        let mut headings: Vec<&str> = lines[0].split(',').collect();
        headings.sort_unstable();
        assert_eq!(headings, fields, "{path}");
        assert_eq!(
            lines.len() - 1,
            list["items"].as_array().unwrap().len(),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_table_has_the_rows_that_the_filter_finds_and_is_refused_like_the_list() {
    let world = World::make().await;
    let found = lines(&world, "/v1/customers/csv?q=nord").await;
    assert_eq!(found.len(), 2);
    assert!(
        found[1].contains(",Nordwind GmbH,it@nordwind.example,C-1,,false,,,active,1,20"),
        "{}",
        found[1]
    );
    assert_eq!(
        lines(&world, "/v1/licenses/csv?state=revoked").await.len(),
        1,
        "headings alone"
    );
    for (query, pointer) in [
        ("state=odd", "/state"),
        ("limit=5", "/limit"),
        ("bom=2", "/bom"),
    ] {
        let refused = world.client.get(&format!("/v1/licenses/csv?{query}")).await;
        assert_eq!(refused.problem(), "query_invalid", "{query}");
        assert_eq!(refused.json()["errors"][0]["pointer"], pointer);
    }
}

#[tokio::test]
async fn a_name_that_a_spreadsheet_would_run_is_only_text_in_a_table() {
    let world = World::make().await;
    let name = "=cmd|'/C calc'!A0";
    world.after("/v1/customers", json!({ "name": name })).await;
    let table = world.client.get("/v1/customers/csv?bom=true").await;
    assert!(table.text().starts_with("\u{feff}id,name,"));
    assert!(
        table.text().contains(&format!(",'{name},")),
        "{}",
        table.text()
    );
}

#[tokio::test]
async fn a_ledger_entry_keeps_what_was_before_and_after_in_its_row() {
    let world = World::make().await;
    let path = format!("/v1/ledger/entries/csv?entity_id={}", world.license);
    let lines = lines(&world, &path).await;
    let entry = &world
        .client
        .get(&format!("/v1/ledger/entries?entity_id={}", world.license))
        .await
        .ok()["items"][0];
    let after = entry["after"].to_string().replace('"', "\"\"");
    let row = lines.last().unwrap();
    assert!(row.contains(&format!(",\"{after}\",")), "{row}");
    assert_eq!(entry["before"], Value::Null);
}
