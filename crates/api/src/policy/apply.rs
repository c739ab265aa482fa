//! Bringing licenses to the newest revision of their policy.

use latchkey_app::policy::{adopt, apply};
use latchkey_app::{Changed, filter};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Done;
use crate::bulk::{BulkReport, BulkRow, BulkSummary, count, ids};
use crate::caller::Caller;
use crate::change::ChangeRef;
use crate::extract::{Command, PathId};
use crate::id::{ActivationId, LicenseId, PolicyId};
use crate::license::LicenseFilter;
use crate::mirror::mirror;
use crate::problem::Problem;
use crate::time::Timestamp;

/// Which licenses of a policy are brought to its newest revision, and when.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApplyPolicy {
    /// Those of its licenses that fit this.
    #[serde(default)]
    pub filter: LicenseFilter,
    /// Only those among them with these ids: 2,000 at most.
    #[schema(max_items = 2000)]
    pub ids: Option<Vec<LicenseId>>,
    /// When.
    pub when: ApplyWhen,
    /// Only tell what would happen.
    #[serde(default)]
    pub dry_run: bool,
}

/// When licenses take a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApplyWhen {
    /// At once. Their end stays; seats that are too many are given back, the longest unseen first.
    Now,
    /// When each is next renewed.
    AtRenewal,
}

mirror!(ApplyWhen = apply::ApplyWhen { Now, AtRenewal });

/// What bringing licenses to a revision did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApplyReport {
    /// True when nothing was changed.
    pub dry_run: bool,
    /// What was recorded; null when nothing was.
    #[schema(required)]
    pub change: Option<ChangeRef>,
    /// How many had which outcome.
    pub summary: BulkSummary,
    /// How many of them get fewer seats.
    #[schema(example = 14)]
    pub fewer_seats: u64,
    /// How many seats in use are given back.
    #[schema(example = 3)]
    pub seats_freed: u64,
    /// How many of them may give seats back less often than before.
    #[schema(example = 0)]
    pub fewer_returns: u64,
    /// How many of them lose a feature.
    #[schema(example = 0)]
    pub fewer_features: u64,
    /// The first 1,000, all refused ones first.
    pub rows: Vec<BulkRow>,
    /// The first 1,000 that lose or gain something, those that give seats back first; as many seats by name.
    pub effects: Vec<ApplyEffect>,
}

/// What happens to one license.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApplyEffect {
    /// The license.
    pub license_id: LicenseId,
    /// Its key.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub key: String,
    /// Its seats before.
    #[schema(example = 25)]
    pub seats_before: u32,
    /// Its seats afterwards.
    #[schema(example = 20)]
    pub seats_after: u32,
    /// Whether its seats may be given back less often than before.
    pub fewer_returns: bool,
    /// Features it loses, by name.
    pub features_lost: Vec<String>,
    /// Features it gains, by name.
    pub features_gained: Vec<String>,
    /// Seats that are given back.
    pub frees: Vec<FreedSeat>,
}

/// A seat that is given back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FreedSeat {
    /// The activation.
    pub activation_id: ActivationId,
    /// What people call the machine.
    #[schema(example = "Drawing office 3")]
    pub friendly_name: String,
    /// When it was last heard of.
    pub last_seen_at: Timestamp,
}

impl From<apply::ApplyEffect> for ApplyEffect {
    fn from(effect: apply::ApplyEffect) -> Self {
        let adoption = effect.adoption;
        Self {
            license_id: effect.license_id.into(),
            key: effect.key,
            seats_before: adoption.seats_before,
            seats_after: adoption.seats_after,
            fewer_returns: adoption.fewer_returns,
            features_lost: adoption.features_lost,
            features_gained: adoption.features_gained,
            frees: adoption.frees.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<adopt::FreedSeat> for FreedSeat {
    fn from(seat: adopt::FreedSeat) -> Self {
        Self {
            activation_id: seat.activation_id.into(),
            friendly_name: seat.friendly_name,
            last_seen_at: seat.last_seen_at.into(),
        }
    }
}

/// Brings licenses of a policy to its newest revision, as one change.
#[utoipa::path(post, path = "/v1/policies/{id}/apply", tag = "policies",
    params(("id" = PolicyId, Path, description = "The policy.")), request_body = ApplyPolicy,
    responses((status = 200, description = "What was done, or would be.", body = ApplyReport)),
    extensions(("x-problems" = json!(["policy_not_found", "bulk_too_large",
        "license_key_length", "license_key_character"]))))]
async fn apply_policy(
    api: Caller,
    PathId(id): PathId<PolicyId>,
    command: Command<ApplyPolicy>,
) -> Result<Done<ApplyReport>, Problem> {
    let dry_run = command.body.dry_run;
    let act = apply::ApplyPolicy {
        id: id.into(),
        filter: filter::LicenseFilter {
            ids: ids(command.body.ids),
            ..command.body.filter.parse("/filter")?
        },
        when: command.body.when.into(),
        dry_run,
    };
    let Changed {
        change,
        undo_until,
        value,
        replayed,
    } = api.app.policy_apply(&api.actor, command.retry, act).await?;
    let (fewer_seats, seats_freed) = (count(value.fewer_seats), count(value.seats_freed));
    let fewer_returns = count(value.fewer_returns);
    let fewer_features = count(value.fewer_features);
    let effects = value.effects.into_iter().map(Into::into).collect();
    let bulk = Changed {
        change,
        undo_until,
        value: value.bulk,
        replayed,
    };
    let report = BulkReport::of(dry_run, bulk);
    let report = ApplyReport {
        dry_run,
        change: report.change,
        summary: report.summary,
        fewer_seats,
        seats_freed,
        fewer_returns,
        fewer_features,
        rows: report.rows,
        effects,
    };
    Ok(Done::new(report, replayed))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(apply_policy))
}
