//! Actors of every kind.

use latchkey_domain::actor::{Actor, Role, Scope};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{ActorId, CustomerId, ResellerId, Timestamp};

use crate::TestApp;

impl TestApp {
    /// An actor with this role.
    #[must_use]
    pub fn actor(&self, role: Role) -> Actor {
        Actor {
            role,
            name: role.as_str().to_owned(),
            ..self.owner.clone()
        }
    }

    /// Somebody with this role, who is not the owner.
    pub(crate) fn person(&self, role: Role) -> Actor {
        let mut person = self.actor(role);
        person.id = ActorId::generate(Timestamp::from_seconds(1), &SeededRandom::new(role as u64));
        person
    }

    /// One of this customer's people, with this role.
    #[must_use]
    pub fn person_of(&self, customer: CustomerId, role: Role) -> Actor {
        let mut person = self.person(role);
        person.reach.customer = Some(customer);
        person
    }

    /// One actor of each kind that permission tells apart, with a name for the kind.
    #[must_use]
    pub fn callers(&self) -> Vec<(String, Actor)> {
        let people = [Role::Owner, Role::Admin, Role::Support, Role::Auditor];
        let mut callers: Vec<_> = people
            .into_iter()
            .map(|role| (role.as_str().to_owned(), self.actor(role)))
            .collect();
        for scope in Scope::ALL.iter().copied() {
            let mut token = self.actor(Role::Token);
            token.reach.scopes.push(scope);
            callers.push((format!("token:{}", scope.as_str()), token));
        }
        for role in [Role::CustomerAdmin, Role::CustomerViewer] {
            // Of a customer that has nothing.
            let nobodys = CustomerId::generate(Timestamp::from_seconds(1), &SeededRandom::new(8));
            callers.push((role.as_str().to_owned(), self.person_of(nobodys, role)));
        }
        for role in [Role::ResellerManager, Role::ResellerAgent] {
            // Of a reseller that has nothing.
            let nobodys = ResellerId::generate(Timestamp::from_seconds(1), &SeededRandom::new(8));
            let person = self.person_of_reseller(nobodys, role);
            callers.push((role.as_str().to_owned(), person));
        }
        let key = LicenseKey::generate(&SeededRandom::new(7));
        callers.push((
            "key_holder".to_owned(),
            latchkey_app::access_token::key_holder(self.vendor_id(), key),
        ));
        callers.push(("stranger".to_owned(), self.stranger()));
        callers
    }
}
