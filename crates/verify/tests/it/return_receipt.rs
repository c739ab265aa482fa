//! Return receipts: read as they were signed, and refused when they were not.

use ed25519_dalek::{Signer as _, SigningKey};

use latchkey_verify::{MAX_FILE_BYTES, PublicKey, ReturnReceipt, ReturnReceiptError};

fn receipt(key: &SigningKey) -> ReturnReceipt {
    ReturnReceipt {
        vendor_id: "vnd_1".into(),
        license_id: "lic_1".into(),
        file_id: "fil_1".into(),
        machine_code: "CAD-\"07\\".into(),
        machine_key: PublicKey::from(&key.verifying_key()),
        returned_at: 1_800_000_000,
    }
}

#[test]
fn a_receipt_reads_back_what_the_machine_has_signed() {
    let key = SigningKey::from_bytes(&[7; 32]);
    let receipt = receipt(&key);
    let file = receipt.to_file(&key.sign(&receipt.to_sign()).to_bytes());
    assert_eq!(ReturnReceipt::read(file.as_bytes()), Ok(receipt));
}

#[test]
fn a_receipt_that_was_altered_or_signed_by_another_key_is_forged() {
    let (key, other) = (
        SigningKey::from_bytes(&[7; 32]),
        SigningKey::from_bytes(&[8; 32]),
    );
    let said = receipt(&key);
    let signature = key.sign(&said.to_sign()).to_bytes();
    let altered = ReturnReceipt {
        machine_code: "CAD-08".into(),
        ..said.clone()
    };
    for file in [
        altered.to_file(&signature),
        said.to_file(&other.sign(&said.to_sign()).to_bytes()),
        receipt(&other).to_file(&signature),
    ] {
        assert!(
            matches!(
                ReturnReceipt::read(file.as_bytes()),
                Err(ReturnReceiptError::Forged(_))
            ),
            "{file}"
        );
    }
}

#[test]
fn what_is_no_receipt_is_said_to_be_none() {
    for file in ["", "{}", "[1]", r#"{"format":"latchkey-license-file/1"}"#] {
        assert!(ReturnReceipt::read(file.as_bytes()).is_err(), "{file}");
    }
    let large = vec![b' '; MAX_FILE_BYTES + 1];
    assert_eq!(
        ReturnReceipt::read(&large),
        Err(ReturnReceiptError::OtherFormat)
    );
}
