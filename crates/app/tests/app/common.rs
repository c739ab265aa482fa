//! What the tests of use cases share.

use latchkey_app::ledger::LedgerCheck;
use latchkey_app::{AppError, Changed, Idempotency};
use latchkey_domain::ChangeId;
use latchkey_store::filter::{
    ActivationFilter, CustomerFilter, LicenseFilter, PageRequest, PolicyFilter, ProductFilter,
};
use latchkey_testkit::TestApp;

/// The longest page.
pub(crate) const PAGE: PageRequest = PageRequest::counted(200, None);

/// The code of a refusal, or `ok`.
pub(crate) fn code<T>(result: Result<T, AppError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

/// The change of something that changed something.
pub(crate) fn change<T>(changed: Changed<T>) -> ChangeId {
    changed.change.expect("something was changed")
}

/// An idempotency key with a request.
pub(crate) fn once(key: &str, request: u8) -> Option<Idempotency> {
    Some(Idempotency {
        key: key.to_owned(),
        request: [request; 32],
    })
}

/// Fails unless the ledger fits the state in every way: entries, versions, rows, roots, seats.
pub(crate) async fn check_ledger(app: &TestApp) {
    let report = app
        .ledger_verify(&app.owner, LedgerCheck::default())
        .await
        .unwrap();
    assert!(
        report.ok,
        "the ledger does not fit: {:?}",
        report.first_problem
    );
    assert_eq!(report.entries, size(app).await, "every entry was read");
}

/// How many entries the ledger has.
pub(crate) async fn size(app: &TestApp) -> u64 {
    app.checkpoint(&app.owner).await.unwrap().size
}

/// All that is shown in lists, without what undoing is meant to move on: versions.
pub(crate) async fn shown(app: &TestApp) -> Vec<String> {
    let owner = &app.owner;
    let mut shown = Vec::new();
    for mut product in app
        .product_list(owner, &ProductFilter::default(), PAGE)
        .await
        .unwrap()
        .rows
    {
        product.version = 0;
        shown.push(format!("{product:?}"));
        for mut feature in app
            .feature_list(owner, product.id, PAGE)
            .await
            .unwrap()
            .rows
        {
            feature.version = 0;
            shown.push(format!("{feature:?}"));
        }
    }
    for mut view in app
        .policy_list(owner, &PolicyFilter::default(), PAGE)
        .await
        .unwrap()
        .rows
    {
        view.policy.version = 0;
        shown.push(format!("{view:?}"));
    }
    for mut customer in app
        .customer_list(owner, &CustomerFilter::default(), PAGE)
        .await
        .unwrap()
        .rows
    {
        customer.version = 0;
        shown.push(format!(
            "{customer:?} {:?}",
            customer.email.as_ref().map(|email| email.as_str())
        ));
    }
    for mut view in app
        .license_list(owner, &LicenseFilter::default(), PAGE)
        .await
        .unwrap()
        .rows
    {
        view.license.version = 0;
        shown.push(format!("{view:?}"));
        for mut right in app
            .entitlement_list(owner, view.license.id, PAGE)
            .await
            .unwrap()
            .rows
        {
            right.entitlement.version = 0;
            shown.push(format!("{right:?}"));
        }
    }
    for mut view in app
        .activation_list(owner, &ActivationFilter::default(), PAGE)
        .await
        .unwrap()
        .rows
    {
        view.activation.version = 0;
        shown.push(format!("{view:?}"));
    }
    shown
}
