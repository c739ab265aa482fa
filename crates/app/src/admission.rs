//! Admissions: which machines may be activated, where a customer controls that.
//!
//! A customer's administrators switch it on for all that the customer has. From then on a machine is activated only if it
//! was admitted before; what is active stays so. A machine that nobody knows waits in a list, of which the length is
//! bounded: whoever has a license key may ask, and nobody is to fill the disk by it.

mod ask;
mod control;

use latchkey_domain::actor::Actor;
use latchkey_domain::admission::{Admission, AdmissionRefusal, AdmissionState};
use latchkey_domain::ledger::Verb;
use latchkey_domain::{ActivationId, AdmissionId, LicenseId};
use latchkey_store::filter::{AdmissionFilter, Page, PageRequest};
use latchkey_store::{AdmissionView, Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::activation::{ActivateMachine, WhichLicense};
use crate::bulk::{BulkReport, check_ids};
use crate::permission::{About, narrowed, within_reach_in};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

pub(crate) use ask::{admitted, ask_whether_admitted};

/// What somebody decides about machines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AdmissionDecision {
    /// They may be activated.
    Admit,
    /// They may not.
    Refuse,
}

impl AdmissionDecision {
    fn operation(self) -> Operation {
        match self {
            Self::Admit => Operation::AdmitMachines,
            Self::Refuse => Operation::RefuseMachines,
        }
    }

    fn state(self) -> AdmissionState {
        match self {
            Self::Admit => AdmissionState::Admitted,
            Self::Refuse => AdmissionState::Refused,
        }
    }

    fn verb(self) -> Verb {
        match self {
            Self::Admit => Verb::AdmissionAdmit,
            Self::Refuse => Verb::AdmissionRefuse,
        }
    }
}

struct Decide {
    ids: Vec<AdmissionId>,
    decision: AdmissionDecision,
}

impl Act for Decide {
    type Value = BulkReport;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for id in &self.ids {
            needs.ask(Need::Admission(*id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<BulkReport, Stop<BulkReport>> {
        let mut report = BulkReport::default();
        for id in &self.ids {
            let mut admission = batch
                .get::<Admission>(*id)
                .ok_or(AdmissionRefusal::NotFound)?
                .clone();
            let about = About::Belonging(admission.customer_id, None);
            within_reach_in(batch, self.decision.operation(), about)
                .map_err(|out| out.or(AdmissionRefusal::NotFound))?;
            let is_new = admission.decide(self.decision.state(), batch.now());
            report.add(id.to_string(), admission.called(), Ok(is_new));
            if is_new {
                batch.record(self.decision.verb(), admission);
            }
        }
        Ok(report.finish())
    }
}

/// Admissions: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Admissions, newest first.
    pub async fn admission_list(
        &self,
        actor: &Actor,
        filter: &AdmissionFilter,
        page: PageRequest,
    ) -> Result<Page<AdmissionView>, AppError> {
        self.permit(actor, Operation::ListAdmissions)?;
        let filter = narrowed(actor, filter);
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.admission_list(vendor_id, &filter, page).await?)
    }

    /// Refuses whoever may not have the scripts that IT collects machine codes with.
    pub fn collection_script_may(&self, actor: &Actor) -> Result<(), AppError> {
        self.permit(actor, Operation::GetCollectionScript).map(drop)
    }

    /// Admits or refuses machines that are in the list.
    pub async fn admissions_decide(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        ids: Vec<AdmissionId>,
        decision: AdmissionDecision,
    ) -> Result<Changed<BulkReport>, AppError> {
        check_ids(Some(&ids))?;
        let act = Decide { ids, decision };
        self.act(actor, decision.operation(), idempotency, act)
            .await
    }

    /// Activates an admitted machine on a license of its customer, before it asks: so that a machine without a network has
    /// an activation.
    pub async fn admission_activate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: AdmissionId,
        license_id: LicenseId,
    ) -> Result<Changed<ActivationId>, AppError> {
        let operation = Operation::ActivateAdmittedMachine;
        self.permit(actor, operation)?;
        let view = self.store.admission_get(self.scope.vendor_id, id).await?;
        let view = view.filter(|view| {
            let about = About::Belonging(view.admission.customer_id, None);
            self.reaches(actor, operation, about)
        });
        let admission = view
            .ok_or_else(|| Refused::from(AdmissionRefusal::NotFound))?
            .admission;
        let act = ActivateAdmitted {
            id,
            machine: ActivateMachine {
                license: WhichLicense::Id(license_id),
                machine_code: admission.machine_code,
                friendly_name: None,
            },
        };
        self.act(actor, operation, idempotency, act).await
    }
}

struct ActivateAdmitted {
    id: AdmissionId,
    machine: ActivateMachine,
}

impl Act for ActivateAdmitted {
    type Value = ActivationId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Admission(self.id));
        self.machine.needs(batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActivationId, Stop<ActivationId>> {
        let admission = batch
            .get::<Admission>(self.id)
            .ok_or(AdmissionRefusal::NotFound)?;
        // Whether the customer controls it or not: only what they have said yes to is theirs to activate by hand.
        if admission.state != AdmissionState::Admitted {
            return Err(AdmissionRefusal::NotAdmitted.into());
        }
        let customer_id = admission.customer_id;
        let license = self.machine.license.find(batch);
        if license.is_none_or(|license| license.customer_id != customer_id) {
            return Err(latchkey_domain::license::LicenseRefusal::NotFound.into());
        }
        self.machine
            .decide_for(batch, Operation::ActivateAdmittedMachine)
    }
}
