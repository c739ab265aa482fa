//! Asking whether a machine may use its license, with a key, with a token, or signed in.

use std::time::Duration;

use latchkey_app::access_token::key_holder;
use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::entitlement::GrantEntitlement;
use latchkey_app::validation::{ValidateLicense, Validated};
use latchkey_app::{AppError, filter::ValidationFilter};
use latchkey_domain::access_token::AccessTokenTerms;
use latchkey_domain::actor::{Actor, Scope};
use latchkey_domain::license::{License, LicenseState};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::random::SeededRandom;
use latchkey_store::ValidationView;
use latchkey_testkit::{TestApp, for_each_database};
use latchkey_verify::dsse::Envelope;
use latchkey_verify::{RootKey, TrustBundle, verify_answer};

use crate::common::{PAGE, check_ledger, code, size};

async fn validate(
    app: &TestApp,
    by: &Actor,
    key: &LicenseKey,
    machine: &str,
) -> Result<Validated, AppError> {
    let about = ValidateLicense {
        license_key: key.clone(),
        machine_code: machine.parse().unwrap(),
    };
    Ok(app.license_validate(by, about).await?.0)
}

/// The log, once it has so many rows: it is written a moment later.
async fn log(app: &TestApp, filter: &ValidationFilter, rows: usize) -> Vec<ValidationView> {
    for _ in 0..200 {
        let page = app.validation_list(&app.owner, filter, PAGE).await.unwrap();
        if page.rows.len() >= rows {
            return page.rows;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("nothing was logged");
}

async fn license(app: &TestApp) -> License {
    let id = app.license_with_seats(2).await;
    app.license_now(id).await.license
}

/// An access token, as whoever comes with it.
async fn token(app: &TestApp, terms: AccessTokenTerms) -> Actor {
    let made = app.access_token_create(&app.owner, None, terms).await;
    let token = made.unwrap().value.token.unwrap();
    app.token_holder(&token).await.unwrap().unwrap()
}

fn for_apps() -> AccessTokenTerms {
    AccessTokenTerms {
        name: "Atlas CAD".parse().unwrap(),
        scopes: vec![Scope::Validate, Scope::Activate, Scope::Deactivate],
        product_id: None,
        license_id: None,
        expires_at: None,
    }
}

#[tokio::test]
async fn an_app_that_asks_is_told_whether_it_may_run_and_what_it_may_do() {
    for_each_database(async |app| {
        let owner = &app.owner;
        let license = license(app).await;
        let feature_id = app.feature(license.product_id, "export").await;
        let grant = GrantEntitlement {
            license_id: license.id,
            feature_id,
            limit: Some(3),
        };
        app.entitlement_grant(owner, None, grant).await.unwrap();
        let before = validate(app, owner, &license.key, "M-1").await.unwrap();
        assert_eq!(before.refusal.unwrap().code, "machine_not_activated");
        let activation = app.activate(license.id, "M-1", "Büro").await;
        app.clock.advance_days(1);
        let entries = size(app).await;
        let active = validate(app, owner, &license.key, "M-1").await.unwrap();
        assert!(active.refusal.is_none());
        assert_eq!(active.activation_id, Some(activation));
        assert_eq!(active.license_state, LicenseState::Active);
        let features: Vec<_> = active
            .features
            .iter()
            .map(|feature| (feature.code.as_str(), feature.limit))
            .collect();
        assert_eq!(features, [("export", Some(3))]);

        let rows = log(app, &ValidationFilter::default(), 2).await;
        let told: Vec<_> = rows
            .iter()
            .map(|row| row.validation.refusal.as_deref())
            .collect();
        assert_eq!(told, [None, Some("machine_not_activated")], "newest first");
        let name = rows[0].friendly_name.as_ref().map(ToString::to_string);
        assert_eq!(name.as_deref(), Some("Büro"));
        let refused = ValidationFilter {
            license_id: Some(license.id),
            refused: true,
            ..ValidationFilter::default()
        };
        assert_eq!(log(app, &refused, 1).await.len(), 1);
        let view = app.activation_get(owner, activation).await.unwrap();
        assert_eq!(view.activation.last_seen_at, app.now(), "it was seen");
        assert_eq!(size(app).await, entries, "being seen is no entry");

        let suspended = app.license_suspend(owner, None, license.id, None).await;
        suspended.unwrap();
        let suspended = validate(app, owner, &license.key, "M-1").await.unwrap();
        assert_eq!(suspended.license_state, LicenseState::Suspended);
        assert_eq!(suspended.refusal.unwrap().code, "license_suspended");
        let unknown = LicenseKey::generate(&SeededRandom::new(99));
        assert_eq!(
            code(validate(app, owner, &unknown, "M-1").await),
            "license_not_found"
        );
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn an_answer_is_signed_by_an_issuer_key_of_the_trust_bundle() {
    for_each_database(async |app| {
        let license = license(app).await;
        let about = ValidateLicense {
            license_key: license.key.clone(),
            machine_code: "M-1".parse().unwrap(),
        };
        let ask = async || {
            let answered = app.license_validate(&app.owner, about.clone()).await;
            answered.unwrap().1.sign(b"body")
        };
        let root = RootKey::from_pem(&app.root_key(&app.owner).await.unwrap().pem).unwrap();
        let trust = async || {
            let bundle = app.trust_bundle(&app.owner).await.unwrap();
            TrustBundle::verify(&Envelope::parse(bundle.as_bytes()).unwrap(), &root).unwrap()
        };
        let signature = ask().await;
        let bundle = trust().await;
        assert_eq!(
            verify_answer(b"body", &signature, &bundle)
                .unwrap()
                .product_id,
            None
        );
        assert!(verify_answer(b"bodY", &signature, &bundle).is_err());

        // A product's own key signs for it from then on, and the key that it had signed for all no longer does.
        let made = app
            .signing_key_create(&app.owner, None, Some(license.product_id))
            .await;
        made.unwrap();
        let signature = ask().await;
        assert!(
            verify_answer(b"body", &signature, &bundle).is_err(),
            "an old bundle"
        );
        let bundle = trust().await;
        let key = verify_answer(b"body", &signature, &bundle).unwrap();
        assert_eq!(key.product_id, Some(license.product_id.to_string()));
    })
    .await;
}

#[tokio::test]
async fn a_license_key_opens_its_own_license_and_no_other() {
    for_each_database(async |app| {
        let (mine, other) = (license(app).await, license(app).await);
        let holder = key_holder(app.vendor_id(), mine.key.clone());
        let activate = async |key: &LicenseKey, machine: &str| {
            let command = ActivateMachine {
                license: WhichLicense::Key(key.clone()),
                machine_code: machine.parse().unwrap(),
                friendly_name: None,
            };
            app.activation_activate(&holder, None, command).await
        };
        let activation = activate(&mine.key, "M-1").await.unwrap().value;
        assert_eq!(code(activate(&other.key, "M-1").await), "credential_locked");
        let answer = validate(app, &holder, &mine.key, "M-1").await.unwrap();
        assert_eq!(answer.activation_id, Some(activation));
        let asked = validate(app, &holder, &other.key, "M-1").await;
        assert_eq!(code(asked), "credential_locked");

        // Another's activation is neither seen nor ended.
        let theirs = app.activate(other.id, "M-9", "Secret").await;
        assert_eq!(
            code(app.activation_get(&holder, theirs).await),
            "activation_not_found"
        );
        let ended = app.activation_deactivate(&holder, None, theirs).await;
        assert_eq!(code(ended), "credential_locked");

        // Who holds the other seats is not told to somebody who could not look it up.
        activate(&mine.key, "M-2").await.unwrap();
        let Err(AppError::Refused(refused)) = activate(&mine.key, "M-3").await else {
            panic!("there were two seats");
        };
        assert_eq!(refused.code, "seats_exhausted");
        let told = format!("{refused:?}");
        assert!(
            !told.contains("M-1") && !told.contains("longest_unseen"),
            "{told}"
        );

        let ended = app.activation_deactivate(&holder, None, activation).await;
        ended.unwrap();
        check_ledger(app).await;
    })
    .await;
}

#[tokio::test]
async fn a_locked_token_opens_what_it_is_locked_to() {
    for_each_database(async |app| {
        let (mine, other) = (license(app).await, license(app).await);
        let of_product = AccessTokenTerms {
            product_id: Some(mine.product_id),
            ..for_apps()
        };
        let of_license = AccessTokenTerms {
            license_id: Some(mine.id),
            ..for_apps()
        };
        for terms in [of_product, of_license] {
            let holder = token(app, terms).await;
            let told = validate(app, &holder, &mine.key, "M-1").await;
            assert_eq!(code(told), "ok");
            let told = validate(app, &holder, &other.key, "M-1").await;
            assert_eq!(code(told), "credential_locked");
            assert_eq!(
                code(app.license_get(&holder, mine.id).await),
                "not_permitted",
                "it is no scope to read"
            );
        }
        let open = token(app, for_apps()).await;
        assert_eq!(code(validate(app, &open, &other.key, "M-1").await), "ok");
        let rows = log(app, &ValidationFilter::default(), 3).await;
        let name = rows[0].access_token_name.as_ref().map(ToString::to_string);
        assert_eq!(name.as_deref(), Some("Atlas CAD"));
    })
    .await;
}

#[tokio::test]
async fn when_a_machine_was_seen_is_known_to_within_five_minutes() {
    for_each_database(async |app| {
        let license = license(app).await;
        let seat = app.activate(license.id, "M-1", "Office").await;
        let activated_at = app.now();
        for (rows, (minutes, expected)) in (1..).zip([(4, 0), (5, 5), (9, 5), (10, 10)]) {
            let now = activated_at.plus_millis(minutes * 60_000);
            app.clock.set(now);
            let by = key_holder(app.vendor_id(), license.key.clone());
            validate(app, &by, &license.key, "M-1").await.unwrap();
            // Each question is logged; what is noted of the machine is written with it.
            log(app, &ValidationFilter::default(), rows).await;
            let seen = app.activation_get(&app.owner, seat).await.unwrap();
            let seen = seen.activation.last_seen_at;
            let expected = activated_at.plus_millis(expected * 60_000);
            assert_eq!(seen, expected, "after {minutes} minutes");
        }
    })
    .await;
}

#[tokio::test]
async fn what_machines_asked_is_forgotten_after_ninety_days_and_no_sooner() {
    for_each_database(async |app| {
        let license = license(app).await;
        app.activate(license.id, "M-1", "Office").await;
        let by = key_holder(app.vendor_id(), license.key.clone());
        let began = app.now();
        let all = ValidationFilter::default();
        // The last question finds the first one 90 days and an hour old, and the second an hour younger than that.
        for (hours, kept) in [(0, 1), (2, 2), (90 * 24 + 1, 2)] {
            app.clock.set(began.plus_millis(hours * 3_600_000));
            drop(validate(app, &by, &license.key, "M-1").await);
            let newest = app.now();
            for _ in 0..200 {
                let rows = log(app, &all, kept).await;
                if rows.len() == kept && rows[0].validation.at == newest {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            let rows = log(app, &all, kept).await;
            assert_eq!(rows.len(), kept, "after {hours} hours");
            assert_eq!(rows[0].validation.at, newest);
        }
        let rows = log(app, &all, 2).await;
        assert_eq!(
            rows[1].validation.at,
            began.plus_millis(2 * 3_600_000),
            "the oldest is gone"
        );
    })
    .await;
}
