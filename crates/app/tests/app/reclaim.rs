//! Idle seats: their machines are warned, and they are freed unless something is heard.

use std::sync::Arc;
use std::time::Duration;

use latchkey_app::access_token::key_holder;
use latchkey_app::license_file::ExportLicenseFile;
use latchkey_app::validation::ValidateLicense;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::return_limit::ReturnLimit;
use latchkey_domain::{ActivationId, ChangeId, CustomerId, LicenseId, Timestamp};
use latchkey_store::filter::{ActivationFilter, ReclaimFilter};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code, size};

/// A customer with a license, and who looks after it.
pub(crate) struct Side {
    pub(crate) customer: CustomerId,
    pub(crate) license: LicenseId,
    admin: Actor,
    viewer: Actor,
}

pub(crate) async fn side(app: &TestApp, name: &str, returns: Option<ReturnLimit>) -> Side {
    let rules = PolicyRules {
        term: Term::Perpetual,
        seats_max: 100,
        node_locked: true,
        feature_ids: Vec::new(),
        license_file_days: 30,
        returns,
        price: None,
    };
    let code = format!("product-{}", name.to_lowercase());
    let policy = app.policy_with(app.product(&code).await, name, rules).await;
    let customer = app.customer(name).await;
    Side {
        customer,
        license: app.license(policy, customer).await,
        admin: app.person_of(customer, Role::CustomerAdmin),
        viewer: app.person_of(customer, Role::CustomerViewer),
    }
}

pub(crate) async fn set(app: &TestApp, of: &Side, days: Option<(u32, u32)>) {
    let done = app.reclaim_set(&of.admin, None, of.customer, days).await;
    done.unwrap();
}

pub(crate) async fn work(app: &TestApp) {
    app.reclaim_work().await.unwrap();
}

/// The seats of a customer that reclaim has to do with, by their friendly names.
async fn listed(app: &TestApp, by: &Actor, reclaim: ReclaimFilter) -> Vec<String> {
    let filter = ActivationFilter {
        reclaim: Some(reclaim),
        ..ActivationFilter::default()
    };
    let page = app.activation_list(by, &filter, PAGE).await.unwrap();
    let names = page.rows.iter().map(|row| row.friendly_name.to_string());
    names.collect()
}

async fn warned(app: &TestApp, by: &Actor) -> Vec<String> {
    listed(app, by, ReclaimFilter::Warned).await
}

async fn freed(app: &TestApp, by: &Actor) -> Vec<String> {
    listed(app, by, ReclaimFilter::Freed).await
}

async fn used(app: &TestApp, of: &Side) -> u32 {
    app.license_now(of.license).await.license.seats_used
}

/// The machine asks whether it may run; answers what it is told of its seat.
async fn validate(app: &TestApp, of: &Side, machine: &str) -> Option<Timestamp> {
    let license_key = app.license_now(of.license).await.license.key;
    let by = key_holder(app.vendor_id(), license_key.clone());
    let about = ValidateLicense {
        license_key,
        machine_code: machine.parse().unwrap(),
    };
    let (told, _) = app.license_validate(&by, about).await.unwrap();
    told.reclaim_at
}

/// Waits until it is noted that a machine was seen, a moment after it asked.
async fn noted(app: &TestApp, seat: ActivationId) {
    for _ in 0..500 {
        let view = app.activation_get(&app.owner, seat).await.unwrap();
        if view.activation.last_seen_at == app.now() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it is not noted that the machine was seen");
}

/// The change by which the program freed a seat.
async fn freed_by(app: &TestApp, seat: ActivationId) -> ChangeId {
    let view = app.activation_get(&app.owner, seat).await.unwrap();
    view.activation.reclaimed().unwrap().0
}

#[tokio::test]
async fn an_idle_seat_is_announced_and_freed_when_its_time_has_come() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind", None).await;
        let seat = app.activate(of.license, "M-1", "Idle").await;
        app.clock.advance_days(100);
        work(app).await;
        assert!(
            warned(app, &of.admin).await.is_empty(),
            "nobody asked for it"
        );
        app.activate(of.license, "M-2", "New").await;
        set(app, &of, Some((90, 14))).await;
        work(app).await;
        let entries = size(app).await;
        work(app).await;
        assert_eq!(size(app).await, entries, "it is said once");
        assert_eq!(warned(app, &of.viewer).await, ["Idle"]);
        let view = app.activation_get(&of.viewer, seat).await.unwrap();
        assert_eq!(view.activation.reclaim_at, Some(app.now().plus_days(14)));

        app.clock.advance_days(14);
        work(app).await;
        assert_eq!(
            used(app, &of).await,
            2,
            "what was heard by now is waited for"
        );
        app.clock.advance_millis(60_000);
        work(app).await;
        assert_eq!(used(app, &of).await, 1);
        assert_eq!(freed(app, &of.viewer).await, ["Idle"]);
        assert!(warned(app, &of.viewer).await.is_empty());
        work(app).await;
        assert_eq!(used(app, &of).await, 1);

        // Whoever looks after the seats takes it back, and nobody else.
        let (of_other, by) = (side(app, "Ostwind", None).await, freed_by(app, seat).await);
        let told = app.change_get(&of.admin, by).await.unwrap();
        assert_eq!(told.actor_name, "Latchkey");
        for (actor, expected) in [
            (&of.viewer, "not_permitted"),
            (&of_other.admin, "change_not_found"),
        ] {
            assert_eq!(code(app.change_undo(actor, None, by).await), expected);
        }
        let foreign = app.change_get(&of_other.admin, by).await;
        assert_eq!(code(foreign), "change_not_found");
        app.change_undo(&of.admin, None, by).await.unwrap();
        assert_eq!(used(app, &of).await, 2);
        assert!(freed(app, &of.admin).await.is_empty());
        work(app).await;
        assert_eq!(
            warned(app, &of.admin).await,
            ["Idle"],
            "with a warning anew"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_machine_is_told_in_its_answer_and_by_asking_keeps_its_seat() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind", None).await;
        let seat = app.activate(of.license, "M-1", "Back").await;
        assert_eq!(validate(app, &of, "M-1").await, None);
        noted(app, seat).await;
        set(app, &of, Some((30, 7))).await;
        app.clock.advance_days(30);
        work(app).await;
        let due = app.now().plus_days(7);
        app.clock.advance_days(6);
        assert_eq!(validate(app, &of, "M-1").await, Some(due));
        noted(app, seat).await;
        assert_eq!(validate(app, &of, "M-1").await, None, "it was seen");
        app.clock.advance_days(10);
        work(app).await;
        assert_eq!(
            (used(app, &of).await, warned(app, &of.admin).await.len()),
            (1, 0)
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_seen_between_looking_and_deciding_is_not_freed() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind", None).await;
        let seat = app.activate(of.license, "M-1", "Back").await;
        set(app, &of, Some((30, 7))).await;
        app.clock.advance_days(30);
        work(app).await;
        app.clock.advance_days(8);
        // The last moment: noted together with the program's look for what is due, in the same batches.
        assert!(validate(app, &of, "M-1").await.is_some());
        noted(app, seat).await;
        let (one, two) = tokio::join!(app.reclaim_work(), app.reclaim_work());
        one.unwrap();
        two.unwrap();
        assert_eq!(used(app, &of).await, 1);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_seat_is_kept_and_all_of_it_can_be_stopped() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind", None).await;
        let kept = app.activate(of.license, "M-1", "Kept").await;
        let _other = app.activate(of.license, "M-2", "Other").await;
        set(app, &of, Some((30, 7))).await;
        app.clock.advance_days(30);
        work(app).await;
        assert_eq!(warned(app, &of.admin).await.len(), 2);
        let refused = app.seat_keep(&of.viewer, None, kept, true).await;
        assert_eq!(code(refused), "not_permitted");
        let done = app.seat_keep(&of.admin, None, kept, true).await.unwrap();
        let again = app.seat_keep(&of.admin, None, kept, true).await;
        assert_eq!(code(again), "seat_kept");
        assert_eq!(listed(app, &of.admin, ReclaimFilter::Kept).await, ["Kept"]);
        assert_eq!(warned(app, &of.admin).await, ["Other"]);
        set(app, &of, None).await;
        assert!(warned(app, &of.admin).await.is_empty());
        app.clock.advance_days(20);
        work(app).await;
        assert_eq!(used(app, &of).await, 2, "it was switched off");
        // Switched on again, the old warning does not count.
        set(app, &of, Some((30, 7))).await;
        work(app).await;
        assert_eq!(used(app, &of).await, 2);
        app.clock.advance_days(8);
        work(app).await;
        assert_eq!(freed(app, &of.admin).await, ["Other"]);
        let refused = app.change_undo(&of.admin, None, change(done)).await;
        assert_eq!(code(refused), "change_too_old");
        app.seat_keep(&of.admin, None, kept, false).await.unwrap();
        work(app).await;
        assert_eq!(warned(app, &of.admin).await, ["Kept"]);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn freeing_counts_within_the_limit_on_returns_and_waits_for_it() {
    for_each_database(async |app| {
        let limit = Some(ReturnLimit { max: 1, days: 20 });
        let of = side(app, "Nordwind", limit).await;
        for code in ["M-1", "M-2"] {
            app.activate(of.license, code, code).await;
            app.clock.advance_millis(1);
        }
        set(app, &of, Some((30, 7))).await;
        app.clock.advance_days(31);
        work(app).await;
        app.clock.advance_days(8);
        work(app).await;
        assert_eq!(used(app, &of).await, 1, "one return is allowed");
        let license = app.license_now(of.license).await.license;
        let free_at = license.returned_at[0].plus_days(20);
        let filter = ActivationFilter {
            reclaim: Some(ReclaimFilter::Warned),
            ..ActivationFilter::default()
        };
        let queue = app.activation_list(&of.admin, &filter, PAGE).await.unwrap();
        assert_eq!(queue.rows[0].activation.reclaim_at, Some(free_at));
        assert_eq!(freed(app, &of.admin).await.len(), 1);
        app.clock.set(free_at.plus_millis(60_000));
        work(app).await;
        assert_eq!(used(app, &of).await, 0);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn machines_without_a_network_are_left_alone() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind", None).await;
        let with_file = app.activate(of.license, "M-1", "File").await;
        let with_key = app.activate(of.license, "M-2", "Key").await;
        app.activate(of.license, "M-3", "Idle").await;
        let machine = app.activation_get(&app.owner, with_file).await.unwrap();
        let export = ExportLicenseFile {
            license_id: of.license,
            machine_ids: vec![machine.activation.machine_id],
            valid_days: None,
        };
        app.license_file_export(&of.admin, None, export)
            .await
            .unwrap();
        let key = "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";
        app.activation_bind_key(&of.admin, None, with_key, key.parse().unwrap())
            .await
            .unwrap();
        set(app, &of, Some((10, 7))).await;
        app.clock.advance_days(39);
        work(app).await;
        assert_eq!(warned(app, &of.admin).await, ["Idle"]);
        // The file has ended, and nothing was heard for as long as it takes.
        app.clock.advance_days(2);
        work(app).await;
        assert_eq!(warned(app, &of.admin).await, ["Idle", "File"]);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn nobody_sets_it_for_another_customer() {
    for_each_database(async |app| {
        let (own, other) = (
            side(app, "Nordwind", None).await,
            side(app, "Ostwind", None).await,
        );
        let seat = app.activate(other.license, "M-1", "Foreign").await;
        let days = Some((30, 7));
        let refused = app.reclaim_set(&own.admin, None, other.customer, days);
        assert_eq!(code(refused.await), "customer_not_found");
        let refused = app.seat_keep(&own.admin, None, seat, true).await;
        assert_eq!(code(refused), "activation_not_found");
        let refused = app.reclaim_set(&own.viewer, None, own.customer, days);
        assert_eq!(code(refused.await), "not_permitted");
        for (days, expected) in [
            (Some((0, 7)), "reclaim_idle_days"),
            (Some((30, 91)), "reclaim_warning_days"),
        ] {
            let refused = app.reclaim_set(&own.admin, None, own.customer, days);
            assert_eq!(code(refused.await), expected);
        }
        let done = app.reclaim_set(&own.admin, None, own.customer, Some((30, 7)));
        let done = done.await.unwrap();
        let again = app.reclaim_set(&own.admin, None, own.customer, Some((30, 7)));
        assert_eq!(again.await.unwrap().change, None, "it is so");
        app.clock.advance_days(1);
        app.change_undo(&own.admin, None, change(done))
            .await
            .unwrap();
        app.clock.advance_days(100);
        work(app).await;
        assert!(warned(app, &app.owner).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn two_servers_free_each_seat_once() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let other = Arc::new(app.another_server().await);
    let of = side(&app, "Nordwind", None).await;
    for number in 0..30 {
        let name = format!("M-{number}");
        app.activate(of.license, &name, &name).await;
    }
    set(&app, &of, Some((30, 7))).await;
    let entries = size(&app).await;
    app.clock.advance_days(30);
    let (one, two) = tokio::join!(app.reclaim_work(), other.reclaim_work());
    one.unwrap();
    two.unwrap();
    assert_eq!(size(&app).await, entries + 30, "each is warned once");
    app.clock.advance_days(8);
    let (one, two) = tokio::join!(app.reclaim_work(), other.reclaim_work());
    one.unwrap();
    two.unwrap();
    assert_eq!(size(&app).await, entries + 60, "each is freed once");
    assert_eq!(used(&app, &of).await, 0);
    check_ledger(&app).await;
    Arc::into_inner(other).unwrap().close().await;
    app.close().await;
}
