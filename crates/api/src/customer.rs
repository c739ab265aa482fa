//! Customers: organisations that own licenses.

mod csv;
pub mod import;
mod timeline;

use axum::Json;
use latchkey_app::{Changed, customer, filter, view};
use latchkey_domain as domain;
use latchkey_domain::text::{EmailAddress, Name, Reference};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::{CustomerId, ResellerId};
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::problem::Problem;
use crate::product::ArchiveState;
use crate::text::{field, fragment, optional};
use crate::time::Timestamp;

/// An organisation that owns licenses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// Its name.
    #[schema(example = "Nordwind GmbH")]
    pub name: String,
    /// Where to write to.
    #[schema(required, example = "it@nordwind.example")]
    pub email: Option<String>,
    /// The vendor's own number for it; unique.
    #[schema(required, example = "C-1042")]
    pub reference: Option<String>,
    /// Whose customer it is, if a reseller's.
    #[schema(required)]
    pub reseller_id: Option<ResellerId>,
    /// Whether only machines that it has admitted are activated on its licenses.
    pub controlled_activation: bool,
    /// Days without a sign of life after which its seats are freed; null if they are not.
    #[schema(required, example = 90)]
    pub reclaim_idle_days: Option<u32>,
    /// Days for which machines are warned before that.
    #[schema(required, example = 14)]
    pub reclaim_warning_days: Option<u32>,
    /// Whether it is served.
    pub state: ArchiveState,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// How many licenses it has; null where they are not counted (in lists).
    #[schema(required, example = 3)]
    pub licenses: Option<u64>,
}

impl From<domain::customer::Customer> for Customer {
    fn from(customer: domain::customer::Customer) -> Self {
        Self {
            id: customer.id.into(),
            name: customer.name.to_string(),
            email: customer.email.map(|email| email.to_string()),
            reference: customer.reference.map(|reference| reference.to_string()),
            reseller_id: customer.reseller_id.map(Into::into),
            controlled_activation: customer.controlled_activation,
            reclaim_idle_days: customer.reclaim.map(|reclaim| reclaim.idle_days),
            reclaim_warning_days: customer.reclaim.map(|reclaim| reclaim.warning_days),
            state: customer.state.into(),
            version: customer.version,
            created_at: customer.created_at.into(),
            licenses: None,
        }
    }
}

impl From<view::CustomerView> for Customer {
    fn from(view: view::CustomerView) -> Self {
        Self {
            licenses: Some(view.licenses),
            ..view.customer.into()
        }
    }
}

/// Which customers are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomerFilter {
    /// Only those of this reseller.
    #[param(required = false)]
    pub reseller_id: Option<ResellerId>,
    /// Only those in this state.
    #[param(required = false)]
    pub state: Option<ArchiveState>,
    /// Only those whose name, e-mail address or reference has this fragment.
    #[param(required = false, example = "nord")]
    pub q: Option<String>,
}

/// How customers are sorted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CustomerOrder {
    /// Without it the newest come first.
    #[param(required = false)]
    pub sort: Option<CustomerSort>,
}

/// How customers are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CustomerSort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// By name.
    Name,
}

mirror!(
    CustomerSort = filter::CustomerSort {
        Newest,
        Oldest,
        Name
    }
);

impl CustomerFilter {
    /// The filter a use case takes, in this order.
    fn ordered(&self, order: CustomerOrder) -> Result<filter::CustomerFilter, Problem> {
        Ok(filter::CustomerFilter {
            ids: None,
            reseller_id: self.reseller_id.map(Into::into),
            state: self.state.map(Into::into),
            fragment: fragment("/q", self.q.as_deref())?,
            sort: order.sort.map(Into::into).unwrap_or_default(),
        })
    }
}

/// A new customer.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCustomer {
    /// Its name.
    #[schema(example = "Nordwind GmbH")]
    pub name: String,
    /// Where to write to.
    #[schema(example = "it@nordwind.example")]
    pub email: Option<String>,
    /// The vendor's own number for it.
    #[schema(example = "C-1042")]
    pub reference: Option<String>,
    /// Whose customer it is to be, if a reseller's. Left out by a reseller's own people.
    #[serde(default)]
    #[schema(required = false)]
    pub reseller_id: Option<ResellerId>,
}

/// What to change about a customer. What is left out stays; null clears.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCustomer {
    /// Its name.
    #[serde(default)]
    #[schema(example = "Nordwind AG", nullable = false)]
    pub name: Option<String>,
    /// Where to write to; null clears it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "it@nordwind.example")]
    pub email: Option<Option<String>>,
    /// The vendor's own number for it; null clears it.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>, example = "C-1042")]
    pub reference: Option<Option<String>>,
}

/// Tells "left out" from "null".
pub(crate) fn given<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(from).map(Some)
}

/// Lists customers.
#[utoipa::path(get, path = "/v1/customers", tag = "customers", params(PageQuery, CustomerFilter, CustomerOrder),
    responses((status = 200, description = "A page of customers.", body = Page<Customer>)),
    extensions(("x-problems" = json!(["text_too_long"]))))]
async fn list_customers(
    api: Caller,
    list: List<CustomerFilter, CustomerOrder>,
) -> Answer<Page<Customer>> {
    let filter = list.filter.ordered(list.sort)?;
    let page = api
        .app
        .customer_list(&api.actor, &filter, list.page)
        .await?;
    Ok(Json(Page::of(page, Customer::from)))
}

/// Creates a customer.
#[utoipa::path(post, path = "/v1/customers", tag = "customers", request_body = CreateCustomer,
    responses((status = 200, description = "The customer is created.", body = change::Changed<Customer>)),
    extensions(("x-problems" = json!(["customer_reference_taken", "customer_reference_not_yours",
        "reseller_not_found", "reseller_archived", "@text", "@email"]))))]
async fn create_customer(api: Caller, command: Command<CreateCustomer>) -> Act<Customer> {
    let body = &command.body;
    let new = customer::CreateCustomer {
        name: field("/name", Name::parse(&body.name))?,
        email: optional(
            "/email",
            body.email.as_deref(),
            EmailAddress::parse_optional,
        )?,
        reference: optional(
            "/reference",
            body.reference.as_deref(),
            Reference::parse_optional,
        )?,
        reseller_id: body.reseller_id.map(Into::into),
    };
    let changed = api
        .app
        .customer_create(&api.actor, command.retry, new)
        .await?;
    api.customer_done(&changed).await
}

/// Shows a customer, with the number of its licenses.
#[utoipa::path(get, path = "/v1/customers/{id}", tag = "customers",
    params(("id" = CustomerId, Path, description = "The customer.")),
    responses((status = 200, description = "The customer.", body = Customer)),
    extensions(("x-problems" = json!(["customer_not_found"]))))]
async fn get_customer(api: Caller, PathId(id): PathId<CustomerId>) -> Answer<Customer> {
    Ok(Json(
        api.app.customer_get(&api.actor, id.into()).await?.into(),
    ))
}

/// Changes a customer's name, e-mail address or reference.
#[utoipa::path(patch, path = "/v1/customers/{id}", tag = "customers",
    params(("id" = CustomerId, Path, description = "The customer.")), request_body = UpdateCustomer,
    responses((status = 200, description = "The customer is changed.", body = change::Changed<Customer>)),
    extensions(("x-problems" = json!(["customer_not_found", "customer_reference_taken",
        "customer_reference_not_yours", "customer_unchanged", "@text", "@email"]))))]
async fn update_customer(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    command: Command<UpdateCustomer>,
) -> Act<Customer> {
    let UpdateCustomer {
        name,
        email,
        reference,
    } = &command.body;
    let email = email.as_ref().map(Option::as_deref);
    let reference = reference.as_ref().map(Option::as_deref);
    let update = customer::UpdateCustomer {
        name: name
            .as_deref()
            .map(|name| field("/name", Name::parse(name)))
            .transpose()?,
        email: email
            .map(|typed| optional("/email", typed, EmailAddress::parse_optional))
            .transpose()?,
        reference: reference
            .map(|typed| optional("/reference", typed, Reference::parse_optional))
            .transpose()?,
    };
    let changed = api
        .app
        .customer_update(&api.actor, command.retry, id.into(), update)
        .await?;
    api.customer_done(&changed).await
}

/// Archives a customer: its licenses stay, no new ones are issued to it.
#[utoipa::path(post, path = "/v1/customers/{id}/archive", tag = "customers",
    params(("id" = CustomerId, Path, description = "The customer.")),
    responses((status = 200, description = "The customer is archived.", body = change::Changed<Customer>)),
    extensions(("x-problems" = json!(["customer_not_found", "customer_archived"]))))]
async fn archive_customer(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    command: Command<NoBody>,
) -> Act<Customer> {
    let changed = api
        .app
        .customer_archive(&api.actor, command.retry, id.into())
        .await?;
    api.customer_done(&changed).await
}

/// Takes a customer out of the archive.
#[utoipa::path(post, path = "/v1/customers/{id}/unarchive", tag = "customers",
    params(("id" = CustomerId, Path, description = "The customer.")),
    responses((status = 200, description = "The customer is active again.", body = change::Changed<Customer>)),
    extensions(("x-problems" = json!(["customer_not_found", "customer_not_archived"]))))]
async fn unarchive_customer(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    command: Command<NoBody>,
) -> Act<Customer> {
    let changed = api
        .app
        .customer_unarchive(&api.actor, command.retry, id.into())
        .await?;
    api.customer_done(&changed).await
}

impl Caller {
    /// What was recorded, with the customer as it is now.
    pub(crate) async fn customer_done(
        &self,
        changed: &Changed<domain::CustomerId>,
    ) -> Act<Customer> {
        let customer = self.app.customer_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, customer))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_customers, create_customer))
        .routes(routes!(get_customer, update_customer))
        .routes(routes!(archive_customer))
        .routes(routes!(unarchive_customer))
        .merge(csv::routes())
        .merge(import::routes())
        .merge(timeline::routes())
}
