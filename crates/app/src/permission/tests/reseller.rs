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
            About::Share(other.reseller, None),
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
            About::Share(world.reseller, None),
        ];
        for about in own.map(Some).into_iter().chain([None]) {
            assert!(matches!(asked(&actor, about), Verdict::Yes(_)), "{about:?}");
        }
        actor.reach.reseller = None;
        let nobodys = asked(&actor, None);
        assert!(matches!(nobodys, Verdict::No(_)), "without a reseller");
    }
}

#[test]
fn a_resellers_people_look_after_those_directly_below_and_touch_nothing_else_of_them() {
    let (world, other) = worlds();
    let judge = Judge::new(policies()).unwrap();
    let asked = |role, operation, about| {
        judge.judge(Question {
            actor: &world.person(role),
            operation,
            vendor: world.vendor,
            about: Some(about),
            circumstances: Circumstances::default(),
        })
    };
    let below = About::Share(other.reseller, Some(world.reseller));
    let (manager, agent) = (Role::ResellerManager, Role::ResellerAgent);
    for operation in [
        Operation::GetReseller,
        Operation::GetTemplate,
        Operation::ListStatement,
        Operation::GrantTemplate,
        Operation::ArchiveReseller,
        Operation::InviteFirstManager,
    ] {
        let verdict = asked(manager, operation, below);
        assert!(matches!(verdict, Verdict::Yes(_)), "{}", operation.id());
    }
    assert!(matches!(
        asked(agent, Operation::GetTemplate, below),
        Verdict::Yes(_)
    ));
    assert!(matches!(
        asked(agent, Operation::GrantQuota, below),
        Verdict::No(_)
    ));
    // Not their customers, their people, their licenses, nor issuing for them.
    for (operation, about) in [
        (Operation::IssueFromTemplate, below),
        (
            Operation::ListUsers,
            About::Person(Whose::Reseller(other.reseller)),
        ),
        (Operation::GetLicense, other.facts()),
        (
            Operation::GetCustomer,
            About::Belonging(other.customer, Some(other.reseller)),
        ),
    ] {
        let verdict = asked(manager, operation, about);
        assert_eq!(
            verdict,
            Verdict::No(["own_reseller".to_owned()].into()),
            "{}",
            operation.id()
        );
    }
    // And of their own reseller they are not the ones who grant.
    let own = About::Share(world.reseller, None);
    for operation in [
        Operation::GrantQuota,
        Operation::WithdrawTemplate,
        Operation::RenameReseller,
        Operation::UnarchiveReseller,
        Operation::InviteFirstManager,
    ] {
        let verdict = asked(manager, operation, own);
        assert_eq!(
            verdict,
            Verdict::No(["below_own".to_owned()].into()),
            "{}",
            operation.id()
        );
    }
}
