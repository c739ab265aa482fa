//! That the policies are sound: they fit the schema, each of them matters, and what cannot be decided is a no.

mod customer;
mod remembered;
mod reseller;

use std::collections::BTreeSet;

use cedar_policy::{
    Effect, Entities, EntityUid, PolicyId, PolicySet, Request, Schema, ValidationMode, Validator,
};
use latchkey_domain::actor::{Actor, Lock, Reach, Role, Scope};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::user::Whose;
use latchkey_domain::{ActorId, CustomerId, LicenseId, ProductId, ResellerId, Timestamp, VendorId};

use super::judge::{Judge, POLICIES, Question, Verdict, read};
use super::{About, Circumstances, LOCKS, LicenseFacts, Operation};

const SCHEMA: &str = include_str!("../../policy/latchkey.cedarschema");

/// The schema with the operations, each an action in the group of its grade.
fn schema() -> Schema {
    let mut text = SCHEMA.to_owned();
    for operation in Operation::ALL {
        text.push_str(&format!(
            "action \"{}\" in [\"{}\"] appliesTo {{\n  principal: [User, AccessToken, KeyHolder, Stranger],\n  \
             resource: [Vendor, License, Belonging, Person, Share],\n  context: Circumstances,\n}};\n",
            operation.id(),
            operation.grade().id(),
        ));
    }
    let (schema, warnings) = Schema::from_cedarschema_str(&text).unwrap();
    assert_eq!(warnings.count(), 0);
    schema
}

/// A vendor, and one of its licenses, of one of its customers.
struct World {
    vendor: VendorId,
    customer: CustomerId,
    reseller: ResellerId,
    license: LicenseId,
    product: ProductId,
    key: LicenseKey,
}

impl World {
    fn new(seed: u64) -> Self {
        let (now, random) = (Timestamp::from_seconds(1), SeededRandom::new(seed));
        Self {
            vendor: VendorId::generate(now, &random),
            customer: CustomerId::generate(now, &random),
            reseller: ResellerId::generate(now, &random),
            license: LicenseId::generate(now, &random),
            product: ProductId::generate(now, &random),
            key: LicenseKey::generate(&random),
        }
    }

    fn facts(&self) -> About<'_> {
        About::License(LicenseFacts {
            id: self.license,
            product: self.product,
            customer: self.customer,
            reseller: Some(self.reseller),
            key: &self.key,
        })
    }

    fn actor(&self, role: Role, scopes: &[Scope], lock: Option<Lock>) -> Actor {
        Actor {
            id: ActorId::generate(Timestamp::from_seconds(2), &SeededRandom::new(9)),
            name: "Somebody".into(),
            role,
            reach: Reach {
                vendor: Some(self.vendor),
                scopes: scopes.to_vec(),
                lock,
                customer: None,
                reseller: None,
                address: None,
                viewing: None,
            },
            proved_at: None,
        }
    }

    fn person(&self, role: Role) -> Actor {
        let mut person = self.actor(role, &[], None);
        if role.is_of_customer() {
            person.reach.customer = Some(self.customer);
        } else {
            person.reach.reseller = Some(self.reseller);
        }
        person
    }

    /// Callers of every kind: each role, also of a customer or a reseller, each scope, each lock that this world's license is within.
    fn callers(&self) -> Vec<Actor> {
        let mut callers: Vec<_> = Role::ALL
            .iter()
            .map(|role| {
                let lock = (*role == Role::KeyHolder).then(|| Lock::Key(self.key.clone()));
                self.actor(*role, &[], lock)
            })
            .collect();
        for scope in Scope::ALL {
            let locks = [Lock::Product(self.product), Lock::License(self.license)];
            let locks = locks.into_iter().filter(|_| scope.for_apps()).map(Some);
            for lock in std::iter::once(None).chain(locks) {
                callers.push(self.actor(Role::Token, &[*scope], lock));
            }
        }
        callers.push(self.actor(Role::Token, &[Scope::Validate, Scope::Read], None));
        let held = Role::ALL
            .iter()
            .filter(|role| role.is_of_customer() || role.is_of_reseller());
        callers.extend(held.map(|role| self.person(*role)));
        callers
    }
}

/// One operation of each grade: the policies do not tell apart those of the same.
fn one_of_each_grade() -> Vec<Operation> {
    let mut known = BTreeSet::new();
    let all = Operation::ALL.iter().copied();
    all.filter(|operation| known.insert(operation.grade().id()))
        .collect()
}

/// What can be asked: of the vendor, of licenses within and outside of a lock, and in each circumstance.
fn questions<'a>(
    (world, other): &'a (World, World),
    callers: &'a [Actor],
    operations: &'a [Operation],
) -> impl Iterator<Item = Question<'a>> {
    let open = Circumstances::default();
    let locked_down = Circumstances {
        locked_down: true,
        ..open
    };
    let alone = Circumstances {
        takes_two: true,
        ..open
    };
    let approved = Circumstances {
        approved: true,
        ..alone
    };
    let at_night = Circumstances {
        within_hours: false,
        ..open
    };
    let elsewhere = Circumstances {
        within_network: false,
        ..open
    };
    let viewing = Circumstances {
        viewing: true,
        ..open
    };
    let about = [
        (world.vendor, None, open),
        (world.vendor, Some(world.facts()), open),
        (world.vendor, Some(other.facts()), open),
        (other.vendor, None, open),
        (world.vendor, None, locked_down),
        (world.vendor, None, alone),
        (world.vendor, None, approved),
        (world.vendor, None, at_night),
        (world.vendor, None, elsewhere),
        (world.vendor, None, viewing),
    ];
    let things = [world, other].into_iter().flat_map(|of| {
        [
            About::Belonging(of.customer, None),
            About::Belonging(of.customer, Some(of.reseller)),
            About::Person(Whose::Customer(of.customer)),
            About::Person(Whose::Reseller(of.reseller)),
            About::Share(of.reseller, None),
            About::Share(of.reseller, Some(world.reseller)),
        ]
    });
    let things = things.chain([About::Person(Whose::Vendor)]);
    let things = things.map(|thing| (world.vendor, Some(thing), open));
    let about: Vec<_> = about.into_iter().chain(things).collect();
    callers.iter().flat_map(move |actor| {
        let about = about.clone();
        operations.iter().flat_map(move |operation| {
            about
                .clone()
                .into_iter()
                .map(move |(vendor, about, circumstances)| Question {
                    actor,
                    operation: *operation,
                    vendor,
                    about,
                    circumstances,
                })
        })
    })
}

fn worlds() -> (World, World) {
    (World::new(1), World::new(2))
}

fn policies() -> PolicySet {
    read(&POLICIES).unwrap()
}

#[test]
fn every_policy_file_fits_the_schema_strictly() {
    let validator = Validator::new(schema());
    for file in POLICIES {
        let result = validator.validate(&read(&[file]).unwrap(), ValidationMode::Strict);
        let found: Vec<_> = result
            .validation_errors()
            .map(ToString::to_string)
            .chain(result.validation_warnings().map(ToString::to_string))
            .collect();
        assert_eq!(found, [""; 0]);
    }
}

#[test]
fn every_policy_says_what_it_is_called_and_why_it_is_there() {
    for policy in policies().policies() {
        let why = policy.annotation("why").unwrap_or_default();
        assert!(why.ends_with('.') && why.len() > 20, "{}", policy.id());
        assert_eq!(policy.annotation("id"), Some(policy.id().as_ref()));
    }
}

#[test]
fn no_policy_names_a_single_person_or_record() {
    // Or a decision could not be remembered for all of a kind.
    let kinds: BTreeSet<String> = policies()
        .policies()
        .flat_map(|policy| policy.entity_literals())
        .map(|uid: EntityUid| uid.type_name().to_string())
        .collect();
    assert_eq!(Vec::from_iter(kinds), ["Action", "Role", "Scope"]);
}

#[test]
fn what_is_asked_fits_the_schema() {
    let (schema, judge, worlds) = (schema(), Judge::new(policies()).unwrap(), worlds());
    let fits = |question: Question<'_>| {
        let asked = judge.ask(question).unwrap();
        let (who, what, which) = (
            asked.principal.uid(),
            asked.action.uid(),
            asked.resource.uid(),
        );
        Request::new(who, what, which, asked.context, Some(&schema)).unwrap();
        let entities = [asked.principal, asked.action, asked.resource];
        Entities::from_entities(entities, Some(&schema)).unwrap();
    };
    let callers = worlds.0.callers();
    questions(&worlds, &callers, &one_of_each_grade()).for_each(fits);
    questions(&worlds, &callers[..1], Operation::ALL).for_each(fits);
}

#[test]
fn a_license_is_within_the_lock_that_names_it_and_within_no_other() {
    let (world, other) = worlds();
    let judge = Judge::new(policies()).unwrap();
    let locks = [
        (Role::Token, Lock::Product(world.product), "lock_to_product"),
        (Role::Token, Lock::License(world.license), "lock_to_license"),
        (Role::KeyHolder, Lock::Key(world.key.clone()), "lock_to_key"),
    ];
    for (role, lock, condition) in locks {
        let actor = world.actor(role, &[Scope::Validate], Some(lock));
        let of = |world: &World| {
            judge.judge(Question {
                actor: &actor,
                operation: Operation::ValidateLicense,
                vendor: actor.reach.vendor.unwrap(),
                about: Some(world.facts()),
                circumstances: Circumstances::default(),
            })
        };
        assert!(matches!(of(&world), Verdict::Yes(_)), "{condition}");
        assert_eq!(of(&other), Verdict::No([condition.to_owned()].into()));
    }
}

#[test]
fn without_any_one_policy_something_changes() {
    let (whole, worlds) = (Judge::new(policies()).unwrap(), worlds());
    let (callers, operations) = (worlds.0.callers(), one_of_each_grade());
    for policy in policies().policies() {
        let mut less = policies();
        less.remove_static(policy.id().clone()).unwrap();
        let less = Judge::new(less).unwrap();
        let mut asked = questions(&worlds, &callers, &operations);
        let matters = asked.any(|question| {
            let (with, without) = (whole.judge(question), less.judge(question));
            match policy.effect() {
                Effect::Forbid => matches!((with, without), (Verdict::No(_), Verdict::Yes(_))),
                Effect::Permit => matches!((with, without), (Verdict::Yes(_), Verdict::No(_))),
            }
        });
        assert!(matters, "{} is dead", policy.id());
    }
}

#[test]
fn what_cannot_be_evaluated_is_a_no() {
    let world = World::new(1);
    let owner = world.actor(Role::Owner, &[], None);
    let question = Question {
        actor: &owner,
        operation: Operation::GetMe,
        vendor: world.vendor,
        about: None,
        circumstances: Circumstances::default(),
    };
    let mut broken = policies();
    let condition =
        "@id(\"broken\") forbid (principal, action, resource) when { resource.name == 1 };";
    let condition = read(&[condition]).unwrap();
    assert!(matches!(
        Judge::new(broken.clone()).unwrap().judge(question),
        Verdict::Yes(_)
    ));
    let condition = condition.policy(&PolicyId::new("broken")).unwrap();
    broken.add(condition.clone()).unwrap();
    let verdict = Judge::new(broken).unwrap().judge(question);
    assert_eq!(verdict, Verdict::No(std::sync::Arc::default()));
}

#[test]
fn policies_that_cannot_be_read_are_no_policies() {
    for text in [
        "permit",
        "permit (principal, action, resource);",
        "@id(\"a\") permit (principal == ?principal, action, resource);",
        "@id(\"a\") permit (principal, action, resource); @id(\"a\") permit (principal, action, resource);",
    ] {
        assert!(read(&[text]).is_err(), "{text}");
    }
}
