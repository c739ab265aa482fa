//! Kinds of questions that have the same answer, so that it is remembered.

use std::mem::Discriminant;

use latchkey_domain::CustomerId;
use latchkey_domain::actor::{Lock, Reach, Role};

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
    about: Option<AboutKind>,
    circumstances: Circumstances,
}

/// What kind of thing it is about, and how that stands to whoever asks.
#[derive(PartialEq, Eq, Hash)]
enum AboutKind {
    License { named: bool, own: bool },
    Belonging { own: bool },
    Person { of_customer: bool, own: bool },
}

impl AboutKind {
    fn of(about: About<'_>, lock: Option<&Lock>, customer: Option<CustomerId>) -> Self {
        let own = |whose: Option<CustomerId>| customer.is_none() || customer == whose;
        match about {
            About::License(license) => Self::License {
                named: names(lock, license),
                own: own(Some(license.customer)),
            },
            About::Belonging(whose) => Self::Belonging {
                own: own(Some(whose)),
            },
            About::Person(whose) => Self::Person {
                of_customer: whose.is_some(),
                own: own(whose),
            },
        }
    }
}

impl Kind {
    pub(super) fn of(question: Question<'_>) -> Self {
        let Reach {
            vendor,
            scopes,
            lock,
            customer,
            address: _,
        } = &question.actor.reach;
        Self {
            operation: question.operation,
            role: question.actor.role,
            scopes: scopes
                .iter()
                .fold(0, |known, scope| known | (1 << (*scope as u32))),
            at_home: *vendor == Some(question.vendor),
            lock: lock.as_ref().map(std::mem::discriminant),
            of_customer: customer.is_some(),
            about: question
                .about
                .map(|about| AboutKind::of(about, lock.as_ref(), *customer)),
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
