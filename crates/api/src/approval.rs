//! Approvals: acts that take two people, of which one asks and another approves.

use axum::Json;
use latchkey_app::{Changed, approval, filter};
use latchkey_domain as domain;
use latchkey_domain::approval::JointAct;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::{Act, Answer, Done};
use crate::bulk::ids;
use crate::caller::Caller;
use crate::change::{self, NoBody};
use crate::extract::{Command, List, PathId, Spoken};
use crate::id::{ActorId, ApprovalId, LicenseId};
use crate::license::LicenseFilter;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;

/// An act that waits for a second person, or waited.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Approval {
    /// Its id.
    pub id: ApprovalId,
    /// What it is for.
    pub act: ApprovalAct,
    /// For revoking: exactly these licenses. Empty otherwise.
    pub license_ids: Vec<LicenseId>,
    /// What has become of it.
    pub state: ApprovalState,
    /// Who asked.
    pub requested_by: ActorId,
    /// What they were called.
    #[schema(example = "Ada Park")]
    pub requested_by_name: String,
    /// When they asked.
    pub created_at: Timestamp,
    /// Until when it can be approved.
    pub expires_at: Timestamp,
    /// Who decided; null while nobody has.
    #[schema(required)]
    pub decided_by: Option<ActorId>,
    /// What they were called.
    #[schema(required, example = "Ben Ortiz")]
    pub decided_by_name: Option<String>,
    /// When they did.
    #[schema(required)]
    pub decided_at: Option<Timestamp>,
    /// How often it was recorded.
    #[schema(example = 1)]
    pub version: u32,
}

/// An act that takes two people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalAct {
    /// Revoking licenses.
    RevokeLicenses,
    /// Lifting the vendor's lockdown.
    LiftLockdown,
    /// Letting one person alone do what takes two so far.
    EndTwoPeople,
}

/// What has become of an approval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalState {
    /// Nobody has decided.
    Waiting,
    /// It was given, and the act was done with it.
    Given,
    /// Somebody refused it.
    Refused,
    /// Whoever asked for it took that back.
    Withdrawn,
    /// Nobody decided in time.
    Expired,
}

impl Approval {
    fn of(approval: domain::approval::Approval, now: domain::Timestamp) -> Self {
        use domain::approval::ApprovalState as State;
        let state = match approval.state {
            State::Waiting if approval.waits(now).is_err() => ApprovalState::Expired,
            State::Waiting => ApprovalState::Waiting,
            State::Given => ApprovalState::Given,
            State::Refused => ApprovalState::Refused,
            State::Withdrawn => ApprovalState::Withdrawn,
        };
        let (act, license_ids) = match approval.act {
            JointAct::RevokeLicenses { license_ids } => (ApprovalAct::RevokeLicenses, license_ids),
            JointAct::LiftLockdown => (ApprovalAct::LiftLockdown, Vec::new()),
            JointAct::EndTwoPeople => (ApprovalAct::EndTwoPeople, Vec::new()),
        };
        Self {
            id: approval.id.into(),
            act,
            license_ids: license_ids.into_iter().map(Into::into).collect(),
            state,
            requested_by: approval.requested_by.into(),
            requested_by_name: approval.requested_by_name,
            created_at: approval.created_at.into(),
            expires_at: approval.expires_at.into(),
            decided_by: approval.decided_by.map(Into::into),
            decided_by_name: approval.decided_by_name,
            decided_at: approval.decided_at.map(Into::into),
            version: approval.version,
        }
    }
}

/// What a second person is asked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestApproval {
    /// What is to be done.
    pub act: ApprovalAct,
    /// For revoking: which licenses. Those that match now are named in the approval one by one.
    #[serde(default)]
    pub filter: LicenseFilter,
    /// Only those among them with these ids: 2,000 at most.
    #[schema(max_items = 2000)]
    pub ids: Option<Vec<LicenseId>>,
}

impl RequestApproval {
    fn parse(self) -> Result<approval::RequestApproval, Problem> {
        Ok(match self.act {
            ApprovalAct::RevokeLicenses => {
                approval::RequestApproval::RevokeLicenses(filter::LicenseFilter {
                    ids: ids(self.ids),
                    ..self.filter.parse("/filter")?
                })
            }
            ApprovalAct::LiftLockdown => approval::RequestApproval::LiftLockdown,
            ApprovalAct::EndTwoPeople => approval::RequestApproval::EndTwoPeople,
        })
    }
}

/// Lists approvals, newest first.
#[utoipa::path(get, path = "/v1/approvals", tag = "approvals", params(PageQuery),
    responses((status = 200, description = "A page of approvals.", body = Page<Approval>)))]
async fn list_approvals(api: Caller, list: List<NoFilter>) -> Answer<Page<Approval>> {
    let page = api.app.approval_list(&api.actor, list.page).await?;
    let now = api.app.now();
    Ok(Json(Page::of(page, |approval| Approval::of(approval, now))))
}

/// Asks a second person for an act that takes two. They have a quarter of an hour. Whoever could approve it is told by
/// e-mail, if the server sends any, in the language that the browser names first, English or German.
#[utoipa::path(post, path = "/v1/approvals", tag = "approvals", request_body = RequestApproval,
    responses((status = 200, description = "The act waits for another person.", body = change::Changed<Approval>)),
    extensions(("x-problems" = json!(["two_people_not_asked_for", "vendor_not_locked_down", "approval_pointless",
        "bulk_too_large", "factor_stale", "license_key_length", "license_key_character"]))))]
async fn request_approval(
    api: Caller,
    Spoken(language): Spoken,
    command: Command<RequestApproval>,
) -> Act<Approval> {
    let asked = command.body.parse()?;
    let changed = api
        .app
        .approval_request(&api.actor, command.retry, asked, language)
        .await?;
    api.approval_done(changed).await
}

/// Shows an approval.
#[utoipa::path(get, path = "/v1/approvals/{id}", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval.")),
    responses((status = 200, description = "The approval.", body = Approval)),
    extensions(("x-problems" = json!(["approval_not_found"]))))]
async fn get_approval(api: Caller, PathId(id): PathId<ApprovalId>) -> Answer<Approval> {
    let approval = api.app.approval_get(&api.actor, id.into()).await?;
    Ok(Json(Approval::of(approval, api.app.now())))
}

/// Gives an approval that somebody else asked for: exactly what it is for is done, in the same change.
#[utoipa::path(post, path = "/v1/approvals/{id}/give", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval.")),
    responses((status = 200, description = "It is given, and the act is done.", body = change::Changed<Approval>)),
    extensions(("x-problems" = json!(["approval_not_found", "approval_own_request", "approval_decided",
        "approval_expired", "approval_asker_may_not", "vendor_not_locked_down", "two_people_not_asked_for",
        "factor_stale"]))))]
async fn give_approval(
    api: Caller,
    PathId(id): PathId<ApprovalId>,
    command: Command<NoBody>,
) -> Act<Approval> {
    let changed = api
        .app
        .approval_give(&api.actor, command.retry, id.into())
        .await?;
    api.approval_done(changed).await
}

/// Refuses an approval that somebody else asked for.
#[utoipa::path(post, path = "/v1/approvals/{id}/refuse", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval.")),
    responses((status = 200, description = "It is refused.", body = change::Changed<Approval>)),
    extensions(("x-problems" = json!(["approval_not_found", "approval_own_request", "approval_decided",
        "approval_expired"]))))]
async fn refuse_approval(
    api: Caller,
    PathId(id): PathId<ApprovalId>,
    command: Command<NoBody>,
) -> Act<Approval> {
    let changed = api
        .app
        .approval_refuse(&api.actor, command.retry, id.into())
        .await?;
    api.approval_done(changed).await
}

/// Takes back that one has asked for an approval.
#[utoipa::path(post, path = "/v1/approvals/{id}/withdraw", tag = "approvals",
    params(("id" = ApprovalId, Path, description = "The approval.")),
    responses((status = 200, description = "It is withdrawn.", body = change::Changed<Approval>)),
    extensions(("x-problems" = json!(["approval_not_found", "approval_not_yours", "approval_decided",
        "approval_expired"]))))]
async fn withdraw_approval(
    api: Caller,
    PathId(id): PathId<ApprovalId>,
    command: Command<NoBody>,
) -> Act<Approval> {
    let changed = api
        .app
        .approval_withdraw(&api.actor, command.retry, id.into())
        .await?;
    api.approval_done(changed).await
}

impl Caller {
    async fn approval_done(&self, changed: Changed<domain::ApprovalId>) -> Act<Approval> {
        let approval = self.app.approval_get(&self.actor, changed.value).await?;
        let now = self.app.now();
        Ok(Done::changed(&changed, Approval::of(approval, now)))
    }
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_approvals, request_approval))
        .routes(routes!(get_approval))
        .routes(routes!(give_approval))
        .routes(routes!(refuse_approval))
        .routes(routes!(withdraw_approval))
}
