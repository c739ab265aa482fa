//! Signing keys: what the root certifies after each change of them.

use latchkey_app::license_file::ExportLicenseFile;
use latchkey_domain::SigningKeyId;
use latchkey_domain::actor::Role;
use latchkey_domain::limits::{PAGE_ROWS_MAX, SIGNING_KEYS_MAX};
use latchkey_domain::signing_key::{KeyRole, KeyState, SigningKey};
use latchkey_store::filter::PageRequest;
use latchkey_testkit::{TestApp, for_each_database};
use latchkey_verify::dsse::Envelope;
use latchkey_verify::{RootKey, TrustBundle};

const PAGE: PageRequest = PageRequest::counted(PAGE_ROWS_MAX, None);

async fn keys(app: &TestApp) -> Vec<SigningKey> {
    app.signing_key_list(&app.owner, PAGE).await.unwrap().rows
}

async fn issuer(app: &TestApp) -> SigningKeyId {
    let keys = keys(app).await;
    let active = |key: &&SigningKey| key.role == KeyRole::Issuer && key.state == KeyState::Active;
    keys.iter().find(active).unwrap().id
}

/// What the trust bundle says of each key: id, state, and from which index on it counts no more.
async fn certified(app: &TestApp) -> Vec<(String, String, Option<u64>)> {
    let root = app.root_key(&app.owner).await.unwrap();
    let root = RootKey::from_pem(&root.pem).unwrap();
    let bundle = app.trust_bundle(&app.owner).await.unwrap();
    let bundle = TrustBundle::verify(&Envelope::parse(bundle.as_bytes()).unwrap(), &root).unwrap();
    let mut said: Vec<_> = bundle
        .keys
        .into_iter()
        .map(|key| {
            let state = format!("{:?}", key.state).to_lowercase();
            (key.id, state, key.void_from_index)
        })
        .collect();
    said.sort();
    said
}

async fn assert_certified(app: &TestApp) {
    let mut rows: Vec<_> = keys(app)
        .await
        .into_iter()
        .map(|key| {
            let state = key.state.as_str().to_owned();
            (key.id.to_string(), state, key.void_from_index)
        })
        .collect();
    rows.sort();
    assert_eq!(certified(app).await, rows);
}

#[tokio::test]
async fn the_trust_bundle_says_what_the_keys_are_after_every_change() {
    for_each_database(async |app| {
        assert_certified(app).await;
        let first = issuer(app).await;
        let rotated = app
            .signing_key_rotate(&app.owner, None, first)
            .await
            .unwrap();
        assert_eq!(rotated.undo_until, None, "keys cannot be undone");
        let second = rotated.value;
        assert_certified(app).await;
        let old = app.signing_key_get(&app.owner, first).await.unwrap();
        assert_eq!(old.state, KeyState::Retired);

        let product_id = app.product("studio").await;
        let own = app
            .signing_key_create(&app.owner, None, Some(product_id))
            .await;
        let own = own.unwrap().value;
        assert_certified(app).await;
        app.signing_key_retire(&app.owner, None, own).await.unwrap();
        assert_certified(app).await;

        let size = app.checkpoint(&app.owner).await.unwrap().size;
        let confirm = second.to_string();
        app.signing_key_compromise(&app.owner, None, second, confirm)
            .await
            .unwrap();
        let lost = app.signing_key_get(&app.owner, second).await.unwrap();
        assert_eq!(lost.state, KeyState::Compromised);
        assert_eq!(lost.void_from_index, Some(size));
        assert_certified(app).await;
        app.signing_key_create(&app.owner, None, None)
            .await
            .unwrap();
        assert_certified(app).await;
    })
    .await;
}

#[tokio::test]
async fn keys_are_not_changed_without_reason() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let only = issuer(app).await;
        let code = |error: latchkey_app::AppError| error.code();
        let refused = app.signing_key_retire(owner, None, only).await;
        assert_eq!(refused.map_err(code), Err("signing_key_last_issuer"));
        let refused = app.signing_key_create(owner, None, None).await;
        assert_eq!(refused.map_err(code), Err("signing_key_exists"));
        let refused = app
            .signing_key_compromise(owner, None, only, "yes".into())
            .await;
        assert_eq!(refused.map_err(code), Err("signing_key_not_confirmed"));
        let root = app.root_key(owner).await.unwrap().key_id;
        let refused = app.signing_key_rotate(owner, None, root).await;
        assert_eq!(refused.map_err(code), Err("signing_key_not_issuer"));
        app.signing_key_rotate(owner, None, only).await.unwrap();
        let refused = app.signing_key_rotate(owner, None, only).await;
        assert_eq!(refused.map_err(code), Err("signing_key_not_active"));
        let nowhere = latchkey_domain::ProductId::generate(
            app.now(),
            &latchkey_domain::random::SeededRandom::new(99),
        );
        let refused = app.signing_key_create(owner, None, Some(nowhere)).await;
        assert_eq!(refused.map_err(code), Err("product_not_found"));
        let admin = app.actor(Role::Admin);
        let refused = app
            .signing_key_rotate(&admin, None, issuer(app).await)
            .await;
        assert_eq!(refused.map_err(code), Err("not_permitted"));
        assert_certified(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_vendor_has_keys_up_to_the_limit_and_no_more() {
    for_each_database(async |app| {
        for _ in keys(app).await.len()..SIGNING_KEYS_MAX {
            let id = issuer(app).await;
            app.signing_key_rotate(&app.owner, None, id).await.unwrap();
        }
        assert_eq!(keys(app).await.len(), SIGNING_KEYS_MAX);
        let id = issuer(app).await;
        let refused = app.signing_key_rotate(&app.owner, None, id).await;
        assert_eq!(refused.unwrap_err().code(), "signing_key_limit");
        assert_eq!(issuer(app).await, id, "nothing was half done");

        // The largest bundle still fits into a license file.
        let license_id = app.license_with_seats(1).await;
        let activation_id = app.activate(license_id, "m-1", "Desk 1").await;
        let activation = app.activation_get(&app.owner, activation_id).await.unwrap();
        let command = ExportLicenseFile {
            license_id,
            machine_ids: vec![activation.activation.machine_id],
            valid_days: None,
        };
        let file = app
            .license_file_export(&app.owner, None, command)
            .await
            .unwrap();
        let content = app
            .license_file_content(&app.owner, file.value)
            .await
            .unwrap();
        let verdict = app
            .license_file_verify(&app.owner, content.content.as_bytes())
            .await;
        assert!(verdict.unwrap().grants.is_ok());
    })
    .await;
}

#[tokio::test]
async fn private_halves_are_not_handed_out_not_even_sealed() {
    for_each_database(async |app| {
        assert!(keys(app).await.iter().all(|key| key.sealed.is_empty()));
        let key = app
            .signing_key_get(&app.owner, issuer(app).await)
            .await
            .unwrap();
        assert!(key.sealed.is_empty());
    })
    .await;
}
