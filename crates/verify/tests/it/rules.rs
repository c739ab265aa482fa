//! The rules of a license file beyond its signatures.

use latchkey_verify::{MAX_FILE_BYTES, Machine, verify_license_file};
use serde_json::{Value, json};

use crate::sample::{MACHINE, NOW, Sample, code, issuer, key, root, root_key, trust_key, verify};

fn license(name: &str, value: &Value) -> &'static str {
    Sample::with(|s| s.license[name] = value.clone()).code()
}

fn trust_key_field(at: usize, name: &str, value: &Value) -> Sample {
    Sample::with(|s| s.trust["keys"][at][name] = value.clone())
}

#[test]
fn times_are_compared_to_the_second() {
    assert_eq!(license("expires_at", &json!(NOW)), "license_expired");
    assert_eq!(license("expires_at", &json!(NOW + 1)), "accepted");
    assert_eq!(license("expires_at", &json!(null)), "accepted");
    assert_eq!(license("file_expires_at", &json!(NOW)), "file_expired");
    assert_eq!(license("file_expires_at", &json!(NOW + 1)), "accepted");
    assert_eq!(license("starts_at", &json!(NOW + 300)), "accepted");
    assert_eq!(
        license("starts_at", &json!(NOW + 301)),
        "license_not_started"
    );
    assert_eq!(license("issued_at", &json!(NOW + 300)), "accepted");
    assert_eq!(license("issued_at", &json!(NOW + 301)), "clock_behind");
    assert_eq!(
        license("issued_at", &json!(253_402_300_800_i64)),
        "document_malformed"
    );
    assert_eq!(license("issued_at", &json!(-1)), "document_malformed");
}

#[test]
fn a_bound_file_is_for_its_machines_only() {
    let file = serde_json::to_vec(&Sample::default().value()).unwrap();
    let as_seen_by = |machine| code(verify_license_file(&file, &root_key(), NOW, machine));
    assert_eq!(as_seen_by(Machine::Code(MACHINE)), "accepted");
    assert_eq!(as_seen_by(Machine::Code("MC-2")), "machine_not_listed");
    assert_eq!(as_seen_by(Machine::Code("")), "machine_not_listed");
    assert_eq!(as_seen_by(Machine::NotChecked), "accepted");
    let loose = |node_locked: bool| {
        Sample::with(|s| {
            s.license["machines"] = json!([]);
            s.license["node_locked"] = json!(node_locked);
        })
    };
    assert_eq!(loose(false).code(), "accepted");
    assert_eq!(loose(true).code(), "machine_not_listed");
    // Bound to machines although the policy does not demand it.
    let listed = Sample::with(|s| {
        s.license["machines"] = json!([{"code": "MC-2", "friendly_name": "x"}]);
        s.license["node_locked"] = json!(false);
    });
    assert_eq!(listed.code(), "machine_not_listed");
}

#[test]
fn a_compromised_issuer_key_counts_only_before_its_index() {
    let void_from = |index: u64| {
        let mut sample = trust_key_field(1, "state", &json!("compromised"));
        sample.trust["keys"][1]["void_from_index"] = json!(index);
        sample.code()
    };
    assert_eq!(void_from(12), "accepted");
    assert_eq!(void_from(11), "signing_key_void");
    assert_eq!(void_from(0), "signing_key_void");
    assert_eq!(
        trust_key_field(1, "state", &json!("compromised")).code(),
        "signing_key_void"
    );
    assert_eq!(
        trust_key_field(1, "state", &json!("retired")).code(),
        "accepted"
    );
    assert_eq!(
        trust_key_field(1, "void_from_index", &json!(11)).code(),
        "signing_key_void"
    );
    assert_eq!(
        trust_key_field(1, "state", &json!("stolen")).code(),
        "document_malformed"
    );
}

#[test]
fn a_compromised_ledger_key_counts_only_for_checkpoints_before_its_index() {
    let void_from = |index: u64| {
        let mut sample = trust_key_field(2, "state", &json!("compromised"));
        sample.trust["keys"][2]["void_from_index"] = json!(index);
        sample.code()
    };
    assert_eq!(void_from(21), "accepted");
    assert_eq!(void_from(20), "signing_key_void");
}

#[test]
fn a_root_key_that_declares_itself_compromised_is_believed() {
    assert_eq!(
        trust_key_field(0, "state", &json!("compromised")).code(),
        "root_key_compromised"
    );
    // Another root's state is of no interest, and a listed root gains no power.
    let other = Sample::with(|s| {
        s.trust["keys"][0] = trust_key("key_r2", "root", &key(5));
        s.trust["keys"][0]["state"] = json!("compromised");
    });
    assert_eq!(other.code(), "accepted");
}

#[test]
fn an_issuer_key_of_one_product_signs_for_no_other() {
    assert_eq!(
        trust_key_field(1, "product_id", &json!("prd_1")).code(),
        "accepted"
    );
    assert_eq!(
        trust_key_field(1, "product_id", &json!("prd_2")).code(),
        "signing_key_of_other_product"
    );
    assert_eq!(
        trust_key_field(1, "product_id", &json!("")).code(),
        "signing_key_of_other_product"
    );
    // A second signer that may sign for it is enough.
    let both = Sample::with(|s| {
        s.trust["keys"][1]["product_id"] = json!("prd_2");
        let second = trust_key("key_j", "issuer", &key(4));
        s.trust["keys"].as_array_mut().unwrap().push(second);
        s.license_signers = vec![issuer(), key(4)];
    });
    assert_eq!(both.code(), "accepted");
}

#[test]
fn parts_of_different_vendors_or_ledgers_do_not_mix() {
    let other_vendor = Sample::with(|s| s.license["vendor"]["id"] = json!("vnd_2"));
    assert_eq!(other_vendor.code(), "vendor_differs");
    let other_ledger = Sample::with(|s| s.origin = "latchkey/vnd_2/ledger".into());
    assert_eq!(other_ledger.code(), "checkpoint_signer_unknown");
    assert_eq!(
        Sample::with(|s| s.document = Some("00".repeat(32))).code(),
        "ledger_entry_differs"
    );
    // The license of one file with the proof of another.
    let mut file = Sample::default().value();
    let other = Sample::with(|s| s.license["seats_max"] = json!(500)).value();
    file["license"] = other["license"].clone();
    assert_eq!(code(verify(&file)), "ledger_entry_differs");
}

#[test]
fn the_ledger_proof_is_mandatory_and_exact() {
    let spoiled = |spoil: fn(&mut Value)| {
        let mut file = Sample::default().value();
        spoil(&mut file["ledger"]);
        code(verify(&file))
    };
    assert_eq!(spoiled(|l| l["index"] = json!(10)), "ledger_proof_wrong");
    assert_eq!(spoiled(|l| l["index"] = json!(21)), "ledger_proof_wrong");
    assert_eq!(spoiled(|l| l["index"] = json!(-1)), "document_malformed");
    assert_eq!(
        spoiled(|l| drop(l["hashes"].as_array_mut().unwrap().pop())),
        "ledger_proof_wrong"
    );
    assert_eq!(spoiled(|l| l["hashes"] = json!([])), "ledger_proof_wrong");
    assert_eq!(
        spoiled(|l| l["hashes"] = json!(["x"])),
        "document_malformed"
    );
    assert_eq!(
        spoiled(|l| l["hashes"] = json!(vec![l["hashes"][0].clone(); 63])),
        "document_malformed"
    );
    assert_eq!(
        spoiled(|l| l["entry"] = json!("e30=")),
        "ledger_proof_wrong"
    );
    assert_eq!(
        spoiled(|l| l["checkpoint"] = json!("")),
        "checkpoint_malformed"
    );
    assert_eq!(spoiled(|l| *l = json!(null)), "document_malformed");
    let mut file = Sample::default().value();
    file.as_object_mut().unwrap().remove("ledger");
    assert_eq!(code(verify(&file)), "document_malformed");
}

#[test]
fn unknown_fields_pass_unless_they_are_critical() {
    assert_eq!(license("colour", &json!("red")), "accepted");
    let critical = Sample::with(|s| {
        s.license["colour"] = json!("red");
        s.license["critical"] = json!(["colour"]);
    });
    assert_eq!(critical.code(), "critical_field_unknown");
    assert_eq!(
        license("critical", &json!(["seats_max", "machines"])),
        "accepted"
    );
    let trust = Sample::with(|s| {
        s.trust["threshold"] = json!(2);
        s.trust["critical"] = json!(["threshold"]);
    });
    assert_eq!(trust.code(), "critical_field_unknown");
    let in_key = Sample::with(|s| {
        s.trust["keys"][1]["region"] = json!("eu");
        s.trust["keys"][1]["critical"] = json!(["region"]);
    });
    assert_eq!(in_key.code(), "critical_field_unknown");
    let mut file = Sample::default().value();
    file["extra"] = json!(1);
    assert_eq!(code(verify(&file)), "accepted");
    file["critical"] = json!(["extra"]);
    assert_eq!(code(verify(&file)), "critical_field_unknown");
}

#[test]
fn signed_documents_are_strict_json() {
    let written = serde_json::to_string(&Sample::default().license).unwrap();
    let around = |payload: &str| code(verify(&Sample::default().value_around(payload.as_bytes())));
    assert_eq!(around(&written), "accepted");
    assert_eq!(
        around(&written.replace("\"seats_max\":5", "\"seats_max\":5,\"seats_max\":500")),
        "member_duplicated"
    );
    assert_eq!(
        around(&written.replace("\"seats_max\":5", "\"seats_max\":5.0")),
        "number_not_integer"
    );
    assert_eq!(
        around(&written.replace("\"seats_max\":5", "\"seats_max\":1e3")),
        "number_not_integer"
    );
    let deep = format!("{{\"x\":{}{},", "[".repeat(16), "]".repeat(16));
    assert_eq!(
        around(&written.replacen('{', &deep, 1)),
        "document_too_complex"
    );
    assert_eq!(around(&format!("{written}x")), "document_malformed");
    assert_eq!(license("seats_max", &json!(1_000_000)), "accepted");
    assert_eq!(
        license("seats_max", &json!(1_000_001)),
        "document_malformed"
    );
    assert_eq!(license("version", &json!(2)), "document_malformed");
    for name in Sample::default()
        .license
        .as_object()
        .unwrap()
        .keys()
        .filter(|name| *name != "critical")
    {
        let missing = Sample::with(|s| drop(s.license.as_object_mut().unwrap().remove(name)));
        assert_eq!(missing.code(), "document_malformed", "{name}");
    }
}

#[test]
fn a_file_is_read_up_to_its_limit_and_not_one_byte_more() {
    let mut file = serde_json::to_vec(&Sample::default().value()).unwrap();
    file.resize(MAX_FILE_BYTES, b' ');
    let check = |file: &[u8]| {
        code(verify_license_file(
            file,
            &root_key(),
            NOW,
            Machine::Code(MACHINE),
        ))
    };
    assert_eq!(check(&file), "accepted");
    file.push(b' ');
    assert_eq!(check(&file), "file_too_large");
}

#[test]
fn every_refusal_has_a_sentence_and_a_way_out() {
    let mut file = Sample::default().value();
    file["format"] = json!("latchkey-license-file/2");
    let refusal = verify(&file).unwrap_err();
    assert_eq!(refusal.code(), "format_unknown");
    assert!(refusal.to_string().contains("latchkey-license-file/2"));
    assert!(refusal.fix().starts_with("Update the application"));
    let expired = Sample::with(|s| s.license["expires_at"] = json!(NOW))
        .verify()
        .unwrap_err();
    assert_eq!(
        expired.to_string(),
        "The license expired at 2026-09-21T14:13:20Z"
    );
    let void = Sample::with(|s| {
        s.trust["keys"][1]["state"] = json!("compromised");
        s.trust["keys"][1]["void_from_index"] = json!(3);
    });
    assert_eq!(
        void.verify().unwrap_err().to_string(),
        "The license was signed by the key key_i, which counts only before ledger index 3"
    );
    assert_eq!(root_key().key_id(), crate::sample::key_id(&root()));
}
