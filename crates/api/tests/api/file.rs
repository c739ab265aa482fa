//! Files in and out: imports, license files and the archive of an export.

use std::io::{Cursor, Read};

use serde_json::json;

use crate::world::{World, text};

#[tokio::test]
async fn a_license_file_is_saved_under_its_name_and_verifies() {
    let world = World::make().await;
    let path = format!("/v1/license-files/{}/content", world.file);
    let file = world.client.get(&path).await;
    assert_eq!(
        file.header("content-type"),
        Some("application/vnd.latchkey.license-file+json")
    );
    let saved = file.header("content-disposition").unwrap();
    assert!(
        saved.starts_with("attachment; filename=\"") && saved.contains(".lkl"),
        "{saved}"
    );
    let check = "/v1/license-files/verify";
    let found = world
        .client
        .upload(check, "application/octet-stream", file.bytes.clone())
        .await
        .ok();
    assert_eq!(
        (&found["valid"], &found["refusal"]),
        (&json!(true), &json!(null))
    );
    assert_eq!(found["grants"]["customer_name"], "Nordwind GmbH");
    assert_eq!(found["grants"]["machines"][0]["friendly_name"], "Büro 1");
    assert_eq!(found["license_state"], "active");

    let altered = file.text().replacen("payload\": \"e", "payload\": \"f", 1);
    assert_ne!(altered, file.text());
    for wrong in [altered.as_str(), "", "{}", "not a license file"] {
        let found = world
            .client
            .upload(check, "application/octet-stream", wrong.to_owned())
            .await
            .ok();
        assert_eq!(
            (&found["valid"], &found["grants"]),
            (&json!(false), &json!(null)),
            "{wrong:.40}"
        );
        assert!(found["refusal"]["code"].is_string() && found["refusal"]["fix"].is_string());
    }
}

#[tokio::test]
async fn an_export_of_many_comes_as_one_archive() {
    let world = World::make().await;
    let mut rules = crate::world::rules(&world.feature);
    rules["node_locked"] = json!(false);
    let policy = json!({ "product_id": world.product, "name": "Floating", "rules": rules });
    let policy = text(&world.after("/v1/policies", policy).await, "/item/id");
    let many = json!({ "policy_id": policy, "customer_id": world.customer, "count": 300 });
    world.after("/v1/licenses/batch", many).await;
    let exported = world
        .after(
            "/v1/license-files/bulk",
            json!({ "filter": { "policy_id": policy } }),
        )
        .await;
    assert_eq!(
        (&exported["item"]["count"], &exported["item"]["skipped"]),
        (&json!(300), &json!(0))
    );
    let path = format!(
        "/v1/license-files/archive?change_id={}",
        text(&exported, "/change/id")
    );
    let archive = world.client.get(&path).await;
    assert_eq!(archive.header("content-type"), Some("application/zip"));
    let mut archive = zip::ZipArchive::new(Cursor::new(archive.bytes)).unwrap();
    assert_eq!(archive.len(), 300);
    let mut first = String::new();
    archive
        .by_index(0)
        .unwrap()
        .read_to_string(&mut first)
        .unwrap();
    let found = world
        .client
        .upload(
            "/v1/license-files/verify",
            "application/octet-stream",
            first,
        )
        .await
        .ok();
    assert_eq!(found["valid"], true, "{found}");

    let nothing = json!({ "filter": { "product_id": world.product, "state": "revoked" } });
    assert_eq!(
        world
            .client
            .post("/v1/license-files/bulk", &nothing)
            .await
            .problem(),
        "license_file_nothing"
    );
    let unknown = world
        .client
        .get(&format!(
            "/v1/license-files/archive?change_id=chg_{}",
            "0".repeat(26)
        ))
        .await;
    assert_eq!(unknown.problem(), "change_not_found");
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_and_says_what_to_do() {
    let world = World::make().await;
    let imports = [
        "/v1/customers/import".to_owned(),
        "/v1/licenses/import".to_owned(),
        format!("/v1/activations/import?license_id={}", world.license),
        "/v1/license-files/verify".to_owned(),
    ];
    for path in imports {
        let refused = world
            .client
            .upload(&path, "text/csv", vec![b'x'; 16 * 1024 * 1024 + 1])
            .await;
        assert_eq!(
            (refused.status.as_u16(), refused.problem().as_str()),
            (413, "body_too_large"),
            "{path}"
        );
        assert!(
            refused.json()["fix"].as_str().unwrap().contains("Split"),
            "{path}"
        );
        // One that only says that it is larger is not waited for.
        let length = [
            ("content-length", "200000000"),
            ("content-type", "text/csv"),
        ];
        let refused = world
            .client
            .send(http::Method::POST, &path, &length, "x".into())
            .await;
        assert_eq!(refused.problem(), "body_too_large", "{path}");
        let form = world
            .client
            .upload(&path, "multipart/form-data; boundary=x", "x")
            .await;
        assert_eq!(
            (form.status.as_u16(), form.problem().as_str()),
            (415, "content_type_wrong"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_list_with_a_refused_row_is_refused_as_a_whole_unless_told_otherwise() {
    let world = World::make().await;
    let path = format!("/v1/activations/import?license_id={}", world.license);
    let list = "M-2\tBüro 2\nM-3\tBüro 3\nM-4\tBüro 4\n";
    let size = world.ledger_size().await;
    let refused = world.client.upload(&path, "text/csv", list).await;
    assert_eq!(
        (refused.status.as_u16(), refused.problem().as_str()),
        (409, "import_has_refused_rows")
    );
    assert_eq!(
        refused.json()["context"]["summary"]["refused"],
        1,
        "the fourth machine finds no seat"
    );
    assert_eq!(world.ledger_size().await, size);
    let done = world
        .client
        .upload(&format!("{path}&skip_refused=true"), "text/csv", list)
        .await
        .ok();
    assert_eq!(
        (&done["summary"]["create"], &done["summary"]["refused"]),
        (&json!(2), &json!(1))
    );
    let row = &done["rows"][2];
    assert_eq!(
        (&row["line"], &row["outcome"], &row["code"]),
        (&json!(3), &json!("refused"), &json!("seats_exhausted"))
    );
    assert!(
        row["detail"].as_str().unwrap().ends_with('.') && row["fix"].is_string(),
        "{row}"
    );
}

#[tokio::test]
async fn the_same_list_again_changes_nothing_and_the_whole_can_be_undone() {
    let world = World::make().await;
    let path = format!("/v1/activations/import?license_id={}", world.license);
    let list =
        "\u{feff}friendly_name,machine_code\r\nBüro 2,M-2\r\n\r\n研究室,M-3\r\n研究室,M-3\r\n";
    let dry = world
        .client
        .upload(&format!("{path}&dry_run=true"), "text/csv", list)
        .await
        .ok();
    let done = world.client.upload(&path, "text/csv", list).await.ok();
    assert_eq!(dry["summary"], done["summary"]);
    assert_eq!(
        (&done["summary"]["create"], &done["summary"]["duplicate"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(done["columns"], json!(["friendly_name", "machine_code"]));
    let size = world.ledger_size().await;
    let again = world.client.upload(&path, "text/csv", list).await.ok();
    assert_eq!(
        (&again["change"], &again["summary"]["unchanged"]),
        (&json!(null), &json!(2))
    );
    assert_eq!(world.ledger_size().await, size);
    let change = text(&done, "/change/id");
    world
        .after(&format!("/v1/changes/{change}/undo"), json!({}))
        .await;
    let active = format!("/v1/activations?license_id={}&state=active", world.license);
    assert_eq!(world.client.get(&active).await.ok()["count"]["value"], 1);
}

#[tokio::test]
async fn a_license_file_comes_as_a_qr_code_whose_text_verifies() {
    let world = World::make().await;
    let code = world
        .client
        .get(&format!("/v1/license-files/{}/qr", world.file))
        .await;
    assert_eq!(code.header("content-type"), Some("image/svg+xml"));
    assert!(code.text().starts_with("<svg "), "{:.80}", code.text());

    let file = format!("/v1/license-files/{}/content", world.file);
    let file = world.client.get(&file).await.text().to_owned();
    let text = latchkey_domain::scanned::scanned_text("LKL1:", &file).unwrap();
    let check = "/v1/license-files/verify";
    for read in [text.clone(), format!("{text}\n")] {
        let found = world.client.upload(check, "text/plain", read).await.ok();
        assert_eq!(
            (&found["valid"], &found["refusal"]),
            (&json!(true), &json!(null))
        );
    }
    let cut = text.get(..text.len() / 2).unwrap().to_owned();
    let found = world.client.upload(check, "text/plain", cut).await.ok();
    assert_eq!(found["refusal"]["code"], "document_malformed");
}

#[tokio::test]
async fn a_license_file_that_no_qr_code_holds_says_how_large_it_is() {
    let world = World::make().await;
    let mut rules = crate::world::rules(&world.feature);
    rules["seats_max"] = json!(20);
    let policy = json!({ "product_id": world.product, "name": "Site", "rules": rules });
    let policy = text(&world.after("/v1/policies", policy).await, "/item/id");
    let license = json!({ "policy_id": policy, "customer_id": world.customer });
    let license = text(&world.after("/v1/licenses", license).await, "/item/id");
    let mut machines = Vec::new();
    for number in 0..20 {
        // Hashes, as machine codes mostly are: they do not get shorter by compressing them.
        let code =
            latchkey_domain::ledger::hex(&[number * 7 + 1; 16]) + &world.license_key.repeat(3);
        let code = code
            .chars()
            .rev()
            .enumerate()
            .map(|(at, c)| {
                if at % 3 == 0 {
                    char::from(b'A' + (number + at as u8) % 26)
                } else {
                    c
                }
            })
            .collect::<String>();
        let machine = json!({ "license_id": license, "machine_code": code, "friendly_name": format!("Zeichenbüro {number} – {}", code.to_lowercase().get(..80).unwrap()) });
        machines.push(text(
            &world.after("/v1/activations", machine).await,
            "/item/machine_id",
        ));
    }
    let files = format!("/v1/licenses/{license}/files");
    let file = world
        .after(&files, json!({ "machine_ids": machines }))
        .await;
    let path = format!("/v1/license-files/{}/qr", text(&file, "/item/id"));
    let refused = world.client.get(&path).await;
    assert_eq!(refused.problem(), "license_file_too_large_for_qr");
    let said = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(
        said.contains(" bytes; ") && said.contains("holds 4296"),
        "{said}"
    );
}

#[tokio::test]
async fn a_license_has_a_certificate_in_either_language() {
    let world = World::make().await;
    let path = format!("/v1/licenses/{}/certificate", world.license);
    for query in ["", "?lang=en", "?lang=de"] {
        let certificate = world.client.get(&format!("{path}{query}")).await;
        assert_eq!(certificate.header("content-type"), Some("application/pdf"));
        let saved = certificate.header("content-disposition").unwrap();
        assert!(
            saved.contains("Nordwind-GmbH_Atlas-CAD_") && saved.contains(".pdf"),
            "{saved}"
        );
        assert!(certificate.bytes.starts_with(b"%PDF-"), "{query}");
    }
    let refused = world.client.get(&format!("{path}?lang=fr")).await;
    assert_eq!(refused.problem(), "query_invalid");
}
