//! Withdrawing a template, with all that was granted out of it: nothing more is issued by any of them, and what is unused
//! goes up, level by level.

use latchkey_domain::TemplateId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::quota::{MovementKind, Postings};
use latchkey_domain::reseller::Reseller;
use latchkey_domain::template::{Template, TemplateRefusal, TemplateState};
use latchkey_store::{Batch, Need, Needs};

use super::found;
use crate::act::{Act, Stop};
use crate::permission::within_reach_in;
use crate::{Operation, quota};

/// Withdraws a template: nothing more can be issued, what was issued stays, unused quota comes back.
pub(super) struct Withdraw {
    pub(super) id: TemplateId,
}

impl Act for Withdraw {
    type Value = TemplateId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        quota::ask_up(batch, needs, self.id);
        ask_below(batch, needs, self.id);
        if let Some(template) = batch.get::<Template>(self.id) {
            needs.ask(Need::Reseller(template.reseller_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<TemplateId, Stop<TemplateId>> {
        let template = found(batch, self.id)?;
        let reseller = batch.get::<Reseller>(template.reseller_id);
        let reseller = reseller.ok_or(TemplateRefusal::NotFound)?;
        within_reach_in(batch, Operation::WithdrawTemplate, reseller)
            .map_err(|out| out.or(TemplateRefusal::NotFound))?;
        withdraw(batch, self.id)?;
        Ok(self.id)
    }
}

/// Asks for all templates that hang below one.
pub(crate) fn ask_below(batch: &Batch, needs: &mut Needs, id: TemplateId) {
    needs.ask(Need::TemplatesBelow(id));
    for below in below(batch, id) {
        ask_below(batch, needs, below);
    }
}

/// Those that were granted out of a template and are not withdrawn, oldest first.
fn below(batch: &Batch, id: TemplateId) -> Vec<TemplateId> {
    let mut below: Vec<_> = batch
        .all::<Template>()
        .filter(|known| known.parent_id == Some(id) && known.state == TemplateState::Granted)
        .map(|known| known.id)
        .collect();
    below.sort_unstable();
    below
}

/// What would come back if a template were withdrawn: what is left of it, and of all below.
pub(crate) fn unused(batch: &Batch, id: TemplateId) -> i64 {
    let own = batch
        .get::<Template>(id)
        .map_or(0, |known| known.balance.reseller);
    let theirs = below(batch, id).into_iter().map(|id| unused(batch, id));
    own + theirs.sum::<i64>()
}

/// Withdraws a template, those below it first.
pub(crate) fn withdraw(batch: &mut Batch, id: TemplateId) -> Result<(), TemplateRefusal> {
    found(batch, id)?.in_use()?;
    for below in below(batch, id) {
        withdraw(batch, below)?;
    }
    let mut template = found(batch, id)?;
    let postings = template.withdraw()?;
    batch.record(Verb::TemplateWithdraw, template);
    if postings != Postings::default() {
        let template = found(batch, id)?;
        quota::record(batch, template, MovementKind::Withdraw, postings, None);
        quota::give_up(batch, id, postings.returned);
    }
    Ok(())
}
