//! Replacing a reseller by another.

use latchkey_app::{Changed, reseller};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::bulk::count;
use crate::caller::Caller;
use crate::change::ChangeRef;
use crate::extract::{Command, PathId};
use crate::id::{ResellerId, TemplateId};
use crate::problem::{Problem, sentence};

/// By whom a reseller is to be replaced.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplaceReseller {
    /// Who takes its place: a reseller that stands beside it.
    pub by: ResellerId,
    /// Only tell what would happen.
    #[serde(default)]
    pub dry_run: bool,
}

/// What replacing a reseller did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReplaceReport {
    /// True when nothing was changed.
    pub dry_run: bool,
    /// What was recorded; null when nothing was. It cannot be undone.
    #[schema(required)]
    pub change: Option<ChangeRef>,
    /// The customers that go over.
    pub customers: HandedOver,
    /// The licenses that go over with them. What was issued counts where it was issued.
    pub licenses: HandedOver,
    /// What becomes of the templates: what is left of each goes over.
    pub templates: Vec<HandedTemplate>,
    /// What is in the way; empty where nothing is.
    pub obstacles: Vec<Obstacle>,
}

/// Things that go over to another reseller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandedOver {
    /// How many.
    #[schema(example = 12)]
    pub count: u64,
    /// The first 1,000, the oldest first.
    pub rows: Vec<HandedRow>,
}

/// One thing that goes over to another reseller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandedRow {
    /// Its id.
    #[schema(example = "cus_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub id: String,
    /// What a person calls it.
    #[schema(example = "Nordwind GmbH")]
    pub subject: String,
}

/// What becomes of a template.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HandedTemplate {
    /// The template, which is withdrawn.
    pub id: TemplateId,
    /// Its name.
    #[schema(example = "Professional, yearly")]
    pub name: String,
    /// How many licenses are left of it, and go over.
    #[schema(example = 8)]
    pub left: i64,
    /// Whether the other reseller has none of the policy, and is granted one with the same bounds.
    pub is_new: bool,
}

/// What is in the way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Obstacle {
    /// The stable code of the refusal.
    #[schema(example = "reseller_has_below")]
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
    /// The smallest change that would help.
    #[schema(required)]
    pub fix: Option<String>,
}

impl From<reseller::Handed> for HandedOver {
    fn from(handed: reseller::Handed) -> Self {
        let rows = handed.rows.into_iter();
        Self {
            count: count(handed.count),
            rows: rows
                .map(|(id, subject)| HandedRow { id, subject })
                .collect(),
        }
    }
}

impl From<reseller::HandedTemplate> for HandedTemplate {
    fn from(handed: reseller::HandedTemplate) -> Self {
        Self {
            id: handed.id.into(),
            name: handed.name,
            left: handed.left,
            is_new: handed.is_new,
        }
    }
}

impl From<reseller::Obstacle> for Obstacle {
    fn from(obstacle: reseller::Obstacle) -> Self {
        Self {
            code: obstacle.code,
            detail: sentence(&obstacle.sentence),
            fix: obstacle.fix,
        }
    }
}

impl ReplaceReport {
    fn of(dry_run: bool, changed: Changed<reseller::ReplaceReport>) -> Self {
        let change = ChangeRef::of(&changed);
        let report = changed.value;
        Self {
            dry_run,
            change,
            customers: report.customers.into(),
            licenses: report.licenses.into(),
            templates: report.templates.into_iter().map(Into::into).collect(),
            obstacles: report.obstacles.into_iter().map(Into::into).collect(),
        }
    }
}

/// Replaces a reseller by another, as one change: its customers, its licenses and what is left of its quota go over, and
/// it is archived. Its statement stays with it. Asks people for a password that they gave a moment ago.
#[utoipa::path(post, path = "/v1/resellers/{id}/replace", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller that is replaced.")), request_body = ReplaceReseller,
    responses((status = 200, description = "What was done, or would be.", body = ReplaceReport)),
    extensions(("x-problems" = json!(["reseller_not_found", "reseller_itself", "reseller_elsewhere",
        "reseller_has_below", "reseller_archived", "reseller_above_archived", "bulk_too_large", "template_limit",
        "quota_out_of_bounds"]))))]
async fn replace_reseller(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    command: Command<ReplaceReseller>,
) -> Result<Done<ReplaceReport>, Problem> {
    let ReplaceReseller { by, dry_run } = command.body;
    let act = reseller::ReplaceReseller {
        id: id.into(),
        by: by.into(),
        dry_run,
    };
    let changed = api
        .app
        .reseller_replace(&api.actor, command.retry, act)
        .await?;
    let replayed = changed.replayed;
    Ok(Done::new(ReplaceReport::of(dry_run, changed), replayed))
}

/// The routes of this file.
pub(super) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(replace_reseller))
}
