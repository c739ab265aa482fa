//! Kinds of questions that have the same answer, so that it is remembered.

use std::mem::Discriminant;

use latchkey_domain::actor::{Lock, Reach, Role};
use latchkey_domain::user::Whose;
use latchkey_domain::{CustomerId, ResellerId};

use super::Question;
use crate::permission::{About, Circumstances, LicenseFacts, Operation};

/// All that a decision can depend on.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Kind {
    operation: Operation,
    role: Role,
    scopes: u32,
    at_home: bool,
    lock: Option<Discriminant<Lock>>,
    of_customer: bool,
    of_reseller: bool,
    about: Option<AboutKind>,
    circumstances: Circumstances,
}

/// What kind of thing it is about, and how that stands to whoever asks.
#[derive(PartialEq, Eq, Hash)]
enum AboutKind {
    License { named: bool, own: Own },
    Belonging { own: Own },
    Person { of: Discriminant<Whose>, own: Own },
    Share { own: Own, below: bool },
}

/// Whether something is of the customer and of the reseller whose person asks; true for who is of none.
#[derive(PartialEq, Eq, Hash)]
struct Own {
    customer: bool,
    reseller: bool,
}

impl AboutKind {
    fn of(about: About<'_>, reach: &Reach) -> Self {
        let own = |customer: Option<CustomerId>, reseller: Option<ResellerId>| Own {
            customer: reach.customer.is_none() || reach.customer == customer,
            reseller: reach.reseller.is_none() || reach.reseller == reseller,
        };
        match about {
            About::License(license) => Self::License {
                named: names(reach.lock.as_ref(), license),
                own: own(Some(license.customer), license.reseller),
            },
            About::Belonging(customer, reseller) => Self::Belonging {
                own: own(Some(customer), reseller),
            },
            About::Person(whose) => Self::Person {
                of: std::mem::discriminant(&whose),
                own: match whose {
                    Whose::Vendor => own(None, None),
                    Whose::Customer(id) => own(Some(id), None),
                    Whose::Reseller(id) => own(None, Some(id)),
                },
            },
            About::Share(reseller, above) => Self::Share {
                own: own(None, Some(reseller)),
                below: above.is_some() && above == reach.reseller,
            },
        }
    }
}

impl Kind {
    pub(super) fn of(question: Question<'_>) -> Self {
        let reach = &question.actor.reach;
        Self {
            operation: question.operation,
            role: question.actor.role,
            scopes: reach
                .scopes
                .iter()
                .fold(0, |known, scope| known | (1 << (*scope as u32))),
            at_home: reach.vendor == Some(question.vendor),
            lock: reach.lock.as_ref().map(std::mem::discriminant),
            of_customer: reach.customer.is_some(),
            of_reseller: reach.reseller.is_some(),
            about: question.about.map(|about| AboutKind::of(about, reach)),
            circumstances: question.circumstances,
        }
    }
}

/// Whether a lock names this license: all that the policies in [`LOCKS`](crate::permission::LOCKS) ask.
fn names(lock: Option<&Lock>, license: LicenseFacts<'_>) -> bool {
    match lock {
        None => true,
        Some(Lock::Product(id)) => *id == license.product,
        Some(Lock::License(id)) => *id == license.id,
        Some(Lock::Key(key)) => key == license.key,
    }
}
