//! Access tokens: made, used, run out, revoked.

use std::time::Duration;

use latchkey_domain::access_token::{AccessTokenState, AccessTokenTerms};
use latchkey_domain::actor::{Role, Scope};
use latchkey_domain::limits::ACCESS_TOKENS_MAX;
use latchkey_domain::random::SeededRandom;
use latchkey_domain::session::Token;
use latchkey_domain::{LicenseId, ProductId};
use latchkey_testkit::{DatabaseKind, TestApp, for_each_database};

use crate::common::{PAGE, check_ledger, code, once};

fn terms(scopes: &[Scope]) -> AccessTokenTerms {
    AccessTokenTerms {
        name: "Build server".parse().unwrap(),
        scopes: scopes.to_vec(),
        product_id: None,
        license_id: None,
        expires_at: None,
    }
}

#[tokio::test]
async fn a_token_lets_in_until_it_is_revoked_and_its_use_is_noted() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let made = app.access_token_create(owner, None, terms(&[Scope::Read]));
        let made = made.await.unwrap().value;
        let secret = made.token.unwrap();
        let holder = app.token_holder(&secret).await.unwrap().unwrap();
        assert_eq!(
            (holder.role, holder.name.as_str()),
            (Role::Token, "Build server")
        );
        assert_eq!(
            code(app.product_list(&holder, &Default::default(), PAGE).await),
            "ok"
        );
        assert_eq!(
            code(app.access_token_revoke(&holder, None, made.id).await),
            "not_permitted"
        );

        let mut used = None;
        for _ in 0..200 {
            used = app
                .access_token_get(owner, made.id)
                .await
                .unwrap()
                .last_used_at;
            if used.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(used, Some(app.now()), "it was noted a moment later");

        app.access_token_revoke(owner, None, made.id).await.unwrap();
        assert!(app.token_holder(&secret).await.unwrap().is_none());
        let listed = app.access_token_list(owner, PAGE).await.unwrap().rows;
        assert_eq!(listed[0].state, AccessTokenState::Revoked);
        assert_eq!(
            code(app.access_token_revoke(owner, None, made.id).await),
            "access_token_revoked"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_token_runs_out() {
    for_each_database(async |app| {
        let until = AccessTokenTerms {
            expires_at: Some(app.now().plus_days(1)),
            ..terms(&[Scope::Validate])
        };
        let made = app.access_token_create(&app.owner, None, until).await;
        let secret = made.unwrap().value.token.unwrap();
        assert!(app.token_holder(&secret).await.unwrap().is_some());
        app.clock.advance_days(1);
        assert!(app.token_holder(&secret).await.unwrap().is_none());
        let unknown = Token::received("lka_nothing");
        assert!(app.token_holder(&unknown).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_another_server_revoked_is_heard_of_within_two_seconds() {
    let app = TestApp::open(DatabaseKind::Postgres).await;
    let made = app.access_token_create(&app.owner, None, terms(&[Scope::Validate]));
    let made = made.await.unwrap().value;
    let secret = made.token.unwrap();
    let other = app.another_server().await;
    assert!(other.token_holder(&secret).await.unwrap().is_some());
    let revoked = app.access_token_revoke(&app.owner, None, made.id).await;
    revoked.unwrap();
    app.clock.advance_millis(2_000);
    assert!(other.token_holder(&secret).await.unwrap().is_none());
    other.close().await;
    app.close().await;
}

#[tokio::test]
async fn the_secret_is_told_once() {
    for_each_database(async |app| {
        let create = async || {
            let asked = terms(&[Scope::Read]);
            let made = app.access_token_create(&app.owner, once("k", 1), asked);
            made.await.unwrap().value
        };
        let (first, second) = (create().await, create().await);
        assert_eq!(first.id, second.id);
        assert!(first.token.is_some() && second.token.is_none());
    })
    .await;
}

#[tokio::test]
async fn what_a_token_is_locked_to_has_to_exist() {
    for_each_database(async |app| {
        let (now, random) = (app.now(), SeededRandom::new(9));
        let create = async |terms| code(app.access_token_create(&app.owner, None, terms).await);
        let product = AccessTokenTerms {
            product_id: Some(ProductId::generate(now, &random)),
            ..terms(&[Scope::Validate])
        };
        assert_eq!(create(product).await, "product_not_found");
        let license = AccessTokenTerms {
            license_id: Some(LicenseId::generate(now, &random)),
            ..terms(&[Scope::Validate])
        };
        assert_eq!(create(license).await, "license_not_found");
        assert_eq!(create(terms(&[])).await, "access_token_no_scope");
    })
    .await;
}

#[tokio::test]
async fn there_are_at_most_so_many() {
    let app = TestApp::open(DatabaseKind::Sqlite).await;
    for _ in 0..ACCESS_TOKENS_MAX {
        let made = app.access_token_create(&app.owner, None, terms(&[Scope::Read]));
        made.await.unwrap();
    }
    let refused = app.access_token_create(&app.owner, None, terms(&[Scope::Read]));
    assert_eq!(code(refused.await), "access_token_limit");
    app.close().await;
}
