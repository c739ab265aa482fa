//! Acts that take two people: one asks, another approves exactly that, and neither does it alone.

use latchkey_app::approval::RequestApproval;
use latchkey_app::bulk::{BulkLicenses, LicenseAction};
use latchkey_app::mail::Language;
use latchkey_app::user::{CreateUser, UpdateUser};
use latchkey_app::{AppError, Changed};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::approval::ApprovalState;
use latchkey_domain::license::LicenseStanding;
use latchkey_domain::user::Whose;
use latchkey_domain::{ApprovalId, LicenseId};
use latchkey_store::filter::LicenseFilter;
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{check_ledger, code, size};

/// Somebody with an account and a password.
pub(crate) async fn person(app: &TestApp, name: &str, role: Role) -> Actor {
    let email = format!("{}@vendor.example", name.to_lowercase());
    let new = CreateUser {
        email: email.parse().unwrap(),
        name: name.parse().unwrap(),
        role,
        whose: Whose::Vendor,
    };
    let invited = match role {
        Role::Owner if app.owner_user().await.unwrap().is_none() => {
            app.owner_create(new.email, new.name).await
        }
        _ => app.user_create(&app.owner, None, new).await,
    };
    let invited = invited.unwrap().value;
    let password = latchkey_app::password::Password::typed("seven grey geese".into());
    app.invitation_accept(&app.stranger(), None, &invited.token.unwrap(), &password)
        .await
        .unwrap();
    Actor {
        id: invited.user_id,
        name: name.into(),
        ..app.actor(role)
    }
}

/// Two owners and an administrator; some acts take two people.
async fn three(app: &TestApp) -> (Actor, Actor, Actor) {
    let ada = person(app, "Ada", Role::Owner).await;
    let ben = person(app, "Ben", Role::Owner).await;
    let cem = person(app, "Cem", Role::Admin).await;
    app.vendor_require_two_people(&ada, None).await.unwrap();
    (ada, ben, cem)
}

fn these(ids: &[LicenseId]) -> LicenseFilter {
    LicenseFilter {
        ids: Some(ids.to_vec()),
        ..LicenseFilter::default()
    }
}

fn revoke(ids: &[LicenseId], dry_run: bool) -> BulkLicenses {
    BulkLicenses {
        action: LicenseAction::Revoke,
        filter: these(ids),
        dry_run,
    }
}

async fn ask(app: &TestApp, by: &Actor, asked: RequestApproval) -> ApprovalId {
    app.approval_request(by, None, asked, Language::English)
        .await
        .unwrap()
        .value
}

async fn standing(app: &TestApp, id: LicenseId) -> LicenseStanding {
    app.license_now(id).await.license.standing
}

async fn give(app: &TestApp, by: &Actor, id: ApprovalId) -> Result<Changed<ApprovalId>, AppError> {
    app.approval_give(by, None, id).await
}

#[tokio::test]
async fn revoking_many_waits_for_another_person_who_has_exactly_those_revoked_once() {
    for_each_database(async |app| {
        let (ada, _, cem) = three(app).await;
        let (one, two) = (
            app.license_with_seats(1).await,
            app.license_with_seats(1).await,
        );
        let later = app.license_with_seats(1).await;
        let alone = app
            .licenses_bulk(&cem, None, revoke(&[one, two], false))
            .await;
        assert_eq!(code(alone), "takes_two_people");
        let alone = app
            .licenses_bulk(&ada, None, revoke(&[one, two], false))
            .await;
        assert_eq!(
            code(alone),
            "takes_two_people",
            "an owner is one person too"
        );
        app.licenses_bulk(&cem, None, revoke(&[one, two], true))
            .await
            .unwrap();
        let suspend = BulkLicenses {
            action: LicenseAction::Suspend,
            ..revoke(&[later], false)
        };
        app.licenses_bulk(&cem, None, suspend).await.unwrap();

        let asked = RequestApproval::RevokeLicenses(these(&[one, two]));
        let id = ask(app, &cem, asked).await;
        assert_eq!(code(give(app, &cem, id).await), "approval_own_request");
        let support = app.actor(Role::Support);
        assert_eq!(code(give(app, &support, id).await), "not_permitted");
        assert_eq!(standing(app, one).await, LicenseStanding::Active);

        let before = size(app).await;
        let given = give(app, &ada, id).await.unwrap();
        assert_eq!(given.undo_until, None, "revoking is for good");
        for license in [one, two] {
            assert_eq!(standing(app, license).await, LicenseStanding::Revoked);
        }
        assert_eq!(standing(app, later).await, LicenseStanding::Suspended);
        let entries = size(app).await;
        assert_eq!(entries, before + 3, "the approval, and both licenses");
        assert_eq!(code(give(app, &ada, id).await), "approval_decided");
        assert_eq!(size(app).await, entries);

        let again = RequestApproval::RevokeLicenses(these(&[one, two]));
        let again = app
            .approval_request(&cem, None, again, Language::English)
            .await;
        assert_eq!(code(again), "approval_pointless");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_lockdown_is_lifted_and_the_rule_ended_by_two() {
    for_each_database(async |app| {
        let (ada, ben, cem) = three(app).await;
        let twice = app.vendor_require_two_people(&ada, None).await;
        assert_eq!(code(twice), "two_people_already");
        let lift = async |by: &Actor| {
            let asked = RequestApproval::LiftLockdown;
            app.approval_request(by, None, asked, Language::English)
                .await
        };
        assert_eq!(code(lift(&ada).await), "vendor_not_locked_down");
        // Shutting takes one, opening takes two.
        app.vendor_lock_down(&ada, None).await.unwrap();
        let alone = app.vendor_lift_lockdown(&ada, None).await;
        assert_eq!(code(alone), "takes_two_people");
        assert_eq!(code(lift(&cem).await), "vendor_locked_down");
        let id = lift(&ada).await.unwrap().value;
        assert_eq!(code(give(app, &cem, id).await), "vendor_locked_down");
        give(app, &ben, id).await.unwrap();
        assert_eq!(app.vendor(&ada).await.unwrap().locked_down_at, None);

        let end = ask(app, &ben, RequestApproval::EndTwoPeople).await;
        assert_eq!(code(give(app, &cem, end).await), "not_permitted");
        give(app, &ada, end).await.unwrap();
        assert_eq!(app.vendor(&ada).await.unwrap().two_people_at, None);
        app.vendor_lock_down(&ada, None).await.unwrap();
        app.vendor_lift_lockdown(&ada, None).await.unwrap();
        let needless =
            app.approval_request(&ada, None, RequestApproval::EndTwoPeople, Language::English);
        assert_eq!(code(needless.await), "two_people_not_asked_for");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_approval_ends_with_time_with_a_no_and_with_whoever_asked() {
    for_each_database(async |app| {
        let (ada, ben, cem) = three(app).await;
        let license = app.license_with_seats(1).await;
        let asked = || RequestApproval::RevokeLicenses(these(&[license]));

        let late = ask(app, &cem, asked()).await;
        app.clock.advance_millis(15 * 60_000);
        assert_eq!(code(give(app, &ada, late).await), "approval_expired");

        let refused = ask(app, &cem, asked()).await;
        let own = app.approval_refuse(&cem, None, refused).await;
        assert_eq!(code(own), "approval_own_request");
        app.approval_refuse(&ada, None, refused).await.unwrap();
        assert_eq!(code(give(app, &ben, refused).await), "approval_decided");

        let withdrawn = ask(app, &cem, asked()).await;
        let other = app.approval_withdraw(&ada, None, withdrawn).await;
        assert_eq!(code(other), "approval_not_yours");
        app.approval_withdraw(&cem, None, withdrawn).await.unwrap();
        assert_eq!(code(give(app, &ada, withdrawn).await), "approval_decided");
        let kept = app.approval_get(&ada, withdrawn).await.unwrap();
        assert_eq!(kept.state, ApprovalState::Withdrawn);

        let orphaned = ask(app, &cem, asked()).await;
        let demoted = UpdateUser {
            role: Some(Role::Support),
            name: None,
        };
        app.user_update(&ada, None, cem.id, demoted).await.unwrap();
        assert_eq!(
            code(give(app, &ada, orphaned).await),
            "approval_asker_may_not"
        );
        assert_eq!(standing(app, license).await, LicenseStanding::Active);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn two_owners_are_there_from_the_beginning_and_stay() {
    for_each_database(async |app| {
        let ada = person(app, "Ada", Role::Owner).await;
        let one = app.vendor_require_two_people(&ada, None).await;
        assert_eq!(code(one), "two_owners_missing");
        let ben = person(app, "Ben", Role::Owner).await;
        app.vendor_require_two_people(&ada, None).await.unwrap();
        let out = app.user_deactivate(&ada, None, ben.id).await;
        assert_eq!(code(out), "user_one_of_two_owners");
        let less = UpdateUser {
            role: Some(Role::Admin),
            name: None,
        };
        let less = app.user_update(&ada, None, ben.id, less).await;
        assert_eq!(code(less), "user_one_of_two_owners");
        person(app, "Cem", Role::Owner).await;
        app.user_deactivate(&ada, None, ben.id).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn scripts_neither_ask_nor_approve() {
    let app = TestApp::open(DatabaseKind::Sqlite).await;
    let (ada, ..) = three(&app).await;
    let mut token = app.actor(Role::Token);
    token.reach.scopes = vec![latchkey_domain::actor::Scope::Manage];
    let license = app.license_with_seats(1).await;
    let asked = || RequestApproval::RevokeLicenses(these(&[license]));
    let refused = app
        .licenses_bulk(&token, None, revoke(&[license], false))
        .await;
    assert_eq!(code(refused), "takes_two_people");
    let refused = app
        .approval_request(&token, None, asked(), Language::English)
        .await;
    assert_eq!(code(refused), "not_permitted");
    let id = ask(&app, &ada, asked()).await;
    assert_eq!(code(give(&app, &token, id).await), "not_permitted");
    app.close().await;
}

#[tokio::test]
async fn two_who_approve_at_once_have_it_done_once() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let (ada, ben, cem) = three(&app).await;
    let other = app.another_server().await;
    let license = app.license_with_seats(1).await;
    let asked = RequestApproval::RevokeLicenses(these(&[license]));
    let id = ask(&app, &cem, asked).await;
    let (one, two) = tokio::join!(give(&app, &ada, id), other.approval_give(&ben, None, id));
    let refused = match (one, two) {
        (Ok(_), refused) | (refused, Ok(_)) => refused,
        (one, two) => panic!("neither: {one:?}, {two:?}"),
    };
    assert_eq!(code(refused), "approval_decided");
    check_ledger(&app).await;
    other.close().await;
    app.close().await;
}

#[tokio::test]
async fn those_who_could_approve_are_told_by_letter_and_nobody_else() {
    let app = TestApp::open(DatabaseKind::Sqlite).await;
    let (ada, ..) = three(&app).await;
    person(&app, "Dora", Role::Support).await;
    let sent = app.letters.all().len();
    app.vendor_lock_down(&ada, None).await.unwrap();
    let asked = RequestApproval::LiftLockdown;
    app.approval_request(&ada, None, asked, Language::German)
        .await
        .unwrap();
    // A letter leaves a moment later.
    for _ in 0..500 {
        if app.letters.all().len() > sent {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    let letters = app.letters.all();
    let told: Vec<_> = letters.iter().skip(sent).map(|letter| &letter.to).collect();
    assert_eq!(told, ["ben@vendor.example"], "Cem is no owner, Ada asked");
    let text = &letters.last().unwrap().text;
    assert!(text.contains("Ada bittet"), "{text}");
    assert!(text.contains("/approvals"), "{text}");
    app.close().await;
}
