//! Licenses: rights given to customers. Here is what one looks like and how to find it.

pub mod bulk;
pub mod certificate;
mod csv;
pub mod import;
pub mod issue;
pub mod lifecycle;

use axum::Json;
use latchkey_app::{Changed, filter, view};
use latchkey_domain as domain;
use latchkey_domain::license_key::LicenseKey;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::extract::{List, PathId};
use crate::id::{CustomerId, LicenseId, PolicyId, ProductId, ResellerId, TemplateId};
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::problem::Problem;
use crate::return_limit::LicenseReturns;
use crate::text::field;
use crate::time::Timestamp;

/// A right given to a customer under a policy's revision.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct License {
    /// Its id.
    pub id: LicenseId,
    /// The license key a person types.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub key: String,
    /// The product it is for.
    pub product_id: ProductId,
    /// That product's name.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// The policy it was issued from.
    pub policy_id: PolicyId,
    /// That policy's name.
    #[schema(example = "Professional, yearly")]
    pub policy_name: String,
    /// The revision of the policy it was issued under.
    #[schema(example = 1)]
    pub policy_revision: u32,
    /// The revision it takes when it is renewed; null when it keeps its own.
    #[schema(required, example = json!(null))]
    pub renewal_revision: Option<u32>,
    /// Who owns it.
    pub customer_id: CustomerId,
    /// The owner's name.
    #[schema(example = "Nordwind GmbH")]
    pub customer_name: String,
    /// The reseller that issued it; null for who has it from the vendor.
    #[schema(required)]
    pub reseller_id: Option<ResellerId>,
    /// The reseller's template it was issued from.
    #[schema(required)]
    pub template_id: Option<TemplateId>,
    /// Whether it can be used.
    pub state: LicenseState,
    /// Why it is suspended, if somebody said.
    #[schema(required, example = "Invoice 2026-118 is unpaid")]
    pub suspended_for: Option<String>,
    /// From when it runs.
    pub starts_at: Timestamp,
    /// Until when it runs; null when for ever.
    #[schema(required)]
    pub expires_at: Option<Timestamp>,
    /// How many machines can be active at once.
    #[schema(example = 5)]
    pub seats_max: u32,
    /// How many are.
    #[schema(example = 2)]
    pub seats_used: u32,
    /// Whether its files name the machines they are for.
    pub node_locked: bool,
    /// How long an exported license file is good for, at most.
    #[schema(example = 30)]
    pub license_file_days: u32,
    /// How often its seats may be given back by who is not the vendor; null when as often as they like.
    #[schema(required)]
    pub returns: Option<LicenseReturns>,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// Whether a license can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenseState {
    /// It can.
    Active,
    /// Not for now.
    Suspended,
    /// Its term is over; renewing brings it back.
    Expired,
    /// Never again.
    Revoked,
}

mirror!(
    LicenseState = domain::license::LicenseState {
        Active,
        Suspended,
        Expired,
        Revoked
    }
);

impl License {
    /// The license as it stands at a moment: whether it has run out is a matter of time.
    pub(crate) fn at(now: domain::Timestamp) -> impl Fn(view::LicenseView) -> Self {
        move |view| {
            let license = view.license;
            Self {
                state: license.state(now).into(),
                returns: LicenseReturns::of(&license, now),
                id: license.id.into(),
                key: license.key.to_string(),
                product_id: license.product_id.into(),
                product_name: view.product_name.to_string(),
                policy_id: license.policy_id.into(),
                policy_name: view.policy_name.to_string(),
                policy_revision: license.policy_revision,
                renewal_revision: license.renewal_revision,
                customer_id: license.customer_id.into(),
                customer_name: view.customer_name.to_string(),
                reseller_id: license.reseller_id.map(Into::into),
                template_id: license.template_id.map(Into::into),
                suspended_for: license.suspended_for,
                starts_at: license.starts_at.into(),
                expires_at: license.expires_at.map(Into::into),
                seats_max: license.seats_max,
                seats_used: license.seats_used,
                node_locked: license.node_locked,
                license_file_days: license.license_file_days,
                version: license.version,
                issued_at: license.issued_at.into(),
            }
        }
    }
}

/// Which licenses are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LicenseFilter {
    /// Only those for this product.
    #[param(required = false)]
    pub product_id: Option<ProductId>,
    /// Only those issued from this policy.
    #[param(required = false)]
    pub policy_id: Option<PolicyId>,
    /// Only those of this customer.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
    /// Only those that this reseller issued.
    #[param(required = false)]
    pub reseller_id: Option<ResellerId>,
    /// Only those in this state.
    #[param(required = false)]
    pub state: Option<LicenseState>,
    /// Only those that run out before this time.
    #[param(required = false)]
    pub expires_before: Option<Timestamp>,
    /// Only those that run out at this time or later.
    #[param(required = false)]
    pub expires_after: Option<Timestamp>,
    /// Only those with so many of their seats used.
    #[param(required = false)]
    pub seats: Option<SeatUse>,
    /// Only those whose license key begins like this.
    #[param(required = false, example = "0A1B2")]
    #[schema(example = "0A1B2")]
    pub key: Option<String>,
}

/// How many seats of a license are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatUse {
    /// None, and none ever was: no machine was activated on it.
    Never,
    /// None at present.
    None,
    /// At least one is free.
    Free,
    /// All of them.
    Full,
}

mirror!(
    SeatUse = filter::SeatUse {
        Never,
        None,
        Free,
        Full
    }
);

/// How licenses are sorted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LicenseOrder {
    /// Without it the newest come first, or with `expires_before` the soonest to end.
    #[param(required = false)]
    pub sort: Option<LicenseSort>,
}

/// How licenses are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LicenseSort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
    /// The soonest to end first, perpetual ones last.
    Expires,
}

impl LicenseOrder {
    /// The sorting a use case takes.
    pub(crate) fn of(self) -> filter::LicenseSort {
        match self.sort {
            None => filter::LicenseSort::Natural,
            Some(LicenseSort::Newest) => filter::LicenseSort::Newest,
            Some(LicenseSort::Oldest) => filter::LicenseSort::Oldest,
            Some(LicenseSort::Expires) => filter::LicenseSort::Expires,
        }
    }
}

impl LicenseFilter {
    /// The filter that a list takes, in this order.
    fn ordered(&self, order: LicenseOrder) -> Result<filter::LicenseFilter, Problem> {
        let sort = order.of();
        Ok(filter::LicenseFilter {
            sort,
            ..self.parse("")?
        })
    }

    /// The filter a use case takes; `pointer` is where it stands in the request.
    pub(crate) fn parse(&self, pointer: &str) -> Result<filter::LicenseFilter, Problem> {
        let key = self
            .key
            .as_deref()
            .map(str::trim)
            .filter(|key| !key.is_empty());
        let key =
            key.map(|key| field(&format!("{pointer}/key"), LicenseKey::canonical_prefix(key)));
        Ok(filter::LicenseFilter {
            ids: None,
            product_id: self.product_id.map(Into::into),
            policy_id: self.policy_id.map(Into::into),
            customer_id: self.customer_id.map(Into::into),
            reseller_id: self.reseller_id.map(Into::into),
            state: self.state.map(Into::into),
            expires_before: self.expires_before.map(Into::into),
            expires_after: self.expires_after.map(Into::into),
            seats: self.seats.map(Into::into),
            key_prefix: key.transpose()?,
            sort: filter::LicenseSort::default(),
        })
    }
}

impl Caller {
    pub(crate) async fn license_done(&self, changed: &Changed<domain::LicenseId>) -> Act<License> {
        let license = self.app.license_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, License::at(self.app.now())(license)))
    }
}

/// Lists licenses.
#[utoipa::path(get, path = "/v1/licenses", tag = "licenses", params(PageQuery, LicenseFilter, LicenseOrder),
    responses((status = 200, description = "A page of licenses.", body = Page<License>)),
    extensions(("x-problems" = json!(["license_key_length", "license_key_character"]))))]
async fn list_licenses(
    api: Caller,
    list: List<LicenseFilter, LicenseOrder>,
) -> Answer<Page<License>> {
    let filter = list.filter.ordered(list.sort)?;
    let page = api.app.license_list(&api.actor, &filter, list.page).await?;
    Ok(Json(Page::of(page, License::at(api.app.now()))))
}

/// Shows a license.
#[utoipa::path(get, path = "/v1/licenses/{id}", tag = "licenses",
    params(("id" = LicenseId, Path, description = "The license.")),
    responses((status = 200, description = "The license.", body = License)),
    extensions(("x-problems" = json!(["license_not_found"]))))]
async fn get_license(api: Caller, PathId(id): PathId<LicenseId>) -> Answer<License> {
    let license = api.app.license_get(&api.actor, id.into()).await?;
    Ok(Json(License::at(api.app.now())(license)))
}

/// The routes of this entity.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_licenses))
        .routes(routes!(get_license))
        .merge(issue::routes())
        .merge(lifecycle::routes())
        .merge(bulk::routes())
        .merge(certificate::routes())
        .merge(csv::routes())
        .merge(import::routes())
}
