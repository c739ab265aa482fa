//! Deactivating all machines that a filter selects.

use std::collections::HashMap;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::machine::Machine;
use latchkey_domain::{ActivationId, LicenseId};
use latchkey_store::filter::ActivationFilter;
use latchkey_store::{Batch, Need, Needs};

use super::{BulkReport, check_ids, check_size};
use crate::act::{Act, Stop};
use crate::activation::give_back;
use crate::permission::narrowed;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What is done to activations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivationAction {
    /// Their seats are given back.
    Deactivate,
}

/// A bulk act on activations.
#[derive(Debug, Clone)]
pub struct BulkActivations {
    /// What is done.
    pub action: ActivationAction,
    /// To which.
    pub filter: ActivationFilter,
    /// Whether it is only tried.
    pub dry_run: bool,
}

impl Act for BulkActivations {
    type Value = BulkReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        let all = Need::ActivationsWhere(self.filter.clone());
        for id in batch.found::<ActivationId>(&all) {
            if let Some(activation) = batch.get::<Activation>(id) {
                needs.ask(Need::License(activation.license_id));
                needs.ask(Need::Machine(activation.machine_id));
            }
        }
        needs.ask(all);
    }

    fn decide(&self, batch: &mut Batch) -> Result<BulkReport, Stop<BulkReport>> {
        let ActivationAction::Deactivate = self.action;
        let ids = batch.found::<ActivationId>(&Need::ActivationsWhere(self.filter.clone()));
        check_size(ids.len()).map_err(Stop::Refused)?;
        let mut licenses: HashMap<LicenseId, License> = HashMap::new();
        let mut report = BulkReport::default();
        for id in ids {
            let Some(mut activation) = batch.get::<Activation>(id).cloned() else {
                continue;
            };
            let subject = batch
                .get::<Machine>(activation.machine_id)
                .map(|machine| machine.friendly_name.to_string());
            let outcome = if activation.state == ActivationState::Deactivated {
                Ok(false)
            } else {
                deactivate(batch, &mut licenses, &mut activation).map(|()| true)
            };
            if matches!(outcome, Ok(true)) {
                batch.record(Verb::ActivationDeactivate, activation);
            }
            report.add(id.to_string(), subject.unwrap_or_default(), outcome);
        }
        for license in licenses.into_values() {
            batch.touch(license);
        }
        let report = report.finish();
        if self.dry_run {
            Err(Stop::DryRun(report))
        } else {
            Ok(report)
        }
    }
}

fn deactivate(
    batch: &Batch,
    licenses: &mut HashMap<LicenseId, License>,
    activation: &mut Activation,
) -> Result<(), Refused> {
    let id = activation.license_id;
    let license = match licenses.entry(id) {
        std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
        std::collections::hash_map::Entry::Vacant(new) => new.insert(
            batch
                .get::<License>(id)
                .ok_or(LicenseRefusal::NotFound)?
                .clone(),
        ),
    };
    give_back(batch, activation, license)
}

impl App {
    /// Deactivates all machines that a filter selects, or says what that would do.
    ///
    /// # Errors
    /// If the filter selects too many, the actor may not, or the store fails.
    pub async fn activations_bulk(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: BulkActivations,
    ) -> Result<Changed<BulkReport>, AppError> {
        check_ids(command.filter.ids.as_ref())?;
        let operation = Operation::BulkUpdateActivations;
        let command = BulkActivations {
            filter: narrowed(actor, &command.filter),
            ..command
        };
        self.act(actor, operation, idempotency, command).await
    }
}
