//! Kinds of questions that have the same answer, so that it is remembered.

use std::mem::Discriminant;

use latchkey_domain::actor::{Lock, Reach, Role};

use super::Question;
use crate::permission::{About, Circumstances, Operation};

/// All that a decision can depend on where nothing is compared with a lock or a customer.
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

/// What kind of thing it is about.
#[derive(PartialEq, Eq, Hash)]
enum AboutKind {
    License,
    Belonging,
    Person { of_customer: bool },
}

impl Kind {
    pub(super) fn of(question: Question<'_>) -> Option<Self> {
        let Reach {
            vendor,
            scopes,
            lock,
            customer,
        } = &question.actor.reach;
        if (lock.is_some() || customer.is_some()) && question.about.is_some() {
            return None;
        }
        Some(Self {
            operation: question.operation,
            role: question.actor.role,
            scopes: scopes
                .iter()
                .fold(0, |known, scope| known | (1 << (*scope as u32))),
            at_home: *vendor == Some(question.vendor),
            lock: lock.as_ref().map(std::mem::discriminant),
            of_customer: customer.is_some(),
            about: question.about.map(|about| match about {
                About::License(_) => AboutKind::License,
                About::Belonging(_) => AboutKind::Belonging,
                About::Person(customer) => AboutKind::Person {
                    of_customer: customer.is_some(),
                },
            }),
            circumstances: question.circumstances,
        })
    }
}
