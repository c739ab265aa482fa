//! Asking whether a machine may run, and noting that it was seen.

use latchkey_domain::ActivationId;
use latchkey_domain::activation::{ActivationRefusal, ActivationState};
use latchkey_domain::actor::Actor;
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::feature::Feature;
use latchkey_domain::license::{LicenseRefusal, LicenseState};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::text::MachineCode;
use latchkey_store::{Batch, Need, Needs};
use serde::{Deserialize, Serialize};

use super::WhichLicense;
use crate::act::{Act, Stop};
use crate::{App, AppError, Idempotency, Operation, Refused};

/// A machine that asks whether it may run.
#[derive(Debug, Clone)]
pub struct ValidateActivation {
    /// The license's key.
    pub license_key: LicenseKey,
    /// The machine's code.
    pub machine_code: MachineCode,
}

/// Whether a machine may run, and why not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// What the license is.
    pub license_state: LicenseState,
    /// Why it may not run: code, sentence and fix; none if it may.
    pub refusal: Option<(String, String, Option<String>)>,
    /// The machine's activation, active or not.
    pub activation_id: Option<ActivationId>,
    /// The features that the license has, by code.
    pub features: Vec<String>,
}

impl Act for ValidateActivation {
    type Value = Validation;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::LicenseKey(self.license_key.clone()));
        let Some(license) = batch.license_by_key(&self.license_key) else {
            return;
        };
        needs.ask(Need::FeaturesOf(license.product_id));
        needs.ask(Need::EntitlementsOf(license.id));
        needs.ask(Need::MachineCode(
            license.customer_id,
            self.machine_code.clone(),
        ));
        if let Some(machine) = batch.machine_by_code(license.customer_id, &self.machine_code) {
            needs.ask(Need::ActivationOf(license.id, machine.id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Validation, Stop<Validation>> {
        let now = batch.now();
        let license = WhichLicense::Key(self.license_key.clone());
        let license = license.find(batch).ok_or(LicenseRefusal::NotFound)?.clone();
        let machine = batch.machine_by_code(license.customer_id, &self.machine_code);
        let activation = machine
            .and_then(|machine| batch.activation_of(license.id, machine.id))
            .cloned();
        let active = activation
            .as_ref()
            .is_some_and(|activation| activation.state == ActivationState::Active);
        let refusal = match license.holds(now) {
            Err(refusal) => Some(Refused::from(refusal)),
            Ok(()) if !active && license.node_locked => {
                Some(Refused::from(ActivationRefusal::NotActivated))
            }
            Ok(()) => None,
        };
        let mut features: Vec<String> = batch
            .all::<Entitlement>()
            .filter(|entitlement| {
                entitlement.license_id == license.id
                    && entitlement.state == EntitlementState::Granted
            })
            .filter_map(|entitlement| batch.get::<Feature>(entitlement.feature_id))
            .map(|feature| feature.code.to_string())
            .collect();
        features.sort_unstable();
        let activation_id = activation.as_ref().map(|activation| activation.id);
        if let Some(mut activation) = activation.filter(|_| active) {
            activation.last_seen_at = now;
            batch.touch(activation);
        }
        Ok(Validation {
            license_state: license.state(now),
            refusal: refusal
                .map(|refused| (refused.code.to_owned(), refused.sentence, refused.fix)),
            activation_id,
            features,
        })
    }
}

impl App {
    /// Says whether a machine may run, and notes that it was seen. The latter is not recorded in the ledger.
    ///
    /// # Errors
    /// Refusals of permission, an unknown license, or the store's.
    pub async fn activation_validate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: ValidateActivation,
    ) -> Result<Validation, AppError> {
        Ok(self
            .act(actor, Operation::ValidateActivation, idempotency, command)
            .await?
            .value)
    }
}
