//! The license file as a text: the stored envelope, the trust bundle of now, and the proof against the ledger's head
//! of now. So a file that is downloaded again after a key was compromised says so.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchkey_domain::LicenseFileId;
use latchkey_domain::actor::Actor;
use latchkey_domain::dsse::SignedEnvelope;
use latchkey_domain::license_file::{LedgerSection, LicenseFile, assemble};
use latchkey_store::StoreError;
use serde::Deserialize;

use super::LicenseFileItem;
use crate::ledger::Prover;
use crate::{App, AppError, Operation};

/// A license file, ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseFileContent {
    /// The name to save it under.
    pub file_name: String,
    /// The file: ASCII.
    pub content: String,
}

impl App {
    /// A license file as the customer gets it.
    ///
    /// # Errors
    /// If there is none with this id, the actor may not, or the store fails.
    pub async fn license_file_content(
        &self,
        actor: &Actor,
        id: LicenseFileId,
    ) -> Result<LicenseFileContent, AppError> {
        let operation = Operation::DownloadLicenseFile;
        self.permit(actor, operation)?;
        self.license_file_text(actor, operation, id).await
    }

    /// A license file as the customer gets it; the caller has asked for permission.
    pub(super) async fn license_file_text(
        &self,
        actor: &Actor,
        operation: Operation,
        id: LicenseFileId,
    ) -> Result<LicenseFileContent, AppError> {
        let file = LicenseFileItem::of(self.license_file_find(actor, operation, id).await?);
        let trust = self.trust_envelope().await?;
        let index = file.view.file.ledger_index;
        let entry = self.store.ledger_get(self.scope.vendor_id, index).await?;
        let entry = entry.ok_or_else(|| damaged(format!("entry {index} is missing")))?;
        let mut prover = self.prover().await?;
        prover.load(&self.store, index..index + 1).await?;
        let content = put_together(&file.view.file, &trust, &entry.entry, &mut prover)?;
        Ok(LicenseFileContent {
            file_name: file.file_name.to_string(),
            content,
        })
    }

    /// The present trust bundle.
    pub(crate) async fn trust_envelope(&self) -> Result<SignedEnvelope, StoreError> {
        let vendor = self.store.vendor_get(self.scope.vendor_id).await?;
        envelope(&vendor.ok_or(StoreError::NoVendor)?.trust_bundle)
    }
}

/// Puts a file together; the prover has loaded what it needs.
pub(super) fn put_together(
    file: &LicenseFile,
    trust: &SignedEnvelope,
    entry: &str,
    prover: &mut Prover,
) -> Result<String, StoreError> {
    let hashes = prover.proof(file.ledger_index)?;
    let section = LedgerSection {
        index: file.ledger_index,
        entry: entry.as_bytes(),
        hashes: &hashes,
        checkpoint: &prover.head().checkpoint,
    };
    assemble(&envelope(&file.envelope)?, trust, &section)
        .map_err(|error| damaged(format!("license file {}: {error}", file.id)))
}

fn envelope(json: &str) -> Result<SignedEnvelope, StoreError> {
    SignedEnvelope::from_json(json).map_err(|error| damaged(error.to_string()))
}

/// The bytes that are signed in a stored envelope. Checks no signature.
pub(crate) fn payload_of(envelope: &str) -> Option<Vec<u8>> {
    #[derive(Deserialize)]
    struct Payload<'a> {
        payload: &'a str,
    }
    let envelope: Payload<'_> = serde_json::from_str(envelope).ok()?;
    STANDARD.decode(envelope.payload).ok()
}

pub(super) fn damaged(reason: String) -> StoreError {
    StoreError::Damaged {
        what: "the table license_file".into(),
        reason,
    }
}
