//! A reseller and those that it stands below, up to the one that the vendor deals with.

use latchkey_domain::ResellerId;
use latchkey_domain::limits::{RESELLER_LEVELS_MAX, RESELLERS_BELOW_MAX};
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_store::{Batch, Need, Needs};

/// Asks for a reseller and all above it.
pub(crate) fn ask(batch: &Batch, needs: &mut Needs, id: ResellerId) {
    let mut next = Some(id);
    while let Some(id) = next {
        needs.ask(Need::Reseller(id));
        next = batch.get::<Reseller>(id).and_then(|known| known.parent_id);
    }
}

/// Those above a reseller, the nearest first.
fn above<'b>(batch: &'b Batch, reseller: &'b Reseller) -> impl Iterator<Item = &'b Reseller> {
    let parent = |of: &Reseller| batch.get::<Reseller>(of.parent_id?);
    std::iter::successors(parent(reseller), move |of| parent(of))
}

/// Refuses unless a reseller may issue, and none that it stands below is archived.
pub(crate) fn in_use(batch: &Batch, id: ResellerId) -> Result<(), ResellerRefusal> {
    let reseller = batch.get::<Reseller>(id);
    let reseller = reseller.ok_or(ResellerRefusal::NotFound)?;
    reseller.in_use()?;
    let mut above = above(batch, reseller);
    if above.any(|above| above.in_use().is_err()) {
        let name = reseller.name.to_string();
        return Err(ResellerRefusal::AboveArchived { name });
    }
    Ok(())
}

/// Refuses unless one more can stand directly below a reseller.
pub(crate) fn room_below(batch: &Batch, id: ResellerId) -> Result<(), ResellerRefusal> {
    let reseller = batch.get::<Reseller>(id);
    let reseller = reseller.ok_or(ResellerRefusal::NotFound)?;
    // Its own level and those above.
    if 1 + above(batch, reseller).count() >= RESELLER_LEVELS_MAX {
        let name = reseller.name.to_string();
        return Err(ResellerRefusal::TooDeep { name });
    }
    let below = batch.all::<Reseller>();
    let below = below.filter(|known| known.parent_id == Some(id));
    if below.count() >= RESELLERS_BELOW_MAX {
        return Err(ResellerRefusal::TooManyBelow);
    }
    Ok(())
}
