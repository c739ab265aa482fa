//! Whose people somebody may invite and change.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::user::{User, UserRefusal, Whose};
use latchkey_store::Batch;

use crate::permission::{About, within_reach_in};
use crate::{Operation, Refused};

/// Refuses unless whoever does the present work may make somebody a person of these, who are in use.
pub(super) fn side(batch: &Batch, whose: Whose) -> Result<(), Refused> {
    let reached = within_reach_in(batch, Operation::CreateUser, About::Person(whose));
    match whose {
        Whose::Vendor => reached.map_err(|out| out.or(UserRefusal::NotFound)),
        Whose::Customer(id) => {
            reached.map_err(|out| out.or(CustomerRefusal::NotFound))?;
            let customer = batch.get::<Customer>(id);
            Ok(customer.ok_or(CustomerRefusal::NotFound)?.in_use()?)
        }
        Whose::Reseller(id) => {
            reached.map_err(|out| out.or(ResellerRefusal::NotFound))?;
            let reseller = batch.get::<Reseller>(id);
            Ok(reseller.ok_or(ResellerRefusal::NotFound)?.in_use()?)
        }
    }
}

/// Whose people an actor asks about: where they say the vendor's own, a customer's and a reseller's people mean theirs.
pub(super) fn meant(actor: &Actor, whose: Whose) -> Whose {
    match (whose, actor.reach.customer, actor.reach.reseller) {
        (Whose::Vendor, Some(own), _) => Whose::Customer(own),
        (Whose::Vendor, None, Some(own)) => Whose::Reseller(own),
        _ => whose,
    }
}

/// Refuses unless whoever does the present work may do it to this user.
pub(super) fn reach(batch: &Batch, operation: Operation, user: &User) -> Result<(), Refused> {
    within_reach_in(batch, operation, About::Person(user.whose()))
        .map_err(|out| out.or(UserRefusal::NotFound))
}
