//! Attacks on signatures, by the names under which others have suffered them.

use std::num::NonZeroUsize;

use ed25519_dalek::SigningKey;
use latchkey_verify::PublicKey;
use latchkey_verify::dsse::{DsseError, Envelope};
use serde_json::{Value, json};

use crate::sample::{
    Sample, code, envelope, issuer, key, key_id, ledger, root, stranger, trust_key, verify,
};

fn spoiled(spoil: impl FnOnce(&mut Value)) -> &'static str {
    let mut file = Sample::default().value();
    spoil(&mut file);
    code(verify(&file))
}

#[test]
fn the_sample_itself_is_accepted() {
    let grants = Sample::default().verify().unwrap();
    assert_eq!(grants.customer.name, "Müller & Söhne");
    assert_eq!(grants.feature("users").unwrap().limit, Some(25));
    assert_eq!((grants.ledger_index, grants.seats_max), (11, 5));
    assert_eq!(spoiled(|_| ()), "accepted");
}

#[test]
fn a_signature_that_is_stripped_or_empty_refuses() {
    for section in ["license", "trust"] {
        assert_eq!(
            spoiled(|f| f[section]["signatures"] = json!([])),
            "signature_missing"
        );
        assert_eq!(
            spoiled(|f| drop(f[section].as_object_mut().unwrap().remove("signatures"))),
            "signature_missing"
        );
        assert_eq!(
            spoiled(|f| f[section]["signatures"] = json!(null)),
            "document_malformed"
        );
        assert_eq!(
            spoiled(|f| f[section]["signatures"] = json!([{}])),
            "document_malformed"
        );
        assert_eq!(
            spoiled(|f| f[section]["signatures"][0]["sig"] = json!("")),
            "document_malformed"
        );
        assert_eq!(
            spoiled(|f| f[section]["signatures"][0]["sig"] = json!("AAAA")),
            "document_malformed"
        );
        // An empty signature beside a good one refuses too.
        let empty = json!({"keyid": "", "sig": ""});
        assert_eq!(
            spoiled(|f| f[section]["signatures"].as_array_mut().unwrap().push(empty)),
            "document_malformed"
        );
    }
}

#[test]
fn a_signature_of_an_unknown_key_refuses() {
    assert_eq!(
        Sample::with(|s| s.license_signers = vec![stranger()]).code(),
        "signer_unknown"
    );
    assert_eq!(
        Sample::with(|s| s.trust_signers = vec![stranger()]).code(),
        "root_key_differs"
    );
    assert_eq!(
        Sample::with(|s| s.ledger_signer = stranger()).code(),
        "checkpoint_signer_unknown"
    );
    // A key that is known, but for something else.
    assert_eq!(
        Sample::with(|s| s.license_signers = vec![ledger()]).code(),
        "signer_unknown"
    );
    assert_eq!(
        Sample::with(|s| s.license_signers = vec![root()]).code(),
        "signer_unknown"
    );
    assert_eq!(
        Sample::with(|s| s.trust_signers = vec![issuer()]).code(),
        "root_key_differs"
    );
    assert_eq!(
        Sample::with(|s| s.ledger_signer = issuer()).code(),
        "checkpoint_signer_unknown"
    );
}

#[test]
fn a_stranger_s_signature_beside_a_good_one_changes_nothing() {
    assert_eq!(
        Sample::with(|s| s.license_signers = vec![stranger(), issuer()]).code(),
        "accepted"
    );
    assert_eq!(
        Sample::with(|s| s.trust_signers = vec![root(), stranger()]).code(),
        "accepted"
    );
}

#[test]
fn a_document_signed_as_another_type_refuses() {
    let other = "application/vnd.latchkey.receipt.v1+json";
    assert_eq!(
        Sample::with(|s| s.license_type = other).code(),
        "document_type_differs"
    );
    assert_eq!(
        Sample::with(|s| s.trust_type = other).code(),
        "document_type_differs"
    );
    // The type is part of what is signed, so renaming it afterwards does not help.
    let mut file = Sample::with(|s| s.license_type = other).value();
    file["license"]["payloadType"] = json!("application/vnd.latchkey.license.v1+json");
    assert_eq!(code(verify(&file)), "signature_wrong");
}

#[test]
fn a_key_id_decides_nothing() {
    // Missing or empty: every key is tried.
    assert_eq!(
        spoiled(|f| drop(
            f["license"]["signatures"][0]
                .as_object_mut()
                .unwrap()
                .remove("keyid")
        )),
        "accepted"
    );
    assert_eq!(
        spoiled(|f| f["license"]["signatures"][0]["keyid"] = json!("")),
        "accepted"
    );
    // Swapped for another known key's, or for one that nobody has: refused.
    let two_issuers = |s: &mut Sample| {
        let second = trust_key("key_j", "issuer", &key(4));
        s.trust["keys"].as_array_mut().unwrap().push(second);
    };
    let mut file = Sample::with(two_issuers).value();
    file["license"]["signatures"][0]["keyid"] = json!(key_id(&key(4)));
    assert_eq!(code(verify(&file)), "signature_wrong");
    assert_eq!(
        spoiled(|f| f["license"]["signatures"][0]["keyid"] = json!("0123456789abcdef")),
        "signer_unknown"
    );
    // A known key's id on a stranger's signature: refused.
    let mut file = Sample::with(|s| s.license_signers = vec![stranger()]).value();
    file["license"]["signatures"][0]["keyid"] = json!(key_id(&issuer()));
    assert_eq!(code(verify(&file)), "signature_wrong");
    file["license"]["signatures"][0]
        .as_object_mut()
        .unwrap()
        .remove("keyid");
    assert_eq!(code(verify(&file)), "signer_unknown");
}

fn signers(
    keys: &[SigningKey],
    known: &[SigningKey],
    threshold: usize,
) -> Result<usize, DsseError> {
    let text = envelope("type", b"text", keys).to_string();
    let known: Vec<PublicKey> = known
        .iter()
        .map(|key| PublicKey::from(&key.verifying_key()))
        .collect();
    let envelope = Envelope::parse(text.as_bytes()).unwrap();
    let result = envelope.verify("type", &known, NonZeroUsize::new(threshold).unwrap());
    result.map(|(_, signers)| signers.len())
}

#[test]
fn a_key_counted_twice_does_not_reach_a_threshold() {
    let (a, b) = (key(10), key(11));
    assert_eq!(
        signers(&[a.clone(), b.clone()], &[a.clone(), b.clone()], 2),
        Ok(2)
    );
    let few = DsseError::TooFewKeys {
        found: 1,
        needed: 2,
    };
    assert_eq!(
        signers(&[a.clone(), a.clone()], &[a.clone(), b.clone()], 2),
        Err(few.clone())
    );
    // Listed twice among the known keys, under whatever names.
    assert_eq!(
        signers(&[a.clone(), a.clone()], &[a.clone(), a.clone()], 2),
        Err(few.clone())
    );
    assert_eq!(
        signers(&[a.clone(), stranger()], &[a.clone(), b], 2),
        Err(few)
    );
    assert_eq!(signers(&[stranger()], &[a], 1), Err(DsseError::UnknownKey));
}

#[test]
fn signatures_are_counted_at_the_limit_and_one_past_it() {
    let a = key(10);
    assert_eq!(
        signers(&vec![a.clone(); 8], std::slice::from_ref(&a), 1),
        Ok(1)
    );
    let text = envelope("type", b"text", &vec![a; 9]).to_string();
    assert_eq!(
        Envelope::parse(text.as_bytes()),
        Err(DsseError::TooManySignatures)
    );
}

#[test]
fn both_alphabets_of_base64_are_read() {
    let mut value = envelope("type", &[0xfb, 0xff, 0xfe], &[key(10)]);
    let payload = value["payload"]
        .as_str()
        .unwrap()
        .replace('+', "-")
        .replace('/', "_");
    value["payload"] = json!(payload);
    let sig = value["signatures"][0]["sig"]
        .as_str()
        .unwrap()
        .replace('+', "-")
        .replace('/', "_");
    value["signatures"][0]["sig"] = json!(sig);
    let parsed = Envelope::parse(value.to_string().as_bytes()).unwrap();
    let known = [PublicKey::from(&key(10).verifying_key())];
    assert_eq!(
        parsed.verify("type", &known, NonZeroUsize::MIN).unwrap().0,
        [0xfb, 0xff, 0xfe]
    );
}
