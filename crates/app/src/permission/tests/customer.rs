//! How far a customer's people reach.

use super::*;

#[test]
fn a_customers_people_reach_what_their_customer_has_and_nothing_else() {
    let (world, other) = worlds();
    let judge = Judge::new(policies()).unwrap();
    for (role, operation) in [
        (Role::CustomerViewer, Operation::GetLicense),
        (Role::CustomerAdmin, Operation::GetLicense),
        (Role::CustomerAdmin, Operation::DeactivateActivation),
        (Role::CustomerAdmin, Operation::InviteUser),
    ] {
        let mut actor = world.person(role);
        let asked = |actor: &Actor, about| {
            judge.judge(Question {
                actor,
                operation,
                vendor: world.vendor,
                about,
                circumstances: Circumstances::default(),
            })
        };
        let foreign = [
            other.facts(),
            About::Belonging(other.customer, None),
            About::Person(Whose::Customer(other.customer)),
            About::Person(Whose::Vendor),
            About::Share(world.reseller, None),
        ];
        for about in foreign {
            let Verdict::No(against) = asked(&actor, Some(about)) else {
                panic!("{} touches {about:?}", role.as_str());
            };
            assert!(against.iter().any(|id| id == "own_customer"), "{about:?}");
        }
        let own = [
            world.facts(),
            About::Belonging(world.customer, None),
            About::Person(Whose::Customer(world.customer)),
        ];
        for about in own.map(Some).into_iter().chain([None]) {
            assert!(matches!(asked(&actor, about), Verdict::Yes(_)), "{about:?}");
        }
        actor.reach.customer = None;
        let nobodys = asked(&actor, None);
        assert!(matches!(nobodys, Verdict::No(_)), "without a customer");
    }
}
