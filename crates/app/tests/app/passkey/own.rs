//! One's own passkeys: added, named, removed; and taken away by an owner.

use latchkey_domain::actor::Role;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::PASSKEYS_MAX;
use latchkey_testkit::{TestDevice, for_each_database};
use serde_json::json;

use super::{ADA, MINUTE, ORIGIN, added, come, last_verbs, person, signed_in};
use crate::common::{PAGE, check_ledger, code, once};
use crate::user::role_of;

#[tokio::test]
async fn what_was_made_is_added_once_by_who_began_it() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let bob = person(app, "bob@vendor.example", Role::Support).await;
        let begun = app.passkey_begin(&ada, None).await.unwrap();
        let asked = &begun.options["publicKey"];
        assert_eq!(asked["user"]["name"], ADA);
        assert_eq!(asked["rp"]["id"], "licenses.vendor.example");
        let choice = &asked["authenticatorSelection"];
        assert_eq!(choice["residentKey"], "required");
        assert_eq!(choice["userVerification"], "required");
        let (device, answer) = TestDevice::make(1, &begun.options, ORIGIN);
        let kept = begun.attempt.sealed.as_str();
        let create = async |actor, kept, answer| {
            let name = "Laptop".parse().unwrap();
            code(app.passkey_create(actor, None, kept, name, answer).await)
        };
        let over = "passkey_attempt_over";
        assert_eq!(create(&bob, Some(kept), &answer).await, over, "not his");
        assert_eq!(create(&ada, None, &answer).await, over);
        let nothing = json!({});
        let found = create(&ada, Some(kept), &nothing).await;
        assert_eq!(found, "passkey_not_believed");
        let mut unverified = device.clone();
        unverified.verifies = false;
        let weak = unverified.made(&begun.options);
        let found = create(&ada, Some(kept), &weak).await;
        assert_eq!(found, "passkey_not_believed");
        let mut elsewhere = device;
        elsewhere.origin = "https://evil.example".into();
        let forged = elsewhere.made(&begun.options);
        let found = create(&ada, Some(kept), &forged).await;
        assert_eq!(found, "passkey_not_believed");
        assert_eq!(create(&ada, Some(kept), &answer).await, "ok");
        assert_eq!(create(&ada, Some(kept), &answer).await, "passkey_known");
        let mine = app.passkey_list(&ada, PAGE).await.unwrap().rows;
        app.passkey_remove(&ada, None, None, mine[0].id)
            .await
            .unwrap();
        let again = create(&ada, Some(kept), &answer).await;
        assert_eq!(again, "passkey_known", "what was removed stays removed");
        let later = app.passkey_begin(&ada, None).await.unwrap();
        let (_, answer) = TestDevice::make(2, &later.options, ORIGIN);
        app.clock.advance_millis(5 * MINUTE);
        let kept = later.attempt.sealed.as_str();
        assert_eq!(create(&ada, Some(kept), &answer).await, over);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_passkey_is_named_and_removed_by_who_has_it_and_opens_nothing_then() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let bob = person(app, "bob@vendor.example", Role::Owner).await;
        let (mut device, id) = added(app, &ada, 1).await;
        let (_, session, here) = signed_in(come(app, &mut device).await);
        let (_, _, there) = signed_in(come(app, &mut device).await);
        let phone = || "Phone".parse().unwrap();
        let refused = app.passkey_rename(&bob, None, id, phone()).await;
        assert_eq!(code(refused), "passkey_not_found");
        let refused = app.passkey_remove(&bob, None, None, id).await;
        assert_eq!(code(refused), "passkey_not_found");
        app.passkey_rename(&ada, None, id, phone()).await.unwrap();
        assert_eq!(last_verbs(app, 1).await, [Verb::PasskeyRename]);
        let same = app.passkey_rename(&ada, None, id, phone()).await.unwrap();
        assert_eq!(same.change, None, "it is called that already");
        let kept = app.passkey_get(&ada, id).await.unwrap();
        assert_eq!((kept.name.as_str(), kept.counter), ("Phone", 2));
        let in_session = Some(session);
        app.passkey_remove(&ada, once("r", 1), in_session, id)
            .await
            .unwrap();
        assert_eq!(role_of(app, &here).await, Some(Role::Support));
        assert_eq!(role_of(app, &there).await, None, "other sessions end");
        assert_eq!(code(come(app, &mut device).await), "passkey_wrong");
        let again = app.passkey_remove(&ada, None, None, id).await;
        assert_eq!(code(again), "passkey_not_found");
        let mine = app.passkey_list(&ada, PAGE).await.unwrap();
        assert_eq!(mine.rows, []);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_owner_takes_all_passkeys_of_a_user_away() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let none = app.passkeys_reset(&app.owner, None, ada.id).await;
        assert_eq!(code(none), "passkey_none");
        let (mut first, _) = added(app, &ada, 1).await;
        let (mut second, _) = added(app, &ada, 2).await;
        let (_, _, token) = signed_in(come(app, &mut first).await);
        let admin = person(app, "bob@vendor.example", Role::Admin).await;
        let refused = app.passkeys_reset(&admin, None, ada.id).await;
        assert_eq!(code(refused), "not_permitted");
        app.passkeys_reset(&app.owner, None, ada.id).await.unwrap();
        assert_eq!(role_of(app, &token).await, None);
        for device in [&mut first, &mut second] {
            assert_eq!(code(come(app, device).await), "passkey_wrong");
        }
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_person_has_so_many_passkeys_and_no_more() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        for seed in 0..u8::try_from(PASSKEYS_MAX).unwrap() {
            added(app, &ada, seed).await;
        }
        let begun = app.passkey_begin(&ada, None).await.unwrap();
        let known = &begun.options["publicKey"]["excludeCredentials"];
        assert_eq!(known.as_array().map(Vec::len), Some(PASSKEYS_MAX));
        assert!(begun.attempt.sealed.len() < 3_500, "it fits into a cookie");
        let (_, answer) = TestDevice::make(200, &begun.options, ORIGIN);
        let kept = Some(begun.attempt.sealed.as_str());
        let name = "Phone".parse().unwrap();
        let refused = app.passkey_create(&ada, None, kept, name, &answer).await;
        assert_eq!(code(refused), "passkey_limit");
    })
    .await;
}

#[tokio::test]
async fn a_passkey_that_is_kept_elsewhere_from_now_on_stands_in_the_ledger() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let begun = app.passkey_begin(&ada, None).await.unwrap();
        let (mut device, _) = TestDevice::make(1, &begun.options, ORIGIN);
        device.moved = Some(false);
        let answer = device.made(&begun.options);
        let kept = Some(begun.attempt.sealed.as_str());
        let name = "Phone".parse().unwrap();
        let made = app.passkey_create(&ada, None, kept, name, &answer).await;
        let id = made.unwrap().value;
        device.moved = Some(true);
        signed_in(come(app, &mut device).await);
        let verbs = [Verb::SessionCreate, Verb::PasskeyMove];
        assert_eq!(last_verbs(app, 2).await, verbs);
        let kept = app.passkey_get(&ada, id).await.unwrap();
        assert!(kept.backed_up);
        assert_eq!((kept.counter, kept.last_used_at), (1, Some(app.now())));
        // What could never be kept elsewhere does not begin to.
        device.moved = None;
        assert_eq!(code(come(app, &mut device).await), "passkey_wrong");
        check_ledger(app).await;
    })
    .await;
}
