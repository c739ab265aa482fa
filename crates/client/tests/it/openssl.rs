//! The commands of `docs/apps.md`, run as they stand there on what the server of the tests says.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::vendor::{Vendor, key, stranger, trust_key};

const NONCE: &str = "5b1e0f3c9a7d4e625b1e0f3c9a7d4e62";
const BY_NOBODY: &str = "refused: the answer is not signed by an issuer key that counts";

/// What the documented script says of what this vendor answers; the answer itself if it counts.
fn check(vendor: &Vendor, alter: impl FnOnce(&Path)) -> String {
    let doc = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/apps.md");
    let doc = fs::read_to_string(doc).unwrap();
    let mut blocks = doc.split("```sh\n").skip(1);
    let script = blocks
        .find(|block| block.starts_with("# bash check_answer.sh"))
        .unwrap();
    let folder: TempDir = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    put(
        "check_answer.sh",
        script.split("```").next().unwrap().as_bytes(),
    );
    let body = vendor.answer_to(&json!(NONCE));
    let headers = format!(
        "HTTP/1.1 200 OK\r\nLatchkey-Signature: {}\r\n\r\n",
        vendor.sign(&body)
    );
    put("answer", &body);
    put("headers", headers.as_bytes());
    put("bundle", &vendor.trust_bundle());
    let root = latchkey_verify::PublicKey::from(&key(1).verifying_key());
    put("root.pem", root.to_pem().as_bytes());
    alter(folder.path());
    let output = Command::new("bash")
        .args([
            "check_answer.sh",
            "answer",
            "headers",
            "bundle",
            "root.pem",
            NONCE,
        ])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = if output.status.success() {
        output.stdout
    } else {
        output.stderr
    };
    String::from_utf8(text).unwrap().trim().to_owned()
}

fn says(change: impl FnOnce(&mut Vendor)) -> String {
    let mut vendor = Vendor::default();
    change(&mut vendor);
    check(&vendor, |_| ())
}

#[test]
fn the_documented_commands_take_what_counts() {
    let answer: Value = serde_json::from_str(&says(|_| ())).unwrap();
    assert_eq!(
        (&answer["valid"], &answer["nonce"]),
        (&json!(true), &json!(NONCE))
    );
    let own_key = says(|vendor| vendor.issuer_entry()["product_id"] = json!("prd_1"));
    assert!(own_key.contains("\"valid\":true"), "{own_key}");
    let second = says(|vendor| {
        let new = trust_key("key_new", "issuer", &key(7));
        vendor.trust["keys"].as_array_mut().unwrap().push(new);
        vendor.answer_signer = key(7);
    });
    assert!(second.contains("\"valid\":true"), "{second}");
}

#[test]
fn the_documented_commands_refuse_what_does_not_count() {
    let by_root = "refused: the trust bundle is not signed by this root key";
    assert_eq!(says(|vendor| vendor.trust_signer = stranger()), by_root);
    assert_eq!(says(|vendor| vendor.answer_signer = stranger()), BY_NOBODY);
    assert_eq!(says(|vendor| vendor.answer_signer = key(3)), BY_NOBODY);
    for (member, value) in [
        ("state", json!("retired")),
        ("state", json!("compromised")),
        ("product_id", json!("prd_2")),
        ("void_from_index", json!(1_000)),
    ] {
        let says = says(|vendor| vendor.issuer_entry()[member] = value);
        assert_eq!(says, BY_NOBODY, "{member}");
    }
    let old = says(|vendor| vendor.nonce = Some(json!("another")));
    assert_eq!(old, "refused: it answers another question");
}

#[test]
fn the_documented_commands_refuse_a_byte_more_or_less() {
    let altered = |alter: fn(Vec<u8>) -> Vec<u8>| {
        check(&Vendor::default(), |folder| {
            let answer = folder.join("answer");
            fs::write(&answer, alter(fs::read(&answer).unwrap())).unwrap();
        })
    };
    let spaced = altered(|bytes| [bytes.as_slice(), b"\n"].concat());
    assert_eq!(spaced, BY_NOBODY);
    let renamed = altered(|bytes| {
        let text = String::from_utf8(bytes).unwrap();
        text.replace("atlas-cad", "atlas-cam").into_bytes()
    });
    assert_eq!(renamed, BY_NOBODY);
}
