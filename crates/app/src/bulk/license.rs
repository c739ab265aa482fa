//! Suspending, reinstating, renewing or revoking all licenses that a filter selects.

use latchkey_domain::LicenseId;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal, LicenseStanding};
use latchkey_store::filter::LicenseFilter;
use latchkey_store::{Batch, Need, Needs};

use super::{BulkReport, check_ids, check_size};
use crate::act::{Act, Stop};
use crate::license::edit;
use crate::policy::adopt::Known;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused, quota};

/// What is done to licenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenseAction {
    /// They are set aside.
    Suspend,
    /// They hold again.
    Reinstate,
    /// They get more time, by their policy's term.
    Renew,
    /// They are taken back for good.
    Revoke,
}

/// A bulk act on licenses.
#[derive(Debug, Clone)]
pub struct BulkLicenses {
    /// What is done.
    pub action: LicenseAction,
    /// To which.
    pub filter: LicenseFilter,
    /// Whether it is only tried.
    pub dry_run: bool,
}

impl BulkLicenses {
    /// Does it to one; answers whether that changes anything.
    fn apply(
        &self,
        batch: &mut Batch,
        known: &Known,
        license: &mut License,
    ) -> Result<bool, Refused> {
        let already = match self.action {
            LicenseAction::Suspend => license.standing == LicenseStanding::Suspended,
            LicenseAction::Reinstate => license.standing == LicenseStanding::Active,
            LicenseAction::Revoke => license.standing == LicenseStanding::Revoked,
            LicenseAction::Renew => license.expires_at.is_none(),
        };
        if already {
            return Ok(false);
        }
        match self.action {
            LicenseAction::Suspend => license.suspend(None)?,
            LicenseAction::Reinstate => license.reinstate()?,
            LicenseAction::Revoke => license.revoke()?,
            LicenseAction::Renew => edit::renew(batch, known, license, None)?,
        }
        Ok(true)
    }

    fn verb(&self) -> Verb {
        match self.action {
            LicenseAction::Suspend => Verb::LicenseSuspend,
            LicenseAction::Reinstate => Verb::LicenseReinstate,
            LicenseAction::Renew => Verb::LicenseRenew,
            LicenseAction::Revoke => Verb::LicenseRevoke,
        }
    }
}

/// Does something to each license that was found, and records those that it changes. `apply` answers whether it changes
/// anything, or why a rule is against it.
pub(crate) fn each_license(
    batch: &mut Batch,
    found: &Need,
    verb: Verb,
    mut apply: impl FnMut(&mut Batch, &mut License) -> Result<bool, Refused>,
) -> Result<BulkReport, Refused> {
    let ids = batch.found::<LicenseId>(found);
    check_size(ids.len())?;
    let mut report = BulkReport::default();
    for id in ids {
        let mut license = batch
            .get::<License>(id)
            .ok_or(LicenseRefusal::NotFound)?
            .clone();
        let subject = license.key.to_string();
        let outcome = apply(batch, &mut license);
        if matches!(outcome, Ok(true)) {
            batch.record(verb, license);
            quota::follow(batch, verb, id);
        }
        report.add(id.to_string(), subject, outcome);
    }
    Ok(report.finish())
}

impl Act for BulkLicenses {
    type Value = BulkReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        let all = Need::LicensesWhere(self.filter.clone());
        for id in batch.found::<LicenseId>(&all) {
            let Some(license) = batch.get::<License>(id) else {
                continue;
            };
            if self.action == LicenseAction::Renew {
                edit::ask_to_renew(batch, needs, license);
            }
            if matches!(self.action, LicenseAction::Renew | LicenseAction::Revoke) {
                quota::ask(batch, needs, license);
            }
        }
        needs.ask(all);
    }

    fn decide(&self, batch: &mut Batch) -> Result<BulkReport, Stop<BulkReport>> {
        let all = Need::LicensesWhere(self.filter.clone());
        let known = Known::of(batch, &batch.found::<LicenseId>(&all));
        let report = each_license(batch, &all, self.verb(), |batch, license| {
            self.apply(batch, &known, license)
        })
        .map_err(Stop::Refused)?;
        if self.dry_run {
            Err(Stop::DryRun(report))
        } else {
            Ok(report)
        }
    }
}

impl App {
    /// Suspends, reinstates, renews or revokes all licenses that a filter selects, or says what that would do.
    ///
    /// # Errors
    /// If the filter selects too many, the actor may not, or the store fails.
    pub async fn licenses_bulk(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: BulkLicenses,
    ) -> Result<Changed<BulkReport>, AppError> {
        self.look_at_vendor().await?;
        self.alone_for_bulk(actor, &command)?;
        self.fresh_for_bulk(actor, &command)?;
        check_ids(command.filter.ids.as_ref())?;
        self.act(actor, Operation::BulkUpdateLicenses, idempotency, command)
            .await
    }
}
