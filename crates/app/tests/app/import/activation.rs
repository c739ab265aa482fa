//! Lists of machines.

use latchkey_app::import::ImportOutcome;
use latchkey_app::{AppError, Idempotency};
use latchkey_domain::LicenseId;
use latchkey_domain::actor::Role;
use latchkey_domain::text::fold;
use latchkey_store::filter::{ActivationFilter, PageRequest};
use latchkey_testkit::{TestApp, for_each_database};

use super::{APPLY, LOOK, SKIP, counts};

const LIST: &[u8] = "M-1\tCAD-07 Konstruktion\nM-2\tWS-Tokyo-東京-12\n\nM-3\n".as_bytes();
const PAGE: PageRequest = PageRequest::counted(50, None);

/// The friendly names of the activations that a fragment finds, sorted.
async fn found(app: &TestApp, fragment: &str) -> Vec<String> {
    let filter = ActivationFilter {
        fragment: Some(fold(fragment)),
        ..Default::default()
    };
    let page = app
        .activation_list(&app.owner, &filter, PAGE)
        .await
        .unwrap();
    let mut names: Vec<String> = page
        .rows
        .iter()
        .map(|row| row.friendly_name.to_string())
        .collect();
    names.sort();
    names
}

async fn seats_used(app: &TestApp, id: LicenseId) -> u32 {
    app.license_now(id).await.license.seats_used
}

fn refused(error: AppError) -> latchkey_app::Refused {
    match error {
        AppError::Refused(refused) => *refused,
        AppError::Store(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn a_list_activates_its_machines_and_dropping_it_again_changes_nothing() {
    for_each_database(async |app| {
        let id = app.license_with_seats(5).await;
        let first = app
            .activation_import(&app.owner, None, id, LIST, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&first.value), (3, 0, 0, 0, 0));
        assert!(first.change.is_some() && first.undo_until.is_some());
        assert_eq!(seats_used(app, id).await, 3);
        assert_eq!(found(app, "東京").await, ["WS-Tokyo-東京-12"]);
        assert_eq!(
            found(app, "M-3").await,
            ["M-3"],
            "without a name, its code is its name"
        );

        let again = app
            .activation_import(&app.owner, None, id, LIST, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&again.value), (0, 0, 3, 0, 0));
        assert_eq!((again.change, again.undo_until), (None, None));
        assert_eq!(seats_used(app, id).await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing() {
    for_each_database(async |app| {
        let id = app.license_with_seats(2).await;
        let looked = app
            .activation_import(&app.owner, None, id, LIST, LOOK)
            .await
            .unwrap();
        assert_eq!(counts(&looked.value), (2, 0, 0, 0, 1));
        assert!(looked.value.dry_run && looked.change.is_none());
        assert_eq!(seats_used(app, id).await, 0);
        assert_eq!(found(app, "M").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn a_list_with_more_machines_than_seats_is_refused_as_a_whole_and_says_how_many_seats_are_missing()
 {
    for_each_database(async |app| {
        let id = app.license_with_seats(1).await;
        let error = app
            .activation_import(&app.owner, None, id, LIST, APPLY)
            .await
            .unwrap_err();
        let refused = refused(error);
        assert_eq!(refused.code, "import_has_refused_rows");
        assert_eq!(
            refused.sentence,
            "2 of 3 rows are refused, so nothing was imported: \
             line 2 (M-2): all 1 seats of this license are in use; \
             line 4 (M-3): all 1 seats of this license are in use"
        );
        let row = &refused.context.unwrap()["rows"][0];
        assert_eq!(row["code"], "seats_exhausted");
        assert!(
            row["fix"]
                .as_str()
                .unwrap()
                .starts_with("2 seats are missing")
        );
        assert_eq!(seats_used(app, id).await, 0);

        let skipped = app
            .activation_import(&app.owner, None, id, LIST, SKIP)
            .await
            .unwrap();
        assert_eq!(counts(&skipped.value), (1, 0, 0, 0, 2));
        assert_eq!(seats_used(app, id).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_import_is_undone_as_a_whole_and_the_list_can_be_dropped_again() {
    for_each_database(async |app| {
        let id = app.license_with_seats(5).await;
        app.activate(id, "M-1", "Old name").await;
        let done = app
            .activation_import(&app.owner, None, id, LIST, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (2, 1, 0, 0, 0));
        assert_eq!(
            done.value.rows[0].detail.as_deref(),
            Some("was called “Old name”")
        );
        app.change_undo(&app.owner, None, done.change.unwrap())
            .await
            .unwrap();
        assert_eq!(seats_used(app, id).await, 1);
        assert_eq!(found(app, "Old").await, ["Old name"]);
        assert_eq!(found(app, "Konstruktion").await, Vec::<String>::new());

        let again = app
            .activation_import(&app.owner, None, id, LIST, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&again.value), (2, 1, 0, 0, 0));
        assert_eq!(
            again.value.rows[1].detail.as_deref(),
            Some("activated again")
        );
        assert_eq!(seats_used(app, id).await, 3);
    })
    .await;
}

#[tokio::test]
async fn a_machine_renamed_by_a_list_is_found_by_its_new_name_on_all_its_licenses() {
    for_each_database(async |app| {
        let policy = app.policy(5).await;
        let customer = app.customer("Nordwind").await;
        let one = app.license(policy, customer).await;
        let other = app.license(policy, customer).await;
        app.activate(one, "M-1", "Before").await;
        app.activate(other, "M-1", "Before").await;
        let list = "M-1\tAfterwards\n".as_bytes();
        let done = app
            .activation_import(&app.owner, None, one, list, APPLY)
            .await
            .unwrap();
        assert_eq!(done.value.rows[0].outcome, ImportOutcome::Update);
        assert_eq!(found(app, "afterw").await, ["Afterwards", "Afterwards"]);
        assert_eq!(found(app, "before").await, Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn lines_that_repeat_or_contradict_others_are_told_apart() {
    for_each_database(async |app| {
        let id = app.license_with_seats(5).await;
        let list = b"machine_code,friendly_name\nM-1,A\nM-1,A\nM-1,B\nM-2,\n";
        let done = app
            .activation_import(&app.owner, None, id, list, SKIP)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (2, 0, 0, 1, 1));
        assert_eq!(done.value.rows[2].code.as_deref(), Some("row_conflict"));
        assert_eq!(
            done.value.columns,
            Some(vec!["machine_code".to_owned(), "friendly_name".to_owned()])
        );
    })
    .await;
}

#[tokio::test]
async fn a_list_of_two_thousand_lines_is_applied_and_undone_as_one() {
    for_each_database(async |app| {
        let id = app.license_with_seats(3_000).await;
        let list: String = (0..2_000)
            .map(|number| format!("CODE-{number}\tMachine {number}\n"))
            .collect();
        let done = app
            .activation_import(&app.owner, None, id, list.as_bytes(), APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (2_000, 0, 0, 0, 0));
        let renamed = list.replace("Machine", "Renamed");
        let done = app
            .activation_import(&app.owner, None, id, renamed.as_bytes(), APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (0, 2_000, 0, 0, 0));
        app.change_undo(&app.owner, None, done.change.unwrap())
            .await
            .unwrap();
        assert_eq!(found(app, "Renamed").await, Vec::<String>::new());
        assert_eq!(seats_used(app, id).await, 2_000);
    })
    .await;
}

#[tokio::test]
async fn a_repeated_request_gets_the_same_report() {
    for_each_database(async |app| {
        let id = app.license_with_seats(5).await;
        let idempotency = || {
            Some(Idempotency {
                key: "drop-1".into(),
                request: [1; 32],
            })
        };
        let first = app
            .activation_import(&app.owner, idempotency(), id, LIST, APPLY)
            .await
            .unwrap();
        let again = app
            .activation_import(&app.owner, idempotency(), id, LIST, APPLY)
            .await
            .unwrap();
        assert!(again.replayed);
        assert_eq!((first.change, first.value), (again.change, again.value));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_imported_is_refused_before_anything_changes() {
    for_each_database(async |app| {
        let id = app.license_with_seats(5).await;
        let workbook = b"PK\x03\x04 xl/workbook.xml";
        let error = app
            .activation_import(&app.owner, None, id, workbook, APPLY)
            .await
            .unwrap_err();
        assert_eq!(refused(error).code, "import_not_text");

        let auditor = app.actor(Role::Auditor);
        let error = app
            .activation_import(&auditor, None, id, LIST, LOOK)
            .await
            .unwrap_err();
        assert_eq!(refused(error).code, "not_permitted");

        app.license_suspend(&app.owner, None, id, None)
            .await
            .unwrap();
        let error = app
            .activation_import(&app.owner, None, id, LIST, SKIP)
            .await
            .unwrap_err();
        assert_eq!(refused(error).code, "license_suspended");
    })
    .await;
}
