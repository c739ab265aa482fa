//! The overview: what there is, and what is worth looking at.

use axum::Json;
use latchkey_app::overview::{self, EXPIRING_DAYS, UNUSED_DAYS};
use latchkey_app::view;
use latchkey_domain::ledger::hex;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::id::ProductId;
use crate::time::Timestamp;

/// What there is, in numbers.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Overview {
    /// When it was so.
    pub at: Timestamp,
    /// Licenses by state.
    pub licenses: LicenseCounts,
    /// Seats of all licenses.
    pub seats: SeatCounts,
    /// Active licenses that end soon: within 30, 60 and 90 days.
    pub expiring: Vec<ExpiringCount>,
    /// Active seats that nobody was seen on: for 30, 90 and 180 days.
    pub unused: Vec<UnusedCount>,
    /// Licenses on which no machine was ever activated.
    #[schema(example = 12)]
    pub never_activated: u64,
    /// Licenses with all seats used.
    #[schema(example = 3)]
    pub full: u64,
    /// The last 30 days, the oldest first.
    pub days: Vec<DayCount>,
    /// The products with most seats, at most 20.
    pub products: Vec<ProductCounts>,
    /// The ledger.
    pub ledger: LedgerSize,
}

/// Licenses by state.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct LicenseCounts {
    /// That can be used.
    #[schema(example = 950)]
    pub active: u64,
    /// Whose term is over.
    #[schema(example = 40)]
    pub expired: u64,
    /// That cannot be used for now.
    #[schema(example = 8)]
    pub suspended: u64,
    /// That can never be used again.
    #[schema(example = 2)]
    pub revoked: u64,
}

/// Seats, added up.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct SeatCounts {
    /// That are used.
    #[schema(example = 2800)]
    pub used: u64,
    /// That there are.
    #[schema(example = 5000)]
    pub max: u64,
}

/// Licenses that end within some days.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ExpiringCount {
    /// The days.
    #[schema(example = 30)]
    pub days: u32,
    /// The licenses.
    #[schema(example = 17)]
    pub licenses: u64,
}

/// Seats that nobody was seen on for some days.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct UnusedCount {
    /// The days.
    #[schema(example = 90)]
    pub days: u32,
    /// The activations.
    #[schema(example = 120)]
    pub activations: u64,
}

/// What happened on one day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DayCount {
    /// The day, in UTC.
    #[schema(example = "2026-11-01", format = Date)]
    pub day: String,
    /// Machines activated.
    #[schema(example = 14)]
    pub activated: u64,
    /// Machines deactivated.
    #[schema(example = 3)]
    pub deactivated: u64,
}

/// The licenses and seats of one product.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProductCounts {
    /// The product.
    pub product_id: ProductId,
    /// Its name.
    #[schema(example = "Atlas CAD")]
    pub product_name: String,
    /// Its licenses.
    #[schema(example = 400)]
    pub licenses: u64,
    /// Their used seats.
    #[schema(example = 1200)]
    pub seats_used: u64,
    /// All their seats.
    #[schema(example = 2000)]
    pub seats_max: u64,
}

/// How much the ledger holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LedgerSize {
    /// Entries.
    #[schema(example = 105_592)]
    pub size: u64,
    /// The root hash over them, in hexadecimal; null before the first entry.
    #[schema(required)]
    pub root: Option<String>,
}

impl From<overview::Overview> for Overview {
    fn from(found: overview::Overview) -> Self {
        let all = found.all;
        let stopped = all.suspended + all.revoked + all.expired;
        Self {
            at: found.at.into(),
            licenses: LicenseCounts {
                active: all.licenses.saturating_sub(stopped),
                expired: all.expired,
                suspended: all.suspended,
                revoked: all.revoked,
            },
            seats: SeatCounts {
                used: all.seats_used,
                max: all.seats_max,
            },
            expiring: EXPIRING_DAYS
                .into_iter()
                .zip(all.expiring)
                .map(|(days, licenses)| ExpiringCount { days, licenses })
                .collect(),
            unused: UNUSED_DAYS
                .into_iter()
                .zip(found.unused)
                .map(|(days, activations)| UnusedCount { days, activations })
                .collect(),
            never_activated: all.never_activated,
            full: all.full,
            days: found.days.into_iter().map(DayCount::from).collect(),
            products: found
                .products
                .into_iter()
                .map(ProductCounts::from)
                .collect(),
            ledger: LedgerSize {
                size: found.ledger.as_ref().map_or(0, |head| head.size),
                root: found.ledger.map(|head| hex(&head.root)),
            },
        }
    }
}

impl From<view::DayCount> for DayCount {
    fn from(count: view::DayCount) -> Self {
        Self {
            day: count.day.to_chrono().format("%F").to_string(),
            activated: count.activated,
            deactivated: count.deactivated,
        }
    }
}

impl From<view::ProductSum> for ProductCounts {
    fn from(sum: view::ProductSum) -> Self {
        Self {
            product_id: sum.product_id.into(),
            product_name: sum.product_name.to_string(),
            licenses: sum.terms.licenses,
            seats_used: sum.terms.seats_used,
            seats_max: sum.terms.seats_max,
        }
    }
}

/// Tells what there is, in numbers.
#[utoipa::path(get, path = "/v1/overview", tag = "me",
    responses((status = 200, description = "The numbers.", body = Overview)))]
async fn get_overview(api: Caller) -> Answer<Overview> {
    Ok(Json(api.app.overview(&api.actor).await?.into()))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new().routes(routes!(get_overview))
}
