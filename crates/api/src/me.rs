//! Who asks, on which store, and what they may do; and demo data for an empty store.

use axum::Json;
use latchkey_app::{StoreUrl, demo};
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{Changed, NoBody};
use crate::extract::Command;
use crate::id::{ActorId, CustomerId, ResellerId, SessionId, VendorId};
use crate::mirror::mirror;
use crate::time::Timestamp;

/// Who asks, on which store, and what they may do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Me {
    /// Who asks.
    pub actor: MyActor,
    /// Whose store it is.
    pub vendor: MyVendor,
    /// The store.
    pub store: MyStore,
    /// The program's version.
    #[schema(example = "0.1.0")]
    pub version: String,
    /// The ids of the operations this actor may use.
    #[schema(example = json!(["get_me", "list_products"]))]
    pub permissions: Vec<String>,
}

/// Who asks.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyActor {
    /// Their id.
    pub id: ActorId,
    /// Their name.
    #[schema(example = "Owner")]
    pub name: String,
    /// Their role.
    pub role: Role,
    /// True if they are one of the vendor's people who looks as a customer's or a reseller's people do.
    pub viewing: bool,
    /// The session they are signed in with; null where nobody signs in: whoever opens the store is its owner.
    #[schema(required)]
    pub session_id: Option<SessionId>,
    /// Whose person they are, if a customer's: they see what that customer has, and nothing else.
    #[schema(required)]
    pub customer: Option<MyCustomer>,
    /// Whose person they are, if a reseller's: they see what that reseller has, and nothing else.
    #[schema(required)]
    pub reseller: Option<MyReseller>,
}

/// The customer whose person somebody is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyCustomer {
    /// The customer's id.
    pub id: CustomerId,
    /// The customer's name.
    #[schema(example = "Nordwind GmbH")]
    pub name: String,
}

impl From<domain::customer::Customer> for MyCustomer {
    fn from(customer: domain::customer::Customer) -> Self {
        Self {
            id: customer.id.into(),
            name: customer.name.to_string(),
        }
    }
}

/// The reseller whose person somebody is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyReseller {
    /// The reseller's id.
    pub id: ResellerId,
    /// The reseller's name.
    #[schema(example = "Südlicht Handel")]
    pub name: String,
}

impl From<domain::reseller::Reseller> for MyReseller {
    fn from(reseller: domain::reseller::Reseller) -> Self {
        Self {
            id: reseller.id.into(),
            name: reseller.name.to_string(),
        }
    }
}

/// What an actor is to the vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the vendor: may do everything.
    Owner,
    /// Runs the vendor's daily business; may not touch keys.
    Admin,
    /// Helps customers with seats and machines; issues nothing.
    Support,
    /// Sees everything, changes nothing.
    Auditor,
    /// One of a customer's people: looks after the customer's seats, license files and colleagues.
    CustomerAdmin,
    /// One of a customer's people: sees what the customer has, changes nothing.
    CustomerViewer,
    /// One of a reseller's people: issues within the quota, serves the reseller's customers, invites colleagues.
    ResellerManager,
    /// One of a reseller's people: issues within the quota, and serves the reseller's customers.
    ResellerAgent,
    /// An access token: may do what its scopes say.
    Token,
    /// Whoever has a license key: may do what a licensed app needs, on that license alone.
    KeyHolder,
    /// Nobody known: may do nothing.
    Stranger,
}

mirror!(
    Role = domain::actor::Role {
        Owner,
        Admin,
        Support,
        Auditor,
        CustomerAdmin,
        CustomerViewer,
        ResellerManager,
        ResellerAgent,
        Token,
        KeyHolder,
        Stranger
    }
);

/// Whose store it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MyVendor {
    /// The vendor's id.
    pub id: VendorId,
    /// The vendor's name.
    #[schema(example = "My company")]
    pub name: String,
    /// Since when nobody but owners may change anything; null unless the vendor is locked down.
    #[schema(required)]
    pub locked_down_at: Option<Timestamp>,
    /// Since when some acts take two people; null if one may do everything alone.
    #[schema(required)]
    pub two_people_at: Option<Timestamp>,
}

impl From<domain::vendor::Vendor> for MyVendor {
    fn from(vendor: domain::vendor::Vendor) -> Self {
        Self {
            id: vendor.id.into(),
            name: vendor.name.to_string(),
            locked_down_at: vendor.locked_down_at.map(Into::into),
            two_people_at: vendor.two_people_at.map(Into::into),
        }
    }
}

/// The store.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct MyStore {
    /// Where it is.
    pub kind: StoreKind,
    /// What keeps it.
    pub database: Database,
    /// True as long as it holds no product; demo data can be loaded then.
    pub empty: bool,
}

/// Where a store is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoreKind {
    /// A file on this machine.
    Embedded,
    /// A database server.
    Server,
}

/// What keeps a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Database {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgresql,
}

/// How much demo data was made.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct DemoData {
    /// Products.
    pub products: u64,
    /// Customers.
    pub customers: u64,
    /// Licenses.
    pub licenses: u64,
    /// Activations.
    pub activations: u64,
}

impl From<demo::DemoSummary> for DemoData {
    fn from(loaded: demo::DemoSummary) -> Self {
        let demo::DemoSummary {
            products,
            customers,
            licenses,
            activations,
        } = loaded;
        Self {
            products: products.into(),
            customers: customers.into(),
            licenses: licenses.into(),
            activations: activations.into(),
        }
    }
}

impl MyStore {
    fn of(url: &StoreUrl, empty: bool) -> Self {
        match url {
            StoreUrl::Sqlite(_) => Self {
                kind: StoreKind::Embedded,
                database: Database::Sqlite,
                empty,
            },
            StoreUrl::Postgres(_) => Self {
                kind: StoreKind::Server,
                database: Database::Postgresql,
                empty,
            },
        }
    }
}

/// Tells who asks, on which store, and what they may do.
#[utoipa::path(get, path = "/v1/me", tag = "me",
    responses((status = 200, description = "Who asks.", body = Me)))]
async fn get_me(api: Caller) -> Answer<Me> {
    let vendor = api.app.vendor(&api.actor).await?;
    let empty = api.app.vendor_is_empty(&api.actor).await?;
    let customer = api.app.customer_of(&api.actor).await?;
    let reseller = api.app.reseller_of(&api.actor).await?;
    let role = api.actor.role;
    Ok(Json(Me {
        actor: MyActor {
            id: api.actor.id.into(),
            name: api.actor.name.clone(),
            role: role.into(),
            viewing: api.actor.reach.viewing.is_some(),
            session_id: api.session.map(Into::into),
            customer: customer.map(Into::into),
            reseller: reseller.map(Into::into),
        },
        vendor: vendor.into(),
        store: MyStore::of(api.app.store_url(), empty),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        permissions: api
            .app
            .permitted(&api.actor)
            .map(|operation| operation.id().to_owned())
            .collect(),
    }))
}

/// Fills an empty store with demo data.
#[utoipa::path(post, path = "/v1/demo-data", tag = "me",
    responses((status = 200, description = "The store has demo data.", body = Changed<DemoData>)),
    extensions(("x-problems" = json!(["store_not_empty"]))))]
async fn load_demo_data(api: Caller, command: Command<NoBody>) -> Act<DemoData> {
    let changed = api.app.demo_load(&api.actor, command.retry).await?;
    Ok(Done::changed(&changed, changed.value))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(get_me))
        .routes(routes!(load_demo_data))
}
