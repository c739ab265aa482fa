//! Templates: granting them with quota, issuing from them, withdrawing them.

mod issue;

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::TEMPLATES_PER_RESELLER_MAX;
use latchkey_domain::policy::{Policy, PolicyRefusal, PolicyRevision};
use latchkey_domain::quota::{MovementKind, Postings};
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::template::{Template, TemplateRefusal, TemplateState};
use latchkey_domain::{PolicyId, ResellerId, TemplateId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs, TemplateView};

use crate::act::{Act, Stop};
use crate::permission::About;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused, quota};

pub use issue::IssueFromTemplate;
pub(crate) use issue::{ask_to_issue, issue_from};

/// A template to be granted.
#[derive(Debug, Clone)]
pub struct GrantTemplate {
    /// To this reseller.
    pub reseller_id: ResellerId,
    /// This policy is offered.
    pub policy_id: PolicyId,
    /// How many seats a license may have at most; the policy's own without it.
    pub seats_max: Option<u32>,
    /// How many licenses may be issued.
    pub licenses: u32,
}

impl Act for GrantTemplate {
    type Value = TemplateId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Reseller(self.reseller_id));
        needs.ask(Need::TemplatesOf(self.reseller_id));
        needs.ask(Need::Policy(self.policy_id));
        if let Some(policy) = batch.get::<Policy>(self.policy_id) {
            needs.ask(Need::PolicyRevision(policy.revision_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<TemplateId, Stop<TemplateId>> {
        let reseller = batch.get::<Reseller>(self.reseller_id);
        reseller.ok_or(ResellerRefusal::NotFound)?.in_use()?;
        let policy = batch.get::<Policy>(self.policy_id);
        let policy = policy.ok_or(PolicyRefusal::NotFound)?.clone();
        policy.in_use()?;
        let revision = batch
            .get::<PolicyRevision>(policy.revision_id)
            .ok_or(PolicyRefusal::NotFound)?;
        let seats_max = self.seats_max.unwrap_or(revision.rules.seats_max);
        let theirs = batch
            .all::<Template>()
            .filter(|template| template.reseller_id == self.reseller_id);
        let theirs: Vec<_> = theirs.collect();
        let granted = theirs
            .iter()
            .find(|known| known.policy_id == policy.id && known.state == TemplateState::Granted);
        if let Some(known) = granted {
            let name = known.name.to_string();
            return Err(TemplateRefusal::Granted { name }.into());
        }
        if theirs.len() >= TEMPLATES_PER_RESELLER_MAX {
            return Err(TemplateRefusal::TooMany.into());
        }
        let id = TemplateId::generate(batch.now(), &*batch.random());
        let mut template = Template {
            id,
            reseller_id: self.reseller_id,
            policy_id: policy.id,
            name: policy.name,
            seats_max,
            state: TemplateState::Granted,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
            balance: Postings::default(),
        };
        template.check()?;
        let postings = template.grant(self.licenses)?;
        batch.record(Verb::TemplateGrant, template);
        move_recorded(batch, id, MovementKind::Grant, postings);
        Ok(id)
    }
}

/// Records a movement of a template that was recorded itself just now.
fn move_recorded(batch: &mut Batch, id: TemplateId, kind: MovementKind, postings: Postings) {
    if let Some(template) = batch.get::<Template>(id).cloned() {
        quota::record(batch, template, kind, postings, None);
    }
}

/// Grants more quota of a template.
struct GrantQuota {
    id: TemplateId,
    licenses: u32,
}

impl Act for GrantQuota {
    type Value = TemplateId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask(self.id, batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<TemplateId, Stop<TemplateId>> {
        let mut template = found(batch, self.id)?;
        template.in_use()?;
        let reseller = batch.get::<Reseller>(template.reseller_id);
        reseller.ok_or(ResellerRefusal::NotFound)?.in_use()?;
        let postings = template.grant(self.licenses)?;
        quota::record(batch, template, MovementKind::Grant, postings, None);
        Ok(self.id)
    }
}

fn ask(id: TemplateId, batch: &Batch, needs: &mut Needs) {
    needs.ask(Need::Template(id));
    if let Some(template) = batch.get::<Template>(id) {
        needs.ask(Need::Reseller(template.reseller_id));
    }
}

fn found(batch: &Batch, id: TemplateId) -> Result<Template, TemplateRefusal> {
    let template = batch.get::<Template>(id);
    Ok(template.ok_or(TemplateRefusal::NotFound)?.clone())
}

/// Withdraws a template: nothing more can be issued, what was issued stays, unused quota comes back.
struct Withdraw {
    id: TemplateId,
}

impl Act for Withdraw {
    type Value = TemplateId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Template(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<TemplateId, Stop<TemplateId>> {
        let mut template = found(batch, self.id)?;
        let postings = template.withdraw()?;
        batch.record(Verb::TemplateWithdraw, template);
        if postings != Postings::default() {
            move_recorded(batch, self.id, MovementKind::Withdraw, postings);
        }
        Ok(self.id)
    }
}

/// Templates: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Offers a policy to a reseller, with a quota.
    pub async fn template_grant(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: GrantTemplate,
    ) -> Result<Changed<TemplateId>, AppError> {
        self.act(actor, Operation::GrantTemplate, idempotency, command)
            .await
    }

    /// Grants more quota of a template.
    pub async fn quota_grant(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: TemplateId,
        licenses: u32,
    ) -> Result<Changed<TemplateId>, AppError> {
        let act = GrantQuota { id, licenses };
        self.act(actor, Operation::GrantQuota, idempotency, act)
            .await
    }

    /// Withdraws a template: nothing more can be issued, what was issued stays, unused quota comes back.
    pub async fn template_withdraw(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: TemplateId,
    ) -> Result<Changed<TemplateId>, AppError> {
        self.act(
            actor,
            Operation::WithdrawTemplate,
            idempotency,
            Withdraw { id },
        )
        .await
    }

    /// One template, with what is left of its quota.
    pub async fn template_get(
        &self,
        actor: &Actor,
        id: TemplateId,
    ) -> Result<TemplateView, AppError> {
        let operation = Operation::GetTemplate;
        self.permit(actor, operation)?;
        let found = self.store.template_get(self.scope.vendor_id, id).await?;
        found
            .filter(|view| {
                let about = About::Share(view.template.reseller_id);
                self.reaches(actor, operation, about)
            })
            .ok_or_else(|| Refused::from(TemplateRefusal::NotFound).into())
    }

    /// Templates of a reseller or of all, newest first; a reseller's people see their own.
    pub async fn template_list(
        &self,
        actor: &Actor,
        of: Option<ResellerId>,
        page: PageRequest,
    ) -> Result<Page<TemplateView>, AppError> {
        let operation = Operation::ListTemplates;
        self.permit(actor, operation)?;
        let of = of.or(actor.reach.reseller);
        if of.is_some_and(|id| !self.reaches(actor, operation, About::Share(id))) {
            return Ok(Page {
                rows: Vec::new(),
                next: None,
                count: 0,
            });
        }
        Ok(self
            .store
            .template_list(self.scope.vendor_id, of, page)
            .await?)
    }
}
