//! Notices before a license ends: when, to whom, and once.

use std::sync::Arc;

use latchkey_app::customer::UpdateCustomer;
use latchkey_app::license::IssueLicense;
use latchkey_domain::expiry_notice::ExpiryNotices;
use latchkey_domain::letter::Language;
use latchkey_domain::license::IssueTerms;
use latchkey_domain::{CustomerId, LicenseId};
use latchkey_store::filter::LedgerFilter;
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger};

pub(crate) async fn notices(app: &TestApp, days: &[u32], language: Language) {
    let notices = ExpiryNotices::new(days.to_vec(), language).unwrap();
    app.expiry_notices_set(&app.owner, None, notices)
        .await
        .unwrap();
}

pub(crate) async fn customer(app: &TestApp, name: &str, email: &str) -> CustomerId {
    let id = app.customer(name).await;
    let update = UpdateCustomer {
        email: Some(Some(email.parse().unwrap())),
        ..UpdateCustomer::default()
    };
    app.customer_update(&app.owner, None, id, update)
        .await
        .unwrap();
    id
}

/// A license that ends in so many days.
pub(crate) async fn license(app: &TestApp, customer_id: CustomerId, days: u32) -> LicenseId {
    let command = IssueLicense {
        policy_id: app.policy(3).await,
        customer_id,
        terms: IssueTerms {
            seats_max: None,
            expires_at: Some(app.now().plus_days(days)),
        },
    };
    let made = app.license_issue(&app.owner, None, command).await;
    made.unwrap().value
}

/// The receivers and subjects of all letters so far, of which there should be so many by now.
pub(crate) async fn letters(app: &TestApp, expected: usize) -> Vec<(String, String)> {
    app.letters_send().await.unwrap();
    let all = app.letters.all().into_iter();
    let mut all: Vec<_> = all.map(|letter| (letter.to, letter.subject)).collect();
    all.sort();
    assert_eq!(all.len(), expected, "{all:?}");
    all
}

#[tokio::test]
async fn a_letter_is_sent_at_each_mark_once_and_none_of_what_was_passed() {
    for_each_database(async |app| {
        let nord = customer(app, "Nordwind", "it@nordwind.example").await;
        license(app, nord, 40).await;
        // Issued for less than a month: nobody has to be told that at once.
        license(app, nord, 20).await;
        app.expiry_notices_send().await.unwrap();
        // Nobody said when.
        letters(app, 0).await;
        notices(app, &[30, 7, 1], Language::English).await;
        app.expiry_notices_send().await.unwrap();
        letters(app, 0).await;
        let mut expected = 0;
        for day in 1..=45 {
            app.clock.advance_days(1);
            app.expiry_notices_send().await.unwrap();
            app.expiry_notices_send().await.unwrap();
            // The first license ends after 40 days, the second one after 20.
            expected += match day {
                10 | 13 | 19 | 33 | 39 => 1,
                _ => 0,
            };
            letters(app, expected).await;
        }
        let first = app.letters.all()[0].clone();
        assert_eq!(first.to, "it@nordwind.example");
        assert_eq!(first.subject, "Licenses of My company that will end soon");
        assert!(first.text.contains("Nordwind, key …"), "{}", first.text);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_was_missed_is_said_once_and_what_ends_together_stands_in_one_letter() {
    for_each_database(async |app| {
        let nord = customer(app, "Nordwind", "it@nordwind.example").await;
        let (one, _) = (license(app, nord, 40).await, license(app, nord, 40).await);
        notices(app, &[30, 7, 1], Language::German).await;
        app.clock.advance_days(36);
        app.expiry_notices_send().await.unwrap();
        let subject = "Lizenzen von My company, die bald enden".to_owned();
        let all = letters(app, 1).await;
        assert_eq!(all, [("it@nordwind.example".to_owned(), subject)]);
        let newest = LedgerFilter {
            entity_id: Some(latchkey_domain::id::TypedId::uuid(one)),
            ..LedgerFilter::default()
        };
        let entries = app.ledger_list(&app.owner, &newest, PAGE).await.unwrap();
        assert_eq!(entries.rows[0].row.verb.as_str(), "license.expiring");
        assert_eq!(entries.rows[0].actor_name, "Latchkey");
        // One that was renewed has another end.
        app.license_renew(&app.owner, None, one, Default::default())
            .await
            .unwrap();
        app.clock.advance_days(3);
        app.expiry_notices_send().await.unwrap();
        let subject = "Lizenzen von My company, die bald enden".to_owned();
        assert_eq!(letters(app, 2).await[0].1, subject);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_notice_does_not_keep_what_was_done_before_from_being_undone() {
    for_each_database(async |app| {
        let nord = customer(app, "Nordwind", "it@nordwind.example").await;
        let id = license(app, nord, 31).await;
        notices(app, &[30], Language::English).await;
        app.clock.advance_millis(23 * 3_600_000);
        let done = app.license_suspend(&app.owner, None, id, None).await;
        let suspended = change(done.unwrap());
        app.change_undo(&app.owner, None, suspended).await.unwrap();
        let done = app.license_suspend(&app.owner, None, id, None).await;
        let suspended = change(done.unwrap());
        app.clock.advance_millis(2 * 3_600_000);
        app.expiry_notices_send().await.unwrap();
        // A suspended one is not told of.
        letters(app, 0).await;
        app.change_undo(&app.owner, None, suspended).await.unwrap();
        app.expiry_notices_send().await.unwrap();
        letters(app, 1).await;
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn two_servers_send_a_notice_once() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = Arc::new(app.another_server().await);
    for number in 0..30 {
        let email = format!("it@customer-{number}.example");
        let id = customer(&app, &format!("Customer {number}"), &email).await;
        license(&app, id, 31).await;
    }
    notices(&app, &[30], Language::English).await;
    app.clock.advance_days(1);
    let (one, two) = tokio::join!(app.expiry_notices_send(), other.expiry_notices_send());
    one.unwrap();
    two.unwrap();
    let all = letters(&app, 30).await;
    let to: std::collections::BTreeSet<_> = all.iter().map(|(to, _)| to).collect();
    assert_eq!(to.len(), 30);
    Arc::into_inner(other).unwrap().close().await;
    app.close().await;
}
