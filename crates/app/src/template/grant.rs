//! Granting a template and its quota: by the vendor, or out of a template of the reseller above.

use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::TEMPLATES_PER_RESELLER_MAX;
use latchkey_domain::policy::{Policy, PolicyRefusal, PolicyRevision};
use latchkey_domain::quota::{MovementKind, Postings};
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::template::{Bounds, Narrowing, Template, TemplateRefusal, TemplateState};
use latchkey_domain::text::Name;
use latchkey_domain::{PolicyId, ResellerId, TemplateId};
use latchkey_store::{Batch, Need, Needs};

use super::found;
use crate::act::{Act, Stop};
use crate::permission::within_reach_in;
use crate::reseller::line;
use crate::{Operation, Refused, quota};

/// A template to be granted.
#[derive(Debug, Clone)]
pub struct GrantTemplate {
    /// To this reseller.
    pub reseller_id: ResellerId,
    /// This policy is offered.
    pub policy_id: PolicyId,
    /// How it is narrower than the policy, or than the template of the reseller above. The vendor may allow more seats
    /// than the policy says.
    pub narrowing: Narrowing,
    /// How many licenses may be issued.
    pub licenses: u32,
}

impl GrantTemplate {
    /// What a license from it may have at most: no more than the reseller above can give.
    fn bounds(
        &self,
        above: Option<&Template>,
        revision: &PolicyRevision,
    ) -> Result<Bounds, TemplateRefusal> {
        let rules = &revision.rules;
        match above {
            Some(above) => above.bounds.narrowed(&self.narrowing, rules),
            None => {
                let seats_max = self.narrowing.seats_max.unwrap_or(rules.seats_max);
                Bounds::offered(seats_max)?.narrowed(&self.narrowing, rules)
            }
        }
    }
}

impl Act for GrantTemplate {
    type Value = TemplateId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        line::ask(batch, needs, self.reseller_id);
        needs.ask(Need::TemplatesOf(self.reseller_id));
        let reseller = batch.get::<Reseller>(self.reseller_id);
        if let Some(above) = reseller.and_then(|reseller| reseller.parent_id) {
            needs.ask(Need::TemplatesOf(above));
        }
        needs.ask(Need::Policy(self.policy_id));
        if let Some(policy) = batch.get::<Policy>(self.policy_id) {
            needs.ask(Need::PolicyRevision(policy.revision_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<TemplateId, Stop<TemplateId>> {
        let reseller = batch.get::<Reseller>(self.reseller_id);
        let reseller = reseller.ok_or(ResellerRefusal::NotFound)?;
        within_reach_in(batch, Operation::GrantTemplate, reseller)
            .map_err(|out| out.or(ResellerRefusal::NotFound))?;
        line::in_use(batch, self.reseller_id)?;
        let above = match reseller.parent_id {
            None => None,
            Some(above) => {
                let theirs = granted_to(batch, above, self.policy_id);
                Some(theirs.ok_or(TemplateRefusal::NotAbove)?)
            }
        };
        let policy = batch.get::<Policy>(self.policy_id);
        let policy = policy.ok_or(PolicyRefusal::NotFound)?;
        policy.in_use()?;
        let revision = batch
            .get::<PolicyRevision>(policy.revision_id)
            .ok_or(PolicyRefusal::NotFound)?;
        let bounds = self.bounds(above, revision)?;
        if let Some(known) = granted_to(batch, self.reseller_id, policy.id) {
            let name = known.name.to_string();
            return Err(TemplateRefusal::Granted { name }.into());
        }
        let of = (policy.id, policy.name.clone());
        let parent_id = above.map(|above| above.id);
        let id = record_granted(batch, self.reseller_id, of, bounds, parent_id)?;
        supply(batch, id, self.licenses)?;
        Ok(id)
    }
}

/// The template of a policy that a reseller can issue from, as far as the batch knows its templates.
pub(crate) fn granted_to(
    batch: &Batch,
    reseller_id: ResellerId,
    policy_id: PolicyId,
) -> Option<&Template> {
    batch.all::<Template>().find(|known| {
        known.reseller_id == reseller_id
            && known.policy_id == policy_id
            && known.state == TemplateState::Granted
    })
}

/// Records a template with nothing in its accounts. Whether the reseller has the policy already is checked by the caller.
pub(crate) fn record_granted(
    batch: &mut Batch,
    reseller_id: ResellerId,
    (policy_id, name): (PolicyId, Name),
    bounds: Bounds,
    parent_id: Option<TemplateId>,
) -> Result<TemplateId, TemplateRefusal> {
    let theirs = batch.all::<Template>();
    let theirs = theirs.filter(|known| known.reseller_id == reseller_id);
    if theirs.count() >= TEMPLATES_PER_RESELLER_MAX {
        return Err(TemplateRefusal::TooMany);
    }
    let id = TemplateId::generate(batch.now(), &*batch.random());
    let template = Template {
        id,
        reseller_id,
        policy_id,
        name,
        bounds,
        parent_id,
        state: TemplateState::Granted,
        created_at: batch.now(),
        version: 0,
        salt: batch.salt(),
        balance: Postings::default(),
    };
    batch.record(Verb::TemplateGrant, template);
    Ok(id)
}

/// Moves quota to a template: from the vendor, or from the template that it was granted out of.
pub(crate) fn supply(batch: &mut Batch, id: TemplateId, licenses: u32) -> Result<(), Refused> {
    let mut template = found(batch, id)?;
    let postings = template.grant(licenses)?;
    if let Some(above) = template.parent_id {
        let mut above = found(batch, above)?;
        above.in_use()?;
        let moved = above.delegate(licenses)?;
        quota::record_below(batch, above, MovementKind::Delegate, moved, id);
    }
    quota::record(batch, template, MovementKind::Grant, postings, None);
    Ok(())
}

/// Grants more quota of a template.
pub(super) struct GrantQuota {
    pub(super) id: TemplateId,
    pub(super) licenses: u32,
}

impl Act for GrantQuota {
    type Value = TemplateId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        quota::ask_up(batch, needs, self.id);
        if let Some(template) = batch.get::<Template>(self.id) {
            line::ask(batch, needs, template.reseller_id);
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<TemplateId, Stop<TemplateId>> {
        let template = found(batch, self.id)?;
        let reseller = batch.get::<Reseller>(template.reseller_id);
        let reseller = reseller.ok_or(TemplateRefusal::NotFound)?;
        within_reach_in(batch, Operation::GrantQuota, reseller)
            .map_err(|out| out.or(TemplateRefusal::NotFound))?;
        template.in_use()?;
        line::in_use(batch, template.reseller_id)?;
        supply(batch, self.id, self.licenses)?;
        Ok(self.id)
    }
}
