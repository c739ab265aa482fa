//! Resellers: partners that issue on the vendor's behalf.

pub mod acts;
pub mod invite;
pub mod replace;

use axum::Json;
use latchkey_app::{Changed, filter, reseller};
use latchkey_domain as domain;
use latchkey_domain::text::Name;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId};
use crate::id::ResellerId;
use crate::page::{Page, PageQuery};
use crate::product::ArchiveState;
use crate::text::{field, fragment};
use crate::time::Timestamp;

/// A partner that issues on the vendor's behalf.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Reseller {
    /// Its id.
    pub id: ResellerId,
    /// Its name.
    #[schema(example = "Südlicht Handel")]
    pub name: String,
    /// Below which other it stands, if the vendor does not deal with it directly.
    #[schema(required)]
    pub parent_id: Option<ResellerId>,
    /// Whether it may issue.
    pub state: ArchiveState,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
    /// When it was made.
    pub created_at: Timestamp,
}

impl From<domain::reseller::Reseller> for Reseller {
    fn from(reseller: domain::reseller::Reseller) -> Self {
        Self {
            id: reseller.id.into(),
            name: reseller.name.to_string(),
            parent_id: reseller.parent_id.map(Into::into),
            state: reseller.state.into(),
            version: reseller.version,
            created_at: reseller.created_at.into(),
        }
    }
}

/// Which resellers are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResellerFilter {
    /// Only those directly below this one. To a reseller's people only those below theirs are shown anyway.
    #[param(required = false)]
    pub parent_id: Option<ResellerId>,
    /// Only those in this state.
    #[param(required = false)]
    pub state: Option<ArchiveState>,
    /// Only those whose name has this fragment.
    #[param(required = false, example = "licht")]
    pub q: Option<String>,
}

/// A new reseller.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateReseller {
    /// Its name.
    #[schema(example = "Südlicht Handel")]
    pub name: String,
    /// Below which other it is to stand, if any. Left out by a reseller's own people: theirs stand below it.
    #[serde(default)]
    #[schema(required = false)]
    pub parent_id: Option<ResellerId>,
}

/// What to change about a reseller.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenameReseller {
    /// Its new name.
    #[schema(example = "Südlicht Handel AG")]
    pub name: String,
}

/// Lists resellers, newest first; to a reseller's people those directly below theirs.
#[utoipa::path(get, path = "/v1/resellers", tag = "resellers", params(PageQuery, ResellerFilter),
    responses((status = 200, description = "A page of resellers.", body = Page<Reseller>)),
    extensions(("x-problems" = json!(["text_too_long"]))))]
async fn list_resellers(api: Caller, list: List<ResellerFilter>) -> Answer<Page<Reseller>> {
    let filter = filter::ResellerFilter {
        ids: None,
        parent_id: list.filter.parent_id.map(Into::into),
        state: list.filter.state.map(Into::into),
        fragment: fragment("/q", list.filter.q.as_deref())?,
    };
    let page = api
        .app
        .reseller_list(&api.actor, &filter, list.page)
        .await?;
    Ok(Json(Page::of(page, Reseller::from)))
}

/// Creates a reseller, of the vendor's or below another.
#[utoipa::path(post, path = "/v1/resellers", tag = "resellers", request_body = CreateReseller,
    responses((status = 200, description = "The reseller is created.", body = change::Changed<Reseller>)),
    extensions(("x-problems" = json!(["@text", "reseller_not_found", "reseller_archived", "reseller_above_archived",
        "reseller_too_deep", "reseller_limit"]))))]
async fn create_reseller(api: Caller, command: Command<CreateReseller>) -> Act<Reseller> {
    let new = reseller::CreateReseller {
        name: field("/name", Name::parse(&command.body.name))?,
        parent_id: command.body.parent_id.map(Into::into),
    };
    let changed = api
        .app
        .reseller_create(&api.actor, command.retry, new)
        .await?;
    api.reseller_done(&changed).await
}

/// Shows a reseller.
#[utoipa::path(get, path = "/v1/resellers/{id}", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller.")),
    responses((status = 200, description = "The reseller.", body = Reseller)),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn get_reseller(api: Caller, PathId(id): PathId<ResellerId>) -> Answer<Reseller> {
    let reseller = api.app.reseller_get(&api.actor, id.into()).await?;
    Ok(Json(reseller.into()))
}

/// Gives a reseller another name.
#[utoipa::path(patch, path = "/v1/resellers/{id}", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller.")), request_body = RenameReseller,
    responses((status = 200, description = "The reseller is renamed.", body = change::Changed<Reseller>)),
    extensions(("x-problems" = json!(["reseller_not_found", "@text"]))))]
async fn rename_reseller(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    command: Command<RenameReseller>,
) -> Act<Reseller> {
    let name = field("/name", Name::parse(&command.body.name))?;
    let changed = api
        .app
        .reseller_rename(&api.actor, command.retry, id.into(), name)
        .await?;
    api.reseller_done(&changed).await
}

/// Archives a reseller: it issues nothing more, nor do those below it; what was issued stays.
#[utoipa::path(post, path = "/v1/resellers/{id}/archive", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller.")),
    responses((status = 200, description = "The reseller is archived.", body = change::Changed<Reseller>)),
    extensions(("x-problems" = json!(["reseller_not_found", "reseller_archived"]))))]
async fn archive_reseller(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    command: Command<NoBody>,
) -> Act<Reseller> {
    let changed = api
        .app
        .reseller_archive(&api.actor, command.retry, id.into())
        .await?;
    api.reseller_done(&changed).await
}

/// Takes a reseller out of the archive.
#[utoipa::path(post, path = "/v1/resellers/{id}/unarchive", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller.")),
    responses((status = 200, description = "The reseller may issue again.", body = change::Changed<Reseller>)),
    extensions(("x-problems" = json!(["reseller_not_found", "reseller_not_archived"]))))]
async fn unarchive_reseller(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    command: Command<NoBody>,
) -> Act<Reseller> {
    let changed = api
        .app
        .reseller_unarchive(&api.actor, command.retry, id.into())
        .await?;
    api.reseller_done(&changed).await
}

impl Caller {
    async fn reseller_done(&self, changed: &Changed<domain::ResellerId>) -> Act<Reseller> {
        let reseller = self.app.reseller_get(&self.actor, changed.value).await?;
        Ok(Done::changed(changed, reseller))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_resellers, create_reseller))
        .routes(routes!(get_reseller, rename_reseller))
        .routes(routes!(archive_reseller))
        .routes(routes!(unarchive_reseller))
        .merge(acts::routes())
        .merge(invite::routes())
        .merge(replace::routes())
}
