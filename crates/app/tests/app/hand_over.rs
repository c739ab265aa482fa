//! Letting the desktop window in from a browser.

use latchkey_app::session::{HandOver, SignedIn, TakeOver};
use latchkey_app::{App, AppError};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::hand_over::{Challenge, challenge_of};
use latchkey_domain::id::TypedId as _;
use latchkey_domain::limits::{FACTOR_FRESH_SECONDS, HAND_OVER_SECONDS};
use latchkey_domain::role_rule::RoleRule;
use latchkey_domain::session::{SessionKind, Token};
use latchkey_domain::user::Whose;
use latchkey_domain::{ActorId, SessionId};
use latchkey_store::filter::LedgerFilter;
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code};
use crate::user::{PASSWORD, asked, owner_signed_in, password, user};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const ADDRESS: &str = "192.0.2.20";

/// What a browser asks for that lets a window in.
pub(crate) fn to_the_window(session_id: Option<SessionId>) -> HandOver {
    HandOver {
        session_id,
        challenge: Challenge::parse(&challenge_of(VERIFIER)).unwrap(),
        computer: "office-3".parse().unwrap(),
        anew: false,
    }
}

/// What the window comes with.
pub(crate) fn with_code(code: &str) -> TakeOver {
    TakeOver {
        code: Token::received(code),
        verifier: VERIFIER.to_owned(),
        replaces: None,
        address: Some(ADDRESS.into()),
        agent: Some("Latchkey/1.0 (Linux)".into()),
    }
}

/// Who holds a browser's token, now.
async fn in_browser(app: &App, token: &Token) -> Actor {
    let known = app.signed_in(token, SessionKind::Browser).await.unwrap();
    known.unwrap().0
}

/// Who holds a window's token, now; none if it opens nothing.
async fn in_window(app: &App, token: &Token) -> Option<(Actor, SessionId)> {
    app.signed_in(token, SessionKind::Program).await.unwrap()
}

/// Lets a window in, and answers the code.
async fn handed_over(app: &App, browser: &SignedIn) -> Token {
    let actor = in_browser(app, &browser.token).await;
    let asked = to_the_window(Some(browser.session_id));
    let done = app.session_hand_over(&actor, asked).await.unwrap();
    done.value.code
}

async fn take(app: &App, code: &Token) -> Result<SignedIn, AppError> {
    let asked = with_code(code.reveal());
    app.session_take_over(&app.stranger(), asked).await
}

/// Somebody of the vendor in a browser.
async fn signed_in(app: &TestApp, email: &str, role: Role) -> (ActorId, SignedIn) {
    let id = user(app, email, role).await;
    (id, signed_in_again(app, email).await)
}

async fn signed_in_again(app: &TestApp, email: &str) -> SignedIn {
    let done = app.sign_in(&app.stranger(), asked(email, PASSWORD)).await;
    done.unwrap()
}

async fn verbs(app: &TestApp, id: SessionId) -> Vec<String> {
    let filter = LedgerFilter {
        entity_id: Some(id.uuid()),
        ..LedgerFilter::default()
    };
    let entries = app.ledger_list(&app.owner, &filter, PAGE).await.unwrap();
    let verbs = entries.rows.iter();
    verbs
        .map(|entry| entry.row.verb.as_str().to_owned())
        .collect()
}

#[tokio::test]
async fn a_window_is_let_in_once_by_a_session_of_its_own() {
    for_each_database(async |app| {
        let browser = owner_signed_in(app).await;
        let code_for = handed_over(app, &browser).await;
        assert!(code_for.reveal().starts_with("lkh_"));
        // The code opens nothing, and what waits is in no list.
        assert_eq!(in_window(app, &code_for).await, None);
        let olga = in_browser(app, &browser.token).await;
        let sessions = app.session_list(&olga, PAGE).await.unwrap().rows;
        assert_eq!(sessions.len(), 1);

        let window = take(app, &code_for).await.unwrap();
        assert_eq!(window.actor.id, olga.id);
        assert_ne!(window.session_id, browser.session_id);
        let (actor, id) = in_window(app, &window.token).await.unwrap();
        assert_eq!(
            (actor.id, actor.role, id),
            (olga.id, Role::Owner, window.session_id)
        );
        let as_cookie = app.signed_in(&window.token, SessionKind::Browser).await;
        assert_eq!(as_cookie.unwrap(), None, "it is a program's");
        assert_eq!(in_browser(app, &browser.token).await.id, olga.id, "stays");

        let sessions = app.session_list(&olga, PAGE).await.unwrap().rows;
        assert_eq!(sessions.len(), 2);
        let made = sessions
            .iter()
            .find(|it| it.id == window.session_id)
            .unwrap();
        assert_eq!(made.computer.as_ref().unwrap().as_str(), "office-3");
        assert_eq!(made.address.as_deref(), Some(ADDRESS));
        assert_eq!(made.agent.as_deref(), Some("Latchkey/1.0 (Linux)"));

        let again = take(app, &code_for).await;
        assert_eq!(code(again), "hand_over_not_open", "it counts once");
        let with_token = take(app, &window.token).await;
        assert_eq!(code(with_token), "hand_over_not_open", "a token is no code");
        app.session_end(&olga, None, window.session_id)
            .await
            .unwrap();
        assert_eq!(in_window(app, &window.token).await, None);
        assert_eq!(
            verbs(app, window.session_id).await,
            ["session.end", "session.take_over", "session.hand_over"]
        );
        check_ledger(app).await;
    })
    .await;
}

/// What comes of a code with which two ask at once.
async fn at_once(code_for: &Token, one: &App, two: &App) -> [&'static str; 2] {
    let (one, two) = tokio::join!(take(one, code_for), take(two, code_for));
    let mut came = [code(one), code(two)];
    came.sort_unstable();
    came
}

#[tokio::test]
async fn of_two_windows_that_come_at_once_one_is_let_in() {
    for_each_database(async |app| {
        let browser = owner_signed_in(app).await;
        let code_for = handed_over(app, &browser).await;
        let came = at_once(&code_for, app, app).await;
        assert_eq!(came, ["hand_over_not_open", "ok"]);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn of_two_servers_that_are_asked_at_once_one_lets_in() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = app.another_server().await;
    let browser = owner_signed_in(&app).await;
    for _ in 0..5 {
        let code_for = handed_over(&app, &browser).await;
        let came = at_once(&code_for, &app, &other).await;
        assert_eq!(came, ["hand_over_not_open", "ok"]);
    }
    other.close().await;
    check_ledger(&app).await;
    app.close().await;
}

#[tokio::test]
async fn a_code_that_is_late_or_comes_without_its_verifier_counts_for_nothing() {
    for_each_database(async |app| {
        let browser = owner_signed_in(app).await;
        let minute = i64::from(HAND_OVER_SECONDS) * 1_000;
        let late = handed_over(app, &browser).await;
        app.clock.advance_millis(minute);
        assert_eq!(code(take(app, &late).await), "hand_over_not_open");

        let code_for = handed_over(app, &browser).await;
        for verifier in ["", VERIFIER.trim_end_matches('k'), &challenge_of(VERIFIER)] {
            let asked = TakeOver {
                verifier: verifier.to_owned(),
                ..with_code(code_for.reveal())
            };
            let wrong = app.session_take_over(&app.stranger(), asked).await;
            assert_eq!(code(wrong), "hand_over_not_open", "{verifier}");
        }
        app.clock.advance_millis(minute - 1);
        take(app, &code_for).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_done_in_the_window_is_as_fresh_as_what_was_given_in_the_browser() {
    for_each_database(async |app| {
        let browser = owner_signed_in(app).await;
        let given = in_browser(app, &browser.token).await.proved_at;
        app.clock.advance_millis((FACTOR_FRESH_SECONDS + 1) * 1_000);
        let code_for = handed_over(app, &browser).await;
        let window = take(app, &code_for).await.unwrap();
        let (actor, _) = in_window(app, &window.token).await.unwrap();
        assert_eq!(actor.proved_at, given, "never newer");
        let sensitive = app.second_factor_begin(&actor).await;
        assert_eq!(code(sensitive), "factor_stale");

        // Where the window needs somebody who has just shown who they are, the browser asks them first.
        let anew = HandOver {
            anew: true,
            ..to_the_window(Some(browser.session_id))
        };
        let olga = in_browser(app, &browser.token).await;
        let stale = app.session_hand_over(&olga, anew).await;
        assert_eq!(code(stale), "factor_stale");
        let fresh = signed_in_again(app, "olga@vendor.example").await;
        let olga = in_browser(app, &fresh.token).await;
        let anew = HandOver {
            anew: true,
            ..to_the_window(Some(fresh.session_id))
        };
        let done = app.session_hand_over(&olga, anew).await.unwrap();
        let replacing = TakeOver {
            replaces: Some(window.session_id),
            ..with_code(done.value.code.reveal())
        };
        let (actor, _) = in_window(app, &window.token).await.unwrap();
        let renewed = app.session_take_over(&actor, replacing).await.unwrap();
        assert_eq!(in_window(app, &window.token).await, None, "it was replaced");
        let (actor, _) = in_window(app, &renewed.token).await.unwrap();
        app.second_factor_begin(&actor).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_window_is_not_taken_over() {
    for_each_database(async |app| {
        let olga = owner_signed_in(app).await;
        let window = take(app, &handed_over(app, &olga).await).await.unwrap();
        let (_, bob) = signed_in(app, "bob@vendor.example", Role::Support).await;
        let code_for = handed_over(app, &bob).await;
        let replacing = TakeOver {
            replaces: Some(window.session_id),
            ..with_code(code_for.reveal())
        };
        let (actor, _) = in_window(app, &window.token).await.unwrap();
        let other = app.session_take_over(&actor, replacing).await;
        assert_eq!(code(other), "hand_over_other_person");
        assert!(in_window(app, &window.token).await.is_some(), "it stays");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_is_kept_out_meanwhile_is_not_let_in() {
    for_each_database(async |app| {
        let (id, ada) = signed_in(app, "ada@vendor.example", Role::Admin).await;
        let code_for = handed_over(app, &ada).await;
        app.user_deactivate(&app.owner, None, id).await.unwrap();
        assert_eq!(code(take(app, &code_for).await), "hand_over_not_open");
        app.user_reactivate(&app.owner, None, id).await.unwrap();
        assert_eq!(code(take(app, &code_for).await), "hand_over_not_open");

        // Whoever changes their password ends what was handed over before it, too.
        let ada = signed_in_again(app, "ada@vendor.example").await;
        let code_for = handed_over(app, &ada).await;
        let actor = in_browser(app, &ada.token).await;
        let (present, new) = (password(PASSWORD), password("eight grey geese"));
        let session = Some(ada.session_id);
        app.password_change(&actor, session, &present, &new)
            .await
            .unwrap();
        assert_eq!(code(take(app, &code_for).await), "hand_over_not_open");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn only_somebody_in_a_browser_as_themselves_lets_a_window_in() {
    for_each_database(async |app| {
        let customer = app.customer("Nordwind").await;
        let olga = owner_signed_in(app).await;
        let at_home = app.session_hand_over(&app.owner, to_the_window(None));
        assert_eq!(code(at_home.await), "session_not_found");
        let window = take(app, &handed_over(app, &olga).await).await.unwrap();
        let (actor, id) = in_window(app, &window.token).await.unwrap();
        let chained = app.session_hand_over(&actor, to_the_window(Some(id)));
        assert_eq!(code(chained.await), "hand_over_browser_only");

        // Nobody hands over what is somebody else's.
        let (_, bob) = signed_in(app, "bob@vendor.example", Role::Owner).await;
        let bob = in_browser(app, &bob.token).await;
        let not_his = app.session_hand_over(&bob, to_the_window(Some(olga.session_id)));
        assert_eq!(code(not_his.await), "session_not_found");

        let session = Some(olga.session_id);
        let actor = in_browser(app, &olga.token).await;
        app.view_as(&actor, None, session, Whose::Customer(customer))
            .await
            .unwrap();
        let looking = in_browser(app, &olga.token).await;
        let viewing = app.session_hand_over(&looking, to_the_window(session));
        assert_eq!(code(viewing.await), "viewing_only");
        // Nor by whoever was themselves a moment ago.
        let before = app.session_hand_over(&actor, to_the_window(session));
        assert_eq!(code(before.await), "hand_over_browser_only");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn signing_in_goes_on_in_a_lockdown_and_from_elsewhere_and_acting_does_not() {
    for_each_database(async |app| {
        let (_, ada) = signed_in(app, "ada@vendor.example", Role::Support).await;
        let network = "10.0.0.0/8".parse().unwrap();
        let rule = RoleRule::new(Role::Support, None, vec![network]).unwrap();
        app.role_rule_set(&app.owner, None, rule).await.unwrap();
        app.vendor_lock_down(&app.owner, None).await.unwrap();
        let window = take(app, &handed_over(app, &ada).await).await.unwrap();
        let (actor, _) = in_window(app, &window.token).await.unwrap();
        let acting = app.customer_list(&actor, &Default::default(), PAGE).await;
        assert_eq!(code(acting), "outside_own_network");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn who_guesses_codes_is_told_to_wait() {
    for_each_database(async |app| {
        let mut came = "";
        for _ in 0..60 {
            came = code(take(app, &Token::received("lkh_guessed")).await);
        }
        assert_eq!(came, "too_many_tries");
        app.clock.advance_millis(60_000);
        let browser = owner_signed_in(app).await;
        // What is right is not counted.
        for _ in 0..60 {
            take(app, &handed_over(app, &browser).await).await.unwrap();
        }
    })
    .await;
}
