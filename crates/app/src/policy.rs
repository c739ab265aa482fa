//! Policies and their revisions.

pub mod adopt;
pub mod apply;

use latchkey_domain::actor::Actor;
use latchkey_domain::feature::{Feature, FeatureRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::policy::{Policy, PolicyRefusal, PolicyRevision, PolicyRules, PolicyState};
use latchkey_domain::product::{Product, ProductRefusal};
use latchkey_domain::text::Name;
use latchkey_domain::{PolicyId, PolicyRevisionId, ProductId};
use latchkey_store::filter::{Page, PageRequest, PolicyFilter};
use latchkey_store::{Batch, Need, Needs, PolicyView};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What a new policy is made of.
#[derive(Debug, Clone)]
pub struct CreatePolicy {
    /// For which product.
    pub product_id: ProductId,
    /// What people call it.
    pub name: Name,
    /// The rules of its first revision.
    pub rules: PolicyRules,
}

/// Refuses rules that are out of bounds, or that name features which are not the product's or not in use.
fn check_rules(batch: &Batch, product_id: ProductId, rules: &PolicyRules) -> Result<(), Refused> {
    rules.check()?;
    for id in &rules.feature_ids {
        let at = |refusal| Refused::from(refusal).at("/rules/feature_ids");
        let feature = batch
            .get::<Feature>(*id)
            .ok_or_else(|| at(FeatureRefusal::NotFound))?;
        if feature.product_id != product_id {
            return Err(at(FeatureRefusal::OtherProduct {
                name: feature.name.to_string(),
            }));
        }
        feature.in_use().map_err(at)?;
    }
    Ok(())
}

fn revision_of(
    batch: &Batch,
    policy_id: PolicyId,
    revision: u32,
    rules: &PolicyRules,
) -> PolicyRevision {
    PolicyRevision {
        id: PolicyRevisionId::generate(batch.now(), &*batch.random()),
        policy_id,
        revision,
        rules: rules.clone(),
        created_at: batch.now(),
        version: 0,
        salt: batch.salt(),
    }
}

impl Act for CreatePolicy {
    type Value = PolicyId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Product(self.product_id));
        for id in &self.rules.feature_ids {
            needs.ask(Need::Feature(*id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<PolicyId, Stop<PolicyId>> {
        batch
            .get::<Product>(self.product_id)
            .ok_or(ProductRefusal::NotFound)?
            .in_use()?;
        check_rules(batch, self.product_id, &self.rules)?;
        let id = PolicyId::generate(batch.now(), &*batch.random());
        let revision = revision_of(batch, id, 1, &self.rules);
        let policy = Policy {
            id,
            product_id: self.product_id,
            name: self.name.clone(),
            state: PolicyState::Active,
            revision: 1,
            revision_id: revision.id,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::PolicyCreate, policy);
        batch.record(Verb::PolicyCreate, revision);
        Ok(id)
    }
}

/// Gives a policy a new revision; licenses keep the one they were issued under.
struct RevisePolicy {
    id: PolicyId,
    rules: PolicyRules,
}

impl Act for RevisePolicy {
    type Value = PolicyId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Policy(self.id));
        for id in &self.rules.feature_ids {
            needs.ask(Need::Feature(*id));
        }
        if let Some(policy) = batch.get::<Policy>(self.id) {
            needs.ask(Need::PolicyRevision(policy.revision_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<PolicyId, Stop<PolicyId>> {
        let mut policy = batch
            .get::<Policy>(self.id)
            .ok_or(PolicyRefusal::NotFound)?
            .clone();
        policy.in_use()?;
        check_rules(batch, policy.product_id, &self.rules)?;
        if batch
            .get::<PolicyRevision>(policy.revision_id)
            .is_some_and(|revision| revision.rules == self.rules)
        {
            return Err(PolicyRefusal::Unchanged {
                name: policy.name.to_string(),
            }
            .into());
        }
        policy.revision += 1;
        let revision = revision_of(batch, self.id, policy.revision, &self.rules);
        policy.revision_id = revision.id;
        batch.record(Verb::PolicyRevise, policy);
        batch.record(Verb::PolicyRevise, revision);
        Ok(self.id)
    }
}

/// Changes one policy.
struct EditPolicy {
    id: PolicyId,
    verb: Verb,
    edit: fn(&mut Policy) -> Result<(), PolicyRefusal>,
}

impl Act for EditPolicy {
    type Value = PolicyId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Policy(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<PolicyId, Stop<PolicyId>> {
        let mut policy = batch
            .get::<Policy>(self.id)
            .ok_or(PolicyRefusal::NotFound)?
            .clone();
        (self.edit)(&mut policy)?;
        batch.record(self.verb, policy);
        Ok(self.id)
    }
}

/// Policies: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Creates a policy with its first revision.
    pub async fn policy_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: CreatePolicy,
    ) -> Result<Changed<PolicyId>, AppError> {
        self.act(actor, Operation::CreatePolicy, idempotency, command)
            .await
    }

    /// Gives a policy a new revision; licenses keep the one they were issued under.
    pub async fn policy_revise(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: PolicyId,
        rules: PolicyRules,
    ) -> Result<Changed<PolicyId>, AppError> {
        self.act(
            actor,
            Operation::RevisePolicy,
            idempotency,
            RevisePolicy { id, rules },
        )
        .await
    }

    /// Ends issuing from a policy.
    pub async fn policy_retire(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: PolicyId,
    ) -> Result<Changed<PolicyId>, AppError> {
        let act = EditPolicy {
            id,
            verb: Verb::PolicyRetire,
            edit: Policy::retire,
        };
        self.act(actor, Operation::RetirePolicy, idempotency, act)
            .await
    }

    /// Allows issuing from a policy again.
    pub async fn policy_unretire(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: PolicyId,
    ) -> Result<Changed<PolicyId>, AppError> {
        let act = EditPolicy {
            id,
            verb: Verb::PolicyUnretire,
            edit: Policy::unretire,
        };
        self.act(actor, Operation::UnretirePolicy, idempotency, act)
            .await
    }

    /// One policy, with its newest rules.
    pub async fn policy_get(&self, actor: &Actor, id: PolicyId) -> Result<PolicyView, AppError> {
        self.permit(actor, Operation::GetPolicy)?;
        let policy = self.store.policy_get(self.scope.vendor_id, id).await?;
        policy.ok_or_else(|| Refused::from(PolicyRefusal::NotFound).into())
    }

    /// Policies, newest first.
    pub async fn policy_list(
        &self,
        actor: &Actor,
        filter: &PolicyFilter,
        page: PageRequest,
    ) -> Result<Page<PolicyView>, AppError> {
        self.permit(actor, Operation::ListPolicies)?;
        Ok(self
            .store
            .policy_list(self.scope.vendor_id, filter, page)
            .await?)
    }

    /// The revisions of a policy, newest first.
    pub async fn policy_revision_list(
        &self,
        actor: &Actor,
        id: PolicyId,
        page: PageRequest,
    ) -> Result<Page<PolicyRevision>, AppError> {
        self.permit(actor, Operation::ListPolicyRevisions)?;
        self.policy_get(actor, id).await?;
        Ok(self
            .store
            .policy_revision_list(self.scope.vendor_id, id, page)
            .await?)
    }
}
