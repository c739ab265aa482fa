//! What somebody who may write to the database could do, and what the check says to it.

use latchkey_app::license_file::ExportLicenseFile;
use latchkey_testkit::{DatabaseKind, TestApp};

use super::check;

/// A small store with something of everything; entry 5 speaks of a feature, entry 4 of a product.
async fn store(kind: DatabaseKind) -> (TestApp, [(&'static str, String); 3]) {
    let app = TestApp::open(kind).await;
    let product_id = app.product("studio").await;
    app.feature(product_id, "export-step").await;
    let policy_id = app.policy_of(product_id, "Standard", 5).await;
    let customer_id = app.customer("Nordwind").await;
    app.customer("Ostwind").await;
    let license_id = app.license(policy_id, customer_id).await;
    let activation_id = app.activate(license_id, "m-1", "Desk 1").await;
    let machine_id = app
        .activation_get(&app.owner, activation_id)
        .await
        .unwrap()
        .activation
        .machine_id;
    let export = ExportLicenseFile {
        license_id,
        machine_ids: vec![machine_id],
        valid_days: None,
    };
    app.license_file_export(&app.owner, None, export)
        .await
        .unwrap();
    let reseller_id = app.reseller("Handel").await;
    let template_id = app.template(reseller_id, policy_id, 3).await;
    let theirs = app.customer_of(reseller_id, "Westwind").await;
    app.issue_from(&app.owner, template_id, theirs)
        .await
        .unwrap();
    assert_eq!(check(&app).await.first_problem, None);
    let names = [
        ("{license}", license_id.to_string()),
        ("{activation}", activation_id.to_string()),
        ("{customer}", customer_id.to_string()),
    ];
    (app, names)
}

/// What is done, and a part of the sentence that tells of it. `%` in the SQL stands for the last entry's index.
const CASES: &[(&str, &str)] = &[
    // Rows of state.
    (
        "UPDATE license SET seats_max = 500",
        "license {license} is not what its last entry, ",
    ),
    (
        "UPDATE license SET expires_at = NULL",
        "license {license} is not what its last entry, ",
    ),
    (
        "UPDATE license SET version = version + 1",
        "license {license} has version 2, and its last entry",
    ),
    (
        "UPDATE customer SET name = 'Mallory' WHERE name = 'Nordwind'",
        "customer {customer} is not what",
    ),
    (
        "UPDATE customer SET name = CASE name WHEN 'Nordwind' THEN 'Ostwind' ELSE 'Nordwind' END",
        "customer {customer} is not what its last entry, ",
    ),
    (
        "UPDATE customer SET salt = (SELECT salt FROM vendor)",
        "customer {customer} has a salt that does not open",
    ),
    (
        "UPDATE customer SET state = 'gone'",
        "table customer, column ",
    ),
    (
        "DELETE FROM activation",
        "activation {activation} is missing: entry ",
    ),
    ("DELETE FROM license_file", " is missing: entry "),
    (
        "INSERT INTO customer (id, vendor_id, name, name_folded, state, created_at, version, salt) \
         SELECT owner_id, id, 'Mallory', 'mallory', 'active', created_at, 1, salt FROM vendor",
        "has no entry in the ledger",
    ),
    (
        "UPDATE license SET seats_used = 0",
        "license {license} says that 0 of its seats are in use, and 1 machines",
    ),
    // Quota: what is granted, what was issued, and what follows from both.
    (
        "UPDATE quota_movement SET of_vendor = -9, of_reseller = 9 WHERE kind = 'grant'",
        "quota_movement ",
    ),
    ("DELETE FROM quota_movement", " is missing: entry "),
    (
        "UPDATE template SET of_vendor = of_vendor - 5, of_reseller = of_reseller + 5",
        " says that 7 licenses are left, and its movements add up to something else, 2 left",
    ),
    (
        "UPDATE template SET seats_max = 500",
        "is not what its last entry, ",
    ),
    // Keys and documents.
    (
        "UPDATE signing_key SET state = 'retired' WHERE role = 'issuer'",
        "is not as the trust bundle has it",
    ),
    (
        "DELETE FROM signing_key WHERE role = 'issuer'",
        "its trust bundle has more keys than there are",
    ),
    (
        "UPDATE vendor SET trust_bundle = replace(trust_bundle, 'A', 'B')",
        "its trust bundle is not the one",
    ),
    (
        "UPDATE license_file SET envelope = replace(envelope, '\"payload\":\"e', '\"payload\":\"f')",
        "its envelope does not hold the document that entry ",
    ),
    (
        "UPDATE license_file SET ledger_index = 0",
        "names entry 0, and entry ",
    ),
    // The ledger's own rows.
    (
        "UPDATE ledger_entry SET body = replace(body, 'studio', 'Studio') WHERE idx = 4",
        "ledger_entry 4: its body is not the one that its entry was made for",
    ),
    (
        "UPDATE ledger_entry SET entry = replace(entry, '\"version\":1', '\"version\":2') WHERE idx = 5",
        "ledger_entry 5: its leaf is not the hash of its entry",
    ),
    (
        "UPDATE ledger_entry SET leaf = (SELECT e.leaf FROM ledger_entry AS e WHERE e.idx = 0) WHERE idx = 5",
        "ledger_entry 5: its leaf is not the hash of its entry",
    ),
    (
        "UPDATE ledger_entry SET verb = 'license.revoke' WHERE idx = 5",
        "ledger_entry 5: its column verb is not",
    ),
    (
        "UPDATE ledger_entry SET verb = 'nothing' WHERE idx = 5",
        "ledger_entry 5: table ledger_entry, column ",
    ),
    (
        "UPDATE ledger_entry SET entity = 'license' WHERE idx = 5",
        "ledger_entry 5: its column entity is not",
    ),
    (
        "UPDATE ledger_entry SET at = at + 1 WHERE idx = 5",
        "ledger_entry 5: its column at is not",
    ),
    (
        "UPDATE ledger_entry SET version = 7 WHERE idx = 5",
        "ledger_entry 5: its column version is not",
    ),
    (
        "UPDATE ledger_entry SET change_id = entity_id WHERE idx = 5",
        "ledger_entry 5: its column change_id is not",
    ),
    (
        "UPDATE ledger_entry SET undoes_change_id = change_id WHERE idx = 5",
        "ledger_entry 5: its column undoes_change_id is not",
    ),
    (
        "UPDATE ledger_entry SET entity_id = change_id WHERE idx = 5",
        "ledger_entry 5: its column entity_id names ",
    ),
    (
        "UPDATE ledger_entry SET idx = 1000 WHERE idx = 4; UPDATE ledger_entry SET idx = 4 WHERE idx = 5; \
         UPDATE ledger_entry SET idx = 5 WHERE idx = 1000",
        "ledger_head: the root of its ",
    ),
    (
        "DELETE FROM ledger_entry WHERE idx = 5",
        "ledger_entry 5 is missing",
    ),
    (
        "DELETE FROM ledger_entry WHERE idx = %",
        "ledger_entry % is missing",
    ),
    (
        "DELETE FROM ledger_entry WHERE idx = %; UPDATE ledger_head SET size = size - 1",
        "ledger_head: the root of its % entries is ",
    ),
    (
        "INSERT INTO ledger_entry (vendor_id, idx, at, verb, entity, entity_id, version, change_id, entry, leaf, body) \
         SELECT vendor_id, idx + 1, at, verb, entity, entity_id, version, change_id, entry, leaf, body \
         FROM ledger_entry WHERE idx = %",
        "stands behind the end of the ledger",
    ),
    // The head.
    ("DELETE FROM ledger_head", "the ledger has no head"),
    (
        "UPDATE ledger_head SET root = (SELECT leaf FROM ledger_entry WHERE idx = 0)",
        "ledger_head: the root of its ",
    ),
    (
        "UPDATE ledger_head SET frontier = root",
        "ledger_head: its frontier is not the right edge",
    ),
    (
        "UPDATE ledger_head SET checkpoint = replace(checkpoint, 'latchkey/', 'Latchkey/')",
        "ledger_head: its checkpoint is refused: ",
    ),
];

/// The tables that the cases change; they are put back after each.
const TABLES: [&str; 10] = [
    "vendor",
    "customer",
    "license",
    "activation",
    "signing_key",
    "license_file",
    "template",
    "quota_movement",
    "ledger_entry",
    "ledger_head",
];

#[tokio::test]
async fn whatever_is_changed_behind_its_back_is_found_and_named() {
    for kind in DatabaseKind::BOTH {
        let (app, names) = store(kind).await;
        let last = (app.checkpoint(&app.owner).await.unwrap().size - 1).to_string();
        let save =
            TABLES.map(|table| format!("CREATE TABLE saved_{table} AS SELECT * FROM {table}"));
        app.database().tamper(&save.join(";")).await;
        let put_back = TABLES.map(|table| {
            format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM saved_{table}")
        });
        for (sql, expected) in CASES {
            app.database().tamper(&sql.replace('%', &last)).await;
            let expected = expected.replace('%', &last);
            let expected = names
                .iter()
                .fold(expected, |text, (name, id)| text.replace(name, id));
            let report = check(&app).await;
            let problem = report.first_problem.unwrap_or_default();
            assert!(
                problem.contains(&expected),
                "{kind:?}: {sql}\n  was told: {problem}\n  expected: {expected}"
            );
            assert!(!report.ok);
            app.database().tamper(&put_back.join(";")).await;
        }
        assert_eq!(check(&app).await.first_problem, None, "all was put back");
        app.close().await;
    }
}

#[tokio::test]
async fn a_hash_that_proofs_are_made_from_is_recomputed() {
    for kind in DatabaseKind::BOTH {
        let app = TestApp::open(kind).await;
        for number in 0..260 {
            app.customer(&format!("Customer {number}")).await;
        }
        assert_eq!(check(&app).await.first_problem, None);
        let sql = "UPDATE ledger_node SET hash = (SELECT leaf FROM ledger_entry WHERE idx = 0)";
        app.database().tamper(sql).await;
        let problem = check(&app).await.first_problem.unwrap();
        assert!(
            problem.starts_with("ledger_node 0 of level 8 is "),
            "{problem}"
        );
        app.database().tamper("DELETE FROM ledger_node").await;
        let problem = check(&app).await.first_problem.unwrap();
        assert!(
            problem.starts_with("ledger_node 0 of level 8 is "),
            "{problem}"
        );
        app.close().await;
    }
}

#[tokio::test]
async fn a_change_that_passes_over_the_program_is_found_even_after_a_later_one_that_does_not() {
    for kind in DatabaseKind::BOTH {
        let (app, names) = store(kind).await;
        app.database()
            .tamper("UPDATE license SET seats_max = 500")
            .await;
        let license_id = names[0].1.parse().unwrap();
        app.license_suspend(&app.owner, None, license_id, None)
            .await
            .unwrap();
        let problem = check(&app).await.first_problem.unwrap();
        assert!(
            problem.contains(&format!("what {license_id} was before")),
            "{problem}"
        );
        app.close().await;
    }
}
