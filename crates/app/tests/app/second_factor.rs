//! A code beside the password, and proving anew who one is.

use latchkey_app::bulk::{BulkLicenses, LicenseAction};
use latchkey_app::ledger::LedgerCheck;
use latchkey_app::session::{ProveSession, Proved, SignIn, SignedIn};
use latchkey_app::user::UpdateUser;
use latchkey_app::{App, AppError, Changed};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::{SessionKind, Token};
use latchkey_store::filter::LedgerFilter;
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database, shown_code};

use crate::common::{PAGE, check_ledger, code};
use crate::user::{PASSWORD, asked, owner_signed_in, password, user};

const ADA: &str = "ada@vendor.example";

/// A step of a one-time code, and of two, in milliseconds.
const STEP: i64 = 30_000;
const MINUTE: i64 = 60_000;

/// A user with a second factor that is on.
struct Ada {
    actor: Actor,
    secret: String,
    recovery_codes: Vec<String>,
}

impl Ada {
    async fn make(app: &TestApp, role: Role) -> Self {
        let id = user(app, ADA, role).await;
        let actor = app
            .user_get(&app.owner, id)
            .await
            .unwrap()
            .actor(app.vendor_id());
        let begun = app.second_factor_begin(&actor).await.unwrap().value;
        let secret = begun.secret.to_string();
        let first = GivenCode::read(&shown_code(&secret, app.now()));
        let on = app.second_factor_confirm(&actor, None, &first).await;
        let codes = on.unwrap().value;
        app.clock.advance_millis(STEP);
        Self {
            actor,
            secret,
            recovery_codes: codes.iter().map(|code| code.reveal().to_string()).collect(),
        }
    }

    fn code(&self, app: &TestApp) -> String {
        shown_code(&self.secret, app.now())
    }
}

async fn sign_in(app: &App, text: &str, code: Option<&str>) -> Result<SignedIn, AppError> {
    let asked = SignIn {
        code: code.map(GivenCode::read),
        ..asked(ADA, text)
    };
    app.sign_in(&app.stranger(), asked).await
}

async fn acting(app: &App, token: &Token) -> Option<Actor> {
    let known = app.signed_in(token, SessionKind::Browser).await.unwrap();
    known.map(|(actor, _)| actor)
}

async fn prove(
    app: &App,
    signed_in: &SignedIn,
    text: &str,
    code: Option<&str>,
) -> Result<Changed<Proved>, AppError> {
    let given = ProveSession {
        session_id: Some(signed_in.session_id),
        password: password(text),
        code: code.map(GivenCode::read),
        address: None,
    };
    app.session_prove(&signed_in.actor, given).await
}

#[tokio::test]
async fn a_code_is_asked_for_beside_the_password_and_works_once() {
    for_each_database(async |app| {
        let ada = Ada::make(app, Role::Support).await;
        let refused = sign_in(app, PASSWORD, None).await.unwrap_err();
        assert_eq!(refused.code(), "second_factor_needed");
        let guess = sign_in(app, "a wrong password", Some(&ada.code(app))).await;
        assert_eq!(
            code(guess),
            "credentials_wrong",
            "the code is not looked at"
        );
        let right = ada.code(app);
        let wrong = if right == "000000" {
            "111111"
        } else {
            "000000"
        };
        let refused = sign_in(app, PASSWORD, Some(wrong)).await;
        assert_eq!(code(refused), "second_factor_wrong");
        sign_in(app, PASSWORD, Some(&right)).await.unwrap();
        let again = sign_in(app, PASSWORD, Some(&right)).await;
        assert_eq!(code(again), "second_factor_wrong", "it was used");
        app.clock.advance_millis(STEP);
        let spaced = ada.code(app);
        let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
        sign_in(app, PASSWORD, Some(&spaced)).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_works_once_until_there_are_new_ones() {
    for_each_database(async |app| {
        let ada = Ada::make(app, Role::Support).await;
        let left = async || app.user_get(&app.owner, ada.actor.id).await.unwrap();
        let left = async || left().await.second_factor.unwrap().recovery_codes;
        let [first, second, ..] = &ada.recovery_codes[..] else {
            panic!("there are ten");
        };
        assert_eq!(left().await, 10);
        let typed = first.to_uppercase();
        sign_in(app, PASSWORD, Some(&typed)).await.unwrap();
        assert_eq!(left().await, 9);
        let again = sign_in(app, PASSWORD, Some(first)).await;
        assert_eq!(code(again), "second_factor_wrong");
        let renewed = app.recovery_codes_renew(&ada.actor).await.unwrap().value;
        assert_eq!(left().await, 10);
        let old = sign_in(app, PASSWORD, Some(second)).await;
        assert_eq!(code(old), "second_factor_wrong");
        let new = renewed[9].reveal();
        sign_in(app, PASSWORD, Some(&new)).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn it_is_on_after_a_first_code_of_the_newest_secret_and_off_when_it_is_ended() {
    for_each_database(async |app| {
        let id = user(app, ADA, Role::Support).await;
        let ada = app
            .user_get(&app.owner, id)
            .await
            .unwrap()
            .actor(app.vendor_id());
        let confirm = async |text: &str, session| {
            let given = GivenCode::read(text);
            code(app.second_factor_confirm(&ada, session, &given).await)
        };
        assert_eq!(confirm("123456", None).await, "second_factor_not_begun");
        assert_eq!(
            code(app.second_factor_end(&ada, None).await),
            "second_factor_off"
        );
        assert_eq!(
            code(app.recovery_codes_renew(&ada).await),
            "second_factor_off"
        );
        let old = app.second_factor_begin(&ada).await.unwrap().value;
        let begun = app.second_factor_begin(&ada).await.unwrap().value;
        assert!(begun.uri.contains(&*begun.secret) && begun.qr.starts_with("<svg"));
        let (here, there) = (
            sign_in(app, PASSWORD, None).await.unwrap(),
            sign_in(app, PASSWORD, None).await.unwrap(),
        );
        let late = shown_code(&old.secret, app.now());
        assert_eq!(confirm(&late, None).await, "second_factor_wrong");
        let right = shown_code(&begun.secret, app.now());
        assert_eq!(confirm(&right, Some(here.session_id)).await, "ok");
        assert!(acting(app, &here.token).await.is_some());
        assert_eq!(acting(app, &there.token).await, None, "came in without it");
        assert_eq!(
            code(app.second_factor_begin(&ada).await),
            "second_factor_on"
        );
        app.second_factor_end(&ada, None).await.unwrap();
        sign_in(app, PASSWORD, None).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_has_lost_it_asks_an_owner() {
    for_each_database(async |app| {
        let ada = Ada::make(app, Role::Admin).await;
        let id = ada.actor.id;
        let refused = app.second_factor_reset(&ada.actor, None, id).await;
        assert_eq!(code(refused), "not_permitted");
        app.second_factor_reset(&app.owner, None, id).await.unwrap();
        sign_in(app, PASSWORD, None).await.unwrap();
        let again = app.second_factor_reset(&app.owner, None, id).await;
        assert_eq!(code(again), "second_factor_off");
        let filter = LedgerFilter::default();
        let entries = app.ledger_list(&app.owner, &filter, PAGE).await.unwrap();
        let verbs: Vec<_> = entries
            .rows
            .iter()
            .map(|entry| entry.row.verb.as_str())
            .collect();
        assert_eq!(verbs[..2], ["session.create", "user.second_factor_reset"]);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_codes_has_to_wait() {
    for_each_database(async |app| {
        let ada = Ada::make(app, Role::Support).await;
        for _ in 0..10 {
            let asked = sign_in(app, PASSWORD, None).await;
            assert_eq!(code(asked), "second_factor_needed", "is no guess");
        }
        for _ in 0..5 {
            let refused = sign_in(app, PASSWORD, Some("no code of hers")).await;
            assert_eq!(code(refused), "second_factor_wrong");
        }
        let right = ada.code(app);
        let refused = sign_in(app, PASSWORD, Some(&right)).await;
        assert_eq!(code(refused), "too_many_tries");
        app.clock.advance_millis(MINUTE);
        let right = ada.code(app);
        sign_in(app, PASSWORD, Some(&right)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn no_secret_and_no_code_stands_in_the_ledger_and_what_is_put_in_is_noticed() {
    for_each_database(async |app| {
        let ada = Ada::make(app, Role::Support).await;
        let used = &ada.recovery_codes[0];
        sign_in(app, PASSWORD, Some(used)).await.unwrap();
        let user = app.user_get(&app.owner, ada.actor.id).await.unwrap();
        let factor = user.factor.unwrap();
        let filter = LedgerFilter::default();
        let entries = app.ledger_list(&app.owner, &filter, PAGE).await.unwrap();
        let said = format!("{entries:?}");
        assert!(said.contains("user.recovery_code_use"), "{said}");
        assert!(!said.contains(&ada.secret));
        for kept in &factor.recovery_codes {
            assert!(!said.contains(kept), "not even a digest of one");
        }
        let statement = "UPDATE account SET factor_state = NULL WHERE factor_state = 'on'";
        app.database().tamper(statement).await;
        let report = app
            .ledger_verify(&app.owner, LedgerCheck::default())
            .await
            .unwrap();
        assert!(
            !report.ok,
            "the second factor was taken away behind its back"
        );
    })
    .await;
}

#[tokio::test]
async fn a_code_that_one_server_took_no_other_takes() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let ada = Ada::make(&app, Role::Support).await;
    let other = app.another_server().await;
    let right = ada.code(&app);
    sign_in(&app, PASSWORD, Some(&right)).await.unwrap();
    let again = sign_in(&other, PASSWORD, Some(&right)).await;
    assert_eq!(code(again), "second_factor_wrong");
    other.close().await;
    app.close().await;
}

#[tokio::test]
async fn what_is_sensitive_asks_for_the_password_again_after_five_minutes() {
    for_each_database(async |app| {
        let signed_in = owner_signed_in(app).await;
        let bob = user(app, "bob@vendor.example", Role::Support).await;
        let promote = async |actor: &Actor| {
            let update = UpdateUser {
                name: None,
                role: Some(Role::Admin),
            };
            app.user_update(actor, None, bob, update).await
        };
        let revoke = async |actor: &Actor, dry_run| {
            let command = BulkLicenses {
                action: LicenseAction::Revoke,
                filter: Default::default(),
                dry_run,
            };
            code(app.licenses_bulk(actor, None, command).await)
        };
        let olga = acting(app, &signed_in.token).await.unwrap();
        promote(&olga).await.unwrap();
        app.clock.advance_millis(25 * MINUTE);
        let olga = acting(app, &signed_in.token).await.unwrap();
        let refused = promote(&olga).await.unwrap_err();
        assert_eq!(
            refused.to_string(),
            "you last signed in 25 minutes ago; this needs you to show again who you are"
        );
        assert_eq!(revoke(&olga, false).await, "factor_stale");
        assert_eq!(revoke(&olga, true).await, "ok", "looking is not sensitive");
        let wrong = prove(app, &signed_in, "a wrong password", None).await;
        assert_eq!(code(wrong), "credentials_wrong");
        let proved = prove(app, &signed_in, PASSWORD, None).await.unwrap().value;
        assert_eq!(
            acting(app, &signed_in.token).await,
            None,
            "whoever took the token has nothing of it"
        );
        let olga = acting(app, &proved.token).await.unwrap();
        assert_eq!(olga.proved_at, Some(app.now()));
        promote(&olga).await.unwrap();
        assert_eq!(revoke(&olga, false).await, "ok");
        // Nobody proves anything in the session of another.
        let other = ProveSession {
            session_id: Some(signed_in.session_id),
            password: password(PASSWORD),
            code: None,
            address: None,
        };
        let bob = app
            .user_get(&app.owner, bob)
            .await
            .unwrap()
            .actor(app.vendor_id());
        let refused = app.session_prove(&bob, other).await;
        assert_eq!(code(refused), "session_not_found");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_has_a_second_factor_proves_with_both() {
    for_each_database(async |app| {
        let ada = Ada::make(app, Role::Owner).await;
        let signed_in = sign_in(app, PASSWORD, Some(&ada.code(app))).await.unwrap();
        app.clock.advance_millis(6 * MINUTE);
        let stale = acting(app, &signed_in.token).await.unwrap();
        let refused = app.second_factor_end(&stale, None).await;
        assert_eq!(code(refused), "factor_stale");
        let refused = prove(app, &signed_in, PASSWORD, None).await;
        assert_eq!(code(refused), "second_factor_needed");
        let given = ada.code(app);
        let proved = prove(app, &signed_in, PASSWORD, Some(&given)).await;
        let fresh = acting(app, &proved.unwrap().value.token).await.unwrap();
        app.second_factor_end(&fresh, None).await.unwrap();
    })
    .await;
}
