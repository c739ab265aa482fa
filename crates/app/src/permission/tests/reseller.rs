//! How far a reseller's people reach.

use super::*;

#[test]
fn a_resellers_people_reach_what_their_reseller_has_and_nothing_else() {
    let (world, other) = worlds();
    let judge = Judge::new(policies()).unwrap();
    for (role, operation) in [
        (Role::ResellerAgent, Operation::GetLicense),
        (Role::ResellerAgent, Operation::IssueFromTemplate),
        (Role::ResellerManager, Operation::RevokeLicense),
        (Role::ResellerManager, Operation::InviteUser),
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
            About::Belonging(other.customer, Some(other.reseller)),
            About::Belonging(world.customer, None),
            About::Person(Whose::Reseller(other.reseller)),
            About::Person(Whose::Customer(world.customer)),
            About::Person(Whose::Vendor),
            About::Share(other.reseller),
        ];
        for about in foreign {
            let Verdict::No(against) = asked(&actor, Some(about)) else {
                panic!("{} touches {about:?}", role.as_str());
            };
            assert!(against.iter().any(|id| id == "own_reseller"), "{about:?}");
        }
        let own = [
            world.facts(),
            About::Belonging(world.customer, Some(world.reseller)),
            About::Person(Whose::Reseller(world.reseller)),
            About::Share(world.reseller),
        ];
        for about in own.map(Some).into_iter().chain([None]) {
            assert!(matches!(asked(&actor, about), Verdict::Yes(_)), "{about:?}");
        }
        actor.reach.reseller = None;
        let nobodys = asked(&actor, None);
        assert!(matches!(nobodys, Verdict::No(_)), "without a reseller");
    }
}
