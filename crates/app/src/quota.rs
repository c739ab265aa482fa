//! Quota: moving it, and the statement of what moved.
//!
//! Whatever moves quota is decided against what the batch knows of the template's accounts, as seats are: of many at
//! once each sees what those before it took, on however many servers.

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::policy::{PolicyRefusal, PolicyRevision};
use latchkey_domain::quota::{MovementKind, Postings, QuotaMovement};
use latchkey_domain::template::{Template, TemplateRefusal};
use latchkey_domain::{LicenseId, QuotaMovementId, Timestamp};
use latchkey_store::filter::{Page, PageRequest, QuotaFilter};
use latchkey_store::{Batch, Need, Needs, QuotaSum, QuotaView};

use crate::{App, AppError, Operation, Refused};

/// Asks for what a license that is renewed or revoked moves.
pub(crate) fn ask(needs: &mut Needs, license: &License) {
    if let Some(id) = license.template_id {
        needs.ask(Need::Template(id));
    }
    needs.ask(Need::PolicyRevision(license.policy_revision_id));
}

/// Refuses a renewal that goes beyond what a template allows, where one of a reseller's people asks for it.
pub(crate) fn may_renew(
    batch: &Batch,
    license: &License,
    to: Option<Timestamp>,
) -> Result<(), Refused> {
    let held = batch.actor().is_some_and(|actor| actor.reach.is_held());
    if !held {
        return Ok(());
    }
    let template = license.template_id.and_then(|id| batch.get::<Template>(id));
    let template = template.ok_or(TemplateRefusal::NotFound)?;
    let under = license
        .renewal_revision_id
        .unwrap_or(license.policy_revision_id);
    let revision = batch
        .get::<PolicyRevision>(under)
        .ok_or(PolicyRefusal::NotFound)?;
    Ok(template.may_renew(license, to, revision.rules.term, batch.now())?)
}

/// Records a movement, and keeps the template's accounts in step.
pub(crate) fn record(
    batch: &mut Batch,
    template: Template,
    kind: MovementKind,
    postings: Postings,
    about: Option<&License>,
) {
    let movement = QuotaMovement {
        id: QuotaMovementId::generate(batch.now(), &*batch.random()),
        template_id: template.id,
        reseller_id: template.reseller_id,
        kind,
        postings,
        license_id: about.map(|license| license.id),
        customer_id: about.map(|license| license.customer_id),
        at: batch.now(),
        version: 0,
        salt: batch.salt(),
    };
    batch.touch(template);
    let verb = match kind {
        MovementKind::Grant => Verb::QuotaGrant,
        MovementKind::Withdraw => Verb::QuotaWithdraw,
        MovementKind::Consume => Verb::QuotaConsume,
        MovementKind::Renew => Verb::QuotaRenew,
        MovementKind::Return => Verb::QuotaReturn,
        MovementKind::Expire => Verb::QuotaExpire,
    };
    batch.record(verb, movement);
}

/// Moves what follows from something that was done to a license: one that a reseller issued gives its place back when it
/// is revoked, and stands in the statement when it is renewed, whoever does it.
pub(crate) fn follow(batch: &mut Batch, verb: Verb, id: LicenseId) {
    let Some(license) = batch.get::<License>(id).cloned() else {
        return;
    };
    let template = license.template_id.and_then(|id| batch.get::<Template>(id));
    let Some(mut template) = template.cloned() else {
        return;
    };
    let (kind, postings) = match verb {
        Verb::LicenseRevoke => template.take_back(&license, batch.now()),
        Verb::LicenseRenew => (MovementKind::Renew, Postings::default()),
        _ => return,
    };
    record(batch, template, kind, postings, Some(&license));
}

/// The statement: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// The lines of a reseller's statement, oldest first.
    pub async fn statement_list(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        self.statement_page(actor, Operation::ListStatement, filter, page)
            .await
    }

    /// A page of a table of the statement, in the order of the list.
    pub async fn statement_table(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        self.statement_page(actor, Operation::ExportStatementCsv, filter, page)
            .await
    }

    async fn statement_page(
        &self,
        actor: &Actor,
        operation: Operation,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        self.permit(actor, operation)?;
        self.reseller_find(actor, operation, filter.reseller_id)
            .await?;
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.quota_list(vendor_id, filter, page).await?)
    }

    /// What the lines of a statement add up to, by template and kind.
    pub async fn statement_sums(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
    ) -> Result<Vec<QuotaSum>, AppError> {
        let operation = Operation::GetStatementSums;
        self.permit(actor, operation)?;
        self.reseller_find(actor, operation, filter.reseller_id)
            .await?;
        Ok(self.store.quota_sums(self.scope.vendor_id, filter).await?)
    }
}
