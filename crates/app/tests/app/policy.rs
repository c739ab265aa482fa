//! Policies and their revisions.

mod apply;

use latchkey_app::policy::CreatePolicy;
use latchkey_domain::limits::{LICENSE_FILE_DAYS_MAX, SEATS_MAX, TERM_DAYS_MAX, TERM_MONTHS_MAX};
use latchkey_domain::policy::{PolicyRules, PolicyState, Term};
use latchkey_domain::random::SeededRandom;
use latchkey_domain::{FeatureId, PolicyId, ProductId};
use latchkey_store::filter::PolicyFilter;
use latchkey_testkit::for_each_database;

use crate::common::{PAGE, check_ledger, code, size};

fn rules() -> PolicyRules {
    PolicyRules {
        term: Term::Days { days: 30 },
        seats_max: 5,
        node_locked: false,
        feature_ids: Vec::new(),
        license_file_days: 30,
        returns: None,
        price: None,
    }
}

fn create(product_id: ProductId, rules: PolicyRules) -> CreatePolicy {
    CreatePolicy {
        product_id,
        name: "Standard".parse().unwrap(),
        rules,
    }
}

#[tokio::test]
async fn a_policy_is_revised_and_licenses_keep_the_revision_they_were_issued_under() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let id = app.policy(3).await;
        let customer_id = app.customer("Nordwind").await;
        let license_id = app.license(id, customer_id).await;
        let revised = app.policy_revise(owner, None, id, rules()).await.unwrap();
        assert_eq!(revised.undo_until, None, "a revision stands");
        let view = app.policy_get(owner, id).await.unwrap();
        assert_eq!((view.policy.revision, view.rules), (2, rules()));
        let old = app.license_now(license_id).await.license;
        assert_eq!((old.policy_revision, old.seats_max), (1, 3));
        let new = app.license(id, customer_id).await;
        assert_eq!(app.license_now(new).await.license.seats_max, 5);
        let revisions = app
            .policy_revision_list(owner, id, PAGE)
            .await
            .unwrap()
            .rows;
        assert_eq!(
            revisions
                .iter()
                .map(|revision| revision.revision)
                .collect::<Vec<_>>(),
            [2, 1]
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn rules_are_taken_at_their_limits_and_refused_one_past_them() {
    for_each_database(async |app| {
        let product_id = app.product("studio").await;
        let with = |change: fn(&mut PolicyRules)| {
            let mut rules = rules();
            change(&mut rules);
            create(product_id, rules)
        };
        let taken: [fn(&mut PolicyRules); 5] = [
            |rules| rules.seats_max = 1,
            |rules| rules.seats_max = SEATS_MAX,
            |rules| {
                rules.term = Term::Days {
                    days: TERM_DAYS_MAX,
                }
            },
            |rules| {
                rules.term = Term::Months {
                    months: TERM_MONTHS_MAX,
                }
            },
            |rules| rules.license_file_days = LICENSE_FILE_DAYS_MAX,
        ];
        for change in taken {
            assert_eq!(
                code(app.policy_create(&app.owner, None, with(change)).await),
                "ok"
            );
        }
        let refused: [fn(&mut PolicyRules); 7] = [
            |rules| rules.seats_max = 0,
            |rules| rules.seats_max = SEATS_MAX + 1,
            |rules| rules.term = Term::Days { days: 0 },
            |rules| {
                rules.term = Term::Days {
                    days: TERM_DAYS_MAX + 1,
                }
            },
            |rules| {
                rules.term = Term::Months {
                    months: TERM_MONTHS_MAX + 1,
                }
            },
            |rules| rules.license_file_days = 0,
            |rules| rules.license_file_days = LICENSE_FILE_DAYS_MAX + 1,
        ];
        for change in refused {
            assert_eq!(
                code(app.policy_create(&app.owner, None, with(change)).await),
                "policy_out_of_bounds"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_policy_is_refused_with_a_code_that_says_why() {
    for_each_database(async |app| {
        let (owner, random) = (&app.owner, SeededRandom::new(99));
        let product_id = app.product("studio").await;
        let id = app.policy_with(product_id, "Standard", rules()).await;
        let feature_id = app.feature(product_id, "export").await;
        let other_feature = app.feature(app.product("viewer").await, "print").await;
        let naming = |feature_ids: Vec<FeatureId>| PolicyRules {
            feature_ids,
            ..rules()
        };
        let made = async |rules| {
            code(
                app.policy_create(owner, None, create(product_id, rules))
                    .await,
            )
        };
        assert_eq!(made(naming(vec![feature_id])).await, "ok");
        assert_eq!(
            made(naming(vec![feature_id, feature_id])).await,
            "policy_feature_twice"
        );
        assert_eq!(
            made(naming(vec![other_feature])).await,
            "feature_of_other_product"
        );
        assert_eq!(
            made(naming(vec![FeatureId::generate(app.now(), &random)])).await,
            "feature_not_found"
        );
        app.feature_archive(owner, None, feature_id).await.unwrap();
        assert_eq!(made(naming(vec![feature_id])).await, "feature_archived");
        assert_eq!(
            code(app.policy_revise(owner, None, id, rules()).await),
            "policy_unchanged"
        );
        assert_eq!(
            code(app.policy_unretire(owner, None, id).await),
            "policy_not_retired"
        );
        app.policy_retire(owner, None, id).await.unwrap();
        assert_eq!(
            code(app.policy_retire(owner, None, id).await),
            "policy_retired"
        );
        assert_eq!(
            code(app.policy_revise(owner, None, id, naming(vec![])).await),
            "policy_retired"
        );
        let retired = PolicyFilter {
            state: Some(PolicyState::Retired),
            ..Default::default()
        };
        assert_eq!(
            app.policy_list(owner, &retired, PAGE).await.unwrap().count,
            1
        );
        app.policy_unretire(owner, None, id).await.unwrap();
        let nobody = PolicyId::generate(app.now(), &random);
        assert_eq!(
            code(app.policy_get(owner, nobody).await),
            "policy_not_found"
        );
        assert_eq!(
            code(app.policy_retire(owner, None, nobody).await),
            "policy_not_found"
        );
        assert_eq!(
            code(app.policy_revision_list(owner, nobody, PAGE).await),
            "policy_not_found"
        );
        app.product_archive(owner, None, product_id).await.unwrap();
        let before = size(app).await;
        assert_eq!(made(rules()).await, "product_archived");
        let nothing = create(ProductId::generate(app.now(), &random), rules());
        assert_eq!(
            code(app.policy_create(owner, None, nothing).await),
            "product_not_found"
        );
        assert_eq!(size(app).await, before, "a refusal leaves no entry");
        check_ledger(app).await;
    })
    .await;
}
