//! The state file: whoever can write it gains nothing that was not signed.

use std::fs;
use std::path::Path;

use latchkey_client::{Error, Recollection, Verdict};
use serde_json::{Value, json};

use crate::app::{App, LICENSED, code, until};
use crate::server::{Reply, VALIDATE};
use crate::vendor::{DAY, NOW, Vendor, key, root_key, trust_key};

/// An app that was told this, and whose server is away since.
async fn told(change: impl FnOnce(&mut Vendor)) -> App {
    let mut app = App::new();
    change(&mut app.server.vendor());
    app.validate().await.unwrap();
    app.server.stop();
    app
}

fn nothing(result: &Result<Verdict, Error>) -> bool {
    matches!(
        result,
        Err(Error::Unreachable {
            memory: Recollection::Nothing,
            ..
        })
    )
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn change(app: &App, change: impl FnOnce(&mut Value)) {
    let mut file = read(&app.state_file());
    change(&mut file);
    fs::write(app.state_file(), file.to_string()).unwrap();
}

fn replace(value: &mut Value, from: &str, to: &str) {
    let text = value.as_str().unwrap();
    assert!(text.contains(from), "{text}");
    *value = json!(text.replace(from, to));
}

#[tokio::test]
async fn the_file_holds_what_was_signed_for_its_owner_alone() {
    let app = told(|_| ()).await;
    let file = read(&app.state_file());
    assert_eq!(file["format"], "latchkey-client-state/1");
    assert_eq!(file["state"]["newest_clock"], NOW);
    let body: Value =
        serde_json::from_str(file["state"]["answer"]["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["valid"], true);
    let folder = app.state_file().parent().unwrap().to_owned();
    assert_eq!(
        fs::read_dir(folder).unwrap().count(),
        1,
        "no temporary file is left"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(app.state_file()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn an_altered_answer_counts_as_none() {
    let app = told(|vendor| vendor.refuse("license_suspended")).await;
    change(&app, |file| {
        let body = &mut file["state"]["answer"]["body"];
        replace(body, "\"valid\":false", "\"valid\":true");
    });
    assert!(nothing(&app.validate().await));
    let app = told(|_| ()).await;
    change(&app, |file| {
        let body = &mut file["state"]["answer"]["body"];
        replace(body, "\"limit\":25", "\"limit\":99");
    });
    assert!(nothing(&app.validate().await));
}

#[tokio::test]
async fn a_damaged_file_counts_as_none_and_is_written_anew() {
    let app = App::new();
    app.validate().await.unwrap();
    let good = fs::read(app.state_file()).unwrap();
    let mut bad = vec![
        Vec::new(),
        b"{}".to_vec(),
        good[1..].to_vec(),
        vec![0xff; 100],
    ];
    bad.extend(
        (1..good.len())
            .step_by(61)
            .map(|length| good[..length].to_vec()),
    );
    bad.push([&good[..], &vec![b' '; 512 * 1024]].concat());
    let other = String::from_utf8(good.clone()).unwrap();
    bad.push(
        other
            .replace("client-state/1", "client-state/2")
            .into_bytes(),
    );
    bad.push(
        other
            .replace("\"received_at\"", "\"arrived_at\"")
            .into_bytes(),
    );
    for bytes in bad {
        fs::write(app.state_file(), &bytes).unwrap();
        app.server.script(VALIDATE, [Reply::status(500)]);
        assert!(
            nothing(&app.validate().await),
            "{}",
            String::from_utf8_lossy(&bytes)
        );
    }
    assert!(app.validate().await.unwrap().valid);
    app.server.script(VALIDATE, [Reply::status(500)]);
    assert!(app.validate().await.unwrap().valid);
}

#[tokio::test]
async fn no_flipped_bit_opens_more_than_was_signed() {
    let app = told(|vendor| vendor.refuse("license_suspended")).await;
    let good = fs::read(app.state_file()).unwrap();
    for at in (0..good.len() * 8).step_by(61) {
        let mut bytes = good.clone();
        bytes[at / 8] ^= 1 << (at % 8);
        fs::write(app.state_file(), &bytes).unwrap();
        let valid = app.validate().await.is_ok_and(|verdict| verdict.valid);
        assert!(!valid, "bit {at}");
    }
}

#[tokio::test]
async fn the_file_of_another_machine_or_license_counts_as_none() {
    let app = told(|_| ()).await;
    for (machine_code, license_key) in [
        ("9F86D081-884D", LICENSED.license_key),
        (LICENSED.machine_code, "11111-C3D4E-5F6G7-8H9J0-KMNPQ"),
    ] {
        let licensed = latchkey_client::Licensed {
            machine_code,
            license_key,
            ..LICENSED
        };
        let settings = latchkey_client::Settings::new(&app.server.url(), root_key(), licensed);
        let settings = settings.unwrap().tries(1).state_file(app.state_file());
        assert!(nothing(&app.start_with(settings).validate().await));
    }
}

#[tokio::test]
async fn a_bundle_that_the_root_key_has_not_signed_counts_as_none() {
    let app = told(|_| ()).await;
    let vendor = Vendor {
        trust_signer: key(99),
        ..Vendor::default()
    };
    change(&app, |file| {
        let envelope = String::from_utf8(vendor.trust_bundle()).unwrap();
        file["state"]["trust"]["envelope"] = json!(envelope);
    });
    assert!(nothing(&app.validate().await));
}

#[tokio::test]
async fn times_that_were_moved_gain_a_day_at_most() {
    let app = told(|_| ()).await;
    change(&app, |file| {
        file["state"]["answer"]["received_at"] = json!(NOW + 1);
    });
    assert!(
        nothing(&app.validate().await),
        "later than the clock has ever shown"
    );
    change(&app, |file| {
        file["state"]["answer"]["received_at"] = json!(NOW + 100 * DAY);
        file["state"]["newest_clock"] = json!(NOW + 100 * DAY);
    });
    app.set_clock(NOW + 100 * DAY);
    assert!(app.validate().await.is_err());
    change(&app, |file| {
        file["state"]["answer"]["received_at"] = json!(NOW + 7 * DAY);
        file["state"]["newest_clock"] = json!(NOW + 7 * DAY);
    });
    app.set_clock(NOW + 7 * DAY);
    assert_eq!(until(&app.validate().await.unwrap()), Some(NOW + 8 * DAY));
}

#[tokio::test]
async fn a_file_that_was_put_back_does_not_undo_what_the_running_app_was_told() {
    let mut app = App::new();
    let client = app.start();
    client.validate().await.unwrap();
    let yes = fs::read(app.state_file()).unwrap();
    app.server.vendor().refuse("license_revoked");
    app.server.vendor().answer["answered_at"] = json!("2026-09-21T14:13:21.000Z");
    assert_eq!(code(&client.validate().await.unwrap()), "license_revoked");
    app.server.stop();
    fs::write(app.state_file(), yes).unwrap();
    assert_eq!(code(&client.validate().await.unwrap()), "license_revoked");
    fs::remove_file(app.state_file()).unwrap();
    assert_eq!(code(&client.validate().await.unwrap()), "license_revoked");
}

#[tokio::test]
async fn a_remembered_answer_falls_with_the_key_that_signed_it() {
    let app = App::new();
    app.validate().await.unwrap();
    {
        let mut vendor = app.server.vendor();
        vendor.issuer_entry()["state"] = json!("compromised");
        let new = trust_key("key_new", "issuer", &key(7));
        vendor.trust["keys"].as_array_mut().unwrap().push(new);
        vendor.trust["issued_at"] = json!(NOW / 1_000);
        vendor.answer_signer = key(7);
        vendor.nonce = Some(json!("of another request"));
    }
    assert!(
        nothing(&app.validate().await),
        "the newer bundle was heard of"
    );
    app.server.script(VALIDATE, [Reply::status(500)]);
    assert!(nothing(&app.validate().await), "and is remembered");
}

#[tokio::test]
async fn an_answer_that_cannot_be_kept_is_told_and_counts() {
    let mut app = App::new();
    let folder = app.state_file().parent().unwrap().to_owned();
    fs::write(&folder, "a file where the folder is to be").unwrap();
    let client = app.start();
    let verdict = client.validate().await.unwrap();
    assert!(verdict.valid);
    let unsaved = verdict.unsaved.unwrap();
    assert_eq!(unsaved.path, app.state_file());
    assert!(unsaved.to_string().starts_with("The file "), "{unsaved}");
    app.server.stop();
    assert!(
        client.validate().await.unwrap().valid,
        "in memory it is kept"
    );
    assert!(nothing(&app.validate().await), "not beyond that");
}
