//! License files: exported here, verified as a stranger would.

use std::io::{Cursor, Read};

use latchkey_app::Idempotency;
use latchkey_app::entitlement::GrantEntitlement;
use latchkey_app::license_file::{ExportLicenseFile, ExportLicenseFiles};
use latchkey_domain::license::LicenseState;
use latchkey_domain::limits::{
    LICENSE_FILE_DAYS_MAX, MACHINES_PER_LICENSE_FILE_MAX, PAGE_ROWS_MAX,
};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::signing_key::{KeyRole, KeyState};
use latchkey_domain::{LicenseFileId, LicenseId, MachineId, ProductId, SigningKeyId};
use latchkey_store::filter::{LicenseFilter, PageRequest};
use latchkey_testkit::{TestApp, for_each_database};
use latchkey_verify::{Grants, Machine, Refusal, RootKey, verify_license_file};

const PAGE: PageRequest = PageRequest::counted(PAGE_ROWS_MAX, None);

async fn machine(app: &TestApp, license_id: LicenseId, code: &str, name: &str) -> MachineId {
    let id = app.activate(license_id, code, name).await;
    app.activation_get(&app.owner, id)
        .await
        .unwrap()
        .activation
        .machine_id
}

async fn export(
    app: &TestApp,
    license_id: LicenseId,
    machine_ids: &[MachineId],
    valid_days: Option<u32>,
) -> Result<LicenseFileId, &'static str> {
    let command = ExportLicenseFile {
        license_id,
        machine_ids: machine_ids.to_vec(),
        valid_days,
    };
    let exported = app.license_file_export(&app.owner, None, command).await;
    exported
        .map(|changed| changed.value)
        .map_err(|error| error.code())
}

async fn content(app: &TestApp, id: LicenseFileId) -> String {
    let content = app.license_file_content(&app.owner, id).await.unwrap();
    assert!(content.file_name.ends_with(".lkl"), "{}", content.file_name);
    content.content
}

async fn root(app: &TestApp) -> RootKey {
    RootKey::from_pem(&app.root_key(&app.owner).await.unwrap().pem).unwrap()
}

async fn verify(app: &TestApp, file: &str, machine: &str) -> Result<Grants, Refusal> {
    let now = app.now().seconds();
    verify_license_file(
        file.as_bytes(),
        &root(app).await,
        now,
        Machine::Code(machine),
    )
}

/// A policy whose licenses run on any machine.
async fn open_policy(app: &TestApp, code: &str) -> (ProductId, latchkey_domain::PolicyId) {
    let product_id = app.product(code).await;
    let rules = PolicyRules {
        term: Term::Days { days: 20 },
        seats_max: 5,
        node_locked: false,
        feature_ids: Vec::new(),
        license_file_days: 30,
        returns: None,
        price: None,
    };
    (product_id, app.policy_with(product_id, code, rules).await)
}

#[tokio::test]
async fn an_exported_file_is_accepted_on_its_machine_and_nowhere_else() {
    for_each_database(async |app| {
        let license_id = app.license_with_seats(5).await;
        let license = app.license_now(license_id).await.license;
        let feature_id = app.feature(license.product_id, "export-step").await;
        let grant = GrantEntitlement {
            license_id,
            feature_id,
            limit: Some(7),
        };
        app.entitlement_grant(&app.owner, None, grant)
            .await
            .unwrap();
        let desk = machine(app, license_id, "m-1", "Desk 1").await;
        machine(app, license_id, "m-2", "Desk 2").await;

        let id = export(app, license_id, &[desk, desk], None).await.unwrap();
        let file = content(app, id).await;
        let grants = verify(app, &file, "m-1").await.unwrap();
        assert_eq!(grants.license.id, license_id.to_string());
        assert_eq!(grants.license.key_hint, license.key.hint());
        assert_eq!(grants.customer.name, "Nordwind");
        assert_eq!(grants.feature("export-step").unwrap().limit, Some(7));
        assert_eq!(grants.machines.len(), 1);
        assert_eq!(grants.file_expires_at, app.now().plus_days(90).seconds());
        assert_eq!(verify(app, &file, "m-2").await, Err(Refusal::OtherMachine));

        let item = app.license_file_get(&app.owner, id).await.unwrap();
        assert_eq!(item.machines, ["Desk 1"]);
        assert_eq!(item.view.file.ledger_index, grants.ledger_index);
        let list = app
            .license_file_list(&app.owner, Some(license_id), PAGE)
            .await
            .unwrap();
        assert_eq!(list.rows, [item]);

        // The file stays as it is while the ledger grows.
        for number in 0..300 {
            app.customer(&format!("Customer {number}")).await;
        }
        let later = content(app, id).await;
        assert_ne!(later, file, "it is proven against the head of now");
        assert_eq!(
            verify(app, &later, "m-1").await,
            verify(app, &file, "m-1").await
        );

        app.clock.advance_days(90);
        let refused = verify(app, &file, "m-1").await.unwrap_err();
        assert_eq!(refused.code(), "file_expired");
    })
    .await;
}

#[tokio::test]
async fn a_file_ends_with_its_license_at_the_latest() {
    for_each_database(async |app| {
        let (_, policy_id) = open_policy(app, "open").await;
        let customer_id = app.customer("Nordwind").await;
        let license_id = app.license(policy_id, customer_id).await;
        for (days, ends_after) in [(None, 20), (Some(3), 3), (Some(LICENSE_FILE_DAYS_MAX), 20)] {
            let id = export(app, license_id, &[], days).await.unwrap();
            let grants = verify(app, &content(app, id).await, "any").await.unwrap();
            let end = app.now().plus_days(ends_after).seconds();
            assert_eq!(grants.file_expires_at, end, "{days:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_that_could_not_be_used_is_not_exported() {
    for_each_database(async |app| {
        let license_id = app.license_with_seats(30).await;
        let desk = machine(app, license_id, "m-1", "Desk 1").await;
        let other = app.license_with_seats(2).await;
        let elsewhere = machine(app, other, "m-9", "Elsewhere").await;
        let days = LICENSE_FILE_DAYS_MAX;
        for (machines, valid_days, code) in [
            (vec![], None, "license_file_needs_machine"),
            (
                vec![desk, elsewhere],
                None,
                "license_file_machine_not_active",
            ),
            (vec![desk], Some(0), "license_file_days_out_of_bounds"),
            (
                vec![desk],
                Some(days + 1),
                "license_file_days_out_of_bounds",
            ),
        ] {
            let refused = export(app, license_id, &machines, valid_days).await;
            assert_eq!(refused, Err(code));
        }
        assert!(export(app, license_id, &[desk], Some(days)).await.is_ok());

        let mut machines = Vec::new();
        for number in 0..=MACHINES_PER_LICENSE_FILE_MAX {
            machines.push(machine(app, license_id, &format!("n-{number}"), "Node").await);
        }
        let refused = export(app, license_id, &machines, None).await;
        assert_eq!(refused, Err("license_file_too_many_machines"));
        machines.pop();
        assert!(export(app, license_id, &machines, None).await.is_ok());

        app.license_suspend(&app.owner, None, license_id, None)
            .await
            .unwrap();
        let refused = export(app, license_id, &[desk], None).await;
        assert_eq!(refused, Err("license_suspended"));
    })
    .await;
}

#[tokio::test]
async fn after_a_key_was_lost_earlier_files_count_and_a_new_key_is_needed() {
    for_each_database(async |app| {
        let (_, policy_id) = open_policy(app, "open").await;
        let customer_id = app.customer("Nordwind").await;
        let license_id = app.license(policy_id, customer_id).await;
        let before = export(app, license_id, &[], None).await.unwrap();
        let key = signer(app, before).await;
        app.signing_key_compromise(&app.owner, None, key, key.to_string())
            .await
            .unwrap();
        let file = content(app, before).await;
        let grants = verify(app, &file, "any").await.unwrap();
        let lost = app.signing_key_get(&app.owner, key).await.unwrap();
        assert!(grants.ledger_index < lost.void_from_index.unwrap());

        let refused = export(app, license_id, &[], None).await;
        assert_eq!(refused, Err("signing_key_no_issuer"));
        let fresh = app
            .signing_key_create(&app.owner, None, None)
            .await
            .unwrap();
        let after = export(app, license_id, &[], None).await.unwrap();
        assert_eq!(signer(app, after).await, fresh.value);
        assert!(verify(app, &content(app, after).await, "any").await.is_ok());
    })
    .await;
}

async fn signer(app: &TestApp, id: LicenseFileId) -> SigningKeyId {
    let item = app.license_file_get(&app.owner, id).await.unwrap();
    item.view.file.signing_key_id
}

#[tokio::test]
async fn a_product_with_a_key_of_its_own_signs_with_it() {
    for_each_database(async |app| {
        let (product_id, policy_id) = open_policy(app, "own").await;
        let (_, other_policy) = open_policy(app, "other").await;
        let own = app
            .signing_key_create(&app.owner, None, Some(product_id))
            .await;
        let own = own.unwrap().value;
        let customer_id = app.customer("Nordwind").await;
        let license_id = app.license(policy_id, customer_id).await;
        let other_id = app.license(other_policy, customer_id).await;
        let file = export(app, license_id, &[], None).await.unwrap();
        assert_eq!(signer(app, file).await, own);
        assert!(verify(app, &content(app, file).await, "any").await.is_ok());
        let other = export(app, other_id, &[], None).await.unwrap();
        assert_ne!(signer(app, other).await, own);

        let rotated = app.signing_key_rotate(&app.owner, None, own).await.unwrap();
        let next = export(app, license_id, &[], None).await.unwrap();
        assert_eq!(signer(app, next).await, rotated.value);
        for file in [file, next] {
            assert!(verify(app, &content(app, file).await, "any").await.is_ok());
        }
        let keys = app.signing_key_list(&app.owner, PAGE).await.unwrap().rows;
        let active = |key: &&latchkey_domain::signing_key::SigningKey| {
            key.role == KeyRole::Issuer && key.state == KeyState::Active
        };
        assert_eq!(keys.iter().filter(active).count(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_selection_comes_as_one_archive_in_which_every_file_verifies() {
    for_each_database(async |app| {
        let (_, open) = open_policy(app, "open").await;
        let locked = app.policy(50).await;
        let customer_id = app.customer("Nordwind").await;
        for _ in 0..48 {
            app.license(open, customer_id).await;
        }
        // Files for 25 machines, 20 to a file.
        let crowded = app.license(locked, customer_id).await;
        for number in 0..25 {
            machine(
                app,
                crowded,
                &format!("m-{number}"),
                &format!("Desk {number}"),
            )
            .await;
        }
        let unused = app.license(locked, customer_id).await;
        let suspended = app.license(open, customer_id).await;
        app.license_suspend(&app.owner, None, suspended, None)
            .await
            .unwrap();

        let command = || ExportLicenseFiles {
            filter: LicenseFilter {
                customer_id: Some(customer_id),
                ..LicenseFilter::default()
            },
            valid_days: None,
        };
        let idempotency = || {
            Some(Idempotency {
                key: "export-1".into(),
                request: [1; 32],
            })
        };
        let export = app.license_files_export(&app.owner, idempotency(), command());
        let exported = export.await.unwrap();
        assert_eq!(exported.value.count, 50);
        let skipped = exported.value.skipped_licenses.iter();
        let skipped: Vec<_> = skipped
            .map(|row| (row.license_id, row.code.as_str()))
            .collect();
        let reasons = [
            (unused, "license_file_needs_machine"),
            (suspended, "license_suspended"),
        ];
        assert_eq!(skipped, reasons);

        let change = exported.change.unwrap();
        let archive = app
            .license_files_archive(&app.owner, change, Vec::new())
            .await
            .unwrap();
        let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
        assert_eq!(archive.len(), 50);
        let mut crowded_machines = 0;
        for place in 0..archive.len() {
            let mut file = String::new();
            archive
                .by_index(place)
                .unwrap()
                .read_to_string(&mut file)
                .unwrap();
            let root = root(app).await;
            let now = app.now().seconds();
            let grants = verify_license_file(file.as_bytes(), &root, now, Machine::NotChecked);
            crowded_machines += grants.unwrap().machines.len();
        }
        assert_eq!(crowded_machines, 25);

        // Asked again it is the same export, also when the licenses have changed since.
        let again = app
            .license_files_export(&app.owner, idempotency(), command())
            .await
            .unwrap();
        assert!(again.replayed);
        assert_eq!(
            (again.change, again.value),
            (exported.change, exported.value)
        );
        let files = app.license_file_list(&app.owner, None, PAGE).await.unwrap();
        assert_eq!(files.count, 50);
    })
    .await;
}

#[tokio::test]
async fn an_export_of_nothing_says_so() {
    for_each_database(async |app| {
        let export = async |filter: LicenseFilter| {
            let command = ExportLicenseFiles {
                filter,
                valid_days: None,
            };
            let refused = app.license_files_export(&app.owner, None, command).await;
            refused.unwrap_err().code()
        };
        assert_eq!(
            export(LicenseFilter::default()).await,
            "license_file_nothing"
        );
        let license_id = app.license_with_seats(1).await;
        app.license_suspend(&app.owner, None, license_id, None)
            .await
            .unwrap();
        assert_eq!(
            export(LicenseFilter::default()).await,
            "license_file_nothing"
        );

        let nobody = latchkey_domain::ChangeId::generate(
            app.now(),
            &latchkey_domain::random::SeededRandom::new(99),
        );
        let refused = app
            .license_files_archive(&app.owner, nobody, Vec::new())
            .await;
        assert_eq!(refused.unwrap_err().code(), "change_not_found");
        let made = app.customer_create(
            &app.owner,
            None,
            latchkey_app::customer::CreateCustomer {
                name: "Nordwind".parse().unwrap(),
                email: None,
                reference: None,
                reseller_id: None,
            },
        );
        let change = made.await.unwrap().change.unwrap();
        let refused = app
            .license_files_archive(&app.owner, change, Vec::new())
            .await;
        assert_eq!(refused.unwrap_err().code(), "license_file_nothing");
    })
    .await;
}

#[tokio::test]
async fn a_file_is_verified_here_too_and_says_what_became_of_its_license() {
    for_each_database(async |app| {
        let (_, policy_id) = open_policy(app, "open").await;
        let customer_id = app.customer("Nordwind").await;
        let license_id = app.license(policy_id, customer_id).await;
        let id = export(app, license_id, &[], None).await.unwrap();
        let file = content(app, id).await;
        let verdict = app
            .license_file_verify(&app.owner, file.as_bytes())
            .await
            .unwrap();
        assert!(verdict.grants.is_ok());
        assert_eq!(verdict.license_state, Some(LicenseState::Active));

        app.license_suspend(&app.owner, None, license_id, None)
            .await
            .unwrap();
        let verdict = app
            .license_file_verify(&app.owner, file.as_bytes())
            .await
            .unwrap();
        assert!(
            verdict.grants.is_ok(),
            "a file is offline: it does not hear of it"
        );
        assert_eq!(verdict.license_state, Some(LicenseState::Suspended));

        let cut = &file.as_bytes()[..file.len() / 2];
        let verdict = app.license_file_verify(&app.owner, cut).await.unwrap();
        assert!(verdict.grants.is_err());
    })
    .await;
}
