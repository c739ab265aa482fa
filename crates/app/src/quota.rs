//! Quota: moving it, and the statement of what moved.
//!
//! Whatever moves quota is decided against what the batch knows of the template's accounts, as seats are: of many at
//! once each sees what those before it took, on however many servers. What goes to a reseller below, or comes back from
//! one, moves on both templates in one change.

mod statement;

use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::policy::{PolicyRefusal, PolicyRevision};
use latchkey_domain::quota::{MovementKind, Postings, QuotaMovement};
use latchkey_domain::template::{Template, TemplateRefusal, TemplateState};
use latchkey_domain::{LicenseId, QuotaMovementId, TemplateId, Timestamp};
use latchkey_store::{Batch, Need, Needs};

use crate::Refused;
pub use statement::{StatementDocument, TemplateSums};

/// Asks for what a license that is renewed or revoked moves.
pub(crate) fn ask(batch: &Batch, needs: &mut Needs, license: &License) {
    if let Some(id) = license.template_id {
        ask_up(batch, needs, id);
        let template = batch.get::<Template>(id);
        if let (Some(template), Some(by)) = (template, license.reseller_id)
            && template.reseller_id != by
        {
            needs.ask(Need::TemplatesOf(by));
        }
    }
    needs.ask(Need::PolicyRevision(license.policy_revision_id));
}

/// Asks for a template and all that it was granted out of.
pub(crate) fn ask_up(batch: &Batch, needs: &mut Needs, id: TemplateId) {
    let mut next = Some(id);
    while let Some(id) = next {
        needs.ask(Need::Template(id));
        next = batch.get::<Template>(id).and_then(|known| known.parent_id);
    }
}

/// The template that a license is renewed by: the one that it was issued from, or where its reseller was replaced since
/// the new one's of the same policy.
fn renewed_by<'b>(batch: &'b Batch, license: &License) -> Option<&'b Template> {
    let issued = batch.get::<Template>(license.template_id?)?;
    if Some(issued.reseller_id) == license.reseller_id {
        return Some(issued);
    }
    let theirs = batch.all::<Template>().filter(|template| {
        Some(template.reseller_id) == license.reseller_id && template.policy_id == license.policy_id
    });
    theirs.max_by_key(|template| (template.state == TemplateState::Granted, template.id))
}

/// Refuses a renewal that goes beyond what a template allows, where one of a reseller's people asks for it. Answers to when
/// it goes, where that is not left to the policy.
pub(crate) fn may_renew(
    batch: &Batch,
    license: &License,
    to: Option<Timestamp>,
) -> Result<Option<Timestamp>, Refused> {
    let held = batch.actor().is_some_and(|actor| actor.reach.is_held());
    if !held {
        return Ok(to);
    }
    let template = renewed_by(batch, license).ok_or(TemplateRefusal::NotFound)?;
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
    let mut movement = movement(batch, &template, kind, postings);
    movement.license_id = about.map(|license| license.id);
    movement.customer_id = about.map(|license| license.customer_id);
    record_movement(batch, template, movement);
}

/// The same for what goes to a template below, or comes back from it.
pub(crate) fn record_below(
    batch: &mut Batch,
    template: Template,
    kind: MovementKind,
    postings: Postings,
    below: TemplateId,
) {
    let mut movement = movement(batch, &template, kind, postings);
    movement.below_template_id = Some(below);
    record_movement(batch, template, movement);
}

fn movement(
    batch: &Batch,
    template: &Template,
    kind: MovementKind,
    postings: Postings,
) -> QuotaMovement {
    QuotaMovement {
        id: QuotaMovementId::generate(batch.now(), &*batch.random()),
        template_id: template.id,
        reseller_id: template.reseller_id,
        kind,
        postings,
        license_id: None,
        customer_id: None,
        below_template_id: None,
        at: batch.now(),
        version: 0,
        salt: batch.salt(),
    }
}

fn record_movement(batch: &mut Batch, template: Template, movement: QuotaMovement) {
    batch.touch(template);
    let verb = match movement.kind {
        MovementKind::Grant => Verb::QuotaGrant,
        MovementKind::Withdraw => Verb::QuotaWithdraw,
        MovementKind::Delegate => Verb::QuotaDelegate,
        MovementKind::Recall => Verb::QuotaRecall,
        MovementKind::Consume => Verb::QuotaConsume,
        MovementKind::Renew => Verb::QuotaRenew,
        MovementKind::Return => Verb::QuotaReturn,
        MovementKind::Expire => Verb::QuotaExpire,
    };
    batch.record(verb, movement);
}

/// What came back unused on a template goes up to the one that it was granted out of; where that is withdrawn as well,
/// further up.
pub(crate) fn give_up(batch: &mut Batch, id: TemplateId, licenses: i64) {
    if licenses <= 0 {
        return;
    }
    let mut below = id;
    loop {
        let parent = batch
            .get::<Template>(below)
            .and_then(|known| known.parent_id);
        let Some(mut above) = parent.and_then(|id| batch.get::<Template>(id)).cloned() else {
            return;
        };
        let (id, stays) = (above.id, above.state == TemplateState::Granted);
        let postings = above.recall(licenses);
        record_below(batch, above, MovementKind::Recall, postings, below);
        if stays {
            return;
        }
        below = id;
    }
}

/// Moves what follows from something that was done to a license: one that a reseller issued gives its place back when it
/// is revoked, where it was issued, and stands in the statement when it is renewed, whoever does it.
pub(crate) fn follow(batch: &mut Batch, verb: Verb, id: LicenseId) {
    let Some(license) = batch.get::<License>(id).cloned() else {
        return;
    };
    let issued_from = license.template_id.and_then(|id| batch.get::<Template>(id));
    let template = match verb {
        Verb::LicenseRenew => renewed_by(batch, &license).or(issued_from),
        Verb::LicenseRevoke => issued_from,
        _ => None,
    };
    let Some(mut template) = template.cloned() else {
        return;
    };
    let (kind, postings) = if verb == Verb::LicenseRevoke {
        template.take_back(&license, batch.now())
    } else {
        (MovementKind::Renew, Postings::default())
    };
    let id = template.id;
    record(batch, template, kind, postings, Some(&license));
    give_up(batch, id, postings.returned);
}
