//! License files: what is signed in them, the trust bundle beside it, and the file as a text.
//!
//! Signed documents are written once, as canonical JSON (RFC 8785): members in alphabetical
//! order, no spaces, texts and integers only. Nothing is ever written a second time to be
//! verified. The format is described in `docs/license-file.md`; `latchkey_verify` reads it.

mod assemble;
mod payload;
mod record;
mod trust;

pub use assemble::{AssembleError, LedgerSection, assemble};
pub use payload::{
    CustomerPart, FeaturePart, LicenseFilePayload, LicensePart, MachinePart, PolicyPart,
    ProductPart, VendorPart, Version1,
};
pub use record::{LicenseFile, LicenseFileRefusal};
pub use trust::{TrustBundlePayload, TrustKeyPart};
