//! Entitlements.

use latchkey_app::entitlement::GrantEntitlement;
use latchkey_domain::entitlement::EntitlementState;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{EntitlementId, FeatureId, LicenseId};
use latchkey_testkit::for_each_database;

use crate::common::{PAGE, change, check_ledger, code, size};

#[tokio::test]
async fn a_right_is_granted_limited_withdrawn_and_granted_again_as_one_entitlement() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let license_id = app.license_with_seats(1).await;
        let product_id = app.license_now(license_id).await.license.product_id;
        let feature_id = app.feature(product_id, "export").await;
        let grant = |limit| GrantEntitlement {
            license_id,
            feature_id,
            limit,
        };
        let id = app
            .entitlement_grant(owner, None, grant(None))
            .await
            .unwrap()
            .value;
        assert_eq!(
            code(app.entitlement_grant(owner, None, grant(None)).await),
            "entitlement_granted"
        );
        assert_eq!(
            code(app.entitlement_grant(owner, None, grant(Some(0))).await),
            "entitlement_limit_zero"
        );
        assert_eq!(
            app.entitlement_grant(owner, None, grant(Some(1)))
                .await
                .unwrap()
                .value,
            id
        );
        let withdrawn = app.entitlement_withdraw(owner, None, id).await.unwrap();
        assert_eq!(withdrawn.value, license_id);
        assert_eq!(
            code(app.entitlement_withdraw(owner, None, id).await),
            "entitlement_withdrawn"
        );
        app.change_undo(owner, None, change(withdrawn))
            .await
            .unwrap();
        let rights = app
            .entitlement_list(owner, license_id, PAGE)
            .await
            .unwrap()
            .rows;
        let right = &rights[0].entitlement;
        assert_eq!(
            (right.state, right.limit, rights.len()),
            (EntitlementState::Granted, Some(1), 1)
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_right_is_refused_with_a_code_that_says_why() {
    for_each_database(async |app| {
        let (owner, random) = (&app.owner, SeededRandom::new(99));
        let license_id = app.license_with_seats(1).await;
        let license = app.license_now(license_id).await.license;
        let feature_id = app.feature(license.product_id, "export").await;
        let other = app.feature(app.product("viewer").await, "print").await;
        let grant = async |license_id, feature_id| {
            let command = GrantEntitlement {
                license_id,
                feature_id,
                limit: None,
            };
            code(app.entitlement_grant(owner, None, command).await)
        };
        let before = size(app).await;
        assert_eq!(
            grant(LicenseId::generate(app.now(), &random), feature_id).await,
            "license_not_found"
        );
        assert_eq!(
            grant(license_id, FeatureId::generate(app.now(), &random)).await,
            "feature_not_found"
        );
        assert_eq!(grant(license_id, other).await, "feature_of_other_product");
        let nothing = EntitlementId::generate(app.now(), &random);
        assert_eq!(
            code(app.entitlement_withdraw(owner, None, nothing).await),
            "entitlement_not_found"
        );
        assert_eq!(size(app).await, before, "a refusal leaves no entry");
        app.feature_archive(owner, None, feature_id).await.unwrap();
        assert_eq!(grant(license_id, feature_id).await, "feature_archived");
        app.license_revoke(owner, None, license_id, license.key.to_string())
            .await
            .unwrap();
        assert_eq!(grant(license_id, feature_id).await, "license_revoked");
    })
    .await;
}
