//! Products and their features.

use latchkey_app::feature::CreateFeature;
use latchkey_app::product::CreateProduct;
use latchkey_domain::limits::FEATURES_PER_PRODUCT_MAX;
use latchkey_domain::product::Archival;
use latchkey_domain::{FeatureId, ProductId};
use latchkey_store::filter::ProductFilter;
use latchkey_testkit::for_each_database;

use crate::common::{PAGE, change, check_ledger, code, size};

fn create(code: &str) -> CreateProduct {
    CreateProduct {
        code: code.parse().unwrap(),
        name: "Studio".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_product_is_created_renamed_archived_and_taken_into_use_again() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let made = app
            .product_create(owner, None, create("studio"))
            .await
            .unwrap();
        assert!(made.undo_until.is_some(), "creating can be undone");
        let id = made.value;
        app.product_rename(owner, None, id, "Studio Pro".parse().unwrap())
            .await
            .unwrap();
        app.product_archive(owner, None, id).await.unwrap();
        let product = app.product_get(owner, id).await.unwrap();
        assert_eq!(
            (product.name.as_str(), product.state, product.version),
            ("Studio Pro", Archival::Archived, 3)
        );
        app.product_unarchive(owner, None, id).await.unwrap();
        let active = ProductFilter {
            state: Some(Archival::Active),
            fragment: Some("pro".into()),
        };
        let listed = app.product_list(owner, &active, PAGE).await.unwrap();
        assert_eq!(
            listed
                .rows
                .iter()
                .map(|product| product.id)
                .collect::<Vec<_>>(),
            [id]
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn renaming_a_product_to_the_name_it_has_changes_nothing() {
    for_each_database(async |app| {
        let id = app.product("studio").await;
        let before = size(app).await;
        let same = app
            .product_rename(&app.owner, None, id, "Product studio".parse().unwrap())
            .await
            .unwrap();
        assert_eq!((same.change, same.undo_until), (None, None));
        assert_eq!(size(app).await, before, "no change, no entry");
    })
    .await;
}

#[tokio::test]
async fn a_product_is_refused_with_a_code_that_says_why() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.product("studio").await;
        let nobody =
            ProductId::generate(app.now(), &latchkey_domain::random::SeededRandom::new(99));
        let before = size(app).await;
        assert_eq!(
            code(app.product_create(owner, None, create("studio")).await),
            "product_code_taken"
        );
        assert_eq!(
            code(app.product_get(owner, nobody).await),
            "product_not_found"
        );
        assert_eq!(
            code(app.product_archive(owner, None, nobody).await),
            "product_not_found"
        );
        assert_eq!(
            code(app.product_unarchive(owner, None, id).await),
            "product_not_archived"
        );
        assert_eq!(size(app).await, before, "a refusal leaves no entry");
        app.product_archive(owner, None, id).await.unwrap();
        assert_eq!(
            code(app.product_archive(owner, None, id).await),
            "product_archived"
        );
        let feature = CreateFeature {
            product_id: id,
            code: "x".parse().unwrap(),
            name: "X".parse().unwrap(),
        };
        assert_eq!(
            code(app.feature_create(owner, None, feature).await),
            "product_archived"
        );
    })
    .await;
}

#[tokio::test]
async fn two_products_created_at_once_with_one_code_are_one() {
    for_each_database(async |app| {
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (app, owner) = (app.shared(), app.owner.clone());
                tokio::spawn(async move {
                    code(app.product_create(&owner, None, create("studio")).await)
                })
            })
            .collect();
        let mut codes = Vec::new();
        for one in tries {
            codes.push(one.await.unwrap());
        }
        codes.sort_unstable();
        assert_eq!(codes, [&["ok"][..], &["product_code_taken"; 7]].concat());
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn features_are_created_archived_and_taken_into_use_again() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let product_id = app.product("studio").await;
        let id = app.feature(product_id, "export").await;
        let create = |code: &str| CreateFeature {
            product_id,
            code: code.parse().unwrap(),
            name: "Export".parse().unwrap(),
        };
        assert_eq!(
            code(app.feature_create(owner, None, create("export")).await),
            "feature_code_taken"
        );
        assert_eq!(
            code(app.feature_unarchive(owner, None, id).await),
            "feature_not_archived"
        );
        let archived = change(app.feature_archive(owner, None, id).await.unwrap());
        assert_eq!(
            code(app.feature_archive(owner, None, id).await),
            "feature_archived"
        );
        assert_eq!(
            app.feature_get(owner, id).await.unwrap().state,
            Archival::Archived
        );
        app.change_undo(owner, None, archived).await.unwrap();
        assert_eq!(
            app.feature_get(owner, id).await.unwrap().state,
            Archival::Active
        );
        let nobody =
            FeatureId::generate(app.now(), &latchkey_domain::random::SeededRandom::new(99));
        assert_eq!(
            code(app.feature_archive(owner, None, nobody).await),
            "feature_not_found"
        );
        // A feature of another product may have the same code.
        let other = app.product("viewer").await;
        app.feature(other, "export").await;
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_product_has_as_many_features_as_the_limit_says_and_not_one_more() {
    for_each_database(async |app| {
        let product_id = app.product("studio").await;
        for at in 0..FEATURES_PER_PRODUCT_MAX {
            app.feature(product_id, &format!("f{at}")).await;
        }
        let one_more = CreateFeature {
            product_id,
            code: "more".parse().unwrap(),
            name: "More".parse().unwrap(),
        };
        assert_eq!(
            code(app.feature_create(&app.owner, None, one_more).await),
            "feature_limit"
        );
    })
    .await;
}
