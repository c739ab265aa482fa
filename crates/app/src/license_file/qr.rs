//! A license file as a QR code, for a machine with a camera and no network.

use latchkey_domain::LicenseFileId;
use latchkey_domain::actor::Actor;
use latchkey_domain::license_file::LicenseFileRefusal;
use latchkey_domain::scanned::scanned_text;
use latchkey_report::{Correction, QrCode};
use latchkey_store::StoreError;
use latchkey_verify::SCANNED_LICENSE_FILE;

use crate::{App, AppError, Operation, Refused};

impl App {
    /// The QR code of a license file, as SVG. What it says, `latchkey_verify` takes for the file.
    ///
    /// # Errors
    /// If there is none with this id, it is too large, the actor may not, or the store fails.
    pub async fn license_file_qr(
        &self,
        actor: &Actor,
        id: LicenseFileId,
    ) -> Result<String, AppError> {
        let operation = Operation::GetLicenseFileQr;
        self.permit(actor, operation)?;
        let file = self.license_file_text(actor, operation, id).await?;
        let text = scanned_text(SCANNED_LICENSE_FILE, &file.content);
        let text = text.map_err(|error| Refused::from(LicenseFileRefusal::from(error)))?;
        Ok(drawn(&text)?)
    }
}

/// A text that fits a QR code, drawn as SVG.
pub(crate) fn drawn(text: &str) -> Result<String, StoreError> {
    let code = QrCode::new(text, Correction::Low);
    let failed = |error: latchkey_report::ReportError| StoreError::Unavailable {
        reason: error.to_string(),
    };
    Ok(code.map_err(failed)?.svg())
}
