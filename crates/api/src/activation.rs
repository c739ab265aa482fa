//! Activations: licenses bound to machines, each using a seat. Here is what one looks like and how to find it.

pub mod activate;
pub mod bulk;
mod csv;
pub mod import;

use axum::Json;
use latchkey_app::{filter, view};
use latchkey_domain as domain;
use latchkey_domain::text::MachineCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::extract::{List, PathId};
use crate::id::{
    ActivationId, ChangeId, CustomerId, LicenseId, MachineId, ProductId, ReturnReceiptId,
};
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::problem::Problem;
use crate::text::{fragment, optional};
use crate::time::Timestamp;

/// A license bound to a machine.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Activation {
    /// Its id.
    pub id: ActivationId,
    /// The license whose seat it uses.
    pub license_id: LicenseId,
    /// That license's key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: String,
    /// The license's product.
    pub product_id: ProductId,
    /// That product's name.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// The license's owner.
    pub customer_id: CustomerId,
    /// The owner's name.
    #[schema(example = "Nordwind GmbH")]
    pub customer_name: String,
    /// The machine.
    pub machine_id: MachineId,
    /// What the licensed app knows the machine by.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
    /// What people call the machine.
    #[schema(example = "Drawing office 3")]
    pub friendly_name: String,
    /// Whether it uses a seat.
    pub state: ActivationState,
    /// When the machine was activated.
    pub activated_at: Timestamp,
    /// When the machine was last heard of.
    pub last_seen_at: Timestamp,
    /// When the seat was given back; null while it is used.
    #[schema(required)]
    pub deactivated_at: Option<Timestamp>,
    /// The machine's public key that its license files are bound to; null without one.
    #[schema(required, example = json!(null))]
    pub machine_key: Option<String>,
    /// The receipt with which a machine without a network gave the seat back; null when it was not so.
    #[schema(required)]
    pub return_receipt_id: Option<ReturnReceiptId>,
    /// Whether the machine was heard of after that.
    pub seen_after_return: bool,
    /// Whether the seat is kept, however long the machine is not seen.
    pub kept: bool,
    /// When it was announced that the seat will be freed for being idle; null when it was not, or the machine was seen since.
    #[schema(required)]
    pub warned_at: Option<Timestamp>,
    /// When the seat will be freed then.
    #[schema(required)]
    pub reclaim_at: Option<Timestamp>,
    /// The change by which the program freed the seat for being idle; null when it did not.
    #[schema(required)]
    pub reclaimed_by: Option<ChangeId>,
    /// Until when that can be undone.
    #[schema(required)]
    pub reclaim_undo_until: Option<Timestamp>,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// Whether an activation uses a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivationState {
    /// It does.
    Active,
    /// The seat was given back.
    Deactivated,
}

mirror!(
    ActivationState = domain::activation::ActivationState {
        Active,
        Deactivated
    }
);

impl From<view::ActivationView> for Activation {
    fn from(view: view::ActivationView) -> Self {
        let activation = view.activation;
        let reclaimed = activation.reclaimed();
        let since = view.reclaim_since;
        let reclaim_at = since.and_then(|since| activation.announced(since));
        Self {
            seen_after_return: activation.is_seen_after_return(),
            kept: activation.kept,
            warned_at: activation
                .warned_at
                .filter(|_| reclaim_at.is_some())
                .map(Into::into),
            reclaim_at: reclaim_at.map(Into::into),
            reclaimed_by: reclaimed.map(|(change, _)| change.into()),
            reclaim_undo_until: reclaimed.map(|(_, at)| domain::change::undo_until(at).into()),
            machine_key: activation.machine_key.map(Into::into),
            return_receipt_id: activation.return_receipt_id.map(Into::into),
            id: activation.id.into(),
            license_id: activation.license_id.into(),
            license_key: view.license_key.to_string(),
            product_id: activation.product_id.into(),
            product_name: view.product_name.to_string(),
            customer_id: activation.customer_id.into(),
            customer_name: view.customer_name.to_string(),
            machine_id: activation.machine_id.into(),
            machine_code: view.machine_code.to_string(),
            friendly_name: view.friendly_name.to_string(),
            state: activation.state.into(),
            activated_at: activation.activated_at.into(),
            last_seen_at: activation.last_seen_at.into(),
            deactivated_at: activation.deactivated_at.map(Into::into),
            version: activation.version,
        }
    }
}

/// Which activations are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivationFilter {
    /// Only those of this license.
    #[param(required = false)]
    pub license_id: Option<LicenseId>,
    /// Only those of this customer.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
    /// Only those of this product.
    #[param(required = false)]
    pub product_id: Option<ProductId>,
    /// Only those in this state.
    #[param(required = false)]
    pub state: Option<ActivationState>,
    /// Only those whose machine's friendly name has this fragment, in any case and script.
    #[param(required = false, example = "office")]
    #[schema(example = "office")]
    pub friendly_name: Option<String>,
    /// Only those of machines whose code begins like this, as typed or in all capital or all small letters.
    #[param(required = false, example = "9F86D081")]
    #[schema(example = "9F86D081")]
    pub machine_code: Option<String>,
    /// Only those not heard of since this time.
    #[param(required = false)]
    pub not_seen_since: Option<Timestamp>,
    /// Only those that reclaim has to do with, in one of these ways.
    #[param(required = false)]
    #[serde(default)]
    pub reclaim: Option<ReclaimFilter>,
}

/// What reclaim has to do with a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReclaimFilter {
    /// It will be freed unless its machine is seen; the list is sorted by when.
    Warned,
    /// It is kept, however long its machine is not seen.
    Kept,
    /// It was freed for being idle, and its machine is not active since.
    Freed,
}

mirror!(
    ReclaimFilter = filter::ReclaimFilter {
        Warned,
        Kept,
        Freed
    }
);

/// How activations are sorted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivationOrder {
    /// Without it the newest come first, or with `not_seen_since` the longest unseen.
    #[param(required = false)]
    pub sort: Option<ActivationSort>,
}

/// How activations are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActivationSort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// The longest unseen first.
    LastSeen,
}

impl ActivationOrder {
    /// The sorting a use case takes.
    pub(crate) fn of(self) -> filter::ActivationSort {
        match self.sort {
            None => filter::ActivationSort::Natural,
            Some(ActivationSort::Newest) => filter::ActivationSort::Newest,
            Some(ActivationSort::Oldest) => filter::ActivationSort::Oldest,
            Some(ActivationSort::LastSeen) => filter::ActivationSort::LastSeen,
        }
    }
}

impl ActivationFilter {
    /// The filter that a list takes, in this order.
    fn ordered(&self, order: ActivationOrder) -> Result<filter::ActivationFilter, Problem> {
        let sort = order.of();
        Ok(filter::ActivationFilter {
            sort,
            ..self.parse("")?
        })
    }

    /// The filter a use case takes; `pointer` is where it stands in the request.
    pub(crate) fn parse(&self, pointer: &str) -> Result<filter::ActivationFilter, Problem> {
        Ok(filter::ActivationFilter {
            ids: None,
            license_id: self.license_id.map(Into::into),
            customer_id: self.customer_id.map(Into::into),
            reseller_id: None,
            product_id: self.product_id.map(Into::into),
            state: self.state.map(Into::into),
            fragment: fragment(
                &format!("{pointer}/friendly_name"),
                self.friendly_name.as_deref(),
            )?,
            machine_code_prefix: optional(
                &format!("{pointer}/machine_code"),
                self.machine_code.as_deref(),
                MachineCode::parse_optional,
            )?
            .map(|code| code.to_string()),
            not_seen_since: self.not_seen_since.map(Into::into),
            reclaim: self.reclaim.map(Into::into),
            sort: filter::ActivationSort::default(),
        })
    }
}

/// Lists activations across licenses.
#[utoipa::path(get, path = "/v1/activations", tag = "activations", params(PageQuery, ActivationFilter, ActivationOrder),
    responses((status = 200, description = "A page of activations.", body = Page<Activation>)),
    extensions(("x-problems" = json!(["text_too_long", "text_invisible_character"]))))]
async fn list_activations(
    api: Caller,
    list: List<ActivationFilter, ActivationOrder>,
) -> Answer<Page<Activation>> {
    let filter = list.filter.ordered(list.sort)?;
    let page = api
        .app
        .activation_list(&api.actor, &filter, list.page)
        .await?;
    Ok(Json(Page::of(page, Activation::from)))
}

/// Shows an activation.
#[utoipa::path(get, path = "/v1/activations/{id}", tag = "activations",
    params(("id" = ActivationId, Path, description = "The activation.")),
    responses((status = 200, description = "The activation.", body = Activation)),
    extensions(("x-problems" = json!(["activation_not_found"]))))]
async fn get_activation(api: Caller, PathId(id): PathId<ActivationId>) -> Answer<Activation> {
    Ok(Json(
        api.app.activation_get(&api.actor, id.into()).await?.into(),
    ))
}

/// The routes of this entity.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_activations))
        .routes(routes!(get_activation))
        .merge(activate::routes())
        .merge(bulk::routes())
        .merge(csv::routes())
        .merge(import::routes())
}
