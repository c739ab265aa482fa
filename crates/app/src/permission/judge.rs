//! Has Cedar decide by the policies in `policy/`, in this process: no network, no file, nothing that could be away.
//!
//! The policies speak of kinds of callers and of what these are locked to, never of one person or record. So a decision
//! holds for all callers of a kind and is remembered; of a lock and a license, of two customers and of two resellers, it
//! depends on whether the one names the other, and on nothing else.

mod kind;
mod names;

use std::collections::{HashMap, HashSet};
use std::str::FromStr as _;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use cedar_policy::{
    AuthorizationError, Authorizer, Context, Decision, Entities, Entity, EntityUid, ParseErrors,
    PolicyId, PolicySet, PolicySetError, Request, Response, RestrictedExpression,
};
use latchkey_domain::actor::{Actor, Lock, Reach, Role};
use latchkey_domain::ledger::Permission;
use latchkey_domain::user::Whose;
use latchkey_domain::{CustomerId, ResellerId, VendorId};

use kind::Kind;
use names::{Names, context, entity, uid};

use super::{About, Circumstances, LicenseFacts, Operation};

/// The policies, file by file.
pub(super) const POLICIES: [&str; 4] = [
    include_str!("../../policy/people.cedar"),
    include_str!("../../policy/tokens.cedar"),
    include_str!("../../policy/keys.cedar"),
    include_str!("../../policy/conditions.cedar"),
];

/// What is to be decided.
#[derive(Clone, Copy)]
pub(super) struct Question<'a> {
    pub(super) actor: &'a Actor,
    pub(super) operation: Operation,
    /// Whose store it is.
    pub(super) vendor: VendorId,
    /// What it is about, where that is at hand.
    pub(super) about: Option<About<'a>>,
    pub(super) circumstances: Circumstances,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Verdict {
    /// Yes, and by which policies.
    Yes(Arc<Permission>),
    /// No, and by which conditions; none where no policy is for it.
    No(Arc<[String]>),
}

/// Why there is nothing to decide by.
#[derive(Debug, thiserror::Error)]
pub(super) enum PolicyError {
    #[error("a policy cannot be read: {0}")]
    Unreadable(#[from] ParseErrors),
    #[error("the policies do not go together: {0}")]
    Clashing(#[source] Box<PolicySetError>),
    #[error("a policy has no @id")]
    Nameless,
    #[error("templates are not used, and would not count")]
    Template,
}

/// Reads policies from the texts of their files; each is called by its annotation `@id`.
pub(super) fn read(files: &[&str]) -> Result<PolicySet, PolicyError> {
    let mut all = PolicySet::new();
    for file in files {
        let set = PolicySet::from_str(file)?;
        if set.num_of_templates() > 0 {
            return Err(PolicyError::Template);
        }
        for policy in set.policies() {
            let id = policy.annotation("id").ok_or(PolicyError::Nameless)?;
            let added = all.add(policy.new_id(PolicyId::new(id)));
            added.map_err(|error| PolicyError::Clashing(Box::new(error)))?;
        }
    }
    Ok(all)
}

/// The policies, ready to be asked.
pub(super) struct Judge {
    authorizer: Authorizer,
    policies: PolicySet,
    names: Names,
    remembered: RwLock<HashMap<Kind, Verdict>>,
}

static JUDGE: LazyLock<Option<Judge>> = LazyLock::new(|| {
    let judge = read(&POLICIES).and_then(Judge::new);
    judge
        .inspect_err(|error| tracing::error!(error = %error, "nobody is permitted anything"))
        .ok()
});

/// Decides; without policies, no.
pub(super) fn judge(question: Question<'_>) -> Verdict {
    match &*JUDGE {
        Some(judge) => judge.judge(question),
        None => Verdict::No(Arc::default()),
    }
}

/// A question in Cedar's terms.
pub(super) struct Asked {
    pub(super) principal: Entity,
    pub(super) action: Entity,
    pub(super) resource: Entity,
    pub(super) context: Context,
}

impl Judge {
    pub(super) fn new(policies: PolicySet) -> Result<Self, PolicyError> {
        Ok(Self {
            authorizer: Authorizer::new(),
            policies,
            names: Names::new()?,
            remembered: RwLock::default(),
        })
    }

    pub(super) fn judge(&self, question: Question<'_>) -> Verdict {
        let kind = Kind::of(question);
        let known = self
            .remembered
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&kind)
            .cloned();
        known.unwrap_or_else(|| {
            let verdict = self.decide(question);
            self.remembered
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(kind, verdict.clone());
            verdict
        })
    }

    /// Decides anew. What cannot be evaluated is a no: Cedar itself passes over a policy that fails, and one passed over
    /// may be a condition.
    pub(super) fn decide(&self, question: Question<'_>) -> Verdict {
        let operation = question.operation.id();
        let response = self.ask(question).and_then(|asked| self.answer(asked));
        let Some(response) = response else {
            tracing::error!(operation, "a permission could not be asked for");
            return Verdict::No(Arc::default());
        };
        let mut failed = response.diagnostics().errors().peekable();
        if failed.peek().is_some() {
            // Which policies, and no more: what they compared may be a license key.
            let failed: Vec<_> = failed
                .map(|AuthorizationError::PolicyEvaluationError(error)| error.policy_id())
                .collect();
            tracing::error!(operation, policies = ?failed, "policies could not be evaluated");
            return Verdict::No(Arc::default());
        }
        let reasons = response.diagnostics().reason();
        let mut policies: Vec<_> = reasons.map(ToString::to_string).collect();
        policies.sort_unstable();
        match response.decision() {
            Decision::Allow => Verdict::Yes(Arc::new(Permission {
                operation: operation.to_owned(),
                policies,
            })),
            Decision::Deny => Verdict::No(policies.into()),
        }
    }

    fn answer(&self, asked: Asked) -> Option<Response> {
        let Asked {
            principal,
            action,
            resource,
            context,
        } = asked;
        let (who, what, which) = (principal.uid(), action.uid(), resource.uid());
        let request = Request::new(who, what, which, context, None).ok()?;
        let entities = Entities::from_entities([principal, action, resource], None).ok()?;
        let response = self
            .authorizer
            .is_authorized(&request, &self.policies, &entities);
        Some(response)
    }

    pub(super) fn ask(&self, question: Question<'_>) -> Option<Asked> {
        let names = &self.names;
        let vendor = uid(&names.vendor, &question.vendor);
        let (which, facts) = self.facts(question.about);
        let resource = match which {
            None => Entity::with_uid(vendor),
            Some(which) => Entity::new(which, facts, HashSet::from([vendor])).ok()?,
        };
        let grade = question.operation.grade();
        let groups = std::iter::once(grade).chain(grade.within());
        let groups = groups.map(|grade| uid(&names.action, grade.id())).collect();
        let action = uid(&names.action, question.operation.id());
        Some(Asked {
            principal: self.principal(question.actor)?,
            action: Entity::new_no_attrs(action, groups),
            resource,
            context: context(question.circumstances)?,
        })
    }

    /// What it is about: its name, and what the policies can ask of it; nothing where it is about the vendor.
    fn facts(
        &self,
        about: Option<About<'_>>,
    ) -> (Option<EntityUid>, HashMap<String, RestrictedExpression>) {
        let names = &self.names;
        let customer = |id: CustomerId| ("customer".to_owned(), entity(&names.customer, &id));
        let reseller = |id: ResellerId| ("reseller".to_owned(), entity(&names.reseller, &id));
        match about {
            None => (None, HashMap::new()),
            Some(About::License(LicenseFacts {
                id,
                product,
                customer: whose,
                reseller: by,
                key,
            })) => {
                let product = entity(&names.product, &product);
                let key = RestrictedExpression::new_string(key.as_str().to_owned());
                let facts = [("product".into(), product), ("key".into(), key)];
                let facts = facts.into_iter().chain([customer(whose)]);
                let facts = facts.chain(by.map(reseller)).collect();
                (Some(uid(&names.license, &id)), facts)
            }
            Some(About::Belonging(whose, by)) => {
                let facts = [customer(whose)].into_iter().chain(by.map(reseller));
                (Some(uid(&names.belonging, "")), facts.collect())
            }
            Some(About::Person(whose)) => {
                let facts = match whose {
                    Whose::Vendor => None,
                    Whose::Customer(id) => Some(customer(id)),
                    Whose::Reseller(id) => Some(reseller(id)),
                };
                let facts = facts.into_iter().collect();
                (Some(uid(&names.person, "")), facts)
            }
            Some(About::Share(id, above)) => {
                let above = above.map(|id| ("above".to_owned(), entity(&names.reseller, &id)));
                let facts = [reseller(id)].into_iter().chain(above);
                (Some(uid(&names.share, "")), facts.collect())
            }
        }
    }

    fn principal(&self, actor: &Actor) -> Option<Entity> {
        let names = &self.names;
        let Reach {
            vendor,
            scopes,
            lock,
            customer,
            reseller,
            // Whether it is one of an own network stands among the circumstances.
            address: _,
            viewing: _,
        } = &actor.reach;
        let (kind, groups) = match actor.role {
            Role::Owner
            | Role::Admin
            | Role::Support
            | Role::Auditor
            | Role::CustomerAdmin
            | Role::CustomerViewer
            | Role::ResellerManager
            | Role::ResellerAgent => {
                let role = uid(&names.role, actor.role.as_str());
                (&names.user, HashSet::from([role]))
            }
            Role::Token => {
                let scopes = scopes.iter().map(|scope| uid(&names.scope, scope.as_str()));
                (&names.access_token, scopes.collect())
            }
            Role::KeyHolder => (&names.key_holder, HashSet::new()),
            Role::Stranger => (&names.stranger, HashSet::new()),
        };
        let mut facts = HashMap::new();
        if let Some(vendor) = vendor {
            facts.insert("vendor".to_owned(), entity(&names.vendor, vendor));
        }
        if let Some(customer) = customer {
            facts.insert("customer".to_owned(), entity(&names.customer, customer));
        }
        if let Some(reseller) = reseller {
            facts.insert("reseller".to_owned(), entity(&names.reseller, reseller));
        }
        match lock {
            None => {}
            Some(Lock::Product(id)) => {
                facts.insert("product".to_owned(), entity(&names.product, id));
            }
            Some(Lock::License(id)) => {
                facts.insert("license".to_owned(), entity(&names.license, id));
            }
            Some(Lock::Key(key)) => {
                let key = RestrictedExpression::new_string(key.as_str().to_owned());
                facts.insert("key".to_owned(), key);
            }
        }
        Entity::new(uid(kind, &actor.id), facts, groups).ok()
    }
}
