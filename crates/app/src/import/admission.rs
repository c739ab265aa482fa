//! Admits every machine of a list, as IT collects it from its machines.

use latchkey_domain::CustomerId;
use latchkey_domain::actor::Actor;
use latchkey_domain::admission::{Admission, AdmissionState};
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::import::{ActivationRow, parse_activation_list};
use latchkey_domain::ledger::Verb;
use latchkey_store::{Batch, Need, Needs};

use super::{ImportOptions, ImportOutcome, ImportReport, Parsed, Verdict, end};
use crate::act::{Act, Stop};
use crate::permission::within_reach_in;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

struct ImportAdmissions {
    customer_id: CustomerId,
    list: Parsed<ActivationRow>,
    options: ImportOptions,
}

impl Act for ImportAdmissions {
    type Value = ImportReport;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Customer(self.customer_id));
        for row in self.list.readable() {
            let code = row.machine_code.clone();
            needs.ask(Need::AdmissionCode(self.customer_id, code));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ImportReport, Stop<ImportReport>> {
        let customer = batch
            .get::<Customer>(self.customer_id)
            .ok_or(CustomerRefusal::NotFound)?;
        within_reach_in(batch, Operation::ImportAdmissions, customer)
            .map_err(|out| out.or(CustomerRefusal::NotFound))?;
        let report = self.list.decide(batch, self.options, |batch, _, row| {
            Ok(admit(batch, self.customer_id, row))
        });
        end(report, self.options)
    }
}

/// Admits a machine, and calls it as the list does.
fn admit(batch: &mut Batch, customer_id: CustomerId, row: &ActivationRow) -> Verdict {
    let now = batch.now();
    let known = batch
        .admission_by_code(customer_id, &row.machine_code)
        .cloned();
    let was = known.as_ref().map(|known| known.state);
    let mut admission = known.unwrap_or_else(|| {
        let code = row.machine_code.clone();
        Admission::new(customer_id, code, None, now, &*batch.random())
    });
    let renamed = row.friendly_name.is_some() && row.friendly_name != admission.friendly_name;
    if renamed {
        admission.friendly_name.clone_from(&row.friendly_name);
    }
    if !admission.decide(AdmissionState::Admitted, now) && !renamed {
        return Verdict::new(ImportOutcome::Unchanged);
    }
    batch.record(Verb::AdmissionAdmit, admission);
    match was {
        None | Some(AdmissionState::Withdrawn) => Verdict::new(ImportOutcome::Create),
        Some(AdmissionState::Waiting) => {
            Verdict::new(ImportOutcome::Update).because("it waited".into())
        }
        Some(AdmissionState::Refused) => {
            Verdict::new(ImportOutcome::Update).because("it was refused".into())
        }
        Some(AdmissionState::Admitted) => Verdict::new(ImportOutcome::Update),
    }
}

impl App {
    /// Admits every machine of a list, in either form that [`parse_activation_list`] reads.
    ///
    /// # Errors
    /// If the actor may not, the file cannot be read, or (unless they are to be skipped) any row is refused.
    pub async fn admission_import(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        customer_id: CustomerId,
        bytes: &[u8],
        options: ImportOptions,
    ) -> Result<Changed<ImportReport>, AppError> {
        self.permit(actor, Operation::ImportAdmissions)?;
        let list = parse_activation_list(bytes).map_err(Refused::from)?;
        let act = ImportAdmissions {
            customer_id,
            list: Parsed {
                encoding: list.encoding,
                columns: list.headers,
                rows: list.rows,
            },
            options,
        };
        self.act(actor, Operation::ImportAdmissions, idempotency, act)
            .await
    }
}
