//! Whether a machine was admitted, asked where it is to be activated; and what becomes of one that was not.

use latchkey_domain::ChangeId;
use latchkey_domain::actor::Actor;
use latchkey_domain::admission::{Admission, AdmissionRefusal, AdmissionState};
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::limits::ADMISSIONS_WAITING_MAX;
use latchkey_domain::text::MachineCode;
use latchkey_store::{Batch, JobContext, Need, Needs, Work};
use serde::{Deserialize, Serialize};

use crate::activation::ActivateMachine;
use crate::{App, AppError, Operation, Refused};

/// Asks for what [`admitted`] has to know.
pub(crate) fn ask_whether_admitted(
    batch: &Batch,
    license: &License,
    code: &MachineCode,
    needs: &mut Needs,
) {
    needs.ask(Need::Customer(license.customer_id));
    let customer = batch.get::<Customer>(license.customer_id);
    if customer.is_some_and(|customer| customer.controlled_activation) {
        needs.ask(Need::AdmissionCode(license.customer_id, code.clone()));
    }
}

/// Refuses a machine that the license's customer has not admitted, if they control that. Answers with what they have said
/// of it.
pub(crate) fn admitted<'b>(
    batch: &'b Batch,
    license: &License,
    code: &MachineCode,
) -> Result<Option<&'b Admission>, Refused> {
    let customer = batch
        .get::<Customer>(license.customer_id)
        .ok_or(CustomerRefusal::NotFound)?;
    let said = batch.admission_by_code(license.customer_id, code);
    if !customer.controlled_activation {
        return Ok(said);
    }
    match said.map(|said| said.state) {
        Some(AdmissionState::Admitted) => Ok(said),
        Some(AdmissionState::Refused) => Err(AdmissionRefusal::Refused.into()),
        _ => Err(AdmissionRefusal::NotAdmitted.into()),
    }
}

/// What becomes of a machine that has asked.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Standing {
    Waits,
    Full,
    Refused,
}

/// Lets a machine wait that was not admitted, and counts that it asked.
struct Wait(ActivateMachine);

impl Work for Wait {
    type Answer = Standing;
    type Refused = ();

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        self.0.license.ask(needs);
        let Some(license) = self.0.license.find(batch) else {
            return;
        };
        let customer_id = license.customer_id;
        needs.ask(Need::AdmissionCode(
            customer_id,
            self.0.machine_code.clone(),
        ));
        needs.ask(Need::AdmissionsWaiting(customer_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<Standing, ()> {
        let license = self.0.license.find(batch).ok_or(())?;
        let (customer_id, license_id) = (license.customer_id, license.id);
        let (now, code) = (batch.now(), &self.0.machine_code);
        let known = batch.admission_by_code(customer_id, code).cloned();
        let mut admission = known.unwrap_or_else(|| {
            let name = self.0.friendly_name.clone();
            Admission::new(customer_id, code.clone(), name, now, &*batch.random())
        });
        if admission.state == AdmissionState::Withdrawn {
            let waiting = batch.all::<Admission>().filter(|other| {
                other.customer_id == customer_id && other.state == AdmissionState::Waiting
            });
            if waiting.count() >= ADMISSIONS_WAITING_MAX {
                return Ok(Standing::Full);
            }
            admission.wait(license_id);
            admission.count(now);
            batch.record(Verb::AdmissionAsk, admission);
            return Ok(Standing::Waits);
        }
        admission.count(now);
        let standing = match admission.state {
            AdmissionState::Refused => Standing::Refused,
            _ => Standing::Waits,
        };
        batch.touch(admission);
        Ok(standing)
    }
}

impl App {
    /// Lets a machine wait for an administrator, after an app has asked in vain to activate it. Answers with what the app
    /// is told.
    pub(crate) async fn admission_wait(
        &self,
        actor: &Actor,
        machine: ActivateMachine,
    ) -> Result<Refused, AppError> {
        let change = ChangeId::generate(self.now(), &*self.random);
        let context = JobContext {
            permission: Some(self.may(actor, Operation::ActivateMachine)?),
            ..JobContext::unasked(actor.clone(), change)
        };
        let outcome = self
            .store
            .write(&self.scope, context, Wait(machine))
            .await?;
        let refusal = match outcome.result {
            Ok(Standing::Waits) => AdmissionRefusal::Waits,
            Ok(Standing::Full) => AdmissionRefusal::Full,
            Ok(Standing::Refused) => AdmissionRefusal::Refused,
            Err(()) => AdmissionRefusal::NotAdmitted,
        };
        Ok(refusal.into())
    }
}
