//! People who sign in: invited, let in, kept out.

use latchkey_app::password::Password;
use latchkey_app::session::{SignIn, SignedIn};
use latchkey_app::user::{CreateUser, UpdateUser};
use latchkey_app::{App, AppError};
use latchkey_domain::ActorId;
use latchkey_domain::actor::Role;
use latchkey_domain::limits::{INVITATION_DAYS, SESSION_DAYS, SESSION_IDLE_DAYS};
use latchkey_domain::session::{SessionKind, Token};
use latchkey_domain::user::Whose;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code, size};

pub(crate) const PASSWORD: &str = "seven grey geese";

pub(crate) fn password(text: &str) -> Password {
    Password::typed(text.to_owned())
}

pub(crate) fn asked(email: &str, text: &str) -> SignIn {
    SignIn {
        email: email.to_owned(),
        password: password(text),
        code: None,
        kind: SessionKind::Browser,
        address: Some("192.0.2.7".into()),
        agent: Some("a browser".into()),
    }
}

async fn sign_in(app: &TestApp, email: &str, text: &str) -> Result<SignedIn, AppError> {
    app.sign_in(&app.stranger(), asked(email, text)).await
}

/// Makes a user who has chosen the password.
pub(crate) async fn user(app: &TestApp, email: &str, role: Role) -> ActorId {
    let command = CreateUser {
        email: email.parse().unwrap(),
        name: "Ada".parse().unwrap(),
        role,
        whose: Whose::Vendor,
    };
    let made = app.user_create(&app.owner, None, command).await.unwrap();
    accept(app, &made.value.token.unwrap()).await.unwrap();
    made.value.user_id
}

async fn accept(app: &TestApp, token: &Token) -> Result<(), AppError> {
    let (nobody, password) = (app.stranger(), password(PASSWORD));
    let chosen = app.invitation_accept(&nobody, None, token, &password).await;
    chosen.map(drop)
}

/// The owner with an account, signed in.
pub(crate) async fn owner_signed_in(app: &TestApp) -> SignedIn {
    let made = app.owner_create(
        "olga@vendor.example".parse().unwrap(),
        "Olga".parse().unwrap(),
    );
    accept(app, &made.await.unwrap().value.token.unwrap())
        .await
        .unwrap();
    sign_in(app, "olga@vendor.example", PASSWORD).await.unwrap()
}

pub(crate) async fn role_of(app: &App, token: &Token) -> Option<Role> {
    let known = app.signed_in(token, SessionKind::Browser).await.unwrap();
    known.map(|(actor, _)| actor.role)
}

#[tokio::test]
async fn who_is_invited_chooses_a_password_once_and_signs_in() {
    for_each_database(async |app| {
        let stranger = app.stranger();
        assert!(!app.people_sign_in().await.unwrap());
        let made = app
            .owner_create(
                "Olga@Vendor.example".parse().unwrap(),
                "Olga".parse().unwrap(),
            )
            .await
            .unwrap();
        assert!(app.people_sign_in().await.unwrap());
        assert_eq!(
            made.value.user_id, app.owner.id,
            "the owner stays who they were"
        );
        let token = made.value.token.unwrap();
        assert_eq!(
            code(sign_in(app, "olga@vendor.example", PASSWORD).await),
            "credentials_wrong",
            "without a password nobody comes in"
        );
        let shown = app.invitation_show(&stranger, &token).await.unwrap();
        assert_eq!(shown.name.as_str(), "Olga");
        let short = app
            .invitation_accept(&stranger, None, &token, &password("short"))
            .await;
        assert_eq!(code(short), "password_too_short");
        accept(app, &token).await.unwrap();
        assert_eq!(code(accept(app, &token).await), "invitation_not_open");
        let signed_in = sign_in(app, "OLGA@vendor.EXAMPLE", PASSWORD).await.unwrap();
        assert_eq!(role_of(app, &signed_in.token).await, Some(Role::Owner));
        let as_program = app
            .signed_in(&signed_in.token, SessionKind::Program)
            .await
            .unwrap();
        assert_eq!(
            as_program, None,
            "a browser's token opens nothing for a program"
        );
        let sessions = app.session_list(&app.owner, PAGE).await.unwrap();
        assert_eq!(sessions.rows[0].address.as_deref(), Some("192.0.2.7"));
        app.session_end(&app.owner, None, signed_in.session_id)
            .await
            .unwrap();
        assert_eq!(role_of(app, &signed_in.token).await, None);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_wrong_address_and_a_wrong_password_are_refused_in_the_same_words() {
    for_each_database(async |app| {
        let id = user(app, "ada@vendor.example", Role::Support).await;
        let before = size(app).await;
        let mut told = Vec::new();
        for (email, text) in [
            ("ada@vendor.example", "another password"),
            ("bob@vendor.example", PASSWORD),
            ("no address", PASSWORD),
        ] {
            told.push(sign_in(app, email, text).await.unwrap_err().to_string());
        }
        app.user_deactivate(&app.owner, None, id).await.unwrap();
        let deactivated = size(app).await;
        told.push(
            sign_in(app, "ada@vendor.example", PASSWORD)
                .await
                .unwrap_err()
                .to_string(),
        );
        told.dedup();
        assert_eq!(told, ["the e-mail address or the password is wrong"]);
        assert_eq!((before + 1, deactivated), (deactivated, size(app).await));
    })
    .await;
}

#[tokio::test]
async fn whoever_guesses_has_to_wait() {
    for_each_database(async |app| {
        user(app, "ada@vendor.example", Role::Support).await;
        for _ in 0..5 {
            let refused = sign_in(app, "ada@vendor.example", "a wrong password").await;
            assert_eq!(code(refused), "credentials_wrong");
        }
        let refused = sign_in(app, "ada@vendor.example", PASSWORD).await;
        assert_eq!(code(refused), "too_many_tries");
        app.clock.advance_millis(60_000);
        sign_in(app, "ada@vendor.example", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn sessions_end_by_rest_by_age_with_the_password_and_with_the_user() {
    for_each_database(async |app| {
        let id = user(app, "ada@vendor.example", Role::Support).await;
        let idle = sign_in(app, "ada@vendor.example", PASSWORD).await.unwrap();
        let used = sign_in(app, "ada@vendor.example", PASSWORD).await.unwrap();
        for day in 0..SESSION_DAYS {
            app.clock.advance_days(1);
            let fresh = day + 1 < SESSION_DAYS;
            assert_eq!(
                role_of(app, &used.token).await.is_some(),
                fresh,
                "day {day}"
            );
            if day + 1 == SESSION_IDLE_DAYS {
                assert_eq!(role_of(app, &idle.token).await, None, "nobody used it");
            }
        }
        let here = sign_in(app, "ada@vendor.example", PASSWORD).await.unwrap();
        let there = sign_in(app, "ada@vendor.example", PASSWORD).await.unwrap();
        let ada = app.user_get(&app.owner, id).await.unwrap();
        let ada = ada.actor(app.vendor_id());
        let wrong = app
            .password_change(
                &ada,
                None,
                &password("not this"),
                &password("eight grey geese"),
            )
            .await;
        assert_eq!(code(wrong), "credentials_wrong");
        let session = Some(here.session_id);
        app.password_change(
            &ada,
            session,
            &password(PASSWORD),
            &password("eight grey geese"),
        )
        .await
        .unwrap();
        assert_eq!(role_of(app, &here.token).await, Some(Role::Support));
        assert_eq!(role_of(app, &there.token).await, None);
        let update = UpdateUser {
            name: None,
            role: Some(Role::Auditor),
        };
        app.user_update(&app.owner, None, id, update).await.unwrap();
        assert_eq!(
            role_of(app, &here.token).await,
            Some(Role::Auditor),
            "at once"
        );
        app.user_deactivate(&app.owner, None, id).await.unwrap();
        assert_eq!(role_of(app, &here.token).await, None);
        app.user_reactivate(&app.owner, None, id).await.unwrap();
        assert_eq!(
            role_of(app, &here.token).await,
            None,
            "what was ended stays so"
        );
    })
    .await;
}

#[tokio::test]
async fn nobody_ends_the_session_of_another_but_an_owner() {
    for_each_database(async |app| {
        let ada = user(app, "ada@vendor.example", Role::Admin).await;
        user(app, "bob@vendor.example", Role::Admin).await;
        let bobs = sign_in(app, "bob@vendor.example", PASSWORD).await.unwrap();
        let ada = app.user_get(&app.owner, ada).await.unwrap();
        let ada = ada.actor(app.vendor_id());
        let refused = app.session_end(&ada, None, bobs.session_id).await;
        assert_eq!(code(refused), "session_not_found");
        app.session_end(&app.owner, None, bobs.session_id)
            .await
            .unwrap();
        assert_eq!(role_of(app, &bobs.token).await, None);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_runs_out_and_a_new_one_takes_its_place() {
    for_each_database(async |app| {
        let command = CreateUser {
            email: "ada@vendor.example".parse().unwrap(),
            name: "Ada".parse().unwrap(),
            role: Role::Support,
            whose: Whose::Vendor,
        };
        let first = app
            .user_create(&app.owner, None, command.clone())
            .await
            .unwrap();
        let taken = app.user_create(&app.owner, None, command).await;
        assert_eq!(code(taken), "user_email_taken");
        let id = first.value.user_id;
        let second = app.user_invite(&app.owner, None, id).await.unwrap();
        let old = accept(app, &first.value.token.unwrap()).await;
        assert_eq!(code(old), "invitation_not_open");
        app.clock.advance_days(INVITATION_DAYS);
        let late = accept(app, &second.value.token.unwrap()).await;
        assert_eq!(code(late), "invitation_not_open");
        let third = app.user_invite(&app.owner, None, id).await.unwrap();
        accept(app, &third.value.token.unwrap()).await.unwrap();
        sign_in(app, "ada@vendor.example", PASSWORD).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn somebody_always_owns_the_vendor() {
    for_each_database(async |app| {
        let olga = user(app, "olga@vendor.example", Role::Owner).await;
        let refused = app.user_deactivate(&app.owner, None, olga).await;
        assert_eq!(code(refused), "user_last_owner");
        let demoted = UpdateUser {
            name: None,
            role: Some(Role::Admin),
        };
        let refused = app
            .user_update(&app.owner, None, olga, demoted.clone())
            .await;
        assert_eq!(code(refused), "user_last_owner");
        user(app, "otto@vendor.example", Role::Owner).await;
        app.user_update(&app.owner, None, olga, demoted)
            .await
            .unwrap();
        let users = app
            .user_list(&app.owner, Whose::Vendor, PAGE)
            .await
            .unwrap();
        let roles: Vec<_> = users.rows.iter().map(|user| user.role).collect();
        assert_eq!(roles, [Role::Owner, Role::Admin]);
    })
    .await;
}
