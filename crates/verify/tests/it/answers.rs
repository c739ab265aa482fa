//! Answers of a server: who has signed them, and what is refused.

use ed25519_dalek::{Signer as _, SigningKey};
use latchkey_verify::dsse::{Envelope, pae};
use latchkey_verify::{
    ANSWER_PAYLOAD_TYPE, AnswerError, LICENSE_PAYLOAD_TYPE, TrustBundle, verify_answer,
};
use serde_json::{Value, json};

use crate::sample::{
    Sample, base64, envelope, issuer, key, key_id, ledger, root, root_key, stranger, trust_key,
};

const BODY: &[u8] = br#"{"nonce":"n-1","valid":true}"#;

/// The header of a signature over any bytes as a document of any type.
fn header(key: &SigningKey, payload_type: &str, body: &[u8]) -> String {
    let signature = key.sign(&pae(payload_type, body)).to_bytes();
    format!("keyid=\"{}\", sig=\"{}\"", key_id(key), base64(&signature))
}

fn signed(key: &SigningKey) -> String {
    header(key, ANSWER_PAYLOAD_TYPE, BODY)
}

/// The sample's bundle after a change of its list of keys.
fn trust(change: impl FnOnce(&mut Vec<Value>)) -> TrustBundle {
    let sample = Sample::with(|sample| change(sample.trust["keys"].as_array_mut().unwrap()));
    let payload = serde_json::to_vec(&sample.trust).unwrap();
    let envelope = envelope(sample.trust_type, &payload, &[root()]).to_string();
    TrustBundle::verify(&Envelope::parse(envelope.as_bytes()).unwrap(), &root_key()).unwrap()
}

/// Why the answer of the sample's issuer is refused, under a bundle that lists that key like this.
fn refused(change: impl FnOnce(&mut Value)) -> AnswerError {
    let trust = trust(|keys| change(&mut keys[1]));
    verify_answer(BODY, &signed(&issuer()), &trust).unwrap_err()
}

#[test]
fn an_answer_names_the_issuer_that_signed_it() {
    let trust = trust(|_| ());
    let signer = verify_answer(BODY, &signed(&issuer()), &trust).unwrap();
    assert_eq!(signer.id, "key_i");
    assert!(signer.signs_for("prd_1"), "it is for any product");
}

#[test]
fn an_issuer_of_one_product_signs_for_that_one() {
    let trust = trust(|keys| keys[1]["product_id"] = json!("prd_1"));
    let signer = verify_answer(BODY, &signed(&issuer()), &trust).unwrap();
    assert!(signer.signs_for("prd_1"));
    assert!(!signer.signs_for("prd_2"));
}

#[test]
fn every_flipped_bit_of_the_body_refuses() {
    let (trust, header) = (trust(|_| ()), signed(&issuer()));
    for at in 0..BODY.len() * 8 {
        let mut body = BODY.to_vec();
        body[at / 8] ^= 1 << (at % 8);
        let refused = verify_answer(&body, &header, &trust);
        assert_eq!(refused, Err(AnswerError::WrongSignature), "bit {at}");
    }
    for body in [
        &BODY[1..],
        &BODY[..BODY.len() - 1],
        b"",
        &[BODY, b"\n"].concat(),
    ] {
        let refused = verify_answer(body, &header, &trust);
        assert_eq!(refused, Err(AnswerError::WrongSignature));
    }
}

#[test]
fn every_flipped_bit_of_the_signature_refuses() {
    let trust = trust(|_| ());
    let good = issuer().sign(&pae(ANSWER_PAYLOAD_TYPE, BODY)).to_bytes();
    for at in 0..good.len() * 8 {
        let mut signature = good;
        signature[at / 8] ^= 1 << (at % 8);
        let id = key_id(&issuer());
        let header = format!("keyid=\"{id}\", sig=\"{}\"", base64(&signature));
        let refused = verify_answer(BODY, &header, &trust);
        assert_eq!(refused, Err(AnswerError::WrongSignature), "bit {at}");
    }
}

#[test]
fn a_signature_of_another_kind_of_document_refuses() {
    let trust = trust(|_| ());
    for other in [LICENSE_PAYLOAD_TYPE, "application/json", ""] {
        let refused = verify_answer(BODY, &header(&issuer(), other, BODY), &trust);
        assert_eq!(refused, Err(AnswerError::WrongSignature), "{other}");
    }
    // Without the encoding around it, as somebody would sign who does not know of it.
    let bare = base64(&issuer().sign(BODY).to_bytes());
    let bare = format!("keyid=\"{}\", sig=\"{bare}\"", key_id(&issuer()));
    let refused = verify_answer(BODY, &bare, &trust);
    assert_eq!(refused, Err(AnswerError::WrongSignature));
}

#[test]
fn a_key_that_the_bundle_does_not_list_is_named() {
    let trust = trust(|_| ());
    let refused = verify_answer(BODY, &signed(&stranger()), &trust);
    let key_id = key_id(&stranger());
    assert_eq!(refused, Err(AnswerError::UnknownKey { key_id }));
}

#[test]
fn the_key_id_decides_nothing() {
    let trust = trust(|keys| keys.push(trust_key("key_j", "issuer", &key(4))));
    for (named, signer) in [
        (issuer(), stranger()),
        (issuer(), key(4)),
        (ledger(), issuer()),
    ] {
        let header = signed(&signer).replace(&key_id(&signer), &key_id(&named));
        let refused = verify_answer(BODY, &header, &trust);
        assert_eq!(refused, Err(AnswerError::WrongSignature));
    }
}

#[test]
fn a_key_of_another_role_refuses() {
    let trust = trust(|_| ());
    for (signer, id) in [(root(), "key_r"), (ledger(), "key_l")] {
        let refused = verify_answer(BODY, &signed(&signer), &trust);
        let key = id.to_owned();
        assert_eq!(refused, Err(AnswerError::NotIssuer { key }));
    }
}

#[test]
fn a_key_that_signs_no_more_refuses() {
    let key = "key_i".to_owned();
    assert_eq!(
        refused(|listed| listed["state"] = json!("retired")),
        AnswerError::Retired { key: key.clone() }
    );
    let compromised = AnswerError::Compromised { key };
    assert_eq!(
        refused(|listed| listed["state"] = json!("compromised")),
        compromised
    );
    // An index of the ledger makes files of before count, but an answer is always of now.
    assert_eq!(
        refused(|listed| {
            listed["state"] = json!("compromised");
            listed["void_from_index"] = json!(1_000_000);
        }),
        compromised
    );
    assert_eq!(
        refused(|listed| listed["void_from_index"] = json!(1_000_000)),
        compromised
    );
}

#[test]
fn a_key_listed_twice_is_as_bad_as_its_worst_name() {
    for (state, signs) in [("active", true), ("retired", false), ("compromised", false)] {
        let mut second = trust_key("key_second", "issuer", &issuer());
        second["state"] = json!(state);
        let trust = trust(|keys| keys.push(second));
        let answer = verify_answer(BODY, &signed(&issuer()), &trust);
        assert_eq!(answer.is_ok(), signs, "{state}: {answer:?}");
    }
}

#[test]
fn a_header_of_another_form_refuses_before_anything_else() {
    let trust = trust(|_| ());
    for header in ["", "keyid", "sig=\"AAAA\"", "Signature keyId=\"a\""] {
        let refused = verify_answer(BODY, header, &trust);
        assert_eq!(refused, Err(AnswerError::Header), "{header}");
    }
}
