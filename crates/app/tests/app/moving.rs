//! Moving a store to another place: everything is there as before, and a move that is cut short leaves one store that
//! can be used, and not two.

mod child;

use std::sync::Arc;

use latchkey_app::approval::RequestApproval;
use latchkey_app::import::ImportOptions;
use latchkey_app::mail::Language;
use latchkey_app::moving::{MoveError, MoveStep, MoveStore, Moved, move_take_back};
use latchkey_app::product::CreateProduct;
use latchkey_app::validation::ValidateLicense;
use latchkey_app::{SealingKey, StoreUrl};
use latchkey_domain::access_token::AccessTokenTerms;
use latchkey_domain::actor::{Role, Scope};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{Clock, Random, Timestamp};
use latchkey_keys::KeyPlace;
use latchkey_store::Store;
use latchkey_testkit::app::TEST_NOW_MILLIS;
use latchkey_testkit::{Database, DatabaseKind, ManualClock, TestApp};

use crate::approval::person;
use crate::common::{change, check_ledger, code, once, shown, size};
use crate::letter::with_one_due;
use crate::passkey::passkey_of;
use crate::return_receipt::returned;
use crate::sign_up::terms as sign_up_terms;
use crate::user::{owner_signed_in, role_of};
use crate::webhook::webhook;

/// From each database to the other.
const ACROSS: [(DatabaseKind, DatabaseKind); 2] = [
    (DatabaseKind::Sqlite, DatabaseKind::Postgres),
    (DatabaseKind::Postgres, DatabaseKind::Sqlite),
];

/// From each database to one of its own kind.
const ALONG: [(DatabaseKind, DatabaseKind); 2] = [
    (DatabaseKind::Sqlite, DatabaseKind::Sqlite),
    (DatabaseKind::Postgres, DatabaseKind::Postgres),
];

fn clock() -> Arc<dyn Clock> {
    Arc::new(ManualClock::at(Timestamp::from_millis(TEST_NOW_MILLIS)))
}

fn random() -> Arc<dyn Random> {
    Arc::new(SeededRandom::new(77))
}

async fn move_with(
    (from, to): (&StoreUrl, &StoreUrl),
    key: u8,
    progress: &(dyn Fn(MoveStep) + Send + Sync),
) -> Result<Moved, MoveError> {
    let moving = MoveStore {
        from: from.clone(),
        to: to.clone(),
        sealing_key: SealingKey::take(&mut [key; 32]),
        key_place: KeyPlace::Memory,
        clock: clock(),
        random: random(),
        progress,
    };
    moving.run().await
}

async fn moved(from: &StoreUrl, to: &StoreUrl) -> Result<Moved, MoveError> {
    move_with((from, to), 7, &|_| {}).await
}

/// The code of why a store does not open.
async fn closed(url: &StoreUrl) -> &'static str {
    let opened = Store::open(url, clock(), random()).await;
    match opened {
        Ok(store) => {
            store.close().await;
            "ok"
        }
        Err(error) => latchkey_domain::refusal::Refusal::code(&error),
    }
}

/// Whether a store can be opened and holds nothing.
async fn empty(url: &StoreUrl) -> bool {
    let store = Store::open(url, clock(), random()).await.unwrap();
    let rows = store.table_rows().await.unwrap();
    store.close().await;
    rows.iter().all(|(_, rows)| *rows == 0)
}

fn create(code: &str) -> CreateProduct {
    CreateProduct {
        code: code.parse().unwrap(),
        name: code.parse().unwrap(),
    }
}

#[tokio::test]
async fn a_moved_store_is_as_it_was_goes_on_and_can_come_back() {
    for (from, to) in ACROSS.into_iter().chain(ALONG) {
        eprintln!("from {from:?} to {to:?}:");
        let app = TestApp::with_demo(from).await;
        // Its letter waits.
        with_one_due(&app).await;
        let id = app.license_with_seats(2).await;
        let seat = app.activate(id, "M-1", "Büro").await;
        let owner = app.owner.clone();
        let signed_in = owner_signed_in(&app).await;
        let terms = AccessTokenTerms {
            name: "Build server".parse().unwrap(),
            scopes: vec![Scope::Read],
            product_id: None,
            license_id: None,
            expires_at: None,
        };
        let token = app.access_token_create(&owner, None, terms).await.unwrap();
        let token = token.value.token.unwrap();
        let asked = ValidateLicense {
            license_key: app.license_now(id).await.license.key,
            machine_code: "M-1".parse().unwrap(),
        };
        app.license_validate(&owner, asked).await.unwrap();
        let ada = person(&app, "Ada", Role::Owner).await;
        person(&app, "Ben", Role::Owner).await;
        app.vendor_require_two_people(&ada, None).await.unwrap();
        let asked = RequestApproval::EndTwoPeople;
        app.approval_request(&ada, None, asked, Language::English)
            .await
            .unwrap();
        let reseller = app.reseller("Handel").await;
        let template = app.template(reseller, app.policy(2).await, 2).await;
        let theirs = app.customer_of(reseller, "Westwind").await;
        app.issue_from(&owner, template, theirs).await.unwrap();
        passkey_of(&app, &ada).await;
        // Nobody listens there, so an attempt is noted and the event waits.
        webhook(&app, "http://127.0.0.1:9/hook", &[]).await;
        app.webhooks_send().await.unwrap();
        returned(&app).await;
        let link = sign_up_terms(theirs);
        app.sign_up_link_create(&owner, None, link).await.unwrap();
        let options = ImportOptions::default();
        app.admission_import(&owner, None, theirs, b"M-9\tAdmitted\n", options)
            .await
            .unwrap();
        let given_back = app.activation_deactivate(&owner, None, seat).await.unwrap();
        let first = app
            .product_create(&owner, once("k", 1), create("studio"))
            .await
            .unwrap();
        let (lists, entries) = (shown(&app).await, size(&app).await);
        let checkpoint = app.checkpoint(&owner).await.unwrap();
        let source = app.into_database().await;
        let target = Database::create(to).await;

        let Moved::All { tables, ledgers } = moved(source.url(), target.url()).await.unwrap()
        else {
            panic!("it was moved at once");
        };
        assert!(tables.iter().all(|rows| rows.before == rows.after));
        assert!(
            tables
                .iter()
                .all(|rows| rows.after > 0 || rows.table == "license_file")
        );
        assert_eq!(ledgers[0].entries_before, entries);
        assert_eq!(ledgers[0].entries_after, entries);
        assert_eq!(ledgers[0].root_before, ledgers[0].root_after);

        let there = TestApp::open_on(target, 2).await;
        assert_eq!(shown(&there).await, lists);
        assert_eq!(there.checkpoint(&owner).await.unwrap(), checkpoint);
        check_ledger(&there).await;
        assert_eq!(
            role_of(&there, &signed_in.token).await,
            Some(Role::Owner),
            "who was signed in still is"
        );
        let holder = there.token_holder(&token).await.unwrap();
        assert_eq!(holder.map(|holder| holder.role), Some(Role::Token));
        let again = there
            .product_create(&owner, once("k", 1), create("studio"))
            .await
            .unwrap();
        assert!(again.replayed, "the answer came along");
        assert_eq!((again.value, again.change), (first.value, first.change));
        there
            .change_undo(&owner, None, change(given_back))
            .await
            .unwrap();
        let used = there.license_now(id).await.license.seats_used;
        assert_eq!(used, 1, "what was done before the move is undone after it");
        there.activate(id, "M-2", "Werkstatt").await;
        check_ledger(&there).await;

        // The old one is closed; and everything can go on to a third place.
        assert_eq!(closed(source.url()).await, "store_moved");
        let target = there.into_database().await;
        let third = Database::create(from).await;
        moved(target.url(), third.url()).await.unwrap();
        let there = TestApp::open_on(third, 3).await;
        check_ledger(&there).await;
        assert_eq!(there.license_now(id).await.license.seats_used, 2);
        there.close().await;
        source.remove().await;
        target.remove().await;
    }
}

#[tokio::test]
async fn a_move_that_is_refused_changes_nothing() {
    for (from, to) in ACROSS {
        let app = TestApp::with_demo(from).await;
        let lists = shown(&app).await;
        let source = app.into_database().await;
        let target = Database::create(to).await;

        let wrong = move_with((source.url(), target.url()), 8, &|_| {}).await;
        assert_eq!(wrong.unwrap_err().code(), "sealing_key_wrong");
        assert!(empty(target.url()).await);

        let same = moved(source.url(), source.url()).await;
        assert_eq!(same.unwrap_err().code(), "move_same_place");

        let nothing = moved(target.url(), source.url()).await;
        assert_eq!(nothing.unwrap_err().code(), "store_without_vendor");

        let other = TestApp::open(to).await.into_database().await;
        let full = moved(source.url(), other.url()).await;
        assert_eq!(full.unwrap_err().code(), "target_not_empty");

        let not_moved = move_take_back(source.url(), clock(), random()).await;
        assert_eq!(not_moved.unwrap_err().code(), "store_not_moved");

        let app = TestApp::open_on(source, 2).await;
        assert_eq!(shown(&app).await, lists);
        check_ledger(&app).await;
        app.close().await;
        target.remove().await;
        other.remove().await;
    }
}

#[tokio::test]
async fn a_store_whose_ledger_does_not_fit_is_not_moved() {
    for (from, to) in ACROSS {
        let app = TestApp::with_demo(from).await;
        let source = app.into_database().await;
        source
            .tamper("UPDATE customer SET name = 'Mallory' WHERE seq = 3;")
            .await;
        let target = Database::create(to).await;
        let error = moved(source.url(), target.url()).await.unwrap_err();
        assert_eq!(error.code(), "move_ledger_unfit", "{error}");
        assert!(error.to_string().contains("customer"), "{error}");
        assert!(empty(target.url()).await, "what arrived was removed");
        assert_eq!(closed(source.url()).await, "ok");
        source.remove().await;
        target.remove().await;
    }
}

#[tokio::test]
async fn a_move_is_taken_back() {
    for (from, to) in ACROSS {
        let source = TestApp::with_demo(from).await.into_database().await;
        let target = Database::create(to).await;
        moved(source.url(), target.url()).await.unwrap();
        let again = moved(source.url(), target.url()).await;
        assert_eq!(again.unwrap_err().code(), "store_moved");
        let mark = move_take_back(source.url(), clock(), random())
            .await
            .unwrap();
        assert_eq!(mark.place, target.url().place());
        let app = TestApp::open_on(source, 2).await;
        assert_eq!(
            code(app.product_create(&app.owner, None, create("x")).await),
            "ok"
        );
        check_ledger(&app).await;
        app.close().await;
        target.remove().await;
    }
}

/// Has a child killed when it comes to this step, and answers how the copy opens then.
async fn killed_at(step: &str, source: &Database, target: &Database) -> &'static str {
    child::kill_at(step, source.url(), target.url());
    assert_eq!(closed(source.url()).await, "ok", "the store is as it was");
    closed(target.url()).await
}

#[tokio::test]
async fn a_move_that_is_killed_leaves_the_store_as_it_was_and_is_made_by_saying_it_again() {
    for (from, to) in ACROSS {
        eprintln!("from {from:?} to {to:?}:");
        let app = TestApp::with_demo(from).await;
        let lists = shown(&app).await;
        let source = app.into_database().await;
        let target = Database::create(to).await;
        for step in ["copied vendor", "copied activation", "copied ledger_entry"] {
            assert_eq!(killed_at(step, &source, &target).await, "ok");
            assert!(empty(target.url()).await, "killed when it had {step}");
        }
        // From here on all rows are there, and nobody has checked them.
        assert_eq!(
            killed_at("verified", &source, &target).await,
            "store_arriving"
        );
        assert_eq!(
            killed_at("verified", &source, &target).await,
            "store_arriving"
        );
        let app = TestApp::open_on(source, 2).await;
        assert_eq!(shown(&app).await, lists);
        check_ledger(&app).await;
        let source = app.into_database().await;

        let elsewhere = Database::create(to).await;
        let other = TestApp::open(from).await.into_database().await;
        let foreign = moved(other.url(), target.url()).await.unwrap_err();
        assert_eq!(
            foreign.code(),
            "store_arriving",
            "another store waits for it"
        );
        moved(source.url(), target.url()).await.unwrap();
        assert_eq!(closed(source.url()).await, "store_moved");
        let app = TestApp::open_on(target, 3).await;
        assert_eq!(shown(&app).await, lists);
        app.close().await;
        for database in [source, other, elsewhere] {
            database.remove().await;
        }
    }
}

#[tokio::test]
async fn a_move_that_lacks_only_the_last_step_is_finished_by_saying_it_again() {
    for (from, to) in ACROSS {
        let app = TestApp::with_demo(from).await;
        let lists = shown(&app).await;
        let source = app.into_database().await;
        let target = Database::create(to).await;
        killed_at("verified", &source, &target).await;
        let (store, _) = Store::open_marked(source.url(), clock(), random())
            .await
            .unwrap();
        let departure = store.depart().await.unwrap();
        departure.leave(target.url(), clock().now()).await.unwrap();
        store.close().await;
        // At this moment nobody can use either.
        assert_eq!(closed(source.url()).await, "store_moved");
        assert_eq!(closed(target.url()).await, "store_arriving");

        let elsewhere = Database::create(to).await;
        let error = moved(source.url(), elsewhere.url()).await.unwrap_err();
        assert_eq!(error.code(), "store_moved");
        let finished = moved(source.url(), target.url()).await.unwrap();
        assert_eq!(finished, Moved::Finished);
        let app = TestApp::open_on(target, 3).await;
        assert_eq!(shown(&app).await, lists);
        check_ledger(&app).await;
        app.close().await;
        source.remove().await;
        elsewhere.remove().await;
    }
}
