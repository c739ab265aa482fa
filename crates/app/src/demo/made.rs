//! Records a license with its machines as it would have come about earlier.

use latchkey_domain::activation::Activation;
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::machine::Machine;
use latchkey_domain::policy::PolicyRevision;
use latchkey_domain::return_limit::Giving;
use latchkey_domain::text::{FriendlyName, MachineCode};
use latchkey_domain::{ActivationId, EntitlementId, MachineId, Timestamp};
use latchkey_store::Batch;

use crate::Refused;

/// A machine on a license.
pub(super) struct Seat {
    pub(super) friendly_name: FriendlyName,
    pub(super) machine_code: MachineCode,
    pub(super) activated_at: Timestamp,
    pub(super) last_seen_at: Timestamp,
    /// When its seat was given back.
    pub(super) deactivated_at: Option<Timestamp>,
}

/// What was decided about a license after it was issued.
#[derive(Debug, Clone, Copy)]
pub(super) enum Standing {
    Active,
    Suspended(&'static str),
    Revoked,
}

/// Records a license, its entitlements and its machines, and what was decided about it later.
pub(super) fn record_license(
    batch: &mut Batch,
    mut license: License,
    revision: &PolicyRevision,
    seats: Vec<Seat>,
    standing: Standing,
) -> Result<(), Refused> {
    let random = batch.random();
    let mut machines = Vec::with_capacity(seats.len());
    let mut activations = Vec::with_capacity(seats.len());
    let mut given_back = Vec::new();
    for seat in seats {
        let machine = Machine {
            id: MachineId::generate(seat.activated_at, &*random),
            customer_id: license.customer_id,
            code: seat.machine_code,
            friendly_name: seat.friendly_name,
            created_at: seat.activated_at,
            version: 0,
            salt: batch.salt(),
        };
        let id = ActivationId::generate(seat.activated_at, &*random);
        let mut activation =
            Activation::activate(id, batch.salt(), &mut license, &machine, seat.activated_at)?;
        activation.last_seen_at = seat.last_seen_at;
        if let Some(at) = seat.deactivated_at {
            let mut later = activation.clone();
            later.deactivate(&mut license, Giving::Free, at)?;
            given_back.push(later);
        }
        machines.push(machine);
        activations.push(activation);
    }
    let (license_id, issued_at) = (license.id, license.issued_at);
    let mut decided = license.clone();
    batch.record(Verb::LicenseIssue, license);
    for feature_id in &revision.rules.feature_ids {
        let entitlement = Entitlement {
            id: EntitlementId::generate(issued_at, &*random),
            license_id,
            feature_id: *feature_id,
            limit: None,
            state: EntitlementState::Granted,
            created_at: issued_at,
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::EntitlementGrant, entitlement);
    }
    for machine in machines {
        batch.record(Verb::MachineCreate, machine);
    }
    for activation in activations {
        batch.record(Verb::ActivationActivate, activation);
    }
    for activation in given_back {
        batch.record(Verb::ActivationDeactivate, activation);
    }
    match standing {
        Standing::Active => {}
        Standing::Suspended(reason) => {
            decided.suspend(Some(reason.to_owned()))?;
            batch.record(Verb::LicenseSuspend, decided);
        }
        Standing::Revoked => {
            decided.revoke()?;
            batch.record(Verb::LicenseRevoke, decided);
        }
    }
    Ok(())
}
