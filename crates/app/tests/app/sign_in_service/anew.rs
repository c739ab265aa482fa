//! Showing the sign-in service anew who one is, and what counts as shown just now.

use latchkey_app::App;
use latchkey_app::sign_in_service::{FinishSignIn, Finished, Kept, Person};
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::FACTOR_FRESH_SECONDS;
use latchkey_domain::session::{SessionKind, Token};
use latchkey_testkit::for_each_database;

use super::{ADA, MINUTE, back, come, invited, last_verbs, person, signed_in};
use crate::common::{check_ledger, code};

async fn acting(app: &App, token: &Token) -> Actor {
    let known = app.signed_in(token, SessionKind::Browser).await.unwrap();
    known.unwrap().0
}

#[tokio::test]
async fn who_signed_in_by_it_shows_there_anew_who_they_are() {
    for_each_database(async |app| {
        let id = invited(app, ADA).await;
        let (_, token) = signed_in(come(app, person(app, "a-1", ADA)).await);
        let (ada, session) = app
            .signed_in(&token, SessionKind::Browser)
            .await
            .unwrap()
            .unwrap();
        app.second_factor_begin(&ada).await.unwrap();
        app.clock.advance_millis(25 * MINUTE);
        let stale = app.second_factor_begin(&acting(app, &token).await).await;
        assert_eq!(code(stale), "factor_stale");

        let nobody = app.service_sign_in_begin(&app.stranger(), None, true).await;
        assert_eq!(code(nobody), "session_not_found");
        let begin = async || {
            let begun = app.service_sign_in_begin(&ada, Some(session), true).await;
            begun.unwrap().attempt
        };
        let finish = async |session_id, kept: &Kept| {
            let given = FinishSignIn {
                session_id,
                ..back(app, kept)
            };
            app.service_sign_in_finish(&ada, given).await
        };
        let kept = begin().await;
        assert!(app.service.asks_anew());
        // Known there for long, or nobody says since when: it was not shown anew.
        let shown_before = person(app, "a-1", ADA);
        app.clock.advance_millis(2 * MINUTE);
        let kept_later = begin().await;
        app.service.says(Some(shown_before));
        let known = finish(Some(session), &kept_later).await;
        assert_eq!(code(known), "sign_in_not_anew");
        app.service.says(Some(Person {
            authenticated_at: None,
            ..person(app, "a-1", ADA)
        }));
        let untold = finish(Some(session), &begin().await).await;
        assert_eq!(code(untold), "sign_in_not_anew");
        // Somebody else, at the same screen.
        invited(app, "bob@vendor.example").await;
        app.service
            .says(Some(person(app, "b-1", "bob@vendor.example")));
        let bob = finish(Some(session), &begin().await).await;
        assert_eq!(code(bob), "sign_in_other_identity");
        // In another session, or in none.
        app.service.says(Some(person(app, "a-1", ADA)));
        let elsewhere = finish(None, &kept).await;
        assert_eq!(code(elsewhere), "sign_in_attempt_over");
        let proved = match finish(Some(session), &begin().await).await.unwrap() {
            Finished::Proved(proved) => proved.value,
            other => panic!("{other:?} is no proof"),
        };
        assert_eq!(last_verbs(app, 1).await, [Verb::SessionProve]);
        let old = app.signed_in(&token, SessionKind::Browser).await.unwrap();
        assert_eq!(old, None, "the token is another one");
        let ada = acting(app, &proved.token).await;
        assert_eq!(ada.id, id);
        app.second_factor_begin(&ada).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn whom_the_service_has_known_for_long_has_shown_nothing_just_now() {
    for_each_database(async |app| {
        invited(app, ADA).await;
        let stale = Person {
            authenticated_at: Some(app.now().plus_millis(-(FACTOR_FRESH_SECONDS + 1) * 1_000)),
            ..person(app, "a-1", ADA)
        };
        let untold = Person {
            authenticated_at: None,
            ..person(app, "a-1", ADA)
        };
        for known in [stale, untold] {
            let (_, token) = signed_in(come(app, known).await);
            let ada = acting(app, &token).await;
            let refused = app.second_factor_begin(&ada).await;
            assert_eq!(code(refused), "factor_stale");
        }
    })
    .await;
}
