//! Bringing licenses to the newest revision of their policy, now or from their renewal on, with a dry run that says by
//! name what would be lost.

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::limits::BULK_REPORT_ROWS_MAX;
use latchkey_domain::policy::{Policy, PolicyRefusal, PolicyRevision};
use latchkey_domain::{LicenseId, PolicyId, PolicyRevisionId};
use latchkey_store::filter::LicenseFilter;
use latchkey_store::{Batch, Need, Needs};
use serde::{Deserialize, Serialize};

use super::adopt::{self, Adoption, Known};
use crate::act::{Act, Stop};
use crate::bulk::{BulkReport, check_ids, each_license};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// When licenses take the newest revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApplyWhen {
    /// At once.
    Now,
    /// When each is next renewed.
    AtRenewal,
}

/// Brings licenses of a policy to its newest revision.
#[derive(Debug, Clone)]
pub struct ApplyPolicy {
    /// The policy.
    pub id: PolicyId,
    /// Which of its licenses; the policy itself need not be said.
    pub filter: LicenseFilter,
    /// When.
    pub when: ApplyWhen,
    /// Whether it is only tried.
    pub dry_run: bool,
}

/// What bringing licenses to a revision does, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyReport {
    /// The licenses, row by row.
    pub bulk: BulkReport,
    /// How many of them get fewer seats.
    pub fewer_seats: usize,
    /// How many seats in use are given back.
    pub seats_freed: usize,
    /// How many of them may give seats back less often than before.
    #[serde(default)]
    pub fewer_returns: usize,
    /// How many of them lose a feature.
    pub fewer_features: usize,
    /// What happens to those that lose or gain something: the first [`BULK_REPORT_ROWS_MAX`], with as many seats by name.
    pub effects: Vec<ApplyEffect>,
}

/// What happens to one license.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApplyEffect {
    /// The license.
    pub license_id: LicenseId,
    /// Its key.
    pub key: String,
    /// What it loses and gains.
    pub adoption: Adoption,
}

impl ApplyReport {
    fn add(&mut self, license: &License, mut adoption: Adoption) {
        let freed = adoption.frees.len();
        self.seats_freed += freed;
        self.fewer_seats += usize::from(adoption.seats_after < adoption.seats_before);
        self.fewer_returns += usize::from(adoption.fewer_returns);
        self.fewer_features += usize::from(!adoption.features_lost.is_empty());
        let is_same = adoption.seats_after == adoption.seats_before
            && !adoption.fewer_returns
            && adoption.features_lost.is_empty()
            && adoption.features_gained.is_empty();
        if is_same || self.effects.len() >= BULK_REPORT_ROWS_MAX {
            return;
        }
        let named: usize = self.effects.iter().map(|of| of.adoption.frees.len()).sum();
        adoption
            .frees
            .truncate(BULK_REPORT_ROWS_MAX.saturating_sub(named));
        self.effects.push(ApplyEffect {
            license_id: license.id,
            key: license.key.to_string(),
            adoption,
        });
    }
}

impl ApplyPolicy {
    fn selected(&self) -> Need {
        Need::LicensesWhere(LicenseFilter {
            policy_id: Some(self.id),
            ..self.filter.clone()
        })
    }

    /// Does it to one; answers whether that changes anything.
    fn apply(
        &self,
        batch: &mut Batch,
        known: &Known,
        to: &PolicyRevision,
        license: &mut License,
        report: &mut ApplyReport,
    ) -> Result<bool, Refused> {
        let is_there = license.policy_revision_id == to.id;
        match self.when {
            ApplyWhen::Now if is_there && license.renewal_revision_id.is_none() => Ok(false),
            ApplyWhen::Now => {
                let adoption = known.adopt(batch, license, to.id)?;
                report.add(license, adoption);
                Ok(true)
            }
            ApplyWhen::AtRenewal if is_there || license.renewal_revision_id == Some(to.id) => {
                Ok(false)
            }
            ApplyWhen::AtRenewal => {
                license.adopt_at_renewal(to)?;
                Ok(true)
            }
        }
    }

    fn newest(&self, batch: &Batch) -> Option<PolicyRevisionId> {
        Some(batch.get::<Policy>(self.id)?.revision_id)
    }
}

impl Act for ApplyPolicy {
    type Value = ApplyReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Policy(self.id));
        let all = self.selected();
        if let Some(to) = self.newest(batch) {
            needs.ask(Need::PolicyRevision(to));
            for id in batch.found::<LicenseId>(&all) {
                if let Some(license) = batch.get::<License>(id) {
                    adopt::ask(batch, needs, license, to);
                }
            }
        }
        needs.ask(all);
    }

    fn decide(&self, batch: &mut Batch) -> Result<ApplyReport, Stop<ApplyReport>> {
        let to = self.newest(batch).ok_or(PolicyRefusal::NotFound)?;
        let to = batch
            .get::<PolicyRevision>(to)
            .ok_or(PolicyRefusal::NotFound)?
            .clone();
        let all = self.selected();
        let known = Known::of(batch, &batch.found::<LicenseId>(&all));
        let mut report = ApplyReport::default();
        report.bulk = each_license(batch, &all, Verb::LicenseRevise, |batch, license| {
            self.apply(batch, &known, &to, license, &mut report)
        })
        .map_err(Stop::Refused)?;
        report
            .effects
            .sort_by_key(|effect| std::cmp::Reverse(effect.adoption.frees.len()));
        if self.dry_run {
            Err(Stop::DryRun(report))
        } else {
            Ok(report)
        }
    }
}

impl App {
    /// Brings licenses of a policy to its newest revision, or says what that would do.
    ///
    /// # Errors
    /// If the policy does not exist, the filter selects too many, the actor may not, or the store fails.
    pub async fn policy_apply(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: ApplyPolicy,
    ) -> Result<Changed<ApplyReport>, AppError> {
        check_ids(command.filter.ids.as_ref())?;
        self.act(actor, Operation::ApplyPolicy, idempotency, command)
            .await
    }
}
