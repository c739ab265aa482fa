//! Controlled activation: only machines that a customer has admitted are activated, and the others wait in a list.

use latchkey_app::AppError;
use latchkey_app::access_token::key_holder;
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::admission::AdmissionDecision;
use latchkey_app::import::ImportOptions;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::admission::{Admission, AdmissionState};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::limits::ADMISSIONS_WAITING_MAX;
use latchkey_domain::{ActivationId, AdmissionId, CustomerId, LicenseId};
use latchkey_store::filter::AdmissionFilter;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code, once, size};

/// A customer with a license and an active machine, its people, and an app that has the license key.
struct Side {
    customer: CustomerId,
    license: LicenseId,
    key: LicenseKey,
    seat: ActivationId,
    admin: Actor,
    viewer: Actor,
    app: Actor,
}

async fn side(app: &TestApp, name: &str) -> Side {
    let customer = app.customer(name).await;
    let policy = app.policy(3).await;
    let license = app.license(policy, customer).await;
    let key = app.license_now(license).await.license.key;
    let seat = app.activate(license, &format!("{name}-1"), "Office").await;
    Side {
        customer,
        license,
        seat,
        admin: app.person_of(customer, Role::CustomerAdmin),
        viewer: app.person_of(customer, Role::CustomerViewer),
        app: key_holder(app.vendor_id(), key.clone()),
        key,
    }
}

async fn control(app: &TestApp, of: &Side, on: bool) {
    let done = app.controlled_activation_set(&of.admin, None, of.customer, on);
    done.await.unwrap();
}

async fn ask(
    app: &TestApp,
    of: &Side,
    by: &Actor,
    machine: &str,
) -> Result<ActivationId, AppError> {
    let command = ActivateMachine {
        license: WhichLicense::Key(of.key.clone()),
        machine_code: machine.parse().unwrap(),
        friendly_name: Some("Laptop of a guest".parse().unwrap()),
    };
    let done = app.activation_activate(by, None, command).await;
    done.map(|done| done.value)
}

fn fix(refused: Result<ActivationId, AppError>) -> String {
    let Err(AppError::Refused(refused)) = refused else {
        panic!("{refused:?}");
    };
    refused.fix.unwrap()
}

async fn listed(app: &TestApp, by: &Actor, state: Option<AdmissionState>) -> Vec<Admission> {
    let filter = AdmissionFilter {
        state,
        ..AdmissionFilter::default()
    };
    let page = app.admission_list(by, &filter, PAGE).await.unwrap();
    page.rows.into_iter().map(|row| row.admission).collect()
}

async fn waiting(app: &TestApp, by: &Actor) -> Vec<Admission> {
    listed(app, by, Some(AdmissionState::Waiting)).await
}

async fn decide(
    app: &TestApp,
    by: &Actor,
    ids: &[AdmissionId],
    decision: AdmissionDecision,
) -> &'static str {
    code(
        app.admissions_decide(by, None, ids.to_vec(), decision)
            .await,
    )
}

#[tokio::test]
async fn an_unknown_machine_waits_until_an_administrator_admits_it() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind").await;
        control(app, &of, true).await;
        let refused = ask(app, &of, &of.app, "GUEST").await;
        assert_eq!(code(refused.clone()), "machine_not_admitted");
        assert_eq!(
            fix(refused),
            "Ask your administrator to admit this machine; it waits in their list."
        );
        let entries = size(app).await;
        app.clock.advance_days(1);
        for _ in 0..3 {
            ask(app, &of, &of.app, "GUEST").await.unwrap_err();
        }
        assert_eq!(size(app).await, entries, "to ask again is no entry");
        let all = waiting(app, &of.viewer).await;
        assert_eq!(all.len(), 1);
        let guest = &all[0];
        assert_eq!((guest.asks, guest.asked_at), (4, Some(app.now())));
        assert_eq!(guest.license_id, Some(of.license));
        assert_eq!(guest.called(), "Laptop of a guest");
        assert_eq!(guest.created_at.plus_days(1), app.now());
        assert_eq!(app.license_now(of.license).await.license.seats_used, 1);

        let ids = [guest.id];
        let admit = AdmissionDecision::Admit;
        assert_eq!(decide(app, &of.viewer, &ids, admit).await, "not_permitted");
        let admitted = app
            .admissions_decide(&of.admin, None, ids.to_vec(), admit)
            .await
            .unwrap();
        assert_eq!(admitted.value.change, 1);
        let seat = ask(app, &of, &of.app, "GUEST").await.unwrap();
        let view = app.activation_get(&of.admin, seat).await.unwrap();
        assert_eq!(view.friendly_name.as_str(), "Laptop of a guest");

        // Taken back, the machine keeps its seat, and waits once it has given it back.
        app.change_undo(&of.admin, None, change(admitted))
            .await
            .unwrap();
        assert_eq!(waiting(app, &of.admin).await.len(), 1);
        assert_eq!(ask(app, &of, &of.app, "GUEST").await.unwrap(), seat);
        app.activation_deactivate(&of.app, None, seat)
            .await
            .unwrap();
        let refused = ask(app, &of, &of.app, "GUEST").await;
        assert_eq!(code(refused), "machine_not_admitted");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_machine_that_is_refused_stays_so_quietly() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind").await;
        control(app, &of, true).await;
        ask(app, &of, &of.app, "GUEST").await.unwrap_err();
        let ids: Vec<_> = waiting(app, &of.admin)
            .await
            .iter()
            .map(|it| it.id)
            .collect();
        let refuse = AdmissionDecision::Refuse;
        let refused = app
            .admissions_decide(&of.admin, None, ids.clone(), refuse)
            .await
            .unwrap();
        let entries = size(app).await;
        for _ in 0..2 {
            let refused = ask(app, &of, &of.app, "GUEST").await;
            assert_eq!(code(refused.clone()), "machine_not_admitted");
            assert!(fix(refused).contains("Ask your administrator, if"));
        }
        assert!(waiting(app, &of.admin).await.is_empty());
        assert_eq!(size(app).await, entries);
        let again = app.admissions_decide(&of.admin, None, ids, refuse).await;
        assert_eq!(again.unwrap().value.unchanged, 1);
        app.change_undo(&of.admin, None, change(refused))
            .await
            .unwrap();
        assert_eq!(waiting(app, &of.admin).await[0].asks, 3, "still counted");
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn what_is_active_when_it_is_switched_on_is_admitted_with_it_and_undone_with_it() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind").await;
        let on = app.controlled_activation_set(&of.admin, None, of.customer, true);
        let on = on.await.unwrap();
        let admitted = listed(app, &of.admin, None).await;
        assert_eq!(admitted.len(), 1);
        assert_eq!(admitted[0].machine_code.as_str(), "Nordwind-1");
        assert_eq!(admitted[0].state, AdmissionState::Admitted);
        // It may be set up anew.
        app.activation_deactivate(&of.app, None, of.seat)
            .await
            .unwrap();
        assert_eq!(code(ask(app, &of, &of.app, "Nordwind-1").await), "ok");
        let again = app.controlled_activation_set(&of.admin, None, of.customer, true);
        assert_eq!(again.await.unwrap().change, None, "it is on");
        app.change_undo(&of.admin, None, change(on)).await.unwrap();
        assert!(listed(app, &of.admin, None).await.is_empty());
        assert_eq!(
            code(ask(app, &of, &of.app, "GUEST").await),
            "ok",
            "it is off"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn everybody_else_admits_first_and_the_vendor_may_do_all_of_it() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind").await;
        let support = app.actor(Role::Support);
        let on = app.controlled_activation_set(&support, None, of.customer, true);
        on.await.unwrap();
        let refused = ask(app, &of, &support, "NEW").await;
        assert_eq!(fix(refused), "Admit the machine first.");
        assert!(
            waiting(app, &support).await.is_empty(),
            "people do not wait"
        );
        let list = b"NEW\tDrawing office\nOTHER\n";
        let strict = ImportOptions::default();
        let import = app
            .activation_import(&support, None, of.license, list, strict)
            .await;
        assert_eq!(code(import), "import_has_refused_rows");
        let look = ImportOptions {
            dry_run: true,
            ..strict
        };
        let tried = app.admission_import(&support, None, of.customer, list, look);
        assert_eq!(tried.await.unwrap().value.summary.create, 2);
        assert_eq!(
            code(ask(app, &of, &support, "NEW").await),
            "machine_not_admitted"
        );
        let import = app.admission_import(&support, None, of.customer, list, strict);
        let import = import.await.unwrap();
        assert_eq!(import.value.summary.create, 2);
        let again = app.admission_import(&support, None, of.customer, list, strict);
        assert_eq!(again.await.unwrap().value.summary.unchanged, 2);
        let seats = app
            .activation_import(&support, None, of.license, list, strict)
            .await;
        assert_eq!(seats.unwrap().value.summary.create, 2);
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn the_outputs_of_several_machines_are_one_list() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind").await;
        control(app, &of, true).await;
        ask(app, &of, &of.app, "B").await.unwrap_err();
        let files = "\u{feff}A\tCAD 1\n\n\u{feff}B\tCAD 2\r\n\nA\tCAD 1\n";
        let done = app
            .admission_import(
                &of.admin,
                once("files", 1),
                of.customer,
                files.as_bytes(),
                ImportOptions::default(),
            )
            .await
            .unwrap();
        let summary = done.value.summary;
        assert_eq!(
            (
                summary.create,
                summary.update,
                summary.duplicate,
                summary.refused
            ),
            (1, 1, 1, 0),
            "{:?}",
            done.value.rows
        );
        let seat = ask(app, &of, &of.app, "B").await.unwrap();
        let filter = AdmissionFilter {
            fragment: Some("cad 2".into()),
            ..AdmissionFilter::default()
        };
        let found = app.admission_list(&of.admin, &filter, PAGE).await.unwrap();
        assert_eq!(found.count, 1);
        assert_eq!(found.rows[0].customer_name.as_str(), "Nordwind");
        assert_eq!(found.rows[0].license_key.as_ref(), Some(&of.key));
        app.activation_get(&of.admin, seat).await.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_activates_an_admitted_machine_before_it_asks() {
    for_each_database(async |app| {
        let (of, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        let list = b"BASEMENT\tBasement\n";
        let options = ImportOptions::default();
        app.admission_import(&of.admin, None, of.customer, list, options)
            .await
            .unwrap();
        let id = listed(app, &of.admin, None).await[0].id;
        let activate = async |by: &Actor, license| {
            let done = app.admission_activate(by, None, id, license).await;
            done.map(|done| done.value)
        };
        assert_eq!(
            code(activate(&of.viewer, of.license).await),
            "not_permitted"
        );
        for (by, license, expected) in [
            (&other.admin, other.license, "admission_not_found"),
            (&of.admin, other.license, "license_not_found"),
        ] {
            assert_eq!(code(activate(by, license).await), expected);
        }
        let seat = activate(&of.admin, of.license).await.unwrap();
        let view = app.activation_get(&of.admin, seat).await.unwrap();
        assert_eq!(
            view.friendly_name.as_str(),
            "Basement",
            "as the list calls it"
        );
        app.activate(of.license, "THIRD", "Third").await;
        app.activation_deactivate(&of.admin, None, seat)
            .await
            .unwrap();
        app.activate(of.license, "FOURTH", "Fourth").await;
        assert_eq!(
            code(activate(&of.admin, of.license).await),
            "seats_exhausted"
        );
        let refuse = AdmissionDecision::Refuse;
        assert_eq!(decide(app, &of.admin, &[id], refuse).await, "ok");
        assert_eq!(
            code(activate(&of.admin, of.license).await),
            "machine_not_admitted"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn nothing_of_another_customer_is_there() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        control(app, &other, true).await;
        ask(app, &other, &other.app, "GUEST").await.unwrap_err();
        let ids: Vec<_> = waiting(app, &other.admin)
            .await
            .iter()
            .map(|it| it.id)
            .collect();
        assert_eq!(ids.len(), 1);
        for actor in [&own.admin, &own.viewer] {
            assert!(listed(app, actor, None).await.is_empty());
            let foreign = AdmissionFilter {
                customer_id: Some(other.customer),
                ..AdmissionFilter::default()
            };
            let none = app.admission_list(actor, &foreign, PAGE).await.unwrap();
            assert_eq!((none.count, none.rows.len()), (0, 0));
        }
        for decision in [AdmissionDecision::Admit, AdmissionDecision::Refuse] {
            let told = decide(app, &own.admin, &ids, decision).await;
            assert_eq!(told, "admission_not_found");
        }
        let options = ImportOptions::default();
        let import = app.admission_import(&own.admin, None, other.customer, b"X\tX\n", options);
        assert_eq!(code(import.await), "customer_not_found");
        let off = app.controlled_activation_set(&own.admin, None, other.customer, false);
        assert_eq!(code(off.await), "customer_not_found");
        // A license key opens its own license, and says nothing of who waits.
        let all = AdmissionFilter::default();
        let list = app.admission_list(&other.app, &all, PAGE).await;
        assert_eq!(code(list), "not_permitted");
        assert_eq!(waiting(app, &app.owner).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_key_cannot_fill_the_list() {
    for_each_database(async |app| {
        let of = side(app, "Nordwind").await;
        control(app, &of, true).await;
        for number in 0..ADMISSIONS_WAITING_MAX {
            let refused = ask(app, &of, &of.app, &format!("M-{number}")).await;
            assert!(fix(refused).ends_with("it waits in their list."));
        }
        let entries = size(app).await;
        let refused = ask(app, &of, &of.app, "ONE-MORE").await;
        assert_eq!(code(refused.clone()), "machine_not_admitted");
        assert!(fix(refused).contains("500 others wait already"));
        assert_eq!(size(app).await, entries);
        let page = waiting(app, &of.admin).await;
        assert_eq!(page.len(), 200, "a page of them");
        let ids: Vec<_> = page.iter().take(1).map(|it| it.id).collect();
        assert_eq!(
            decide(app, &of.admin, &ids, AdmissionDecision::Admit).await,
            "ok"
        );
        let refused = ask(app, &of, &of.app, "ONE-MORE").await;
        assert!(fix(refused).ends_with("it waits in their list."));
        check_ledger(app).await;
    })
    .await;
}
