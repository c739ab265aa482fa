//! The life of a license: renew, suspend, reinstate, revoke, transfer.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::policy::{PolicyRefusal, PolicyRevision};
use latchkey_domain::reseller::ResellerRefusal;
use latchkey_domain::{CustomerId, LicenseId, Timestamp};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::within_reach_in;
use crate::policy::adopt::{self, Known};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused, quota};

/// Gives a license more time.
struct RenewLicense {
    id: LicenseId,
    to: Option<Timestamp>,
}

impl Act for RenewLicense {
    type Value = LicenseId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::License(self.id));
        if let Some(license) = batch.get::<License>(self.id) {
            ask_to_renew(batch, needs, license);
            quota::ask(batch, needs, license);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<LicenseId, Stop<LicenseId>> {
        let mut license = reached(batch, Operation::RenewLicense, self.id)?;
        let to = quota::may_renew(batch, &license, self.to)?;
        let known = Known::of(batch, &[self.id]);
        renew(batch, &known, &mut license, to).map_err(Stop::Refused)?;
        batch.record(Verb::LicenseRenew, license);
        quota::follow(batch, Verb::LicenseRenew, self.id);
        Ok(self.id)
    }
}

/// A license, if whoever does the present work may do this to it.
fn reached(batch: &Batch, operation: Operation, id: LicenseId) -> Result<License, Refused> {
    let license = batch.get::<License>(id).ok_or(LicenseRefusal::NotFound)?;
    within_reach_in(batch, operation, license).map_err(|out| out.or(LicenseRefusal::NotFound))?;
    Ok(license.clone())
}

/// Asks for what renewing a license rests on.
pub(crate) fn ask_to_renew(batch: &Batch, needs: &mut Needs, license: &License) {
    needs.ask(Need::PolicyRevision(license.policy_revision_id));
    if let Some(to) = license.renewal_revision_id {
        adopt::ask(batch, needs, license, to);
    }
}

/// Gives a license more time, under the revision that it takes when it is renewed.
pub(crate) fn renew(
    batch: &mut Batch,
    known: &Known,
    license: &mut License,
    to: Option<Timestamp>,
) -> Result<(), Refused> {
    let under = license
        .renewal_revision_id
        .unwrap_or(license.policy_revision_id);
    let revision = batch
        .get::<PolicyRevision>(under)
        .ok_or(PolicyRefusal::NotFound)?;
    let mut renewed = license.clone();
    renewed.renew(to, revision.rules.term, batch.now())?;
    if license.renewal_revision_id.is_some() {
        known.adopt(batch, &mut renewed, under)?;
    }
    *license = renewed;
    Ok(())
}

/// What else can be done to one license.
enum Edit {
    Suspend { reason: Option<String> },
    Reinstate,
    Revoke { confirm: String },
}

struct EditLicense {
    id: LicenseId,
    edit: Edit,
}

impl Act for EditLicense {
    type Value = LicenseId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::License(self.id));
        if let (Edit::Revoke { .. }, Some(license)) = (&self.edit, batch.get::<License>(self.id)) {
            quota::ask(batch, needs, license);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<LicenseId, Stop<LicenseId>> {
        let operation = match &self.edit {
            Edit::Suspend { .. } => Operation::SuspendLicense,
            Edit::Reinstate => Operation::ReinstateLicense,
            Edit::Revoke { .. } => Operation::RevokeLicense,
        };
        let mut license = reached(batch, operation, self.id)?;
        let verb = match &self.edit {
            Edit::Suspend { reason } => {
                license.suspend(reason.clone())?;
                Verb::LicenseSuspend
            }
            Edit::Reinstate => {
                license.reinstate()?;
                Verb::LicenseReinstate
            }
            Edit::Revoke { confirm } => {
                if confirm.trim() != license.key.as_str() {
                    return Err(LicenseRefusal::NotConfirmed.into());
                }
                license.revoke()?;
                Verb::LicenseRevoke
            }
        };
        batch.record(verb, license);
        quota::follow(batch, verb, self.id);
        Ok(self.id)
    }
}

/// Gives a license to another customer.
struct TransferLicense {
    id: LicenseId,
    customer_id: CustomerId,
}

impl Act for TransferLicense {
    type Value = LicenseId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::License(self.id));
        needs.ask(Need::Customer(self.customer_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<LicenseId, Stop<LicenseId>> {
        let mut license = batch
            .get::<License>(self.id)
            .ok_or(LicenseRefusal::NotFound)?
            .clone();
        let customer = batch
            .get::<Customer>(self.customer_id)
            .ok_or(CustomerRefusal::NotFound)?;
        customer.in_use()?;
        if license.reseller_id.is_some() && license.reseller_id != customer.reseller_id {
            // A reseller would have a license of a customer that is not theirs to see.
            let customer = customer.name.to_string();
            return Err(ResellerRefusal::NotTheirCustomer { customer }.into());
        }
        license.transfer(self.customer_id)?;
        batch.record(Verb::LicenseTransfer, license);
        Ok(self.id)
    }
}

/// The life of a license. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Gives a license more time: to a date, or by its policy's term.
    pub async fn license_renew(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: LicenseId,
        to: Option<Timestamp>,
    ) -> Result<Changed<LicenseId>, AppError> {
        self.act(
            actor,
            Operation::RenewLicense,
            idempotency,
            RenewLicense { id, to },
        )
        .await
    }

    /// Sets a license aside.
    pub async fn license_suspend(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: LicenseId,
        reason: Option<String>,
    ) -> Result<Changed<LicenseId>, AppError> {
        let act = EditLicense {
            id,
            edit: Edit::Suspend { reason },
        };
        self.act(actor, Operation::SuspendLicense, idempotency, act)
            .await
    }

    /// Makes a suspended license hold again.
    pub async fn license_reinstate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: LicenseId,
    ) -> Result<Changed<LicenseId>, AppError> {
        self.act(
            actor,
            Operation::ReinstateLicense,
            idempotency,
            EditLicense {
                id,
                edit: Edit::Reinstate,
            },
        )
        .await
    }

    /// Takes a license back for good; `confirm` is its key, as a person typed it.
    pub async fn license_revoke(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: LicenseId,
        confirm: String,
    ) -> Result<Changed<LicenseId>, AppError> {
        let act = EditLicense {
            id,
            edit: Edit::Revoke { confirm },
        };
        self.act(actor, Operation::RevokeLicense, idempotency, act)
            .await
    }

    /// Gives a license to another customer.
    pub async fn license_transfer(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: LicenseId,
        customer_id: CustomerId,
    ) -> Result<Changed<LicenseId>, AppError> {
        self.act(
            actor,
            Operation::TransferLicense,
            idempotency,
            TransferLicense { id, customer_id },
        )
        .await
    }
}
