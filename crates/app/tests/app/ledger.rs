//! The ledger: what can be read in it, and that nothing can be changed behind its back unnoticed.

mod as_of;
mod tamper;

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::ledger::{LedgerCheck, LedgerReport, entity_uuid};
use latchkey_app::license_file::ExportLicenseFiles;
use latchkey_domain::actor::{Role, Scope};
use latchkey_domain::ledger::{Verb, hex};
use latchkey_domain::limits::PAGE_ROWS_MAX;
use latchkey_domain::merkle::verify_inclusion;
use latchkey_store::filter::{LedgerFilter, LicenseFilter, PageRequest};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};
use latchkey_verify::RootKey;

const PAGE: PageRequest = PageRequest::counted(PAGE_ROWS_MAX, None);

async fn check(app: &TestApp) -> LedgerReport {
    let check = LedgerCheck::default();
    app.ledger_verify(&app.owner, check).await.unwrap()
}

async fn assert_fits(app: &TestApp) -> LedgerReport {
    let report = check(app).await;
    assert_eq!(report.first_problem, None);
    let head = app.checkpoint(&app.owner).await.unwrap();
    assert!(report.ok);
    assert_eq!(report.entries, head.size);
    assert_eq!(report.root, hex(&head.root));
    report
}

#[tokio::test]
async fn a_new_store_fits() {
    for_each_database(async |app| {
        let report = assert_fits(app).await;
        assert_eq!(
            (report.entries, report.rows),
            (4, 4),
            "the vendor and three keys"
        );
    })
    .await;
}

#[tokio::test]
async fn after_all_kinds_of_changes_everything_fits() {
    for kind in DatabaseKind::BOTH {
        let app = TestApp::with_demo(kind).await;
        let license_id = app.license_with_seats(3).await;
        let desk = app.activate(license_id, "m-1", "Desk 1").await;
        let deactivated = app
            .activation_deactivate(&app.owner, None, desk)
            .await
            .unwrap();
        let undo = app
            .change_undo(&app.owner, None, deactivated.change.unwrap())
            .await;
        undo.unwrap();
        app.license_suspend(&app.owner, None, license_id, None)
            .await
            .unwrap();
        let export = ExportLicenseFiles {
            filter: LicenseFilter::default(),
            valid_days: None,
        };
        app.license_files_export(&app.owner, None, export)
            .await
            .unwrap();
        let keys = app.signing_key_list(&app.owner, PAGE).await.unwrap().rows;
        let issuer = keys
            .iter()
            .find(|key| key.role.as_str() == "issuer")
            .unwrap()
            .id;
        app.signing_key_rotate(&app.owner, None, issuer)
            .await
            .unwrap();
        let report = assert_fits(&app).await;
        assert!(report.entries > 500 && report.rows > 500, "{report:?}");

        let app = app.restarted().await;
        assert_eq!(assert_fits(&app).await, report);
        app.close().await;
    }
}

#[tokio::test]
async fn the_ledger_fits_while_it_is_being_written() {
    for_each_database(async |app| {
        let license_id = app.license_with_seats(1_000).await;
        let writing = async {
            for number in 0..150 {
                app.activate(license_id, &format!("m-{number}"), "Desk")
                    .await;
            }
        };
        let checking = async {
            for _ in 0..10 {
                let report = check(app).await;
                assert_eq!(report.first_problem, None);
            }
        };
        tokio::join!(writing, checking);
        assert_fits(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_root_key_kept_elsewhere_is_compared() {
    for_each_database(async |app| {
        let own = RootKey::from_pem(&app.root_key(&app.owner).await.unwrap().pem).unwrap();
        let pinned = LedgerCheck {
            root: Some(own),
            progress: None,
        };
        let report = app.ledger_verify(&app.owner, pinned).await.unwrap();
        assert!(report.ok && report.pinned);

        // The key of RFC 8410, section 10.1.
        let other = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
        let pinned = LedgerCheck {
            root: Some(RootKey::parse(other).unwrap()),
            progress: None,
        };
        let report = app.ledger_verify(&app.owner, pinned).await.unwrap();
        let problem = report.first_problem.unwrap();
        assert!(problem.contains("is the root key"), "{problem}");
    })
    .await;
}

#[tokio::test]
async fn the_timeline_of_an_entity_says_who_what_before_and_after() {
    for_each_database(async |app| {
        let license_id = app.license_with_seats(3).await;
        let suspended = app
            .license_suspend(&app.owner, None, license_id, Some("unpaid".into()))
            .await
            .unwrap();
        let filter = LedgerFilter {
            entity_id: entity_uuid(&license_id.to_string()),
            ..LedgerFilter::default()
        };
        let list = async || app.ledger_list(&app.owner, &filter, PAGE).await.unwrap();
        let page = list().await;
        assert_eq!(page.count, 2);
        let (last, first) = (&page.rows[0], &page.rows[1]);
        assert_eq!(first.row.verb, Verb::LicenseIssue);
        assert_eq!(first.before, None);
        assert_eq!(last.row.verb, Verb::LicenseSuspend);
        assert_eq!(last.actor_name, app.owner.name);
        assert_eq!(last.entity_id, license_id.to_string());
        assert_eq!(last.before.as_ref().unwrap()["standing"], "active");
        assert_eq!(last.after["standing"], "suspended");
        assert_eq!(last.after["suspended_for"], "unpaid");
        assert_eq!(last.before, Some(first.after.clone()));
        assert_eq!(last.undo_until, suspended.undo_until);

        app.change_undo(&app.owner, None, suspended.change.unwrap())
            .await
            .unwrap();
        let page = list().await;
        assert_eq!(page.count, 3);
        assert!(page.rows[1].row.undone);
        assert_eq!(page.rows[1].undo_until, None, "it was undone");
        app.clock.advance_days(2);
        assert_eq!(list().await.rows[0].undo_until, None, "it is too long ago");

        let of_change = LedgerFilter {
            change_id: suspended.change,
            ..LedgerFilter::default()
        };
        let page = app.ledger_list(&app.owner, &of_change, PAGE).await.unwrap();
        assert_eq!(page.count, 1);
    })
    .await;
}

#[tokio::test]
async fn every_entry_is_proven_against_the_head() {
    for_each_database(async |app| {
        for number in 0..300 {
            app.customer(&format!("Customer {number}")).await;
        }
        let head = app.checkpoint(&app.owner).await.unwrap();
        for index in [0, 1, 255, 256, 257, head.size - 1] {
            let proven = app.ledger_get(&app.owner, index).await.unwrap();
            let (leaf, root) = (&proven.entry.row.leaf, &proven.head.root);
            assert!(verify_inclusion(
                leaf,
                index,
                head.size,
                &proven.hashes,
                root
            ));
            assert!(!verify_inclusion(
                leaf,
                index + 1,
                head.size,
                &proven.hashes,
                root
            ));
        }
        let refused = app.ledger_get(&app.owner, head.size).await;
        assert_eq!(refused.unwrap_err().code(), "ledger_entry_not_found");
        let refused = app.ledger_get(&app.owner, u64::MAX).await;
        assert_eq!(refused.unwrap_err().code(), "ledger_entry_not_found");
        assert_fits(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_entry_says_what_was_asked_for_and_which_policies_allowed_it() {
    for_each_database(async |app| {
        let license_id = app.license_with_seats(3).await;
        let command = ActivateMachine {
            license: WhichLicense::Id(license_id),
            machine_code: "m-1".parse().unwrap(),
            friendly_name: None,
        };
        let mut token = app.actor(Role::Token);
        token.reach.scopes = vec![Scope::Activate, Scope::Support];
        let done = app.activation_activate(&token, None, command).await;
        let filter = LedgerFilter {
            change_id: done.unwrap().change,
            ..Default::default()
        };
        let entries = app.ledger_list(&app.owner, &filter, PAGE).await.unwrap();
        assert_eq!(entries.rows.len(), 2, "the machine and the activation");
        for entry in entries.rows {
            let permission = entry.permission.unwrap();
            assert_eq!(permission.operation, "activate_machine");
            assert_eq!(permission.policies, ["scope_activates", "scope_supports"]);
        }
        let first = app.ledger_get(&app.owner, 0).await.unwrap().entry;
        assert_eq!(first.permission, None, "the program made the vendor");
        assert_fits(app).await;
    })
    .await;
}
