//! Demo data and seeding.

use latchkey_app::demo::SeedPlan;
use latchkey_domain::limits::PAGE_ROWS_MAX;
use latchkey_store::filter::{ActivationFilter, LicenseFilter, PageRequest};
use latchkey_testkit::for_each_database;

const PAGE: PageRequest = PageRequest::counted(PAGE_ROWS_MAX, None);

#[tokio::test]
async fn demo_data_fills_an_empty_store_and_no_other() {
    for_each_database(async |app| {
        let loaded = app.demo_load(&app.owner, None).await.unwrap();
        let summary = loaded.value;
        assert_eq!(summary.products, 3);
        assert!((24..=30).contains(&summary.customers), "{summary:?}");
        assert!((50..=70).contains(&summary.licenses), "{summary:?}");
        assert!((250..=600).contains(&summary.activations), "{summary:?}");
        assert_eq!(loaded.undo_until, None);

        let licenses = app
            .license_list(&app.owner, &LicenseFilter::default(), PAGE)
            .await
            .unwrap();
        for state in ["active", "suspended", "expired", "revoked"] {
            let with = licenses
                .rows
                .iter()
                .filter(|row| row.license.state(app.now()).as_str() == state);
            assert!(with.count() > 0, "no license is {state}");
        }
        let unseen = ActivationFilter {
            not_seen_since: Some(app.now().plus_days(0).plus_millis(-90 * 86_400_000)),
            ..Default::default()
        };
        let unseen = app
            .activation_list(&app.owner, &unseen, PAGE)
            .await
            .unwrap();
        assert!(!unseen.rows.is_empty(), "some seats were not seen for long");

        let error = app.demo_load(&app.owner, None).await.unwrap_err();
        assert_eq!(error.code(), "store_not_empty");
    })
    .await;
}

#[tokio::test]
async fn a_seeded_store_has_as_many_licenses_and_activations_as_wanted() {
    for_each_database(async |app| {
        let plan = SeedPlan {
            licenses: 1_300,
            activations_per_license: 3,
        };
        let mut heard = Vec::new();
        let summary = app
            .seed(&app.owner, plan, |licenses| heard.push(licenses))
            .await
            .unwrap();
        assert_eq!((summary.licenses, summary.activations), (1_300, 3_900));
        assert_eq!(heard, [1_250, 1_300]);
        let page = app
            .activation_list(&app.owner, &ActivationFilter::default(), PAGE)
            .await
            .unwrap();
        assert_eq!(page.count, 3_900);
        // A second time is another product's.
        app.seed(
            &app.owner,
            SeedPlan {
                licenses: 1,
                ..plan
            },
            |_| {},
        )
        .await
        .unwrap();
    })
    .await;
}
