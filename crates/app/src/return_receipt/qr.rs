//! A countersigned receipt as a QR code, for the machine's side to keep.

use latchkey_domain::ReturnReceiptId;
use latchkey_domain::actor::Actor;
use latchkey_domain::return_receipt::ReturnReceiptRefusal;
use latchkey_domain::scanned::scanned_text;
use latchkey_verify::SCANNED_RETURN_RECEIPT;

use crate::{App, AppError, Operation};

impl App {
    /// The QR code of a countersigned receipt, as SVG. What it says, `latchkey_verify` takes for the receipt.
    ///
    /// # Errors
    /// If there is none with this id, it is too large, the actor may not, or the store fails.
    pub async fn return_receipt_qr(
        &self,
        actor: &Actor,
        id: ReturnReceiptId,
    ) -> Result<String, AppError> {
        let operation = Operation::GetReturnReceiptQr;
        self.permit(actor, operation)?;
        let receipt = self.return_receipt_text(actor, operation, id).await?;
        let text = scanned_text(SCANNED_RETURN_RECEIPT, &receipt.content);
        Ok(crate::license_file::qr::drawn(
            &text.map_err(ReturnReceiptRefusal::from)?,
        )?)
    }
}
