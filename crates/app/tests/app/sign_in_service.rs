//! Signing in by a service of somebody else's: who comes in, who does not, and what stays of it.

mod anew;

use latchkey_app::AppError;
use latchkey_app::sign_in_service::{ConfirmSignIn, FinishSignIn, Finished, Kept, Person};
use latchkey_app::user::CreateUser;
use latchkey_domain::ActorId;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::Token;
use latchkey_domain::user::Whose;
use latchkey_store::filter::LedgerFilter;
use latchkey_testkit::{TestApp, TestService, for_each_database, shown_code};

use crate::common::{PAGE, check_ledger, code, once, size};
use crate::user::{PASSWORD, asked, owner_signed_in, role_of, user};

const ADA: &str = "ada@vendor.example";
const MINUTE: i64 = 60_000;

/// Invites somebody, who chooses no password.
async fn invited(app: &TestApp, email: &str) -> ActorId {
    let command = CreateUser {
        whose: Whose::Vendor,
        email: email.parse().unwrap(),
        name: "Ada".parse().unwrap(),
        role: Role::Support,
    };
    let made = app.user_create(&app.owner, None, command).await.unwrap();
    made.value.user_id
}

/// Who comes back, having shown the service just now who they are.
fn person(app: &TestApp, subject: &str, email: &str) -> Person {
    TestService::person(subject, email, app.now())
}

fn back(app: &TestApp, kept: &Kept) -> FinishSignIn {
    FinishSignIn {
        session_id: None,
        attempt: Some(kept.sealed.clone()),
        state: app.service.state(),
        code: "right".into(),
        address: Some("192.0.2.7".into()),
        agent: Some("a browser".into()),
    }
}

/// Nobody comes back with this.
pub(crate) fn no_way_back() -> FinishSignIn {
    FinishSignIn {
        session_id: None,
        attempt: None,
        state: "lko_none".into(),
        code: "none".into(),
        address: None,
        agent: None,
    }
}

/// Nobody was asked for this code.
pub(crate) fn no_confirmation() -> ConfirmSignIn {
    ConfirmSignIn {
        session_id: None,
        attempt: None,
        code: GivenCode::read("123456"),
        address: None,
        agent: None,
    }
}

async fn begin(app: &TestApp) -> Kept {
    let stranger = app.stranger();
    let begun = app.service_sign_in_begin(&stranger, None, false);
    begun.await.unwrap().attempt
}

/// Goes to the service and comes back as this person.
async fn come(app: &TestApp, person: Person) -> Result<Finished, AppError> {
    app.service.says(Some(person));
    let kept = begin(app).await;
    app.service_sign_in_finish(&app.stranger(), back(app, &kept))
        .await
}

fn signed_in(finished: Result<Finished, AppError>) -> (Actor, Token) {
    match finished.unwrap() {
        Finished::SignedIn(signed_in) => (signed_in.actor, signed_in.token),
        other => panic!("{other:?} is not signed in"),
    }
}

async fn linked(app: &TestApp, id: ActorId) -> Option<String> {
    let user = app.user_get(&app.owner, id).await.unwrap();
    user.identity.map(|identity| identity.subject().to_owned())
}

async fn last_verbs(app: &TestApp, count: usize) -> Vec<Verb> {
    let entries = app
        .ledger_list(&app.owner, &LedgerFilter::default(), PAGE)
        .await
        .unwrap();
    entries
        .rows
        .iter()
        .take(count)
        .map(|row| row.row.verb)
        .collect()
}

#[tokio::test]
async fn who_is_invited_comes_in_by_a_verified_address_and_is_linked() {
    for_each_database(async |app| {
        let id = invited(app, ADA).await;
        let name = app.sign_in_service_name(&app.stranger()).unwrap();
        assert_eq!(name, Some("Example ID"));
        let (actor, token) = signed_in(come(app, person(app, "a-1", "Ada@Vendor.Example")).await);
        assert_eq!((actor.id, actor.role), (id, Role::Support));
        assert_eq!(role_of(app, &token).await, Some(Role::Support));
        assert_eq!(linked(app, id).await.as_deref(), Some("a-1"));
        let verbs = [Verb::SessionCreate, Verb::UserLink];
        assert_eq!(last_verbs(app, 2).await, verbs);

        // From now on what the service calls her decides, whatever her address is there.
        let (again, _) =
            signed_in(come(app, person(app, "a-1", "ada.king@elsewhere.example")).await);
        assert_eq!(again.id, id);
        assert_eq!(last_verbs(app, 1).await, [Verb::SessionCreate]);
        let other = come(app, person(app, "a-2", ADA)).await;
        assert_eq!(code(other), "sign_in_other_identity");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_is_made_a_user_by_it_and_who_is_kept_out_stays_out() {
    for_each_database(async |app| {
        let id = invited(app, ADA).await;
        let before = size(app).await;
        let unknown = come(app, person(app, "e-1", "eve@elsewhere.example")).await;
        assert_eq!(code(unknown), "sign_in_no_account");
        let no_address = come(app, person(app, "e-1", "no address")).await;
        assert_eq!(code(no_address), "sign_in_no_account");
        for untold in [
            Person {
                email_verified: false,
                ..person(app, "a-1", ADA)
            },
            Person {
                email: None,
                ..person(app, "a-1", ADA)
            },
        ] {
            assert_eq!(code(come(app, untold).await), "sign_in_email_not_verified");
        }
        let nameless = come(app, person(app, "", ADA)).await;
        assert_eq!(code(nameless), "sign_in_service_not_believed");
        assert_eq!(size(app).await, before, "nothing was done");
        assert_eq!(linked(app, id).await, None);

        signed_in(come(app, person(app, "a-1", ADA)).await);
        app.user_deactivate(&app.owner, None, id).await.unwrap();
        for subject in ["a-1", "a-2"] {
            let kept_out = come(app, person(app, subject, ADA)).await;
            assert_eq!(
                code(kept_out),
                "sign_in_no_account",
                "as for an unknown address"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_attempt_belongs_to_one_browser_and_runs_out() {
    for_each_database(async |app| {
        invited(app, ADA).await;
        app.service.says(Some(person(app, "a-1", ADA)));
        let stranger = app.stranger();
        let finish =
            async |given: FinishSignIn| code(app.service_sign_in_finish(&stranger, given).await);
        let kept = begin(app).await;
        let right = || back(app, &kept);
        for wrong in [
            FinishSignIn {
                attempt: None,
                ..right()
            },
            FinishSignIn {
                attempt: Some("AAAA".into()),
                ..right()
            },
            FinishSignIn {
                attempt: Some(format!("{}A", kept.sealed)),
                ..right()
            },
            FinishSignIn {
                state: "lko_other".into(),
                ..right()
            },
        ] {
            assert_eq!(finish(wrong).await, "sign_in_attempt_over");
        }
        let forged = FinishSignIn {
            code: "wrong".into(),
            ..right()
        };
        assert_eq!(finish(forged).await, "sign_in_service_not_believed");
        let other = begin(app).await;
        let mixed = FinishSignIn {
            attempt: Some(kept.sealed.clone()),
            ..back(app, &other)
        };
        assert_eq!(finish(mixed).await, "sign_in_attempt_over");
        app.service.says(None);
        assert_eq!(finish(back(app, &other)).await, "sign_in_service_away");
        app.service.says(Some(person(app, "a-1", ADA)));
        app.clock.advance_millis(10 * MINUTE);
        assert_eq!(finish(back(app, &other)).await, "sign_in_attempt_over");
    })
    .await;
}

#[tokio::test]
async fn what_does_not_hold_counts_as_a_try() {
    for_each_database(async |app| {
        let stranger = app.stranger();
        app.service.says(Some(person(app, "a-1", ADA)));
        let kept = begin(app).await;
        let wrong = || FinishSignIn {
            code: "wrong".into(),
            ..back(app, &kept)
        };
        for _ in 0..50 {
            let refused = app.service_sign_in_finish(&stranger, wrong()).await;
            assert_eq!(code(refused), "sign_in_service_not_believed");
        }
        let refused = app.service_sign_in_finish(&stranger, wrong()).await;
        assert_eq!(code(refused), "too_many_tries");
        let elsewhere = FinishSignIn {
            address: Some("192.0.2.8".into()),
            ..wrong()
        };
        let refused = app.service_sign_in_finish(&stranger, elsewhere).await;
        assert_eq!(code(refused), "sign_in_service_not_believed");
    })
    .await;
}

#[tokio::test]
async fn ones_own_second_factor_is_asked_for_as_well() {
    for_each_database(async |app| {
        let id = user(app, ADA, Role::Support).await;
        let ada = app.user_get(&app.owner, id).await.unwrap();
        let ada = ada.actor(app.vendor_id());
        let begun = app.second_factor_begin(&ada).await.unwrap().value;
        let secret = begun.secret.to_string();
        let shown = |app: &TestApp| GivenCode::read(&shown_code(&secret, app.now()));
        app.second_factor_confirm(&ada, None, &shown(app))
            .await
            .unwrap();
        app.clock.advance_millis(MINUTE);

        let before = size(app).await;
        let kept = match come(app, person(app, "a-1", ADA)).await.unwrap() {
            Finished::CodeNeeded(kept) => kept,
            other => panic!("{other:?} without a code"),
        };
        assert_eq!(
            size(app).await,
            before,
            "nobody is in, and nobody is linked"
        );
        let confirm = async |sealed: &str, given: GivenCode| {
            let given = ConfirmSignIn {
                session_id: None,
                attempt: Some(sealed.to_owned()),
                code: given,
                address: Some("192.0.2.7".into()),
                agent: None,
            };
            app.service_sign_in_confirm(&app.stranger(), given).await
        };
        let wrong = confirm(&kept.sealed, GivenCode::read("no code")).await;
        assert_eq!(code(wrong), "second_factor_wrong");
        // What was kept on the way to the service is nothing that a code could be given for, and the other way round.
        let early = begin(app).await;
        let early = confirm(&early.sealed, shown(app)).await;
        assert_eq!(code(early), "sign_in_attempt_over");
        let late = app
            .service_sign_in_finish(&app.stranger(), back(app, &kept))
            .await;
        assert_eq!(code(late), "sign_in_attempt_over");
        let (actor, _) = signed_in(confirm(&kept.sealed, shown(app)).await);
        assert_eq!(actor.id, id);
        assert_eq!(linked(app, id).await.as_deref(), Some("a-1"));
        let used = confirm(&kept.sealed, shown(app)).await;
        assert_eq!(code(used), "second_factor_wrong", "a code counts once");
        app.clock.advance_millis(10 * MINUTE);
        let over = confirm(&kept.sealed, shown(app)).await;
        assert_eq!(code(over), "sign_in_attempt_over");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_is_taken_away_by_its_user_or_an_owner_and_the_last_way_in_stays() {
    for_each_database(async |app| {
        let id = invited(app, ADA).await;
        let (ada, token) = signed_in(come(app, person(app, "a-1", ADA)).await);
        let only = app.sign_in_service_unlink(&ada, None, None).await;
        assert_eq!(code(only), "user_only_way_in");
        let unlink = async || app.user_unlink(&app.owner, once("unlink", 1), id).await;
        let first = unlink().await.unwrap();
        assert!(unlink().await.unwrap().replayed);
        assert!(first.undo_until.is_none());
        assert_eq!(linked(app, id).await, None);
        assert_eq!(role_of(app, &token).await, None, "her sessions end");
        let again = app.user_unlink(&app.owner, None, id).await;
        assert_eq!(code(again), "user_not_linked");
        // Then she may be another there.
        signed_in(come(app, person(app, "a-2", ADA)).await);
        assert_eq!(linked(app, id).await.as_deref(), Some("a-2"));

        // The owner has a password as well, and keeps the session it is done in.
        let olga = owner_signed_in(app).await;
        signed_in(come(app, person(app, "o-1", "olga@vendor.example")).await);
        app.sign_in_service_unlink(&olga.actor, None, Some(olga.session_id))
            .await
            .unwrap();
        assert_eq!(role_of(app, &olga.token).await, Some(Role::Owner));
        let stranger = app.stranger();
        let password = asked("olga@vendor.example", PASSWORD);
        app.sign_in(&stranger, password).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_owner_who_comes_in_by_the_service_alone_is_an_owner() {
    for_each_database(async |app| {
        let made = app.owner_create(
            "olga@vendor.example".parse().unwrap(),
            "Olga".parse().unwrap(),
        );
        made.await.unwrap();
        let (olga, _) = signed_in(come(app, person(app, "o-1", "olga@vendor.example")).await);
        let last = app.user_unlink(&olga, None, olga.id).await;
        assert_eq!(code(last), "user_last_owner");
        let last = app.user_deactivate(&olga, None, olga.id).await;
        assert_eq!(code(last), "user_last_owner");
    })
    .await;
}
