//! Issuing licenses, singly and a thousand at a time.

use latchkey_app::license::{IssueLicense, IssueLicenses};
use latchkey_domain::license::{IssueTerms, LicenseState};
use latchkey_domain::limits::{LICENSES_PER_BATCH_MAX, SEATS_MAX};
use latchkey_domain::policy::{PolicyRules, Term};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{CustomerId, PolicyId};
use latchkey_store::filter::LicenseFilter;
use latchkey_testkit::{TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code, size};

async fn issue(
    app: &TestApp,
    policy_id: PolicyId,
    customer_id: CustomerId,
    terms: IssueTerms,
) -> &'static str {
    let command = IssueLicense {
        policy_id,
        customer_id,
        terms,
    };
    code(app.license_issue(&app.owner, None, command).await)
}

#[tokio::test]
async fn a_license_is_issued_with_the_policys_rules_or_with_its_own_terms() {
    for_each_database(async |app| {
        let product_id = app.product("studio").await;
        let feature_ids = vec![
            app.feature(product_id, "export").await,
            app.feature(product_id, "print").await,
        ];
        let rules = PolicyRules {
            term: Term::Months { months: 12 },
            seats_max: 5,
            node_locked: true,
            feature_ids,
            license_file_days: 90,
            returns: None,
            price: None,
        };
        let policy_id = app.policy_with(product_id, "Standard", rules).await;
        let customer_id = app.customer("Nordwind").await;
        let plain = app
            .license_now(app.license(policy_id, customer_id).await)
            .await;
        assert_eq!(plain.license.seats_max, 5);
        assert_eq!(plain.license.expires_at, Some(app.now().plus_months(12)));
        assert_eq!(
            (plain.product_name.as_str(), plain.policy_name.as_str()),
            ("Product studio", "Standard")
        );
        assert_eq!(plain.license.state(app.now()), LicenseState::Active);
        let rights = app
            .entitlement_list(&app.owner, plain.license.id, PAGE)
            .await
            .unwrap()
            .rows;
        let mut codes: Vec<_> = rights
            .iter()
            .map(|right| right.feature_code.as_str())
            .collect();
        codes.sort_unstable();
        assert_eq!(codes, ["export", "print"], "it has the policy's features");

        let terms = IssueTerms {
            seats_max: Some(SEATS_MAX),
            expires_at: Some(app.now().plus_millis(1)),
        };
        let command = IssueLicense {
            policy_id,
            customer_id,
            terms,
        };
        let id = app
            .license_issue(&app.owner, None, command)
            .await
            .unwrap()
            .value;
        let license = app.license_now(id).await.license;
        assert_eq!(
            (license.seats_max, license.expires_at),
            (SEATS_MAX, terms.expires_at)
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn issuing_is_refused_with_a_code_that_says_why() {
    for_each_database(async |app| {
        let (owner, random, none) = (&app.owner, SeededRandom::new(99), IssueTerms::default());
        let product_id = app.product("studio").await;
        let policy_id = app.policy_of(product_id, "Standard", 5).await;
        let customer_id = app.customer("Nordwind").await;
        let before = size(app).await;
        let nobody = CustomerId::generate(app.now(), &random);
        assert_eq!(
            issue(app, policy_id, nobody, none).await,
            "customer_not_found"
        );
        assert_eq!(
            issue(
                app,
                PolicyId::generate(app.now(), &random),
                customer_id,
                none
            )
            .await,
            "policy_not_found"
        );
        for seats in [0, SEATS_MAX + 1] {
            let terms = IssueTerms {
                seats_max: Some(seats),
                ..none
            };
            assert_eq!(
                issue(app, policy_id, customer_id, terms).await,
                "license_seats_out_of_bounds"
            );
        }
        let over = IssueTerms {
            expires_at: Some(app.now()),
            ..none
        };
        assert_eq!(
            issue(app, policy_id, customer_id, over).await,
            "license_end_passed"
        );
        assert_eq!(size(app).await, before, "a refusal leaves no entry");

        app.policy_retire(owner, None, policy_id).await.unwrap();
        assert_eq!(
            issue(app, policy_id, customer_id, none).await,
            "policy_retired"
        );
        app.policy_unretire(owner, None, policy_id).await.unwrap();
        app.customer_archive(owner, None, customer_id)
            .await
            .unwrap();
        assert_eq!(
            issue(app, policy_id, customer_id, none).await,
            "customer_archived"
        );
        app.customer_unarchive(owner, None, customer_id)
            .await
            .unwrap();
        app.product_archive(owner, None, product_id).await.unwrap();
        assert_eq!(
            issue(app, policy_id, customer_id, none).await,
            "product_archived"
        );
    })
    .await;
}

#[tokio::test]
async fn licenses_are_issued_up_to_a_thousand_at_a_time() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let (policy_id, customer_id) = (app.policy(5).await, app.customer("Nordwind").await);
        let batch = |count| IssueLicenses {
            policy_id,
            customer_id,
            count,
        };
        for count in [0, LICENSES_PER_BATCH_MAX + 1] {
            assert_eq!(
                code(app.licenses_issue(owner, None, batch(count)).await),
                "license_batch_out_of_bounds"
            );
        }
        let issued = app
            .licenses_issue(owner, None, batch(LICENSES_PER_BATCH_MAX))
            .await
            .unwrap();
        let mut keys: Vec<_> = issued
            .value
            .iter()
            .map(|issued| issued.key.to_string())
            .collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(
            keys.len(),
            LICENSES_PER_BATCH_MAX as usize,
            "each has a key of its own"
        );
        let change = app.change_get(owner, issued.change.unwrap()).await.unwrap();
        assert_eq!(change.entries, u64::from(LICENSES_PER_BATCH_MAX));
        app.change_undo(owner, None, change.id).await.unwrap();
        let revoked = LicenseFilter {
            state: Some(LicenseState::Revoked),
            ..Default::default()
        };
        let revoked = app.license_list(owner, &revoked, PAGE).await.unwrap();
        assert_eq!(revoked.count, LICENSES_PER_BATCH_MAX, "undone as one");
        check_ledger(app).await;
    })
    .await;
}
