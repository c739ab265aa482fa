//! `latchkey return`: a license goes to a machine without a network, and comes back.

use latchkey_app::license_file::ExportLicenseFile;
use latchkey_testkit::{DatabaseKind, TestApp};

use crate::home::Home;
use crate::program::harness::run;

const RETURN: [&str; 6] = [
    "return",
    "atlas.lkl",
    "--key",
    "machine.pem",
    "--root",
    "root.pem",
];

/// A store with an active machine, and a home with the license file and the root key for it.
async fn taken_to_the_basement(home: &Home) -> TestApp {
    let app = TestApp::open(DatabaseKind::Sqlite).await;
    let license = app.license_with_seats(2).await;
    let seat = app.activate(license, "CAD-07", "Basement").await;
    let key = run(home, &["machine-key", "machine.pem"]).exits(0).out;
    let again = run(home, &["machine-key", "machine.pem"]).exits(0).out;
    assert_eq!(again, key, "the pair that is there stays");
    let key = key.trim().parse().unwrap();
    app.activation_bind_key(&app.owner, None, seat, key)
        .await
        .unwrap();
    let machine = app.activation_get(&app.owner, seat).await.unwrap();
    let export = ExportLicenseFile {
        license_id: license,
        machine_ids: vec![machine.activation.machine_id],
        valid_days: None,
    };
    let file = app.license_file_export(&app.owner, None, export).await;
    let file = app.license_file_content(&app.owner, file.unwrap().value);
    home.write("atlas.lkl", &file.await.unwrap().content);
    home.write("root.pem", &app.root_key(&app.owner).await.unwrap().pem);
    app
}

#[tokio::test]
async fn a_license_is_taken_to_a_basement_and_brought_back_with_a_receipt() {
    let home = Home::new();
    let app = taken_to_the_basement(&home).await;
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(home.path("machine.pem"))
            .unwrap()
            .permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    let at = app.now().to_string();
    let verify = ["verify", "atlas.lkl", "--root", "root.pem", "--at", &at];
    run(&home, &verify).exits(0);

    let said = run(&home, &[&RETURN[..], &["--qr", "atlas.svg"]].concat()).exits(0);
    assert!(said.out.starts_with("returned: "), "{}", said.out);
    let drawn = std::fs::read_to_string(home.path("atlas.svg")).unwrap();
    assert!(drawn.starts_with("<svg "), "{drawn}");
    let code = said.out.split("return code: ").nth(1).unwrap();
    let code = code.lines().next().unwrap();
    assert!(!home.path("machine.pem").exists(), "the key is destroyed");
    let refused = run(&home, &verify).exits(1);
    assert!(refused.out.starts_with("refused: "), "{}", refused.out);
    let again = run(&home, &RETURN).exits(2);
    assert!(again.err.contains("[file_unreadable]"), "{}", again.err);

    let receipt = std::fs::read_to_string(home.path("atlas.lkr")).unwrap();
    let taken = app.return_receipt_accept(&app.owner, None, &receipt).await;
    let kept = app.return_receipt_content(&app.owner, taken.unwrap().value.0);
    assert!(kept.await.unwrap().content.contains("countersignature"));
    let read_out = app.return_receipt_accept(&app.owner, None, code).await;
    let read_out = read_out.unwrap_err().to_string();
    assert!(read_out.contains("already"), "{read_out}");
    app.close().await;
}

#[tokio::test]
async fn returning_goes_on_where_it_was_stopped_and_overwrites_no_other_receipt() {
    let home = Home::new();
    let app = taken_to_the_basement(&home).await;
    let (file, key) = (
        std::fs::read_to_string(home.path("atlas.lkl")).unwrap(),
        std::fs::read_to_string(home.path("machine.pem")).unwrap(),
    );
    run(&home, &RETURN).exits(0);
    let receipt = std::fs::read_to_string(home.path("atlas.lkr")).unwrap();
    // As if the machine had stopped after the receipt was written.
    home.write("atlas.lkl", &file);
    home.write("machine.pem", &key);
    run(&home, &RETURN).exits(0);
    assert!(!home.path("machine.pem").exists());
    assert_eq!(
        std::fs::read_to_string(home.path("atlas.lkr")).unwrap(),
        receipt
    );
    // Another key's receipt, and a file that is bound to another key.
    home.write("atlas.lkl", &file);
    run(&home, &["machine-key", "machine.pem"]).exits(0);
    let refused = run(&home, &RETURN).exits(2);
    assert!(refused.err.contains("[receipt_exists]"), "{}", refused.err);
    let elsewhere = [&RETURN[..], &["--receipt", "other.lkr"]].concat();
    let refused = run(&home, &elsewhere).exits(2);
    assert!(
        refused.err.contains("[machine_key_differs]"),
        "{}",
        refused.err
    );
    assert!(!home.path("other.lkr").exists());
    assert_eq!(
        std::fs::read_to_string(home.path("atlas.lkl")).unwrap(),
        file
    );
    app.close().await;
}
