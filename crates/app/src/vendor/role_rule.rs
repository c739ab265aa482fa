//! Rules of roles: at which hours, and from which networks, the people who have a role may act.

use latchkey_domain::VendorId;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::role_rule::{Kept, RoleRule, RoleRuleRefusal};
use latchkey_domain::vendor::Vendor;

use super::{Believed, Set};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

impl Believed {
    /// Whether somebody keeps to the rule of their role, if it has one. Rules are for people in a session: scripts and apps
    /// have locks, and whoever opens a store that is theirs alone never signed in.
    pub(super) fn kept(&self, actor: &Actor, now: latchkey_domain::Timestamp) -> Kept {
        let whole = Kept {
            hours: true,
            network: true,
        };
        if actor.proved_at.is_none() {
            return whole;
        }
        let rules = self.rules();
        let role = actor.reach.viewing.unwrap_or(actor.role);
        let rule = rules.iter().find(|rule| rule.role == role);
        rule.map_or(whole, |rule| rule.kept(now, actor.reach.address))
    }
}

/// Rules of roles: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// The rules that there are.
    pub async fn role_rules(&self, actor: &Actor) -> Result<Vec<RoleRule>, AppError> {
        self.permit(actor, Operation::ListRoleRules)?;
        Ok(self.find_vendor().await?.role_rules)
    }

    /// Gives a role a rule; one that says nothing takes it away. Nobody shuts themselves out: a rule of one's own role has to
    /// allow the present moment and where one is. Other servers of the same store follow within two seconds.
    pub async fn role_rule_set(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        rule: RoleRule,
    ) -> Result<Changed<VendorId>, AppError> {
        self.permit(actor, Operation::SetRoleRule)?;
        if rule.role == actor.role {
            let Kept { hours, network } = rule.kept(self.now(), actor.reach.address);
            if !(hours && network) {
                return Err(Refused::from(RoleRuleRefusal::ShutsOut).into());
            }
        }
        let act = Set {
            verb: Verb::VendorSetRoleRule,
            set: move |vendor: &mut Vendor| vendor.set_rule(rule.clone()),
        };
        let done = self
            .act(actor, Operation::SetRoleRule, idempotency, act)
            .await;
        self.believed.forget();
        done
    }

    /// Takes the owners' rule away, for whoever runs the store and has their keys: owners whose office moved.
    pub async fn free_owners(&self) -> Result<(), AppError> {
        let owner = self.owner();
        let rule = RoleRule {
            role: Role::Owner,
            hours: None,
            networks: Vec::new(),
        };
        self.role_rule_set(&owner, None, rule).await?;
        Ok(())
    }
}
