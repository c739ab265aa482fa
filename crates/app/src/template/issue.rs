//! Issuing from a template, within its bounds and its quota.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::license::IssueTerms;
use latchkey_domain::quota::MovementKind;
use latchkey_domain::reseller::ResellerRefusal;
use latchkey_domain::template::{Template, TemplateRefusal};
use latchkey_domain::{CustomerId, LicenseId, TemplateId};
use latchkey_store::{Batch, Need, Needs};

use super::found;
use crate::act::{Act, Stop};
use crate::license::{Issued, issue};
use crate::permission::{About, within_reach_in};
use crate::reseller::line;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused, quota};

/// A license to be issued from a template.
#[derive(Debug, Clone)]
pub struct IssueFromTemplate {
    /// The template.
    pub id: TemplateId,
    /// To this customer of the reseller.
    pub customer_id: CustomerId,
    /// What differs from the policy, within the template's bounds.
    pub terms: IssueTerms,
}

impl Act for IssueFromTemplate {
    type Value = LicenseId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Customer(self.customer_id));
        ask_to_issue(self.id, batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<LicenseId, Stop<LicenseId>> {
        let operation = Operation::IssueFromTemplate;
        let license = issue_from(batch, operation, self.id, self.customer_id, self.terms)?;
        Ok(license.id)
    }
}

/// Asks for what a license of this template is decided by; the customer aside.
pub(crate) fn ask_to_issue(id: TemplateId, batch: &Batch, needs: &mut Needs) {
    needs.ask(Need::Template(id));
    if let Some(template) = batch.get::<Template>(id) {
        line::ask(batch, needs, template.reseller_id);
        issue::ask_for_policy(template.policy_id, batch, needs);
    }
}

/// Issues a license, and has it take its place in the quota.
pub(crate) fn issue_from(
    batch: &mut Batch,
    operation: Operation,
    id: TemplateId,
    customer_id: CustomerId,
    terms: IssueTerms,
) -> Result<Issued, Refused> {
    let mut template = found(batch, id)?;
    within_reach_in(batch, operation, About::Share(template.reseller_id, None))
        .map_err(|out| out.or(TemplateRefusal::NotFound))?;
    template.in_use()?;
    line::in_use(batch, template.reseller_id)?;
    let customer = batch
        .get::<Customer>(customer_id)
        .ok_or(CustomerRefusal::NotFound)?;
    within_reach_in(batch, operation, customer).map_err(|out| out.or(CustomerRefusal::NotFound))?;
    if customer.reseller_id != Some(template.reseller_id) {
        let customer = customer.name.to_string();
        return Err(ResellerRefusal::NotTheirCustomer { customer }.into());
    }
    let (policy, revision) = issue::issuable(batch, template.policy_id, customer_id)?;
    let terms = template.bounded(terms, &revision.rules, batch.now())?;
    let mut license = issue::made(batch, &policy, &revision, customer_id, terms)?;
    license.reseller_id = Some(template.reseller_id);
    license.template_id = Some(template.id);
    let postings = template.consume()?;
    let features = template.bounds.features(&revision.rules);
    let issued = issue::record_issued(batch, features, license.clone());
    let kind = MovementKind::Consume;
    quota::record(batch, template, kind, postings, Some(&license));
    Ok(issued)
}

impl App {
    /// Issues a license from a template, within its quota.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's.
    pub async fn license_issue_from_template(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: IssueFromTemplate,
    ) -> Result<Changed<LicenseId>, AppError> {
        self.act(actor, Operation::IssueFromTemplate, idempotency, command)
            .await
    }
}
