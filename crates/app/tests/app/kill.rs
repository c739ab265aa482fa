//! A program killed while it writes: what was acknowledged is there, and nothing is half there.
//!
//! The test starts itself again as a child that writes without end and prints each thing it was told is done; then it
//! kills the child with SIGKILL and looks at the store.

mod child;

use std::time::Duration;

use latchkey_app::App;
use latchkey_app::ledger::LedgerCheck;
use latchkey_domain::{ActivationId, LicenseId};
use latchkey_store::filter::{ActivationFilter, PageRequest};
use latchkey_testkit::{DatabaseKind, TestApp};

use child::{LINES, kill_after, open, start};

/// Seats for all that is activated before the child is killed.
const SEATS: u32 = 100_000;

/// A delay that differs from round to round.
fn delay(round: u64, up_to_millis: u64) -> Duration {
    Duration::from_millis((round * 7_919) % up_to_millis)
}

/// Looks at the store once nothing of the dead program is under way: PostgreSQL may still be carrying out the last
/// thing it was sent, and whoever writes waits for that.
async fn check(app: &App, license_id: LicenseId, round: u64) -> u32 {
    let code = format!("round-{round}");
    let product = latchkey_app::product::CreateProduct {
        code: code.parse().unwrap(),
        name: code.parse().unwrap(),
    };
    app.product_create(&app.owner(), None, product)
        .await
        .unwrap();
    let report = app
        .ledger_verify(&app.owner(), LedgerCheck::default())
        .await
        .unwrap();
    assert!(
        report.ok,
        "the ledger does not fit the state: {:?}",
        report.first_problem
    );
    let license = app
        .license_get(&app.owner(), license_id)
        .await
        .unwrap()
        .license;
    assert!(license.seats_used <= license.seats_max);
    license.seats_used
}

async fn all(app: &App) -> Vec<String> {
    let (mut codes, mut after) = (Vec::new(), None);
    loop {
        let page = PageRequest::counted(200, after);
        let page = app
            .activation_list(&app.owner(), &ActivationFilter::default(), page)
            .await
            .unwrap();
        codes.extend(page.rows.iter().map(|row| row.machine_code.to_string()));
        match page.next {
            Some(next) => after = Some(next),
            None => return codes,
        }
    }
}

/// Makes a store with one license, and leaves it closed.
async fn prepare(kind: DatabaseKind) -> (latchkey_testkit::Database, LicenseId) {
    let database = latchkey_testkit::Database::create(kind).await;
    let app = open(database.url().clone(), 1).await;
    let owner = app.owner();
    let product = latchkey_app::product::CreateProduct {
        code: "x".parse().unwrap(),
        name: "X".parse().unwrap(),
    };
    let product_id = app
        .product_create(&owner, None, product)
        .await
        .unwrap()
        .value;
    let rules = latchkey_domain::policy::PolicyRules {
        term: latchkey_domain::policy::Term::Perpetual,
        seats_max: SEATS,
        node_locked: true,
        feature_ids: Vec::new(),
        license_file_days: 30,
        returns: None,
        price: None,
    };
    let policy = latchkey_app::policy::CreatePolicy {
        product_id,
        name: "P".parse().unwrap(),
        rules,
    };
    let policy_id = app.policy_create(&owner, None, policy).await.unwrap().value;
    let customer = latchkey_app::customer::CreateCustomer {
        name: "C".parse().unwrap(),
        email: None,
        reference: None,
        reseller_id: None,
    };
    let customer_id = app
        .customer_create(&owner, None, customer)
        .await
        .unwrap()
        .value;
    let command = latchkey_app::license::IssueLicense {
        policy_id,
        customer_id,
        terms: Default::default(),
    };
    let license_id = app
        .license_issue(&owner, None, command)
        .await
        .unwrap()
        .value;
    app.close().await;
    (database, license_id)
}

async fn killed_while_activating(kind: DatabaseKind, rounds: u64) {
    let (database, license_id) = prepare(kind).await;
    let mut acknowledged = 0;
    for round in 0..rounds {
        let child = start(database.url(), license_id, "activate", round);
        // Some die as soon as they have begun; on a busy machine these have done nothing yet.
        let said = if round % 2 == 0 { "open" } else { "done" };
        let heard = kill_after(child, said, delay(round, 150));
        let app = open(database.url().clone(), 100_000 + round).await;
        for line in &heard {
            // A torn line names no id.
            let Some(id) = line
                .strip_prefix("done ")
                .and_then(|id| id.parse::<ActivationId>().ok())
            else {
                continue;
            };
            let found = app.activation_get(&app.owner(), id).await;
            assert!(
                found.is_ok(),
                "round {round}: {id} was acknowledged and is lost: {found:?}"
            );
            acknowledged += 1;
        }
        check(&app, license_id, round).await;
        app.close().await;
    }
    assert!(
        acknowledged > 0,
        "the children wrote something before they died"
    );
    database.remove().await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed_on_sqlite() {
    killed_while_activating(DatabaseKind::Sqlite, 20).await;
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_when_the_program_is_killed_on_postgresql() {
    killed_while_activating(DatabaseKind::Postgres, 5).await;
}

async fn killed_while_importing(kind: DatabaseKind, rounds: u64) {
    let (database, license_id) = prepare(kind).await;
    let mut before = 0;
    for round in 0..rounds {
        let child = start(database.url(), license_id, "import", round);
        let heard = kill_after(child, "importing", delay(round + 1, 1_200));
        let app = open(database.url().clone(), 100_000 + round).await;
        let seats = check(&app, license_id, round).await;
        let imported = heard
            .iter()
            .filter(|line| line.starts_with("imported"))
            .count();
        let begun = heard
            .iter()
            .filter(|line| line.starts_with("importing"))
            .count();
        assert_eq!(
            (seats - before) % LINES,
            0,
            "round {round}: a list was imported in part"
        );
        let applied = ((seats - before) / LINES) as usize;
        assert!(
            (imported..=begun).contains(&applied),
            "round {round}: {imported} acknowledged, {begun} begun, {applied} there"
        );
        assert_eq!(
            all(&app).await.len(),
            seats as usize,
            "round {round}: seats are the machines that are there"
        );
        before = seats;
        app.close().await;
    }
    database.remove().await;
}

#[tokio::test]
async fn an_import_that_is_killed_in_the_middle_is_there_whole_or_not_at_all() {
    killed_while_importing(DatabaseKind::Sqlite, 4).await;
    killed_while_importing(DatabaseKind::Postgres, 2).await;
}

/// The same with the application that other tests use: closed and opened again nothing is missing.
#[tokio::test]
async fn a_restart_keeps_everything() {
    for kind in DatabaseKind::BOTH {
        let app = TestApp::open(kind).await;
        let id = app.license_with_seats(2).await;
        let activation = app.activate(id, "M-1", "Büro").await;
        let before = crate::common::shown(&app).await;
        let app = app.restarted().await;
        assert_eq!(crate::common::shown(&app).await, before);
        assert!(app.activation_get(&app.owner, activation).await.is_ok());
        crate::common::check_ledger(&app).await;
        app.close().await;
    }
}
