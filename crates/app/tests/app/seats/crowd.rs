//! Many at once, through one application and through two on the same database.

use std::sync::Arc;

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::{App, AppConfig, SealingKey};
use latchkey_domain::actor::Actor;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{Clock, LicenseId};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{check_ledger, code};

async fn activate(
    app: &App,
    actor: &Actor,
    license_id: LicenseId,
    machine: String,
) -> &'static str {
    let command = ActivateMachine {
        license: WhichLicense::Id(license_id),
        machine_code: machine.parse().unwrap(),
        friendly_name: None,
    };
    code(app.activation_activate(actor, None, command).await)
}

/// How many said yes, when all others were told that there is no seat.
fn yes(codes: &[&str]) -> usize {
    let refused = codes
        .iter()
        .filter(|code| **code == "seats_exhausted")
        .count();
    let yes = codes.iter().filter(|code| **code == "ok").count();
    assert_eq!(refused + yes, codes.len(), "{codes:?}");
    yes
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_machines_at_once_exactly_as_many_as_there_are_seats_succeed() {
    for_each_database(async |app| {
        for seats in [1, 7, 32, 40] {
            let policy_id = app.policy(seats).await;
            let id = app.license(policy_id, app.customer("Nordwind").await).await;
            let tasks: Vec<_> = (0..32)
                .map(|at| {
                    let (app, actor) = (app.shared(), app.owner.clone());
                    tokio::spawn(async move { activate(&app, &actor, id, format!("M-{at}")).await })
                })
                .collect();
            let mut codes = Vec::new();
            for task in tasks {
                codes.push(task.await.unwrap());
            }
            assert_eq!(yes(&codes), seats.min(32) as usize, "{seats} seats");
            assert_eq!(app.license_now(id).await.license.seats_used, seats.min(32));
        }
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_machine_activated_by_many_at_once_takes_one_seat() {
    for_each_database(async |app| {
        let id = app.license_with_seats(3).await;
        let tasks: Vec<_> = (0..32)
            .map(|_| {
                let (app, actor) = (app.shared(), app.owner.clone());
                tokio::spawn(async move { activate(&app, &actor, id, "M-1".to_owned()).await })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await.unwrap(), "ok");
        }
        assert_eq!(app.license_now(id).await.license.seats_used, 1);
        check_ledger(app).await;
    })
    .await;
}

/// Activates and deactivates at random, many at once, through one or several applications on the same store.
async fn churn(app: &TestApp, doors: &[Arc<App>]) {
    let id = app.license_with_seats(5).await;
    let tasks: Vec<_> = (0..32_usize)
        .map(|at| {
            let (door, actor) = (doors[at % doors.len()].clone(), app.owner.clone());
            tokio::spawn(async move {
                for round in 0..4 {
                    let command = ActivateMachine {
                        license: WhichLicense::Id(id),
                        machine_code: format!("M-{}", (at * 5 + round * 3) % 11).parse().unwrap(),
                        friendly_name: Some(format!("Büro {}", (at + round) % 3).parse().unwrap()),
                    };
                    match door.activation_activate(&actor, None, command).await {
                        Ok(done) => {
                            let done =
                                code(door.activation_deactivate(&actor, None, done.value).await);
                            assert!(["ok", "activation_deactivated"].contains(&done), "{done}");
                        }
                        Err(error) => assert_eq!(error.code(), "seats_exhausted", "{error:?}"),
                    }
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    let license = app.license_now(id).await.license;
    assert_eq!(license.seats_used, 0, "everybody left");
    check_ledger(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_are_counted_right_when_many_come_and_go_at_once() {
    for_each_database(async |app| churn(app, &[app.shared()]).await).await;
}

/// A second application on the same PostgreSQL database, as another server would be.
async fn second(app: &TestApp, seed: u64) -> Arc<App> {
    let config = AppConfig {
        store_url: app.database().url().clone(),
        sealing_key: SealingKey::take(&mut [7; 32]),
        clock: Arc::clone(&app.clock) as Arc<dyn Clock>,
        random: Arc::new(SeededRandom::new(seed)),
    };
    Arc::new(App::open(config).await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_on_one_database_give_out_each_seat_once() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let doors = [app.shared(), second(&app, 2).await];
    let id = app.license_with_seats(7).await;
    let tasks: Vec<_> = (0..32_usize)
        .map(|at| {
            let (door, actor) = (doors[at % 2].clone(), app.owner.clone());
            tokio::spawn(async move { activate(&door, &actor, id, format!("M-{at}")).await })
        })
        .collect();
    let mut codes = Vec::new();
    for task in tasks {
        codes.push(task.await.unwrap());
    }
    assert_eq!(yes(&codes), 7);
    assert_eq!(app.license_now(id).await.license.seats_used, 7);
    churn(&app, &doors).await;
    drop(doors);
    app.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_that_open_an_empty_database_at_once_agree_on_the_vendor() {
    let database = latchkey_testkit::Database::create(DatabaseKind::Postgres).await;
    let open = |seed| {
        let config = AppConfig {
            store_url: database.url().clone(),
            sealing_key: SealingKey::take(&mut [7; 32]),
            clock: Arc::new(latchkey_testkit::ManualClock::at(
                latchkey_domain::Timestamp::from_millis(1_800_000_000_000),
            )),
            random: Arc::new(SeededRandom::new(seed)),
        };
        tokio::spawn(App::open(config))
    };
    let (one, two) = (open(1), open(2));
    let (one, two) = (one.await.unwrap().unwrap(), two.await.unwrap().unwrap());
    let (first, second) = (
        one.vendor(&one.owner()).await.unwrap(),
        two.vendor(&two.owner()).await.unwrap(),
    );
    assert_eq!(
        first.id, second.id,
        "there is one vendor, not one for each server"
    );
    one.close().await;
    two.close().await;
    database.remove().await;
}
