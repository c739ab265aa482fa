//! What a record was at a moment of the past.

use latchkey_app::ledger::as_of::RecordAsOf;
use latchkey_domain::Timestamp;
use latchkey_testkit::{TestApp, for_each_database};

async fn at(app: &TestApp, id: &str, at: Timestamp) -> RecordAsOf {
    let found = app.record_as_of(&app.owner, id, at).await.unwrap();
    found.expect("it is an id")
}

fn names(record: &RecordAsOf) -> Vec<&str> {
    let parts = record.parts.as_ref().unwrap();
    parts.items.iter().map(|part| part.name.as_str()).collect()
}

#[tokio::test]
async fn a_license_and_its_seats_are_as_they_were() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let before = app.now();
        app.clock.advance_days(1);
        let id = app.license_with_seats(3).await;
        let first = app.activate(id, "M-1", "Empfang").await;
        app.activate(id, "M-2", "Lager").await;
        let then = app.now();
        app.clock.advance_days(1);
        let view = app.activation_get(owner, first).await.unwrap();
        let name = "Empfang neu".parse().unwrap();
        app.machine_rename(owner, None, view.activation.machine_id, name)
            .await
            .unwrap();
        app.activation_deactivate(owner, None, first).await.unwrap();
        app.license_suspend(owner, None, id, Some("unpaid".into()))
            .await
            .unwrap();
        let text = id.to_string();

        let not_yet = at(app, &text, before).await;
        assert_eq!((not_yet.entry, not_yet.parts), (None, None));
        let past = at(app, &text, then).await;
        assert_eq!(
            names(&past),
            ["Empfang", "Lager"],
            "under the names of then"
        );
        assert_eq!(past.entry.unwrap().after["standing"], "active");
        let now = at(app, &text, app.now()).await;
        assert_eq!(names(&now), ["Lager"]);
        let entry = now.entry.unwrap();
        assert_eq!(entry.after["standing"], "suspended");
        assert_eq!(entry.after["suspended_for"], "unpaid");
    })
    .await;
}

#[tokio::test]
async fn a_customer_has_the_licenses_that_went_elsewhere_since() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let policy = app.policy(3).await;
        let (from, to) = (
            app.customer("Nordwind").await,
            app.customer("Suedwind").await,
        );
        let moved = app.license(policy, from).await;
        let kept = app.license(policy, from).await;
        let then = app.now();
        app.clock.advance_days(1);
        app.license_transfer(owner, None, moved, to).await.unwrap();
        let mut keys = Vec::new();
        for id in [moved, kept] {
            keys.push(app.license_now(id).await.license.key.to_string());
        }
        let moved_key = keys[0].clone();
        keys.sort();
        assert_eq!(names(&at(app, &from.to_string(), then).await), keys);
        assert!(names(&at(app, &to.to_string(), then).await).is_empty());
        assert_eq!(
            names(&at(app, &to.to_string(), app.now()).await),
            [moved_key.as_str()]
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_no_id_is_told() {
    for_each_database(async |app| {
        let found = app.record_as_of(&app.owner, "nobody", app.now()).await;
        assert_eq!(found.unwrap(), None);
    })
    .await;
}
