//! Reads and verifies license files, and the signatures of a server's answers. This is the crate
//! a vendor embeds in its product; one that calls home embeds `latchkey-client`, which uses it.
//!
//! It holds no signing, no network, no database, no randomness and no clock: the time is an
//! argument. What was signed is verified first, as bytes, and only then parsed. Start with
//! [`verify_license_file`]; the format is described in `docs/license-file.md`. An answer is checked
//! by [`verify_answer`], see `docs/apps.md`.
//!
//! ```
//! use latchkey_verify::{Machine, RootKey, verify_license_file};
//!
//! fn may_run(file: &[u8], root_pem: &str, now_unix_seconds: i64, machine_code: &str) -> bool {
//!     let Ok(root) = RootKey::from_pem(root_pem) else { return false };
//!     match verify_license_file(file, &root, now_unix_seconds, Machine::Code(machine_code)) {
//!         Ok(grants) => grants.has_feature("export"),
//!         Err(refusal) => {
//!             eprintln!("{}: {refusal}. {}", refusal.code(), refusal.fix());
//!             false
//!         }
//!     }
//! }
//! ```

mod answer;
mod base64;
pub mod checkpoint;
pub mod dsse;
mod file;
mod grants;
mod json;
mod key;
mod ledger;
pub mod merkle;
pub mod note;
mod refusal;
mod return_receipt;
mod scanned;
mod trust;

pub use answer::{
    ANSWER_PAYLOAD_TYPE, ANSWER_SIGNATURE_HEADER, AnswerError, MAX_SIGNATURE_HEADER_BYTES,
    verify_answer,
};
pub use file::{FILE_FORMAT, MAX_FILE_BYTES, Machine, verify_license_file};
pub use grants::{
    CLOCK_TOLERANCE_SECONDS, Customer, Feature, Grants, LICENSE_PAYLOAD_TYPE, License,
    LicensedMachine, MAX_SEATS, MAX_TIME_SECONDS, Policy, Product, Vendor,
};
pub use json::{JsonError, MAX_JSON_DEPTH, MAX_JSON_MEMBERS};
pub use key::{KeyError, PublicKey, RootKey};
pub use refusal::{Document, Refusal};
pub use return_receipt::{
    COUNTERSIGNED_PAYLOAD_TYPE, RETURN_FORMAT, RETURN_PAYLOAD_TYPE, ReturnReceipt,
    ReturnReceiptError, unscanned_return_receipt,
};
pub use scanned::{BASE45_DIGITS, SCANNED_END, SCANNED_LICENSE_FILE, SCANNED_RETURN_RECEIPT};
pub use trust::{KeyRole, KeyState, MAX_TRUST_KEYS, TRUST_PAYLOAD_TYPE, TrustBundle, TrustedKey};
