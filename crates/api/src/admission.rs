//! Admissions: which machines may be activated, where a customer controls that.

pub mod collection;
pub mod import;

use axum::Json;
use latchkey_app::admission::AdmissionDecision;
use latchkey_app::{filter, view};
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::activation::Activation;
use crate::answer::{Act, Answer, Done};
use crate::bulk::BulkReport;
use crate::caller::Caller;
use crate::change;
use crate::customer::Customer;
use crate::extract::{Command, List, PathId};
use crate::id::{AdmissionId, CustomerId, LicenseId};
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::problem::Problem;
use crate::text::fragment;
use crate::time::Timestamp;

/// Whether a machine may be activated on a customer's licenses.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Admission {
    /// Its id.
    pub id: AdmissionId,
    /// Whose licenses.
    pub customer_id: CustomerId,
    /// The customer's name.
    #[schema(example = "Nordwind GmbH")]
    pub customer_name: String,
    /// What the licensed app knows the machine by.
    #[schema(example = "9F86D081-884C")]
    pub machine_code: String,
    /// What people call the machine; null if nobody has said.
    #[schema(required, example = "Drawing office 3")]
    pub friendly_name: Option<String>,
    /// The license that it asked for first; null if it was admitted before it asked.
    #[schema(required)]
    pub license_id: Option<LicenseId>,
    /// That license's key.
    #[schema(required, example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: Option<String>,
    /// Whether it may.
    pub state: AdmissionState,
    /// When it first asked, or was admitted.
    pub created_at: Timestamp,
    /// When somebody decided; null while nobody has.
    #[schema(required)]
    pub decided_at: Option<Timestamp>,
    /// When it last asked without being admitted; null if it never did.
    #[schema(required)]
    pub asked_at: Option<Timestamp>,
    /// How often it did.
    #[schema(example = 3)]
    pub asks: u32,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// Whether a machine may be activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AdmissionState {
    /// It has asked, and nobody has decided.
    Waiting,
    /// It may.
    Admitted,
    /// It may not.
    Refused,
    /// What was said of it was undone.
    Withdrawn,
}

mirror!(
    AdmissionState = domain::admission::AdmissionState {
        Waiting,
        Admitted,
        Refused,
        Withdrawn
    }
);

impl From<view::AdmissionView> for Admission {
    fn from(view: view::AdmissionView) -> Self {
        let admission = view.admission;
        Self {
            id: admission.id.into(),
            customer_id: admission.customer_id.into(),
            customer_name: view.customer_name.to_string(),
            machine_code: admission.machine_code.to_string(),
            friendly_name: admission.friendly_name.map(|name| name.to_string()),
            license_id: admission.license_id.map(Into::into),
            license_key: view.license_key.map(|key| key.to_string()),
            state: admission.state.into(),
            created_at: admission.created_at.into(),
            decided_at: admission.decided_at.map(Into::into),
            asked_at: admission.asked_at.map(Into::into),
            asks: admission.asks,
            version: admission.version,
        }
    }
}

/// Which machines are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AdmissionFilter {
    /// Only those of this customer.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
    /// Only those in this state; without it all but those that were undone.
    #[param(required = false)]
    pub state: Option<AdmissionState>,
    /// Only those whose machine code or name has this fragment.
    #[param(required = false, example = "office")]
    pub q: Option<String>,
}

/// Machines of the list to decide about.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DecideAboutMachines {
    /// Which: 2,000 at most.
    #[schema(max_items = 2000)]
    pub ids: Vec<AdmissionId>,
}

/// The license to activate a machine on.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateAdmittedMachine {
    /// One of the same customer.
    pub license_id: LicenseId,
}

/// Whether only admitted machines are to be activated.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetControlledActivation {
    /// True for only admitted ones, false for all.
    pub on: bool,
}

/// Lists the machines that customers have admitted or refused, and those that wait, newest first.
#[utoipa::path(get, path = "/v1/admissions", tag = "admissions", params(PageQuery, AdmissionFilter),
    responses((status = 200, description = "A page of machines.", body = Page<Admission>)),
    extensions(("x-problems" = json!(["text_too_long"]))))]
async fn list_admissions(api: Caller, list: List<AdmissionFilter>) -> Answer<Page<Admission>> {
    let filter = filter::AdmissionFilter {
        ids: None,
        customer_id: list.filter.customer_id.map(Into::into),
        state: list.filter.state.map(Into::into),
        fragment: fragment("/q", list.filter.q.as_deref())?,
    };
    let page = api
        .app
        .admission_list(&api.actor, &filter, list.page)
        .await?;
    Ok(Json(Page::of(page, Admission::from)))
}

impl Caller {
    async fn decide_about(
        &self,
        command: Command<DecideAboutMachines>,
        decision: AdmissionDecision,
    ) -> Result<Done<BulkReport>, Problem> {
        let ids = command.body.ids.into_iter().map(Into::into).collect();
        let changed = self
            .app
            .admissions_decide(&self.actor, command.retry, ids, decision)
            .await?;
        Ok(BulkReport::done(false, changed))
    }
}

/// Admits machines of the list: from now on they may be activated.
#[utoipa::path(post, path = "/v1/admissions/admit", tag = "admissions", request_body = DecideAboutMachines,
    responses((status = 200, description = "What was done.", body = BulkReport)),
    extensions(("x-problems" = json!(["admission_not_found", "bulk_too_large"]))))]
async fn admit_machines(
    api: Caller,
    command: Command<DecideAboutMachines>,
) -> Result<Done<BulkReport>, Problem> {
    api.decide_about(command, AdmissionDecision::Admit).await
}

/// Refuses machines of the list: they are not activated any more, and do not wait. What is active stays so.
#[utoipa::path(post, path = "/v1/admissions/refuse", tag = "admissions", request_body = DecideAboutMachines,
    responses((status = 200, description = "What was done.", body = BulkReport)),
    extensions(("x-problems" = json!(["admission_not_found", "bulk_too_large"]))))]
async fn refuse_machines(
    api: Caller,
    command: Command<DecideAboutMachines>,
) -> Result<Done<BulkReport>, Problem> {
    api.decide_about(command, AdmissionDecision::Refuse).await
}

/// Activates an admitted machine before it asks, so that a machine without a network has an activation that its key and its
/// license files are bound to.
#[utoipa::path(post, path = "/v1/admissions/{id}/activate", tag = "admissions",
    params(("id" = AdmissionId, Path, description = "The machine's admission.")), request_body = ActivateAdmittedMachine,
    responses((status = 200, description = "The machine is active.", body = change::Changed<Activation>)),
    extensions(("x-problems" = json!(["admission_not_found", "machine_not_admitted", "license_not_found", "license_suspended", "license_expired", "license_revoked", "seats_exhausted"]))))]
async fn activate_admitted_machine(
    api: Caller,
    PathId(id): PathId<AdmissionId>,
    command: Command<ActivateAdmittedMachine>,
) -> Act<Activation> {
    let license_id = command.body.license_id.into();
    let changed = api
        .app
        .admission_activate(&api.actor, command.retry, id.into(), license_id)
        .await?;
    let activation = api.app.activation_get(&api.actor, changed.value).await?;
    Ok(Done::changed(&changed, Activation::from(activation)))
}

/// Says whether only admitted machines are activated on the customer's licenses. The machines that are active when it is
/// switched on are admitted with it.
#[utoipa::path(post, path = "/v1/customers/{id}/controlled-activation", tag = "admissions",
    params(("id" = CustomerId, Path, description = "The customer.")), request_body = SetControlledActivation,
    responses((status = 200, description = "It is so from now on.", body = change::Changed<Customer>)),
    extensions(("x-problems" = json!(["customer_not_found", "bulk_too_large"]))))]
async fn set_controlled_activation(
    api: Caller,
    PathId(id): PathId<CustomerId>,
    command: Command<SetControlledActivation>,
) -> Act<Customer> {
    let on = command.body.on;
    let changed = api
        .app
        .controlled_activation_set(&api.actor, command.retry, id.into(), on)
        .await?;
    api.customer_done(&changed).await
}

/// The routes of this entity.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_admissions))
        .routes(routes!(admit_machines))
        .routes(routes!(refuse_machines))
        .routes(routes!(activate_admitted_machine))
        .routes(routes!(set_controlled_activation))
        .merge(import::routes())
        .merge(collection::routes())
}
