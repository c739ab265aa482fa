//! Two levels at once: what is in the accounts adds up to zero at all times, and nothing is overspent.

use std::sync::Arc;

use latchkey_app::{App, filter};
use latchkey_domain::quota::Postings;
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use super::line;
use crate::common::{PAGE, check_ledger, code};

/// Has two levels issue and grant on at once through these doors.
async fn crowd(app: &TestApp, doors: &[Arc<App>]) {
    let line = line(app, "Nord", 30, 10).await;
    let mut tasks = Vec::new();
    for attempt in 0..40 {
        let door = doors[attempt % doors.len()].clone();
        let (manager, agent, owner) = (line.manager.clone(), line.agent.clone(), app.owner.clone());
        let (above, below) = (line.above.template, line.template);
        let (ours, theirs) = (line.above.customer, line.customer);
        let command = |id, customer_id| latchkey_app::template::IssueFromTemplate {
            id,
            customer_id,
            terms: Default::default(),
        };
        let (own, sub) = (command(above, ours), command(below, theirs));
        tasks.push(tokio::spawn(async move {
            match attempt % 4 {
                0 => code(door.license_issue_from_template(&manager, None, own).await),
                1 => code(door.quota_grant(&manager, None, below, 3).await),
                2 if attempt == 38 => code(door.template_withdraw(&owner, None, above).await),
                _ => code(door.license_issue_from_template(&agent, None, sub).await),
            }
        }));
    }
    let mut told = Vec::new();
    for task in tasks {
        told.push(task.await.unwrap());
    }
    let known = [
        "ok",
        "quota_used_up",
        "quota_not_enough",
        "template_withdrawn",
    ];
    assert!(told.iter().all(|code| known.contains(code)), "{told:?}");
    for (reseller_id, template) in [
        (line.above.reseller, line.above.template),
        (line.below, line.template),
    ] {
        let statement = filter::QuotaFilter {
            reseller_id,
            between: None,
        };
        let mut lines = app
            .statement_list(&app.owner, &statement, PAGE)
            .await
            .unwrap()
            .rows;
        // Those of one moment stand in no order, but in the ledger.
        lines.sort_by_key(|line| line.entry_index);
        let added = lines.iter().fold(Postings::default(), |sum, line| {
            let after = sum.after(line.movement.postings);
            assert_eq!(after.sum(), 0);
            assert!(
                after.reseller >= 0 && after.below >= 0,
                "it is never overspent"
            );
            after
        });
        assert_eq!(app.balance(template).await, added);
    }
    let (above, below) = (
        app.balance(line.above.template).await,
        app.balance(line.template).await,
    );
    assert_eq!(
        above.below,
        -below.vendor - below.returned,
        "what is below is below"
    );
    assert_eq!((above.reseller, below.reseller), (0, 0), "it was withdrawn");
    let issued = app
        .license_list(&app.owner, &Default::default(), PAGE)
        .await
        .unwrap();
    assert_eq!(i64::from(issued.count), above.customer + below.customer);
    assert_eq!(above.returned + above.customer + below.customer, 30);
    check_ledger(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_levels_at_once_overspend_nothing_and_what_is_left_goes_up() {
    for_each_database(async |app| crowd(app, &[app.shared()]).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_overspend_nothing_on_two_levels() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let doors = [app.shared(), Arc::new(app.another_server().await)];
    crowd(&app, &doors).await;
    drop(doors);
    app.close().await;
}
