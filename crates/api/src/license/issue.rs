//! Issuing licenses, singly and by the thousand.

use latchkey_app::license;
use latchkey_domain::license::IssueTerms;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::License;
use crate::ApiState;
use crate::answer::{Act, Done};
use crate::caller::Caller;
use crate::change::Changed;
use crate::extract::Command;
use crate::id::{CustomerId, LicenseId, PolicyId};
use crate::time::Timestamp;

/// A license to issue.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueLicense {
    /// The policy to issue from.
    pub policy_id: PolicyId,
    /// Who gets it.
    pub customer_id: CustomerId,
    /// Seats, where they differ from the policy's.
    #[schema(example = 5, minimum = 1, maximum = 1_000_000)]
    pub seats_max: Option<u32>,
    /// Until when it runs, where that differs from the policy's term.
    pub expires_at: Option<Timestamp>,
}

/// Many licenses to issue.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueLicenses {
    /// The policy to issue from.
    pub policy_id: PolicyId,
    /// Who gets them.
    pub customer_id: CustomerId,
    /// How many.
    #[schema(example = 1000, minimum = 1, maximum = 1000)]
    pub count: u32,
}

/// The licenses issued by one request.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IssuedLicenses {
    /// How many.
    #[schema(example = 1000)]
    pub count: u32,
    /// Each with its key.
    pub licenses: Vec<IssuedLicense>,
}

/// One of many licenses issued.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IssuedLicense {
    /// Its id.
    pub id: LicenseId,
    /// The license key a person types.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub key: String,
}

/// Issues a license.
#[utoipa::path(post, path = "/v1/licenses", tag = "licenses", request_body = IssueLicense,
    responses((status = 200, description = "The license is issued.", body = Changed<License>)),
    extensions(("x-problems" = json!(["policy_not_found", "policy_retired", "product_archived", "customer_not_found", "customer_archived", "license_seats_out_of_bounds", "license_end_passed"]))))]
async fn issue_license(api: Caller, command: Command<IssueLicense>) -> Act<License> {
    let body = &command.body;
    let terms = IssueTerms {
        seats_max: body.seats_max,
        expires_at: body.expires_at.map(Into::into),
    };
    let new = license::IssueLicense {
        policy_id: body.policy_id.into(),
        customer_id: body.customer_id.into(),
        terms,
    };
    let changed = api
        .app
        .license_issue(&api.actor, command.retry, new)
        .await?;
    api.license_done(&changed).await
}

/// Issues up to a thousand licenses at once, all or none.
#[utoipa::path(post, path = "/v1/licenses/batch", tag = "licenses", request_body = IssueLicenses,
    responses((status = 200, description = "The licenses are issued.", body = Changed<IssuedLicenses>)),
    extensions(("x-problems" = json!(["policy_not_found", "policy_retired", "product_archived", "customer_not_found", "customer_archived", "license_batch_out_of_bounds"]))))]
async fn issue_licenses(api: Caller, command: Command<IssueLicenses>) -> Act<IssuedLicenses> {
    let new = license::IssueLicenses {
        policy_id: command.body.policy_id.into(),
        customer_id: command.body.customer_id.into(),
        count: command.body.count,
    };
    let changed = api
        .app
        .licenses_issue(&api.actor, command.retry, new)
        .await?;
    let write = |issued: &license::Issued| IssuedLicense {
        id: issued.id.into(),
        key: issued.key.to_string(),
    };
    let licenses: Vec<IssuedLicense> = changed.value.iter().map(write).collect();
    Ok(Done::changed(
        &changed,
        IssuedLicenses {
            count: command.body.count,
            licenses,
        },
    ))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(issue_license))
        .routes(routes!(issue_licenses))
}
