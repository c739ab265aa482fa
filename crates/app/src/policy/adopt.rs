//! A license takes another revision of its policy: seats, features, binding and the life of its files. Its time stays:
//! the term counts from the next renewal on.

use std::collections::{HashMap, HashSet};

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::feature::Feature;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::machine::Machine;
use latchkey_domain::policy::{PolicyRefusal, PolicyRevision, PolicyRules};
use latchkey_domain::return_limit::Giving;
use latchkey_domain::template::Template;
use latchkey_domain::{ActivationId, FeatureId, LicenseId, PolicyRevisionId, Timestamp};
use latchkey_store::{Batch, Need, Needs};
use serde::{Deserialize, Serialize};

use crate::Refused;
use crate::entitlement::granted;

/// What taking another revision does to a license.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adoption {
    /// Its seats before.
    pub seats_before: u32,
    /// Its seats afterwards.
    pub seats_after: u32,
    /// Whether its seats may be given back less often than before.
    #[serde(default)]
    pub fewer_returns: bool,
    /// Features it has no right to any more, by name.
    pub features_lost: Vec<String>,
    /// Features it gets, by name.
    pub features_gained: Vec<String>,
    /// Seats that are given back because they are too many, the longest unseen first.
    pub frees: Vec<FreedSeat>,
}

/// A seat that is given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreedSeat {
    /// The activation.
    pub activation_id: ActivationId,
    /// What people call the machine.
    pub friendly_name: String,
    /// When it was last heard of.
    pub last_seen_at: Timestamp,
}

/// Asks for all that has to be known before [`Known::adopt`].
pub(crate) fn ask(batch: &Batch, needs: &mut Needs, license: &License, to: PolicyRevisionId) {
    needs.ask(Need::PolicyRevision(to));
    needs.ask(Need::PolicyRevision(license.policy_revision_id));
    if let Some(id) = license.template_id {
        needs.ask(Need::Template(id));
    }
    let (Some(from), Some(to)) = (
        batch.get::<PolicyRevision>(license.policy_revision_id),
        batch.get::<PolicyRevision>(to),
    ) else {
        return;
    };
    if from.rules.feature_ids != to.rules.feature_ids {
        needs.ask(Need::FeaturesOf(license.product_id));
        needs.ask(Need::EntitlementsOf(license.id));
    }
    if license.seats_used > seats_under(batch, license, &from.rules, &to.rules) {
        needs.ask(Need::ActivationsOfLicense(license.id));
        for activation in batch.all::<Activation>() {
            if activation.license_id == license.id {
                needs.ask(Need::Machine(activation.machine_id));
            }
        }
    }
}

/// The template that a license was issued from, if it was.
fn template<'b>(batch: &'b Batch, license: &License) -> Option<&'b Template> {
    batch.get::<Template>(license.template_id?)
}

/// Its seats if it went from one revision's rules to another's: never more than the template allows that it is from.
fn seats_under(batch: &Batch, license: &License, from: &PolicyRules, to: &PolicyRules) -> u32 {
    let seats = license.seats_under(from, to);
    template(batch, license).map_or(seats, |template| seats.min(template.bounds.seats_max()))
}

/// What was loaded, by license.
pub(crate) struct Known {
    active: HashMap<LicenseId, Vec<Activation>>,
    entitlements: HashMap<LicenseId, Vec<Entitlement>>,
}

impl Known {
    /// Sorts what was loaded for these licenses; a batch may have loaded more for others.
    pub(crate) fn of(batch: &Batch, licenses: &[LicenseId]) -> Self {
        let licenses: HashSet<_> = licenses.iter().copied().collect();
        let mut known = Self {
            active: HashMap::new(),
            entitlements: HashMap::new(),
        };
        for activation in batch.all::<Activation>() {
            let is_asked_for = licenses.contains(&activation.license_id);
            if is_asked_for && activation.state == ActivationState::Active {
                let of_license = known.active.entry(activation.license_id).or_default();
                of_license.push(activation.clone());
            }
        }
        let held = batch.all::<Entitlement>();
        for entitlement in held.filter(|held| licenses.contains(&held.license_id)) {
            let of_license = known.entitlements.entry(entitlement.license_id);
            of_license.or_default().push(entitlement.clone());
        }
        for seats in known.active.values_mut() {
            seats.sort_by_key(|activation| (activation.last_seen_at, activation.id));
        }
        known
    }

    /// Brings a license to a revision and stages what follows from it; the license itself is left to the caller to
    /// record, so that an undo gives it its seats back before they are taken again.
    pub(crate) fn adopt(
        &self,
        batch: &mut Batch,
        license: &mut License,
        to: PolicyRevisionId,
    ) -> Result<Adoption, Refused> {
        let revision = |id| {
            let found = batch.get::<PolicyRevision>(id);
            found.cloned().ok_or(PolicyRefusal::NotFound)
        };
        let from = revision(license.policy_revision_id)?;
        let to = revision(to)?;
        let mut adoption = Adoption {
            seats_before: license.seats_max,
            seats_after: seats_under(batch, license, &from.rules, &to.rules),
            fewer_returns: to
                .rules
                .returns
                .is_some_and(|returns| returns.is_stricter_than(license.returns)),
            ..Adoption::default()
        };
        let mut adopted = license.clone();
        adopted.adopt(&from.rules, &to)?;
        adopted.seats_max = adoption.seats_after;
        self.free_seats(batch, &mut adopted, &mut adoption)?;
        let (old, new) = (&from.rules.feature_ids, &to.rules.feature_ids);
        for feature_id in old.iter().filter(|id| !new.contains(id)) {
            self.withdraw(batch, license.id, *feature_id, &mut adoption);
        }
        let bounds = template(batch, license).map(|template| template.bounds.clone());
        let allowed = |id| bounds.as_ref().is_none_or(|bounds| bounds.allows(id));
        let gained = new.iter().filter(|id| !old.contains(id) && allowed(**id));
        for feature_id in gained {
            self.grant(batch, license.id, *feature_id, &mut adoption);
        }
        *license = adopted;
        Ok(adoption)
    }

    fn free_seats(
        &self,
        batch: &mut Batch,
        license: &mut License,
        adoption: &mut Adoption,
    ) -> Result<(), Refused> {
        let too_many = license.seats_used.saturating_sub(license.seats_max);
        let active = self.active.get(&license.id).into_iter().flatten();
        for activation in active.take(too_many as usize) {
            let mut activation = activation.clone();
            // The vendor's doing, whoever asked for the renewal.
            activation.deactivate(license, Giving::Free, batch.now())?;
            let machine = batch.get::<Machine>(activation.machine_id);
            adoption.frees.push(FreedSeat {
                activation_id: activation.id,
                friendly_name: machine
                    .map(|machine| machine.friendly_name.to_string())
                    .unwrap_or_default(),
                last_seen_at: activation.last_seen_at,
            });
            batch.record(Verb::ActivationDeactivate, activation);
        }
        Ok(())
    }

    fn entitlement(&self, license_id: LicenseId, feature_id: FeatureId) -> Option<&Entitlement> {
        self.entitlements
            .get(&license_id)?
            .iter()
            .find(|entitlement| entitlement.feature_id == feature_id)
    }

    fn withdraw(
        &self,
        batch: &mut Batch,
        license_id: LicenseId,
        feature_id: FeatureId,
        adoption: &mut Adoption,
    ) {
        let Some(held) = self.entitlement(license_id, feature_id) else {
            return;
        };
        if held.state == EntitlementState::Withdrawn {
            return;
        }
        let withdrawn = Entitlement {
            state: EntitlementState::Withdrawn,
            ..held.clone()
        };
        batch.record(Verb::EntitlementWithdraw, withdrawn);
        adoption.features_lost.push(feature_name(batch, feature_id));
    }

    fn grant(
        &self,
        batch: &mut Batch,
        license_id: LicenseId,
        feature_id: FeatureId,
        adoption: &mut Adoption,
    ) {
        let entitlement = match self.entitlement(license_id, feature_id) {
            Some(held) if held.state == EntitlementState::Granted => return,
            Some(held) => Entitlement {
                state: EntitlementState::Granted,
                ..held.clone()
            },
            None => granted(batch, license_id, feature_id, None),
        };
        batch.record(Verb::EntitlementGrant, entitlement);
        adoption
            .features_gained
            .push(feature_name(batch, feature_id));
    }
}

fn feature_name(batch: &Batch, id: FeatureId) -> String {
    let feature = batch.get::<Feature>(id);
    feature.map_or_else(|| id.to_string(), |feature| feature.name.to_string())
}
