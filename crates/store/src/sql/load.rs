//! Meets the needs of a batch: one query for each kind of need, however many there are of it.

use latchkey_domain::access_token::AccessToken;
use latchkey_domain::approval::Approval;
use latchkey_domain::id::TypedId;
use latchkey_domain::limits::BULK_ROWS_MAX;
use latchkey_domain::passkey::Passkey;
use latchkey_domain::session::{Invitation, Session};
use latchkey_domain::template::Template;
use uuid::Uuid;

use super::table::{load, load_pairs};
use super::{Connection, Query, activation, change, license, user};
use crate::need::Need;
use crate::{Batch, StoreError, Stored};

/// Rows that a filter may select: one more than a bulk act may change, so that the act can tell that it is too large.
const FOUND_ROWS_MAX: usize = BULK_ROWS_MAX + 1;

/// The needs of one round, sorted by what they ask for.
#[derive(Default)]
struct Sorted {
    vendor: bool,
    signing_keys: bool,
    all_access_tokens: bool,
    ids: [Vec<Uuid>; 19],
    product_codes: Vec<String>,
    features_of: Vec<Uuid>,
    policy_names: Vec<String>,
    customer_references: Vec<String>,
    customer_names: Vec<String>,
    license_keys: Vec<String>,
    entitlements_of: Vec<Uuid>,
    machine_codes: Vec<(Uuid, String)>,
    activation_pairs: Vec<(Uuid, Uuid)>,
    activations_of_machine: Vec<Uuid>,
    activations_of_license: Vec<Uuid>,
    sessions_of: Vec<Uuid>,
    invitations_of: Vec<Uuid>,
    passkeys_of: Vec<Uuid>,
    passkey_credentials: Vec<String>,
    user_emails: Vec<String>,
    templates_of: Vec<Uuid>,
    one_by_one: Vec<Need>,
}

fn sort(needs: Vec<Need>) -> Sorted {
    let mut sorted = Sorted::default();
    let [
        products,
        features,
        policies,
        revisions,
        customers,
        licenses,
        entitlements,
        machines,
        activations,
        keys,
        files,
        users,
        sessions,
        invitations,
        access_tokens,
        approvals,
        resellers,
        templates,
        passkeys,
    ] = &mut sorted.ids;
    for need in needs {
        match need {
            Need::Vendor => sorted.vendor = true,
            Need::SigningKeys => sorted.signing_keys = true,
            Need::Product(id) => products.push(id.uuid()),
            Need::Feature(id) => features.push(id.uuid()),
            Need::Policy(id) => policies.push(id.uuid()),
            Need::PolicyRevision(id) => revisions.push(id.uuid()),
            Need::Customer(id) => customers.push(id.uuid()),
            Need::License(id) => licenses.push(id.uuid()),
            Need::Entitlement(id) => entitlements.push(id.uuid()),
            Need::Machine(id) => machines.push(id.uuid()),
            Need::Activation(id) => activations.push(id.uuid()),
            Need::SigningKey(id) => keys.push(id.uuid()),
            Need::LicenseFile(id) => files.push(id.uuid()),
            Need::UserEmail(email) => sorted.user_emails.push(email),
            Need::AccessTokens => sorted.all_access_tokens = true,
            Need::AccessToken(id) => access_tokens.push(id.uuid()),
            Need::Approval(id) => approvals.push(id.uuid()),
            Need::Reseller(id) => resellers.push(id.uuid()),
            Need::Template(id) => templates.push(id.uuid()),
            Need::TemplatesOf(id) => sorted.templates_of.push(id.uuid()),
            Need::Passkey(id) => passkeys.push(id.uuid()),
            Need::PasskeysOf(id) => sorted.passkeys_of.push(id.uuid()),
            Need::PasskeyCredential(name) => sorted.passkey_credentials.push(name),
            Need::User(id) => users.push(id.uuid()),
            Need::Session(id) => sessions.push(id.uuid()),
            Need::SessionsOf(id) => sorted.sessions_of.push(id.uuid()),
            Need::Invitation(id) => invitations.push(id.uuid()),
            Need::InvitationsOf(id) => sorted.invitations_of.push(id.uuid()),
            Need::ProductCode(code) => sorted.product_codes.push(code.as_str().to_owned()),
            Need::FeaturesOf(id) => sorted.features_of.push(id.uuid()),
            Need::PolicyNamed(name) => sorted.policy_names.push(name),
            Need::CustomerReference(reference) => sorted
                .customer_references
                .push(reference.as_str().to_owned()),
            Need::CustomerNamed(name) => sorted.customer_names.push(name),
            Need::LicenseKey(key) => sorted.license_keys.push(key.as_str().to_owned()),
            Need::EntitlementsOf(id) => sorted.entitlements_of.push(id.uuid()),
            Need::MachineCode(customer, code) => {
                sorted
                    .machine_codes
                    .push((customer.uuid(), code.as_str().to_owned()));
            }
            Need::ActivationOf(license, machine) => sorted
                .activation_pairs
                .push((license.uuid(), machine.uuid())),
            Need::ActivationsOfMachine(id) => sorted.activations_of_machine.push(id.uuid()),
            Need::ActivationsOfLicense(id) => sorted.activations_of_license.push(id.uuid()),
            Need::LicensesWhere(_)
            | Need::ActivationsWhere(_)
            | Need::UsersOf(_)
            | Need::UserIdentity(_)
            | Need::Change(_)
            | Need::OldestVendor => sorted.one_by_one.push(need),
        }
    }
    sorted
}

/// Loads rows by a column into the batch.
async fn into_batch<T, K>(
    connection: &mut Connection,
    batch: &mut Batch,
    column: &str,
    keys: &[K],
) -> Result<(), StoreError>
where
    T: super::table::Table + Stored,
    K: Clone + for<'q> sqlx::Encode<'q, super::Db> + sqlx::Type<super::Db>,
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
    let [
        products,
        features,
        policies,
        revisions,
        customers,
        licenses,
        entitlements,
        machines,
        activations,
        keys,
        files,
        users,
        sessions,
        invitations,
        access_tokens,
        approvals,
        resellers,
        templates,
        passkeys,
    ] = sorted.ids;
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
    into_batch::<d::product::Product, _>(connection, batch, "id", &products).await?;
    into_batch::<d::product::Product, _>(connection, batch, "code", &sorted.product_codes).await?;
    into_batch::<d::feature::Feature, _>(connection, batch, "id", &features).await?;
    into_batch::<d::feature::Feature, _>(connection, batch, "product_id", &sorted.features_of)
        .await?;
    into_batch::<d::policy::Policy, _>(connection, batch, "id", &policies).await?;
    into_batch::<d::policy::Policy, _>(connection, batch, "name_folded", &sorted.policy_names)
        .await?;
    into_batch::<d::policy::PolicyRevision, _>(connection, batch, "id", &revisions).await?;
    into_batch::<d::customer::Customer, _>(connection, batch, "id", &customers).await?;
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
    into_batch::<d::license::License, _>(connection, batch, "id", &licenses).await?;
    into_batch::<d::license::License, _>(connection, batch, "key", &sorted.license_keys).await?;
    into_batch::<d::entitlement::Entitlement, _>(connection, batch, "id", &entitlements).await?;
    into_batch::<d::entitlement::Entitlement, _>(
        connection,
        batch,
        "license_id",
        &sorted.entitlements_of,
    )
    .await?;
    into_batch::<d::machine::Machine, _>(connection, batch, "id", &machines).await?;
    into_batch::<d::activation::Activation, _>(connection, batch, "id", &activations).await?;
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
    into_batch::<d::signing_key::SigningKey, _>(connection, batch, "id", &keys).await?;
    into_batch::<d::license_file::LicenseFile, _>(connection, batch, "id", &files).await?;
    into_batch::<d::user::User, _>(connection, batch, "id", &users).await?;
    into_batch::<d::user::User, _>(connection, batch, "email_folded", &sorted.user_emails).await?;
    into_batch::<Session, _>(connection, batch, "id", &sessions).await?;
    into_batch::<Session, _>(connection, batch, "user_id", &sorted.sessions_of).await?;
    into_batch::<AccessToken, _>(connection, batch, "id", &access_tokens).await?;
    into_batch::<Approval, _>(connection, batch, "id", &approvals).await?;
    into_batch::<d::reseller::Reseller, _>(connection, batch, "id", &resellers).await?;
    into_batch::<Template, _>(connection, batch, "id", &templates).await?;
    into_batch::<Template, _>(connection, batch, "reseller_id", &sorted.templates_of).await?;
    into_batch::<Passkey, _>(connection, batch, "id", &passkeys).await?;
    into_batch::<Passkey, _>(connection, batch, "user_id", &sorted.passkeys_of).await?;
    let names = &sorted.passkey_credentials;
    into_batch::<Passkey, _>(connection, batch, "credential_id", names).await?;
    into_batch::<Invitation, _>(connection, batch, "id", &invitations).await?;
    into_batch::<Invitation, _>(connection, batch, "user_id", &sorted.invitations_of).await?;
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
        Need::UsersOf(of) => {
            let ids = user::ids_of(connection, vendor_id, *of, limit).await?;
            into_batch::<d::user::User, _>(connection, batch, "id", &ids).await?;
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
        Need::Change(id) => {
            let entries = change::entries(connection, vendor_id, *id).await?;
            batch.changes.insert(*id, entries);
        }
        _ => {}
    }
    Ok(())
}
