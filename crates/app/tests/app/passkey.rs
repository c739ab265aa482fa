//! Passkeys: who comes in with one, who does not, and what stays of it. The devices are the test's; what they sign is
//! verified as ever.

mod guard;
mod own;

use latchkey_app::passkey::{BegunPasskey, FinishPasskeySignIn, PasskeySignedIn};
use latchkey_app::{App, AppError};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::second_factor::GivenCode;
use latchkey_domain::session::{SessionKind, Token};
use latchkey_domain::user::User;
use latchkey_domain::{ActorId, PasskeyId, SessionId};
use latchkey_store::filter::LedgerFilter;
use latchkey_testkit::{TestApp, TestDevice, for_each_database, shown_code};
use serde_json::json;

use crate::common::{PAGE, check_ledger, code};
use crate::user::{PASSWORD, asked, role_of, user};

const ADA: &str = "ada@vendor.example";
const ORIGIN: &str = "https://licenses.vendor.example";
const MINUTE: i64 = 60_000;

/// Nobody's device answers with this.
pub(crate) fn no_passkey() -> FinishPasskeySignIn {
    FinishPasskeySignIn {
        session_id: None,
        attempt: None,
        answer: json!({}),
        address: None,
        agent: None,
    }
}

/// A user with this role, who acts.
async fn person(app: &TestApp, email: &str, role: Role) -> Actor {
    let id = user(app, email, role).await;
    acting(app, id).await
}

async fn acting(app: &TestApp, id: ActorId) -> Actor {
    found(app, id).await.actor(app.vendor_id())
}

async fn found(app: &TestApp, id: ActorId) -> User {
    app.user_get(&app.owner, id).await.unwrap()
}

/// Adds a passkey, and answers the device that has it.
async fn added(app: &TestApp, actor: &Actor, seed: u8) -> (TestDevice, PasskeyId) {
    let begun = app.passkey_begin(actor, None).await.unwrap();
    let (device, answer) = TestDevice::make(seed, &begun.options, ORIGIN);
    let kept = Some(begun.attempt.sealed.as_str());
    let name = "Laptop".parse().unwrap();
    let made = app.passkey_create(actor, None, kept, name, &answer).await;
    (device, made.unwrap().value)
}

/// Adds a passkey, for who needs one to be there.
pub(crate) async fn passkey_of(app: &TestApp, actor: &Actor) {
    added(app, actor, 1).await;
}

/// Asks for a passkey to sign in with. Time goes on between one question and the next.
async fn ask(app: &TestApp) -> BegunPasskey {
    app.clock.advance_millis(1);
    let stranger = app.stranger();
    let begun = app.passkey_sign_in_begin(&stranger, None, false);
    begun.await.unwrap()
}

fn answered(device: &mut TestDevice, begun: &BegunPasskey) -> FinishPasskeySignIn {
    FinishPasskeySignIn {
        session_id: None,
        attempt: Some(begun.attempt.sealed.clone()),
        answer: device.answer(&begun.options),
        address: Some("192.0.2.7".into()),
        agent: Some("a browser".into()),
    }
}

async fn finish(app: &App, given: FinishPasskeySignIn) -> Result<PasskeySignedIn, AppError> {
    app.passkey_sign_in_finish(&app.stranger(), given).await
}

/// Signs in with a device.
async fn come(app: &TestApp, device: &mut TestDevice) -> Result<PasskeySignedIn, AppError> {
    let begun = ask(app).await;
    finish(app, answered(device, &begun)).await
}

fn signed_in(came: Result<PasskeySignedIn, AppError>) -> (Actor, SessionId, Token) {
    match came.unwrap() {
        PasskeySignedIn::SignedIn(signed_in) => {
            (signed_in.actor, signed_in.session_id, signed_in.token)
        }
        other => panic!("{other:?} is not signed in"),
    }
}

async fn last_verbs(app: &TestApp, count: usize) -> Vec<Verb> {
    let filter = LedgerFilter::default();
    let entries = app.ledger_list(&app.owner, &filter, PAGE).await.unwrap();
    let rows = entries.rows.iter().take(count);
    rows.map(|row| row.row.verb).collect()
}

#[tokio::test]
async fn a_passkey_lets_in_without_password_and_without_the_code_of_a_second_factor() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let begun = app.second_factor_begin(&ada).await.unwrap().value;
        let shown = shown_code(&begun.secret, app.now());
        app.second_factor_confirm(&ada, None, &GivenCode::read(&shown))
            .await
            .unwrap();
        let (mut device, id) = added(app, &ada, 1).await;
        assert_eq!(last_verbs(app, 1).await, [Verb::PasskeyCreate]);
        let begun = ask(app).await;
        assert_eq!(begun.options["publicKey"]["userVerification"], "required");
        assert_eq!(begun.options["publicKey"]["allowCredentials"], json!([]));
        assert!(
            begun.attempt.sealed.len() < 3_500,
            "it fits into a cookie: {}",
            begun.attempt.sealed.len()
        );
        let (actor, _, token) = signed_in(finish(app, answered(&mut device, &begun)).await);
        assert_eq!((actor.id, actor.role), (ada.id, Role::Support));
        assert_eq!(role_of(app, &token).await, Some(Role::Support));
        assert_eq!(last_verbs(app, 1).await, [Verb::SessionCreate]);
        let kept = app.passkey_get(&ada, id).await.unwrap();
        assert_eq!(kept.last_used_at, Some(app.now()));
        assert_eq!(kept.counter, 1);
        let by_password = app.sign_in(&app.stranger(), asked(ADA, PASSWORD)).await;
        assert_eq!(code(by_password), "second_factor_needed");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_sensitive_goes_on_after_the_passkey_was_given_anew() {
    for_each_database(async |app| {
        let ada = person(app, ADA, Role::Support).await;
        let bob = person(app, "bob@vendor.example", Role::Support).await;
        let (mut device, _) = added(app, &ada, 1).await;
        let (mut others, _) = added(app, &bob, 2).await;
        let (_, session, token) = signed_in(come(app, &mut device).await);
        app.clock.advance_millis(25 * MINUTE);
        let in_session = async |token: &Token| {
            let known = app.signed_in(token, SessionKind::Browser).await.unwrap();
            known.unwrap().0
        };
        let ada = in_session(&token).await;
        let stale = app.passkey_begin(&ada, Some(session)).await;
        assert_eq!(code(stale.map(drop)), "factor_stale");
        let begin = async || {
            app.clock.advance_millis(1);
            let begun = app.passkey_sign_in_begin(&ada, Some(session), true).await;
            begun.unwrap()
        };
        let finish = async |session_id, begun: &BegunPasskey, device: &mut TestDevice| {
            let given = FinishPasskeySignIn {
                session_id,
                ..answered(device, begun)
            };
            app.passkey_sign_in_finish(&ada, given).await
        };
        let begun = begin().await;
        let named = &begun.options["publicKey"]["allowCredentials"];
        assert_eq!(
            named[0]["id"],
            json!(device.id),
            "only her own are asked for"
        );
        let elsewhere = finish(None, &begun, &mut device).await;
        assert_eq!(code(elsewhere), "passkey_attempt_over");
        let somebody = finish(Some(session), &begun, &mut others).await;
        assert_eq!(code(somebody), "passkey_wrong");
        let proved = match finish(Some(session), &begin().await, &mut device).await {
            Ok(PasskeySignedIn::Proved(proved)) => proved.value,
            other => panic!("{other:?} is no proof"),
        };
        assert_eq!(last_verbs(app, 1).await, [Verb::SessionProve]);
        let old = app.signed_in(&token, SessionKind::Browser).await.unwrap();
        assert_eq!(old, None, "the token is another one");
        let ada = in_session(&proved.token).await;
        app.passkey_begin(&ada, Some(session)).await.unwrap();
        let nobody = app.passkey_sign_in_begin(&app.stranger(), None, true).await;
        assert_eq!(code(nobody.map(drop)), "session_not_found");
        check_ledger(app).await;
    })
    .await;
}
