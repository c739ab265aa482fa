//! Return receipts: a machine without a network has given its license back, and somebody brings the proof. The seat comes
//! free, and the receipt is countersigned for both sides to keep.
//!
//! As with license files, what is signed is read first and signed outside of the writer's turn; whether it still holds is
//! decided again when it is recorded.

mod by_code;
mod qr;
mod said;

use std::borrow::Cow;

use latchkey_domain::activation::{Activation, ActivationRefusal};
use latchkey_domain::actor::Actor;
use latchkey_domain::dsse::SignedEnvelope;
use latchkey_domain::ledger::{Verb, hex};
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::license_file::{LicenseFileRefusal, Version1};
use latchkey_domain::random::bytes_16;
use latchkey_domain::return_receipt::{
    CountersignedPayload, ReturnReceipt, ReturnReceiptRefusal, countersigned_file,
    signed_by_machine,
};
use latchkey_domain::signing_key::{SigningKey, SigningKeyRefusal};
use latchkey_domain::{ActivationId, ReturnReceiptId, Salt, SigningKeyId};
use latchkey_store::{Batch, Look, Needs, StoreError};
use latchkey_verify::{ReturnReceipt as Receipt, SCANNED_RETURN_RECEIPT, unscanned_return_receipt};
use sha2::{Digest as _, Sha256};

use said::Said;

use crate::act::{Act, Stop};
use crate::activation::give_back;
use crate::permission::{About, within_reach, within_reach_in};
use crate::signing_key::{damaged, issuer_for};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What is longer is no return code: its 25 symbols, each with a separator of up to three bytes.
const RETURN_CODE_CHARS_MAX: usize = 100;

/// A countersigned receipt, ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnReceiptContent {
    /// The name to save it under.
    pub file_name: String,
    /// The file: ASCII.
    pub content: String,
}

/// Looks what a receipt is about.
struct Question {
    by: Actor,
    said: Said,
}

impl Look for Question {
    type Answer = Result<(Activation, SigningKey), Refused>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.said.ask(batch, needs);
    }

    fn answer(&self, batch: &Batch) -> Self::Answer {
        let license = batch
            .get::<License>(self.said.license_id)
            .ok_or(LicenseRefusal::NotFound)?;
        let operation = Operation::AcceptReturnReceipt;
        within_reach(&self.by, operation, batch.vendor_id(), license)
            .map_err(|out| out.or(LicenseRefusal::NotFound))?;
        let subject = self.said.judge(batch)?;
        let issuer =
            issuer_for(batch, subject.license.product_id).ok_or(SigningKeyRefusal::NoIssuer)?;
        Ok((subject.activation.clone(), issuer.clone()))
    }
}

/// Takes a receipt.
struct AcceptReturnReceipt {
    said: Said,
    /// What is to be recorded; or why nothing is, which is answered only if the request is not a repeated one.
    prepared: Result<Prepared, Refused>,
}

#[derive(Clone)]
struct Prepared {
    receipt: ReturnReceipt,
    issuer: SigningKeyId,
}

impl Act for AcceptReturnReceipt {
    type Value = (ReturnReceiptId, ActivationId);

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.said.ask(batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        let Prepared { receipt, issuer } = self.prepared.clone().map_err(Stop::Refused)?;
        let subject = self.said.judge(batch).map_err(Stop::Refused)?;
        let (mut activation, mut license) = (subject.activation.clone(), subject.license.clone());
        within_reach_in(batch, Operation::AcceptReturnReceipt, &license)
            .map_err(|out| out.or(LicenseRefusal::NotFound))?;
        let present = issuer_for(batch, license.product_id).map(|key| key.id);
        if activation.id != receipt.activation_id || present != Some(issuer) {
            return Err(LicenseFileRefusal::Changed.into());
        }
        give_back(batch, &mut activation, &mut license).map_err(Stop::Refused)?;
        activation.return_receipt_id = Some(receipt.id);
        let ids = (receipt.id, activation.id);
        let document = receipt.document.clone();
        batch.record(Verb::ActivationDeactivate, activation);
        batch.touch(license);
        batch.record_document(Verb::ReturnReceiptAccept, receipt, Some(&document));
        Ok(ids)
    }
}

impl App {
    /// Takes a receipt that a machine without a network has signed, as a file, as what a scanner read, or as a return
    /// code: its seat comes free.
    ///
    /// # Errors
    /// [`ReturnReceiptRefusal`], [`ActivationRefusal`], refusals of permission, or the store's.
    pub async fn return_receipt_accept(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        brought: &str,
    ) -> Result<Changed<(ReturnReceiptId, ActivationId)>, AppError> {
        let operation = Operation::AcceptReturnReceipt;
        self.permit(actor, operation)?;
        let brought = brought.trim();
        let is_file = brought.starts_with('{') || brought.starts_with(SCANNED_RETURN_RECEIPT);
        let file = if brought.len() <= RETURN_CODE_CHARS_MAX && !is_file {
            Cow::Owned(self.receipt_of_code(actor, brought).await?.into_bytes())
        } else {
            let file = unscanned_return_receipt(brought.as_bytes());
            file.map_err(ReturnReceiptRefusal::from)?
        };
        let receipt = Receipt::read(&file).map_err(ReturnReceiptRefusal::from)?;
        let machine = signed_by_machine(&file).map_err(|error| {
            let reason = error.to_string();
            ReturnReceiptRefusal::Unreadable { reason }
        })?;
        let said = Said::of(&receipt, &self.scope.vendor_id.to_string())?;
        let question = Question {
            by: actor.clone(),
            said: said.clone(),
        };
        let prepared = match self.store.look(&self.scope, question).await? {
            Ok((activation, issuer)) => {
                Ok(self.countersign(&said, &machine, &activation, &issuer)?)
            }
            Err(refused) => Err(refused),
        };
        let act = AcceptReturnReceipt { said, prepared };
        self.act(actor, operation, idempotency, act).await
    }

    fn countersign(
        &self,
        said: &Said,
        machine: &SignedEnvelope,
        activation: &Activation,
        issuer: &SigningKey,
    ) -> Result<Prepared, StoreError> {
        let key = self.vault.open(issuer);
        let key = key.map_err(|error| damaged(&error.to_string()))?;
        let (now, id) = (
            self.now(),
            ReturnReceiptId::generate(self.now(), &*self.random),
        );
        let payload = CountersignedPayload {
            activation_id: activation.id.to_string(),
            file_id: said.license_file_id.to_string(),
            license_id: said.license_id.to_string(),
            machine_code: said.machine_code.to_string(),
            machine_key: said.machine_key.clone(),
            receipt_id: id.to_string(),
            received_at: now.seconds(),
            returned_at: said.returned_at.seconds(),
            vendor_id: self.scope.vendor_id.to_string(),
            version: Version1,
        };
        let (envelope, bytes) = payload
            .sign(&key)
            .map_err(|error| damaged(&error.to_string()))?;
        Ok(Prepared {
            receipt: ReturnReceipt {
                id,
                activation_id: activation.id,
                license_id: said.license_id,
                license_file_id: said.license_file_id,
                machine_id: activation.machine_id,
                customer_id: activation.customer_id,
                machine_key: said.machine_key.clone(),
                returned_at: said.returned_at,
                received_at: now,
                document: hex(&Sha256::digest(bytes)),
                version: 0,
                salt: Salt(bytes_16(&*self.random)),
                receipt: machine.to_json(),
                countersignature: envelope.to_json(),
            },
            issuer: issuer.id,
        })
    }

    /// A countersigned receipt as both sides keep it, with the vendor's trust bundle of now.
    ///
    /// # Errors
    /// If there is none with this id, the actor may not, or the store fails.
    pub async fn return_receipt_content(
        &self,
        actor: &Actor,
        id: ReturnReceiptId,
    ) -> Result<ReturnReceiptContent, AppError> {
        let operation = Operation::DownloadReturnReceipt;
        self.permit(actor, operation)?;
        self.return_receipt_text(actor, operation, id).await
    }

    async fn return_receipt_text(
        &self,
        actor: &Actor,
        operation: Operation,
        id: ReturnReceiptId,
    ) -> Result<ReturnReceiptContent, AppError> {
        let receipt = self
            .store
            .return_receipt_get(self.scope.vendor_id, id)
            .await?
            .filter(|receipt| {
                let about = About::Belonging(receipt.customer_id, None);
                self.reaches(actor, operation, about)
            })
            .ok_or_else(|| Refused::from(ReturnReceiptRefusal::NotFound))?;
        let envelope = |json: &str| {
            SignedEnvelope::from_json(json).map_err(|error| StoreError::Damaged {
                what: "the table return_receipt".into(),
                reason: error.to_string(),
            })
        };
        let content = countersigned_file(
            &receipt.machine_key,
            &envelope(&receipt.receipt)?,
            &envelope(&receipt.countersignature)?,
            &self.trust_envelope().await?,
        );
        Ok(ReturnReceiptContent {
            file_name: format!("{id}.lkr"),
            content,
        })
    }
}

impl From<ReturnReceiptRefusal> for AppError {
    fn from(refusal: ReturnReceiptRefusal) -> Self {
        Refused::from(refusal).into()
    }
}

/// Refuses an app that has given its license back and would start over as if it had not.
pub(crate) fn not_returned(batch: &Batch, activation: &Activation) -> Result<(), Refused> {
    match activation.returned_at() {
        Some(at) if batch.actor().is_some_and(Actor::is_app) => {
            let refused = Refused::from(ActivationRefusal::Returned { at });
            Err(refused.with(serde_json::json!({ "activation_id": activation.id })))
        }
        _ => Ok(()),
    }
}
