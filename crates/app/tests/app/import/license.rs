//! Tables of licenses.

use latchkey_domain::LicenseId;
use latchkey_testkit::for_each_database;

use super::{APPLY, LOOK, SKIP, counts};

#[tokio::test]
async fn a_table_issues_a_license_for_each_row() {
    for_each_database(async |app| {
        let product = app.product("cad").await;
        app.policy_of(product, "Studio Pro", 10).await;
        app.customer("Nordwind GmbH").await;
        let table = "Kunde;Tarif;Plätze;Gültig bis\nnordwind gmbh;studio pro;25;2030-01-31\n\
                     Nordwind GmbH;Studio Pro;;\nNordwind GmbH;Studio Pro;;\n"
            .as_bytes();
        let looked = app
            .license_import(&app.owner, None, None, table, LOOK)
            .await
            .unwrap();
        assert_eq!(counts(&looked.value), (3, 0, 0, 0, 0));
        let fields = looked.value.rows[0].fields.as_ref().unwrap();
        let key = fields.get("license_key");
        assert_eq!(key, None, "a dry run issues no keys");
        let done = app
            .license_import(&app.owner, None, None, table, APPLY)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (3, 0, 0, 0, 0));
        let fields = done.value.rows[0].fields.clone().unwrap();
        let id: LicenseId = fields.get("license_id").unwrap().parse().unwrap();
        let license = app.license_now(id).await.license;
        assert_eq!(license.key.as_str(), fields.get("license_key").unwrap());
        assert_eq!(license.seats_max, 25);
        assert_eq!(
            license.expires_at.unwrap().to_string(),
            "2030-01-31T23:59:59.999Z"
        );
        let id: LicenseId = done.value.rows[1]
            .fields
            .as_ref()
            .unwrap()
            .get("license_id")
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(app.license_now(id).await.license.seats_max, 10);

        app.change_undo(&app.owner, None, done.change.unwrap())
            .await
            .unwrap();
        let state = app.license_now(id).await.license.state(app.now());
        assert_eq!(state.as_str(), "revoked");
    })
    .await;
}

#[tokio::test]
async fn rows_that_name_nobody_or_no_policy_are_refused_each_with_its_reason() {
    for_each_database(async |app| {
        let product = app.product("cad").await;
        app.policy_of(product, "Pro", 10).await;
        let retired = app.policy_of(product, "Classic", 10).await;
        app.policy_retire(&app.owner, None, retired).await.unwrap();
        app.policy_of(product, "Double", 10).await;
        app.policy_of(product, "Double", 20).await;
        app.customer("Nordwind").await;
        let table = b"customer,policy,seats,expires\nSuedwind,Pro,,\nNordwind,Con,,\nNordwind,Classic,,\n\
                      Nordwind,Double,,\nNordwind,Pro,0,\nNordwind,Pro,,2020-01-01\nNordwind,Pro,,\n";
        let done = app
            .license_import(&app.owner, None, None, table, SKIP)
            .await
            .unwrap();
        assert_eq!(counts(&done.value), (1, 0, 0, 0, 6));
        let codes: Vec<_> = done
            .value
            .rows
            .iter()
            .filter_map(|row| row.code.as_deref())
            .collect();
        assert_eq!(
            codes,
            [
                "customer_not_found",
                "policy_not_found",
                "policy_retired",
                "policy_ambiguous",
                "seats_out_of_bounds",
                "license_end_passed"
            ]
        );
        let error = app
            .license_import(&app.owner, None, None, table, APPLY)
            .await
            .unwrap_err();
        assert_eq!(error.code(), "import_has_refused_rows");
        assert!(error.to_string().ends_with("; and more"), "{error}");
    })
    .await;
}
