//! A customer's people: what their customer has is theirs to see and to look after, and nothing else is there.

use latchkey_app::bulk::{ActivationAction, BulkActivations};
use latchkey_app::license_file::{ExportLicenseFile, ExportLicenseFiles};
use latchkey_app::user::{CreateUser, UpdateUser};
use latchkey_app::{AppError, filter};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::limits::CUSTOMER_USERS_MAX;
use latchkey_domain::user::Whose;
use latchkey_domain::{ActivationId, ActorId, CustomerId, LicenseId};
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, change, check_ledger, code};

/// A customer with a license and an active machine.
struct Side {
    customer: CustomerId,
    license: LicenseId,
    activation: ActivationId,
    admin: Actor,
    viewer: Actor,
}

async fn side(app: &TestApp, name: &str) -> Side {
    let customer = app.customer(name).await;
    let policy = app.policy(3).await;
    let license = app.license(policy, customer).await;
    let activation = app
        .activate(license, &format!("{name}-1"), &format!("{name} CAD"))
        .await;
    Side {
        customer,
        license,
        activation,
        admin: app.person_of(customer, Role::CustomerAdmin),
        viewer: app.person_of(customer, Role::CustomerViewer),
    }
}

fn invite(email: &str, role: Role, customer_id: Option<CustomerId>) -> CreateUser {
    CreateUser {
        email: email.parse().unwrap(),
        name: "Nora".parse().unwrap(),
        role,
        whose: customer_id.map_or(Whose::Vendor, Whose::Customer),
    }
}

async fn create(app: &TestApp, by: &Actor, new: CreateUser) -> Result<ActorId, AppError> {
    let made = app.user_create(by, None, new).await;
    made.map(|made| made.value.user_id)
}

fn all() -> BulkActivations {
    BulkActivations {
        action: ActivationAction::Deactivate,
        filter: filter::ActivationFilter::default(),
        dry_run: false,
    }
}

#[tokio::test]
async fn lists_hold_what_ones_own_customer_has_and_count_nothing_else() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        for actor in [&own.admin, &own.viewer] {
            let licenses = app.license_list(actor, &Default::default(), PAGE).await;
            let licenses = licenses.unwrap();
            assert_eq!(licenses.count, 1);
            assert_eq!(licenses.rows[0].license.id, own.license);
            let by_name = filter::ActivationFilter {
                fragment: Some("wind".into()),
                ..Default::default()
            };
            for filter in [filter::ActivationFilter::default(), by_name] {
                let seats = app.activation_list(actor, &filter, PAGE).await.unwrap();
                assert_eq!((seats.count, seats.rows.len()), (1, 1));
                assert_eq!(seats.rows[0].activation.id, own.activation);
                let table = app.activation_table(actor, &filter, PAGE).await.unwrap();
                assert_eq!(table.rows.len(), 1);
            }
            let foreign = filter::ActivationFilter {
                customer_id: Some(other.customer),
                ..Default::default()
            };
            let none = app.activation_list(actor, &foreign, PAGE).await.unwrap();
            assert_eq!(
                (none.count, none.rows.len()),
                (0, 0),
                "nor by asking for it"
            );
            let found = app.search(actor, "wind").await.unwrap();
            assert_eq!(found.activations.len(), 1);
            assert!(found.customers.is_empty() && found.products.is_empty());
        }
    })
    .await;
}

#[tokio::test]
async fn what_another_customer_has_is_not_there() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        let actor = &own.admin;
        let seat = app.activation_get(&app.owner, other.activation).await;
        let machine = seat.unwrap().activation.machine_id;
        let name = "Mine".parse().unwrap();
        assert_eq!(
            [
                code(app.license_get(actor, other.license).await),
                code(app.entitlement_list(actor, other.license, PAGE).await),
                code(app.activation_get(actor, other.activation).await),
                code(
                    app.activation_deactivate(actor, None, other.activation)
                        .await
                ),
                code(app.machine_get(actor, machine).await),
                code(app.machine_rename(actor, None, machine, name).await),
                code(app.customer_get(actor, other.customer).await),
            ],
            [
                "license_not_found",
                "license_not_found",
                "activation_not_found",
                "activation_not_found",
                "machine_not_found",
                "machine_not_found",
                "customer_not_found",
            ]
        );
        for (license_id, machine_ids, expected) in [
            (other.license, vec![machine], "license_not_found"),
            (own.license, vec![machine], "machine_not_found"),
        ] {
            let export = ExportLicenseFile {
                license_id,
                machine_ids,
                valid_days: None,
            };
            let refused = app.license_file_export(actor, None, export).await;
            assert_eq!(code(refused), expected);
        }
        let all_of_it = filter::LicenseFilter {
            ids: Some(vec![other.license]),
            ..Default::default()
        };
        let export = ExportLicenseFiles {
            filter: all_of_it,
            valid_days: None,
        };
        let refused = app.license_files_export(actor, None, export).await;
        assert_eq!(code(refused), "license_file_nothing");
    })
    .await;
}

#[tokio::test]
async fn an_administrator_frees_seats_exports_files_and_takes_back_what_they_did() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        let exported = app.license_files_export(
            &app.owner,
            None,
            ExportLicenseFiles {
                filter: filter::LicenseFilter::default(),
                valid_days: None,
            },
        );
        let exported = change(exported.await.unwrap());
        for (actor, files) in [(&own.admin, 1), (&own.viewer, 1), (&app.owner, 2)] {
            let listed = app.license_file_list(actor, None, PAGE).await.unwrap();
            assert_eq!(listed.count, files);
            let out = std::io::Cursor::new(Vec::new());
            let archive = app
                .license_files_archive(actor, exported, out)
                .await
                .unwrap();
            let bytes = archive.into_inner();
            let text = String::from_utf8_lossy(&bytes);
            let has = |name: &str| text.contains(name);
            assert_eq!((has("Nordwind"), has("Ostwind")), (true, files == 2));
        }
        assert_eq!(
            code(app.change_undo(&own.admin, None, exported).await),
            "change_not_found",
            "nobody else's changes are theirs"
        );
        let freed = app.activations_bulk(&own.admin, None, all()).await.unwrap();
        assert_eq!((freed.value.matched, freed.value.change), (1, 1));
        assert_eq!(app.license_now(other.license).await.license.seats_used, 1);
        let freed = change(freed);
        let stranger = app.person_of(other.customer, Role::CustomerAdmin);
        for other in [&own.viewer, &stranger] {
            assert_ne!(code(app.change_undo(other, None, freed).await), "ok");
        }
        let foreign = Actor {
            id: app.owner.id,
            ..own.admin.clone()
        };
        assert_eq!(
            code(app.change_get(&foreign, freed).await),
            "change_not_found"
        );
        app.change_get(&own.admin, freed).await.unwrap();
        app.change_undo(&own.admin, None, freed).await.unwrap();
        assert_eq!(app.license_now(own.license).await.license.seats_used, 1);
        app.activation_deactivate(&own.admin, None, own.activation)
            .await
            .unwrap();
        assert_eq!(
            code(app.activations_bulk(&own.viewer, None, all()).await),
            "not_permitted"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_license_that_went_to_another_customer_takes_no_seat_back() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        let freed = app
            .activation_deactivate(&own.admin, None, own.activation)
            .await;
        let freed = change(freed.unwrap());
        app.license_transfer(&app.owner, None, own.license, other.customer)
            .await
            .unwrap();
        assert_eq!(
            code(app.license_get(&own.admin, own.license).await),
            "license_not_found"
        );
        assert_ne!(code(app.change_undo(&own.admin, None, freed).await), "ok");
        assert_eq!(app.license_now(own.license).await.license.seats_used, 0);
    })
    .await;
}

#[tokio::test]
async fn who_may_invite_whom() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        let (admin, support) = (app.actor(Role::Admin), app.actor(Role::Support));
        let (viewer, customer) = (Role::CustomerViewer, Some(own.customer));
        for (by, role, of, expected) in [
            (&app.owner, viewer, customer, "ok"),
            (&admin, Role::CustomerAdmin, customer, "ok"),
            (&admin, Role::Support, None, "not_permitted"),
            (&support, viewer, customer, "not_permitted"),
            (&own.admin, viewer, None, "ok"),
            (&own.admin, Role::CustomerAdmin, customer, "ok"),
            (
                &own.admin,
                viewer,
                Some(other.customer),
                "customer_not_found",
            ),
            (&own.admin, Role::Owner, None, "user_no_role"),
            (&own.viewer, viewer, None, "not_permitted"),
            (&app.owner, Role::Support, customer, "user_no_role"),
            (&app.owner, viewer, None, "user_no_role"),
        ] {
            let number = app
                .user_list(&app.owner, Whose::Customer(own.customer), PAGE)
                .await
                .unwrap()
                .count;
            let new = invite(&format!("n{number}@nordwind.example"), role, of);
            let made = create(app, by, new).await;
            assert_eq!(
                code(made),
                expected,
                "{} invites {}",
                by.name,
                role.as_str()
            );
        }
        let colleagues = app
            .user_list(&own.admin, Whose::Vendor, PAGE)
            .await
            .unwrap();
        assert_eq!(colleagues.count, 4);
        assert!(
            colleagues
                .rows
                .iter()
                .all(|user| user.customer_id == customer)
        );
        assert_eq!(
            app.user_list(&own.admin, Whose::Customer(other.customer), PAGE)
                .await
                .unwrap()
                .count,
            0
        );
        assert_eq!(
            app.user_list(&app.owner, Whose::Vendor, PAGE)
                .await
                .unwrap()
                .count,
            0
        );
        app.customer_archive(&app.owner, None, own.customer)
            .await
            .unwrap();
        let new = invite("late@nordwind.example", viewer, customer);
        assert_eq!(
            code(create(app, &app.owner, new).await),
            "customer_archived"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn people_of_others_are_neither_seen_nor_changed() {
    for_each_database(async |app| {
        let (own, other) = (side(app, "Nordwind").await, side(app, "Ostwind").await);
        let (viewer, admin) = (Role::CustomerViewer, app.actor(Role::Admin));
        let new = invite("o@ostwind.example", viewer, Some(other.customer));
        let foreign = create(app, &app.owner, new).await.unwrap();
        let staff = invite("ada@vendor.example", Role::Support, None);
        let staff = create(app, &app.owner, staff).await.unwrap();
        for (by, id, expected) in [
            (&own.admin, foreign, "user_not_found"),
            (&own.admin, staff, "user_not_found"),
            (&admin, staff, "not_permitted"),
            (&admin, foreign, "ok"),
        ] {
            let unchanged = UpdateUser::default();
            assert_eq!(
                code(app.user_update(by, None, id, unchanged).await),
                expected
            );
            assert_eq!(code(app.user_invite(by, None, id).await), expected);
            assert_eq!(code(app.user_deactivate(by, None, id).await), expected);
            assert_eq!(code(app.user_reactivate(by, None, id).await), expected);
        }
        assert_eq!(
            code(app.user_get(&own.admin, foreign).await),
            "user_not_found"
        );
        app.user_get(&admin, staff).await.unwrap();
        let promoted = UpdateUser {
            role: Some(Role::Owner),
            ..UpdateUser::default()
        };
        let refused = app.user_update(&app.owner, None, foreign, promoted).await;
        assert_eq!(code(refused), "user_no_role");
    })
    .await;
}

#[tokio::test]
async fn a_customer_has_as_many_people_as_it_may_have_and_takes_none_of_the_vendors_places() {
    let app = TestApp::open(latchkey_testkit::DatabaseKind::Sqlite).await;
    let own = side(&app, "Nordwind").await;
    for number in 0..CUSTOMER_USERS_MAX {
        let new = invite(
            &format!("n{number}@nordwind.example"),
            Role::CustomerViewer,
            None,
        );
        create(&app, &own.admin, new).await.unwrap();
    }
    let one_more = invite("more@nordwind.example", Role::CustomerViewer, None);
    assert_eq!(code(create(&app, &own.admin, one_more).await), "user_limit");
    let staff = invite("ada@vendor.example", Role::Support, None);
    create(&app, &app.owner, staff).await.unwrap();
    let taken = invite(
        "ADA@vendor.example",
        Role::CustomerViewer,
        Some(own.customer),
    );
    assert_eq!(
        code(create(&app, &app.owner, taken).await),
        "user_email_taken"
    );
    app.close().await;
}
