//! Letters that nobody asked for wait until the mail server takes them.

use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::letter::Language;
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::expiry_notice::{customer, letters, license, notices};

/// A store in which one notice is due, and a mail server that is away.
pub(crate) async fn with_one_due(app: &TestApp) {
    let nord = customer(app, "Nordwind", "it@nordwind.example").await;
    license(app, nord, 31).await;
    notices(app, &[30], Language::English).await;
    app.letters.set_away(true);
    app.clock.advance_days(1);
    app.expiry_notices_send().await.unwrap();
}

/// A store in which notices to so many customers are due.
async fn with_several_due(app: &TestApp, customers: u32) {
    for number in 0..customers {
        let (name, email) = (format!("C {number}"), format!("it@c-{number}.example"));
        let id = customer(app, &name, &email).await;
        license(app, id, 31).await;
    }
    notices(app, &[30], Language::English).await;
    app.clock.advance_days(1);
    app.expiry_notices_send().await.unwrap();
}

#[tokio::test]
async fn a_letter_waits_for_a_mail_server_that_is_away_also_through_a_restart() {
    for kind in DatabaseKind::BOTH {
        let app = TestApp::open(kind).await;
        with_one_due(&app).await;
        letters(&app, 0).await;
        let app = app.restarted().await;
        app.letters.set_away(false);
        // It was tried just now.
        letters(&app, 0).await;
        app.clock.advance_millis(10_000);
        assert_eq!(letters(&app, 1).await[0].0, "it@nordwind.example");
        app.clock.advance_days(1);
        letters(&app, 1).await;
        app.close().await;
    }
}

#[tokio::test]
async fn it_is_tried_less_and_less_often_and_given_up_after_days() {
    for_each_database(async |app| {
        with_one_due(app).await;
        for wait in [10_000, 60_000, 600_000, 3_600_000, 21_600_000, 21_600_000] {
            letters(app, 0).await;
            app.clock.advance_millis(wait - 1);
            app.letters.set_away(false);
            letters(app, 0).await;
            app.letters.set_away(true);
            app.clock.advance_millis(1);
        }
        letters(app, 0).await;
        app.clock.advance_days(5);
        app.letters.set_away(false);
        letters(app, 0).await;
        app.clock.advance_days(1);
        letters(app, 0).await;
    })
    .await;
}

#[tokio::test]
async fn one_that_is_not_taken_does_not_have_all_others_tried() {
    for_each_database(async |app| {
        with_several_due(app, 3).await;
        app.letters.set_away(true);
        letters(app, 0).await;
        app.letters.set_away(false);
        // The first of them was tried, and waits.
        letters(app, 2).await;
        app.clock.advance_millis(10_000);
        letters(app, 3).await;
    })
    .await;
}

#[tokio::test]
async fn what_one_customer_has_stands_in_one_letter_also_where_it_is_much() {
    for_each_database(async |app| {
        let nord = customer(app, "Nordwind", "it@nordwind.example").await;
        for _ in 0..210 {
            license(app, nord, 31).await;
        }
        notices(app, &[30], Language::English).await;
        app.clock.advance_days(1);
        app.expiry_notices_send().await.unwrap();
        letters(app, 1).await;
        let text = app.letters.all()[0].text.clone();
        assert!(text.contains("and 160 more\n"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_does_not_keep_the_program_from_stopping() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = Arc::new(app.another_server().await);
    with_one_due(&app).await;
    app.letters.fall_silent();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = tokio::spawn(Arc::clone(&other).letters_run(stopped));
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.send_replace(true);
    let ended = tokio::time::timeout(Duration::from_secs(10), running).await;
    ended.expect("it stops soon").unwrap();
    Arc::into_inner(other).unwrap().close().await;
    app.close().await;
}

#[tokio::test]
async fn two_servers_carry_each_letter_once() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = Arc::new(app.another_server().await);
    with_several_due(&app, 30).await;
    let (one, two) = tokio::join!(app.letters_send(), other.letters_send());
    one.unwrap();
    two.unwrap();
    letters(&app, 30).await;
    Arc::into_inner(other).unwrap().close().await;
    app.close().await;
}
