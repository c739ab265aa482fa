//! Issuing licenses, singly and up to a thousand at a time.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{IssueTerms, License, LicenseRefusal};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::limits::LICENSES_PER_BATCH_MAX;
use latchkey_domain::policy::{Policy, PolicyRefusal, PolicyRevision};
use latchkey_domain::product::{Product, ProductRefusal};
use latchkey_domain::refusal::{Refusal, RefusalKind};
use latchkey_domain::{CustomerId, FeatureId, LicenseId, PolicyId};
use latchkey_store::{Batch, Need, Needs};
use serde::{Deserialize, Serialize};

use crate::act::{Act, Stop};
use crate::entitlement::granted;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// A license to be issued.
#[derive(Debug, Clone)]
pub struct IssueLicense {
    /// Under the newest revision of this policy.
    pub policy_id: PolicyId,
    /// To this customer.
    pub customer_id: CustomerId,
    /// What differs from the policy.
    pub terms: IssueTerms,
}

/// Several licenses of one kind to be issued.
#[derive(Debug, Clone)]
pub struct IssueLicenses {
    /// Under the newest revision of this policy.
    pub policy_id: PolicyId,
    /// To this customer.
    pub customer_id: CustomerId,
    /// How many: 1 to [`LICENSES_PER_BATCH_MAX`].
    pub count: u32,
}

/// A license that was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Names it.
    pub id: LicenseId,
    /// What a person types.
    pub key: LicenseKey,
}

#[derive(Debug, thiserror::Error)]
#[error("{count} licenses: one request issues 1 to {LICENSES_PER_BATCH_MAX}")]
struct CountRefusal {
    count: u32,
}

impl Refusal for CountRefusal {
    fn code(&self) -> &'static str {
        "license_batch_out_of_bounds"
    }
    fn kind(&self) -> RefusalKind {
        RefusalKind::Invalid
    }
    fn fix(&self) -> Option<String> {
        Some(format!(
            "Give a number from 1 to {LICENSES_PER_BATCH_MAX}, or import a list."
        ))
    }
    fn pointer(&self) -> Option<&'static str> {
        Some("/count")
    }
}

fn ask(policy_id: PolicyId, customer_id: CustomerId, batch: &Batch, needs: &mut Needs) {
    needs.ask(Need::Customer(customer_id));
    ask_for_policy(policy_id, batch, needs);
}

/// Asks for a policy with what it is issued by.
pub(crate) fn ask_for_policy(policy_id: PolicyId, batch: &Batch, needs: &mut Needs) {
    needs.ask(Need::Policy(policy_id));
    if let Some(policy) = batch.get::<Policy>(policy_id) {
        needs.ask(Need::PolicyRevision(policy.revision_id));
        needs.ask(Need::Product(policy.product_id));
    }
}

/// The policy and its newest revision, if licenses can be issued from it to this customer.
pub(crate) fn issuable(
    batch: &Batch,
    policy_id: PolicyId,
    customer_id: CustomerId,
) -> Result<(Policy, PolicyRevision), Refused> {
    let policy = batch
        .get::<Policy>(policy_id)
        .ok_or(PolicyRefusal::NotFound)?;
    policy.in_use()?;
    batch
        .get::<Product>(policy.product_id)
        .ok_or(ProductRefusal::NotFound)?
        .in_use()?;
    batch
        .get::<Customer>(customer_id)
        .ok_or(CustomerRefusal::NotFound)?
        .in_use()?;
    let revision = batch
        .get::<PolicyRevision>(policy.revision_id)
        .ok_or(PolicyRefusal::NotFound)?;
    Ok((policy.clone(), revision.clone()))
}

/// Issues one license with its entitlements. Whether policy, product and customer are in use is checked by the caller.
pub(crate) fn issue_into(
    batch: &mut Batch,
    policy: &Policy,
    revision: &PolicyRevision,
    customer_id: CustomerId,
    terms: IssueTerms,
) -> Result<Issued, Refused> {
    let license = made(batch, policy, revision, customer_id, terms)?;
    let features = revision.rules.feature_ids.iter().copied();
    Ok(record_issued(batch, features, license))
}

/// A new license, not recorded yet.
pub(crate) fn made(
    batch: &Batch,
    policy: &Policy,
    revision: &PolicyRevision,
    customer_id: CustomerId,
    terms: IssueTerms,
) -> Result<License, LicenseRefusal> {
    let random = batch.random();
    License::issue(
        LicenseId::generate(batch.now(), &*random),
        LicenseKey::generate(&*random),
        batch.salt(),
        policy,
        revision,
        customer_id,
        terms,
        batch.now(),
    )
}

/// Records a new license with its entitlements.
pub(crate) fn record_issued(
    batch: &mut Batch,
    features: impl Iterator<Item = FeatureId>,
    license: License,
) -> Issued {
    let (id, key) = (license.id, license.key.clone());
    batch.record(Verb::LicenseIssue, license);
    for feature_id in features {
        let entitlement = granted(batch, id, feature_id, None);
        batch.record(Verb::EntitlementGrant, entitlement);
    }
    Issued { id, key }
}

impl Act for IssueLicense {
    type Value = LicenseId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask(self.policy_id, self.customer_id, batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<LicenseId, Stop<LicenseId>> {
        let (policy, revision) = issuable(batch, self.policy_id, self.customer_id)?;
        Ok(
            issue_into(batch, &policy, &revision, self.customer_id, self.terms)
                .map_err(Stop::Refused)?
                .id,
        )
    }
}

impl Act for IssueLicenses {
    type Value = Vec<Issued>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        ask(self.policy_id, self.customer_id, batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<Vec<Issued>, Stop<Vec<Issued>>> {
        if !(1..=LICENSES_PER_BATCH_MAX).contains(&self.count) {
            return Err(CountRefusal { count: self.count }.into());
        }
        let (policy, revision) = issuable(batch, self.policy_id, self.customer_id)?;
        let issue = |_| {
            issue_into(
                batch,
                &policy,
                &revision,
                self.customer_id,
                IssueTerms::default(),
            )
        };
        (0..self.count)
            .map(issue)
            .collect::<Result<_, _>>()
            .map_err(Stop::Refused)
    }
}

/// Issuing. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Issues a license.
    pub async fn license_issue(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: IssueLicense,
    ) -> Result<Changed<LicenseId>, AppError> {
        self.act(actor, Operation::IssueLicense, idempotency, command)
            .await
    }

    /// Issues several licenses of one kind: all of them, or none.
    pub async fn licenses_issue(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: IssueLicenses,
    ) -> Result<Changed<Vec<Issued>>, AppError> {
        self.act(actor, Operation::IssueLicenses, idempotency, command)
            .await
    }
}
