//! Signing up by a link.

use std::time::Duration;

use latchkey_app::mail::Letter;
use latchkey_app::user::SignUp;
use latchkey_domain::actor::Role;
use latchkey_domain::letter::Language;
use latchkey_domain::session::Token;
use latchkey_domain::sign_up_link::SignUpTerms;
use latchkey_domain::user::Whose;
use latchkey_domain::{CustomerId, SignUpLinkId};
use latchkey_store::filter::CustomerFilter;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code};

/// What a link of a customer is made of.
pub(crate) fn terms(customer_id: CustomerId) -> SignUpTerms {
    SignUpTerms {
        name: "For Ada".parse().unwrap(),
        customer_id: Some(customer_id),
        role: Role::CustomerViewer,
        uses_max: 1,
        days: 7,
    }
}

/// What a link for whoever comes is made of.
fn for_anybody(uses_max: u32) -> SignUpTerms {
    SignUpTerms {
        name: "Website".parse().unwrap(),
        customer_id: None,
        role: Role::CustomerAdmin,
        uses_max,
        days: 7,
    }
}

fn who(email: &str, organization: Option<&str>) -> SignUp {
    SignUp {
        email: email.parse().unwrap(),
        name: "Ida Berg".parse().unwrap(),
        organization: organization.map(|name| name.parse().unwrap()),
    }
}

/// Somebody who has no account.
pub(crate) fn nobody_yet() -> SignUp {
    who("nobody@nowhere.example", Some("Nowhere"))
}

/// The letters so far, of which there should be so many by now.
pub(crate) async fn letters(app: &TestApp, expected: usize) -> Vec<Letter> {
    // Letters leave by themselves.
    let mut tries = 0;
    while app.letters.all().len() < expected && tries < 500 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        tries += 1;
    }
    let all = app.letters.all();
    assert_eq!(all.len(), expected);
    all
}

async fn link(app: &TestApp, terms: SignUpTerms) -> (SignUpLinkId, Token) {
    let made = app.sign_up_link_create(&app.owner, None, terms).await;
    let made = made.unwrap().value;
    (made.id, made.token.unwrap())
}

async fn sign_up(app: &TestApp, token: &Token, who: SignUp) -> &'static str {
    let stranger = app.stranger();
    let done = app.sign_up(&stranger, token, who, None, Language::English);
    code(done.await)
}

#[tokio::test]
async fn whoever_comes_by_a_link_makes_a_customer_and_chooses_a_password_by_letter() {
    for_each_database(async |app| {
        let (id, token) = link(app, for_anybody(2)).await;
        let offer = app.sign_up_offer(&app.stranger(), &token).await.unwrap();
        assert_eq!((offer.customer, offer.deactivates), (None, true));
        assert_eq!(
            sign_up(app, &token, who("ida@ostwind.example", None)).await,
            "organization_missing"
        );
        let ida = who("ida@ostwind.example", Some("Ostwind"));
        assert_eq!(sign_up(app, &token, ida.clone()).await, "ok");
        let letter = letters(app, 1).await.remove(0);
        assert_eq!(letter.to, "ida@ostwind.example");
        assert!(letter.text.contains("/welcome#lki_"), "{}", letter.text);
        let named = CustomerFilter {
            fragment: Some("ostwind".into()),
            ..CustomerFilter::default()
        };
        let found = app.customer_list(&app.owner, &named, PAGE).await.unwrap();
        let customer = &found.rows[0];
        assert_eq!(
            customer.email.as_ref().unwrap().as_str(),
            "ida@ostwind.example"
        );
        let of = Whose::Customer(customer.id);
        let people = app.user_list(&app.owner, of, PAGE).await.unwrap().rows;
        assert_eq!(people[0].role, Role::CustomerAdmin);
        assert_eq!(
            people[0].sign_up_link_id,
            Some(id),
            "who came by which link"
        );
        // Who has an account gets a letter for another password, and no second customer is made.
        assert_eq!(sign_up(app, &token, ida).await, "ok");
        let again = letters(app, 2).await.remove(1);
        assert!(
            again.subject.starts_with("A new password"),
            "{}",
            again.subject
        );
        assert_eq!(app.sign_up_link_get(&app.owner, id).await.unwrap().uses, 1);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_link_of_a_customer_makes_its_people_as_often_as_was_said() {
    for_each_database(async |app| {
        let customer = app.customer("Nordwind").await;
        let (_, token) = link(app, terms(customer)).await;
        let offer = app.sign_up_offer(&app.stranger(), &token).await.unwrap();
        assert_eq!(offer.customer.unwrap().as_str(), "Nordwind");
        assert!(!offer.deactivates);
        assert_eq!(
            sign_up(app, &token, who("ida@nordwind.example", None)).await,
            "ok"
        );
        let of = Whose::Customer(customer);
        let people = app.user_list(&app.owner, of, PAGE).await.unwrap().rows;
        assert_eq!((people.len(), people[0].role), (1, Role::CustomerViewer));
        let late = who("bo@nordwind.example", None);
        assert_eq!(sign_up(app, &token, late).await, "sign_up_link_not_open");
    })
    .await;
}

#[tokio::test]
async fn what_was_withdrawn_or_never_was_opens_nothing() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let (id, token) = link(&app, for_anybody(5)).await;
    app.sign_up_link_withdraw(&app.owner, None, id)
        .await
        .unwrap();
    let again = app.sign_up_link_withdraw(&app.owner, None, id).await;
    assert_eq!(code(again), "sign_up_link_withdrawn");
    for token in [token, Token::received("lku_none")] {
        let shown = app.sign_up_offer(&app.stranger(), &token).await;
        assert_eq!(code(shown), "sign_up_link_not_open");
        assert_eq!(
            sign_up(&app, &token, nobody_yet()).await,
            "sign_up_link_not_open"
        );
    }
    let (_, token) = link(&app, for_anybody(5)).await;
    app.clock.advance_days(7);
    assert_eq!(
        sign_up(&app, &token, nobody_yet()).await,
        "sign_up_link_not_open"
    );
    assert!(app.letters.all().is_empty());
    app.close().await;
}

#[tokio::test]
async fn links_are_for_the_vendor_to_make() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let customer = app.customer("Nordwind").await;
    let support = app.actor(Role::Support);
    let made = app
        .sign_up_link_create(&support, None, terms(customer))
        .await;
    assert_eq!(code(made), "not_permitted");
    let seats = SignUpTerms {
        role: Role::Admin,
        ..terms(customer)
    };
    let made = app.sign_up_link_create(&app.owner, None, seats).await;
    assert_eq!(code(made), "sign_up_link_role");
    app.close().await;
}
