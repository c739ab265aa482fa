//! What is remembered of a decision holds for whatever it is remembered for.

use super::*;

#[test]
fn only_the_conditions_that_compare_look_at_what_it_is_about() {
    // With a lock, with a customer, or with a reseller. Or what is remembered of one license would not hold for the next.
    for policy in policies().policies() {
        let text = policy.to_cedar().unwrap();
        let looks = text.contains("resource.") || text.contains("resource has");
        let compares = [
            &LOCKS[..],
            &["own_customer", "own_reseller", "own_people", "below_own"],
        ]
        .concat();
        assert!(!looks || compares.contains(&policy.id().as_ref()), "{text}");
    }
}

#[test]
fn what_is_remembered_of_one_holds_for_another() {
    let judge = Judge::new(policies()).unwrap();
    for seed in 0..20 {
        let worlds = (World::new(seed), World::new(seed + 100));
        let callers = worlds.0.callers();
        for question in questions(
            &worlds,
            &callers,
            &[
                Operation::ValidateLicense,
                Operation::GetLicense,
                Operation::InviteUser,
                Operation::IssueFromTemplate,
                Operation::GetTemplate,
                Operation::GrantTemplate,
                Operation::InviteFirstManager,
            ],
        ) {
            assert_eq!(judge.judge(question), judge.decide(question));
        }
    }
}

#[test]
fn what_is_remembered_is_what_would_be_decided_again() {
    let (judge, worlds) = (Judge::new(policies()).unwrap(), worlds());
    let callers = worlds.0.callers();
    for question in questions(&worlds, &callers, &one_of_each_grade()) {
        let anew = judge.decide(question);
        for _ in 0..2 {
            assert_eq!(judge.judge(question), anew, "{}", question.operation.id());
        }
    }
}
