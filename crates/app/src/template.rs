//! Templates: granting them with quota, issuing from them, withdrawing them.

mod grant;
mod issue;
mod withdraw;

use latchkey_domain::actor::Actor;
use latchkey_domain::template::{Template, TemplateRefusal};
use latchkey_domain::{ResellerId, TemplateId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, TemplateView};

use crate::permission::About;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

use grant::GrantQuota;
pub use grant::GrantTemplate;
pub(crate) use grant::{granted_to, record_granted, supply};
pub use issue::IssueFromTemplate;
pub(crate) use issue::{ask_to_issue, issue_from};
use withdraw::Withdraw;
pub(crate) use withdraw::{ask_below, unused, withdraw};

fn found(batch: &Batch, id: TemplateId) -> Result<Template, TemplateRefusal> {
    let template = batch.get::<Template>(id);
    Ok(template.ok_or(TemplateRefusal::NotFound)?.clone())
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
                let about = About::Share(view.template.reseller_id, view.above);
                self.reaches(actor, operation, about)
            })
            .ok_or_else(|| Refused::from(TemplateRefusal::NotFound).into())
    }

    /// Templates of a reseller or of all, newest first; a reseller's people see their own, and those of a reseller below
    /// theirs where they ask for them.
    pub async fn template_list(
        &self,
        actor: &Actor,
        of: Option<ResellerId>,
        page: PageRequest,
    ) -> Result<Page<TemplateView>, AppError> {
        let operation = Operation::ListTemplates;
        self.permit(actor, operation)?;
        let vendor_id = self.scope.vendor_id;
        let own = actor.reach.reseller;
        let of = of.or(own);
        if let Some(id) = of.filter(|id| own.is_some_and(|own| own != *id)) {
            let asked = self.store.reseller_get(vendor_id, id).await?;
            if !asked.is_some_and(|asked| self.reaches(actor, operation, &asked)) {
                return Ok(Page {
                    rows: Vec::new(),
                    next: None,
                    count: 0,
                });
            }
        }
        Ok(self.store.template_list(vendor_id, of, page).await?)
    }
}
