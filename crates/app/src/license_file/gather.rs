//! What license files are to say, read in one go: so that all of it was true at one moment.
//!
//! It is read as work for the store that changes nothing. The writer then signs nothing while others wait; whether it
//! still holds is asked again when the files are recorded.

use std::collections::HashSet;

use latchkey_domain::activation::ActivationState;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::license_file::LicenseFileRefusal;
use latchkey_domain::limits::{LICENSE_FILES_PER_EXPORT_MAX, MACHINES_PER_LICENSE_FILE_MAX};
use latchkey_domain::machine::{Machine, MachineRefusal};
use latchkey_domain::refusal::Refusal;
use latchkey_domain::signing_key::SigningKeyRefusal;
use latchkey_domain::{LicenseId, MachineId};
use latchkey_store::filter::LicenseFilter;
use latchkey_store::{Batch, Need, Needs, StoreError, Work};

use super::SkippedLicense;
use super::draft::{ByLicense, Draft, Drafter};
use crate::permission::{About, within_reach_in};
use crate::{Operation, Refused};

/// Which files are wanted.
#[derive(Debug, Clone)]
pub(super) enum Selection {
    /// One, of this license, bound to these machines.
    One(LicenseId, Vec<MachineId>),
    /// As many as it takes, of all licenses that a filter selects.
    Where(LicenseFilter),
}

/// What was read.
pub(super) struct Gathered {
    pub(super) vendor_name: String,
    pub(super) drafts: Vec<Draft>,
    pub(super) skipped: Vec<SkippedLicense>,
}

/// Reads what the files of a selection are to say.
pub(super) struct Gather(pub(super) Operation, pub(super) Selection);

impl Work for Gather {
    type Answer = ();
    // It is always "no": nothing changes.
    type Refused = Result<Gathered, Refused>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
        needs.ask(Need::SigningKeys);
        match &self.1 {
            Selection::One(id, machine_ids) => {
                needs.ask(Need::License(*id));
                for machine_id in machine_ids {
                    needs.ask(Need::Machine(*machine_id));
                    needs.ask(Need::ActivationOf(*id, *machine_id));
                }
                ask_about(batch, needs, *id);
            }
            Selection::Where(filter) => {
                let need = Need::LicensesWhere(filter.clone());
                needs.ask(need.clone());
                let ids = batch.found::<LicenseId>(&need);
                if ids.len() > LICENSE_FILES_PER_EXPORT_MAX {
                    return;
                }
                let known = ByLicense::of(batch);
                for id in ids {
                    ask_about(batch, needs, id);
                    let license = batch.get::<License>(id);
                    if license.is_some_and(|license| license.node_locked) {
                        needs.ask(Need::ActivationsOfLicense(id));
                        for activation in known.active(id) {
                            needs.ask(Need::Machine(activation.machine_id));
                        }
                    }
                }
            }
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Self::Refused> {
        Err(match &self.1 {
            Selection::One(id, machine_ids) => gather_one(batch, self.0, *id, machine_ids),
            Selection::Where(filter) => gather_where(batch, filter),
        })
    }
}

fn ask_about(batch: &Batch, needs: &mut Needs, id: LicenseId) {
    if let Some(license) = batch.get::<License>(id) {
        needs.ask(Need::Product(license.product_id));
        needs.ask(Need::Customer(license.customer_id));
        needs.ask(Need::EntitlementsOf(id));
        needs.ask(Need::FeaturesOf(license.product_id));
    }
}

fn gather_one(
    batch: &Batch,
    operation: Operation,
    id: LicenseId,
    machine_ids: &[MachineId],
) -> Result<Gathered, Refused> {
    let license = batch.get::<License>(id).ok_or(LicenseRefusal::NotFound)?;
    within_reach_in(batch, operation, license).map_err(|out| out.or(LicenseRefusal::NotFound))?;
    license.holds(batch.now())?;
    if license.node_locked && machine_ids.is_empty() {
        return Err(LicenseFileRefusal::NeedsMachine.into());
    }
    let mut activations = Vec::new();
    let mut named = HashSet::new();
    for machine_id in machine_ids.iter().filter(|id| named.insert(**id)) {
        let machine = batch
            .get::<Machine>(*machine_id)
            .ok_or(MachineRefusal::NotFound)?;
        within_reach_in(
            batch,
            operation,
            About::Belonging(machine.customer_id, None),
        )
        .map_err(|out| out.or(MachineRefusal::NotFound))?;
        let activation = batch.activation_of(id, *machine_id);
        let activation =
            activation.filter(|activation| activation.state == ActivationState::Active);
        activations.push(activation.ok_or(LicenseFileRefusal::MachineNotActive)?);
    }
    if activations.len() > MACHINES_PER_LICENSE_FILE_MAX {
        let count = activations.len();
        return Err(LicenseFileRefusal::TooManyMachines { count }.into());
    }
    let mut drafter = Drafter::new(batch);
    let draft = drafter.draft(license, &activations)?;
    Ok(Gathered {
        vendor_name: vendor_name(batch)?,
        drafts: vec![draft],
        skipped: Vec::new(),
    })
}

fn gather_where(batch: &Batch, filter: &LicenseFilter) -> Result<Gathered, Refused> {
    let ids = batch.found::<LicenseId>(&Need::LicensesWhere(filter.clone()));
    let max = LICENSE_FILES_PER_EXPORT_MAX;
    let too_many = |count| Refused::from(LicenseFileRefusal::TooMany { count, max });
    if ids.len() > max {
        return Err(too_many(ids.len()));
    }
    let known = ByLicense::of(batch);
    let mut drafter = Drafter::new(batch);
    let (mut drafts, mut skipped) = (Vec::with_capacity(ids.len()), Vec::new());
    for license in ids.into_iter().filter_map(|id| batch.get::<License>(id)) {
        match drafter.drafts(license, &known) {
            Ok(more) => drafts.extend(more),
            Err(refused) => skipped.push(SkippedLicense::new(license, refused)),
        }
    }
    if drafts.len() > max {
        return Err(too_many(drafts.len()));
    }
    if drafts.is_empty() {
        return Err(none_left(skipped.into_iter().next()));
    }
    Ok(Gathered {
        vendor_name: vendor_name(batch)?,
        drafts,
        skipped,
    })
}

/// The refusal where no license can have a file: the first reason says more than that nothing is left.
fn none_left(first: Option<SkippedLicense>) -> Refused {
    let nothing = Refused::from(LicenseFileRefusal::Nothing);
    match first.map(|skipped| skipped.refused) {
        None => nothing,
        Some(refused) if refused.code == SigningKeyRefusal::NoIssuer.code() => refused,
        Some(refused) => Refused {
            sentence: format!(
                "no license that matches can have a file: {}",
                refused.sentence
            ),
            fix: refused.fix.or(nothing.fix.clone()),
            ..nothing
        },
    }
}

fn vendor_name(batch: &Batch) -> Result<String, Refused> {
    let vendor = batch.vendor().ok_or(StoreError::NoVendor)?;
    Ok(vendor.name.to_string())
}
