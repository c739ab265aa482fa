//! What is not let in: answers that were given before, or to other questions; copies; and whoever else tries.

use latchkey_app::ledger::LedgerCheck;
use latchkey_app::passkey::FinishPasskeySignIn;
use latchkey_app::product::CreateProduct;
use latchkey_domain::actor::Role;
use latchkey_domain::ledger::Verb;
use latchkey_domain::passkey::PasskeyState;
use latchkey_testkit::{DatabaseKind, TestApp, TestDevice, for_each_database};

use super::{
    ADA, MINUTE, ORIGIN, added, answered, ask, come, finish, last_verbs, no_passkey, person,
    signed_in,
};
use crate::common::{check_ledger, code};
use crate::user::{PASSWORD, asked};

#[tokio::test]
async fn an_answer_counts_once_and_for_its_own_question_alone() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let (mut device, _) = added(app, &ada, 1).await;
        // A device that does not count: the answer itself is refused, and not its number.
        let begun = ask(app).await;
        let answer = answered(&mut device, &begun);
        let again = || FinishPasskeySignIn {
            session_id: None,
            attempt: answer.attempt.clone(),
            answer: answer.answer.clone(),
            address: None,
            agent: None,
        };
        let earlier = ask(app).await;
        let later = ask(app).await;
        let mixed = FinishPasskeySignIn {
            attempt: Some(later.attempt.sealed.clone()),
            ..again()
        };
        assert_eq!(code(finish(app, mixed).await), "passkey_wrong");
        for kept in [
            None,
            Some("AAAA".into()),
            Some(format!("{}A", later.attempt.sealed)),
        ] {
            let forged = FinishPasskeySignIn {
                attempt: kept,
                ..again()
            };
            assert_eq!(code(finish(app, forged).await), "passkey_attempt_over");
        }
        signed_in(finish(app, again()).await);
        assert_eq!(code(finish(app, again()).await), "passkey_attempt_over");
        let kept = app.passkey_list(&ada, crate::common::PAGE).await.unwrap();
        assert_eq!(
            kept.rows[0].state,
            PasskeyState::Active,
            "who repeats an answer has no copy of the key"
        );
        let given = answered(&mut device, &later);
        signed_in(finish(app, given).await);
        let given = answered(&mut device, &earlier);
        assert_eq!(code(finish(app, given).await), "passkey_attempt_over");
        let late = ask(app).await;
        app.clock.advance_millis(5 * MINUTE);
        let given = answered(&mut device, &late);
        assert_eq!(code(finish(app, given).await), "passkey_attempt_over");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_has_no_passkey_of_ours_is_told_the_same_whatever_is_wrong() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let (device, _) = added(app, &ada, 1).await;
        let mut elsewhere = device.clone();
        elsewhere.origin = "https://evil.example".into();
        assert_eq!(code(come(app, &mut elsewhere).await), "passkey_wrong");
        let mut unverified = device.clone();
        unverified.verifies = false;
        assert_eq!(code(come(app, &mut unverified).await), "passkey_wrong");
        let begun = app.passkey_begin(&ada, None).await.unwrap();
        let (mut unknown, _) = TestDevice::make(7, &begun.options, ORIGIN);
        assert_eq!(code(come(app, &mut unknown).await), "passkey_wrong");
        // Another device's name for a passkey, with one's own signature.
        unknown.id.clone_from(&device.id);
        assert_eq!(code(come(app, &mut unknown).await), "passkey_wrong");
        let begun = ask(app).await;
        let nothing = FinishPasskeySignIn {
            attempt: Some(begun.attempt.sealed.clone()),
            ..no_passkey()
        };
        assert_eq!(code(finish(app, nothing).await), "passkey_wrong");
        // A question for adding one is no question for signing in.
        let begun = app.passkey_begin(&ada, None).await.unwrap();
        let swapped = FinishPasskeySignIn {
            attempt: Some(begun.attempt.sealed.clone()),
            ..no_passkey()
        };
        assert_eq!(code(finish(app, swapped).await), "passkey_attempt_over");
        let mut device = device;
        app.user_deactivate(&app.owner, None, ada.id).await.unwrap();
        assert_eq!(code(come(app, &mut device).await), "passkey_wrong");
        app.user_reactivate(&app.owner, None, ada.id).await.unwrap();
        signed_in(come(app, &mut device).await);
    })
    .await;
}

#[tokio::test]
async fn a_copy_of_a_passkey_is_refused_and_so_is_the_passkey_from_then_on() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let (mut device, id) = added(app, &ada, 1).await;
        let mut copy = device.clone();
        signed_in(come(app, &mut device).await);
        signed_in(come(app, &mut device).await);
        assert_eq!(code(come(app, &mut copy).await), "passkey_suspect");
        assert_eq!(last_verbs(app, 1).await, [Verb::PasskeySuspect]);
        assert_eq!(code(come(app, &mut device).await), "passkey_suspect");
        let kept = app.passkey_get(&ada, id).await.unwrap();
        assert_eq!(kept.state, PasskeyState::Suspect);
        app.passkey_remove(&ada, None, None, id).await.unwrap();
        assert_eq!(code(come(app, &mut device).await), "passkey_wrong");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_guesses_passwords_keeps_nobody_from_their_passkey() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let (mut device, _) = added(app, &ada, 1).await;
        let stranger = app.stranger();
        let guess = async || {
            let wrong = asked(ADA, "no goose at all");
            code(app.sign_in(&stranger, wrong).await)
        };
        while guess().await == "credentials_wrong" {}
        let right = app.sign_in(&stranger, asked(ADA, PASSWORD)).await;
        assert_eq!(code(right), "too_many_tries");
        signed_in(come(app, &mut device).await);
        // From one address there is a limit to wrong passkeys too, and right ones do not count.
        let wrong = async || {
            let given = FinishPasskeySignIn {
                address: Some("192.0.2.7".into()),
                ..no_passkey()
            };
            code(finish(app, given).await)
        };
        for _ in 0..50 {
            assert_eq!(wrong().await, "passkey_attempt_over");
        }
        assert_eq!(wrong().await, "too_many_tries");
        assert_eq!(code(come(app, &mut device).await), "too_many_tries");
        app.clock.advance_millis(MINUTE);
        signed_in(come(app, &mut device).await);
    })
    .await;
}

#[tokio::test]
async fn in_a_lockdown_a_passkey_lets_in_and_no_further_one_is_added() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Admin).await;
        let (mut device, _) = added(app, &ada, 1).await;
        app.vendor_lock_down(&app.owner, None).await.unwrap();
        let refused = app.passkey_begin(&ada, None).await;
        assert_eq!(code(refused.map(drop)), "vendor_locked_down");
        let (in_again, ..) = signed_in(come(app, &mut device).await);
        let command = CreateProduct {
            code: "atlas".parse().unwrap(),
            name: "Atlas".parse().unwrap(),
        };
        let refused = app.product_create(&in_again, None, command).await;
        assert_eq!(code(refused), "vendor_locked_down");
    })
    .await;
}

#[tokio::test]
async fn any_server_of_a_store_takes_an_answer_and_only_one_of_them() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let ada = person(&app, ADA, Role::Support).await;
    let (mut device, _) = added(&app, &ada, 1).await;
    let other = app.another_server().await;
    let begun = ask(&app).await;
    let given = || {
        let mut copy = device.clone();
        answered(&mut copy, &begun)
    };
    signed_in(finish(&other, given()).await);
    assert_eq!(code(finish(&app, given()).await), "passkey_attempt_over");
    device.counter += 1;
    // At once on both: one is first.
    let begun = ask(&app).await;
    let given = || {
        let mut copy = device.clone();
        answered(&mut copy, &begun)
    };
    let (here, there) = tokio::join!(finish(&app, given()), finish(&other, given()));
    let mut codes = [code(here), code(there)];
    codes.sort_unstable();
    assert_eq!(codes, ["ok", "passkey_attempt_over"]);
    other.close().await;
    app.close().await;
}

#[tokio::test]
async fn a_passkey_that_was_put_into_the_database_by_hand_is_noticed() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let bob = person(app, "bob@vendor.example", Role::Support).await;
        added(app, &ada, 1).await;
        added(app, &bob, 2).await;
        let holds = async || {
            let report = app.ledger_verify(&app.owner, LedgerCheck::default()).await;
            report.unwrap().ok
        };
        assert!(holds().await);
        // Bob's passkey is to open Ada's account.
        let statement =
            format!("UPDATE passkey SET user_id = (SELECT id FROM account WHERE email = '{ADA}')");
        app.database().tamper(&statement).await;
        assert!(!holds().await);
    })
    .await;
}
