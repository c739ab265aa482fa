//! Meets the needs of a batch: one query for each kind of need, however many there are of it.

mod sorted;

use latchkey_domain::access_token::AccessToken;
use latchkey_domain::admission::Admission;
use latchkey_domain::approval::Approval;
use latchkey_domain::id::TypedId as _;
use latchkey_domain::limits::BULK_ROWS_MAX;
use latchkey_domain::passkey::Passkey;
use latchkey_domain::session::{Invitation, Session};
use latchkey_domain::sign_up_link::SignUpLink;
use latchkey_domain::template::Template;
use latchkey_domain::webhook::Webhook;
use sorted::sort;

use super::table::{load, load_pairs};
use super::{Connection, Query, activation, admission, change, customer, dialect, license, user};
use crate::need::Need;
use crate::{Batch, StoreError, Stored};

/// Rows that a filter may select: one more than a bulk act may change, so that the act can tell that it is too large.
const FOUND_ROWS_MAX: usize = BULK_ROWS_MAX + 1;

/// Loads rows by a column into the batch.
async fn into_batch<T, K>(
    connection: &mut Connection,
    batch: &mut Batch,
    column: &str,
    keys: &[K],
) -> Result<(), StoreError>
where
    T: super::table::Table + Stored,
    K: Clone,
    Option<K>: dialect::Value,
{
    if keys.is_empty() {
        return Ok(());
    }
    load(connection, batch.vendor_id(), column, keys, |row: T| {
        batch.load(row);
    })
    .await
}

/// Meets the needs of one round.
pub(super) async fn meet(
    connection: &mut Connection,
    batch: &mut Batch,
    needs: Vec<Need>,
) -> Result<(), StoreError> {
    use latchkey_domain as d;
    let vendor_id = batch.vendor_id();
    let sorted = sort(needs);
    if sorted.vendor {
        into_batch::<d::vendor::Vendor, _>(connection, batch, "id", &[vendor_id.uuid()]).await?;
    }
    if sorted.signing_keys {
        into_batch::<d::signing_key::SigningKey, _>(
            connection,
            batch,
            "vendor_id",
            &[vendor_id.uuid()],
        )
        .await?;
    }
    if sorted.all_access_tokens {
        into_batch::<AccessToken, _>(connection, batch, "vendor_id", &[vendor_id.uuid()]).await?;
    }
    if sorted.all_sign_up_links {
        into_batch::<SignUpLink, _>(connection, batch, "vendor_id", &[vendor_id.uuid()]).await?;
    }
    into_batch::<SignUpLink, _>(connection, batch, "id", &sorted.sign_up_links).await?;
    if sorted.all_webhooks {
        into_batch::<Webhook, _>(connection, batch, "vendor_id", &[vendor_id.uuid()]).await?;
    }
    into_batch::<Webhook, _>(connection, batch, "id", &sorted.webhooks).await?;
    into_batch::<d::product::Product, _>(connection, batch, "id", &sorted.products).await?;
    into_batch::<d::product::Product, _>(connection, batch, "code", &sorted.product_codes).await?;
    into_batch::<d::feature::Feature, _>(connection, batch, "id", &sorted.features).await?;
    into_batch::<d::feature::Feature, _>(connection, batch, "product_id", &sorted.features_of)
        .await?;
    into_batch::<d::policy::Policy, _>(connection, batch, "id", &sorted.policies).await?;
    into_batch::<d::policy::Policy, _>(connection, batch, "name_folded", &sorted.policy_names)
        .await?;
    into_batch::<d::policy::PolicyRevision, _>(connection, batch, "id", &sorted.revisions).await?;
    into_batch::<d::customer::Customer, _>(connection, batch, "id", &sorted.customers).await?;
    into_batch::<d::customer::Customer, _>(
        connection,
        batch,
        "reference",
        &sorted.customer_references,
    )
    .await?;
    into_batch::<d::customer::Customer, _>(
        connection,
        batch,
        "name_folded",
        &sorted.customer_names,
    )
    .await?;
    into_batch::<d::license::License, _>(connection, batch, "id", &sorted.licenses).await?;
    into_batch::<d::license::License, _>(connection, batch, "key", &sorted.license_keys).await?;
    into_batch::<d::entitlement::Entitlement, _>(connection, batch, "id", &sorted.entitlements)
        .await?;
    into_batch::<d::entitlement::Entitlement, _>(
        connection,
        batch,
        "license_id",
        &sorted.entitlements_of,
    )
    .await?;
    into_batch::<d::machine::Machine, _>(connection, batch, "id", &sorted.machines).await?;
    into_batch::<d::activation::Activation, _>(connection, batch, "id", &sorted.activations)
        .await?;
    into_batch::<d::activation::Activation, _>(
        connection,
        batch,
        "machine_id",
        &sorted.activations_of_machine,
    )
    .await?;
    into_batch::<d::activation::Activation, _>(
        connection,
        batch,
        "license_id",
        &sorted.activations_of_license,
    )
    .await?;
    into_batch::<d::signing_key::SigningKey, _>(connection, batch, "id", &sorted.keys).await?;
    into_batch::<d::license_file::LicenseFile, _>(connection, batch, "id", &sorted.files).await?;
    into_batch::<d::user::User, _>(connection, batch, "id", &sorted.users).await?;
    into_batch::<d::user::User, _>(connection, batch, "email_folded", &sorted.user_emails).await?;
    into_batch::<Session, _>(connection, batch, "id", &sorted.sessions).await?;
    into_batch::<Session, _>(connection, batch, "user_id", &sorted.sessions_of).await?;
    into_batch::<AccessToken, _>(connection, batch, "id", &sorted.access_tokens).await?;
    into_batch::<Approval, _>(connection, batch, "id", &sorted.approvals).await?;
    into_batch::<d::reseller::Reseller, _>(connection, batch, "id", &sorted.resellers).await?;
    into_batch::<Template, _>(connection, batch, "id", &sorted.templates).await?;
    into_batch::<Template, _>(connection, batch, "reseller_id", &sorted.templates_of).await?;
    into_batch::<Template, _>(connection, batch, "parent_id", &sorted.templates_below).await?;
    let above = &sorted.resellers_below;
    into_batch::<d::reseller::Reseller, _>(connection, batch, "parent_id", above).await?;
    into_batch::<Passkey, _>(connection, batch, "id", &sorted.passkeys).await?;
    into_batch::<Passkey, _>(connection, batch, "user_id", &sorted.passkeys_of).await?;
    let names = &sorted.passkey_credentials;
    into_batch::<Passkey, _>(connection, batch, "credential_id", names).await?;
    let keys = &sorted.activation_keys;
    into_batch::<d::activation::Activation, _>(connection, batch, "machine_key", keys).await?;
    let keys = &sorted.return_receipt_keys;
    into_batch::<d::return_receipt::ReturnReceipt, _>(connection, batch, "machine_key", keys)
        .await?;
    into_batch::<Invitation, _>(connection, batch, "id", &sorted.invitations).await?;
    into_batch::<Invitation, _>(connection, batch, "user_id", &sorted.invitations_of).await?;
    into_batch::<Admission, _>(connection, batch, "id", &sorted.admissions).await?;
    let codes = &sorted.admission_codes;
    let by = ("customer_id", "machine_code");
    load_pairs(connection, vendor_id, by, codes, |row: Admission| {
        batch.load(row);
    })
    .await?;
    load_pairs(
        connection,
        vendor_id,
        ("customer_id", "code"),
        &sorted.machine_codes,
        |row: d::machine::Machine| {
            batch.load(row);
        },
    )
    .await?;
    load_pairs(
        connection,
        vendor_id,
        ("license_id", "machine_id"),
        &sorted.activation_pairs,
        |row: d::activation::Activation| batch.load(row),
    )
    .await?;
    for need in sorted.one_by_one {
        select(connection, batch, need).await?;
    }
    Ok(())
}

/// Meets a need that selects many rows by itself.
async fn select(
    connection: &mut Connection,
    batch: &mut Batch,
    need: Need,
) -> Result<(), StoreError> {
    use latchkey_domain as d;
    let vendor_id = batch.vendor_id();
    let limit = i64::try_from(FOUND_ROWS_MAX).unwrap_or(i64::MAX);
    match &need {
        Need::LicensesWhere(filter) => {
            let ids = license::ids_where(connection, vendor_id, filter, batch.now(), limit).await?;
            into_batch::<d::license::License, _>(connection, batch, "id", &ids).await?;
            batch.found.insert(need, ids);
        }
        Need::ActivationsWhere(filter) => {
            let ids = activation::ids_where(connection, vendor_id, filter, limit).await?;
            into_batch::<d::activation::Activation, _>(connection, batch, "id", &ids).await?;
            batch.found.insert(need, ids);
        }
        Need::CustomersOf(reseller_id) => {
            let ids = customer::ids_of(connection, vendor_id, *reseller_id, limit).await?;
            into_batch::<d::customer::Customer, _>(connection, batch, "id", &ids).await?;
        }
        Need::UsersOf(of) => {
            let ids = user::ids_of(connection, vendor_id, *of, limit).await?;
            into_batch::<d::user::User, _>(connection, batch, "id", &ids).await?;
        }
        Need::AdmissionsWaiting(of) => {
            let ids = admission::waiting(connection, vendor_id, *of).await?;
            into_batch::<Admission, _>(connection, batch, "id", &ids).await?;
        }
        Need::UserIdentity(identity) => {
            let ids = user::ids_by_identity(connection, vendor_id, identity).await?;
            into_batch::<d::user::User, _>(connection, batch, "id", &ids).await?;
        }
        Need::OldestVendor => {
            let mut query = Query::new("SELECT id FROM vendor ORDER BY seq LIMIT 1");
            let ids = query
                .build_query_scalar()
                .fetch_all(&mut *connection)
                .await?;
            batch.found.insert(need, ids);
        }
        Need::VendorAt(url) => {
            let mut query = Query::new("SELECT id FROM vendor WHERE url = ");
            query.push_bind(url.to_string());
            let ids = query
                .build_query_scalar()
                .fetch_all(&mut *connection)
                .await?;
            batch.found.insert(need, ids);
        }
        Need::Change(id) => {
            let entries = change::entries(connection, vendor_id, *id).await?;
            batch.changes.insert(*id, entries);
        }
        _ => {}
    }
    Ok(())
}
