//! How many seats were in use, by day; what machines were told no for; and the vendor's reports.

use axum::Json;
use axum::response::Response;
use latchkey_app::filter::Page;
use latchkey_app::usage;
use latchkey_app::view::{ReportBy, UsageFilter};
use latchkey_domain as domain;
use latchkey_domain::id::TypedId as _;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::{Query, Table};
use crate::id::{CustomerId, LicenseId, ProductId, ResellerId};
use crate::import::FileBytes;
use crate::mirror::mirror;
use crate::page::NoFilter;
use crate::price::Money;
use crate::problem::Problem;

/// Days that are told where nobody says how many.
const DAYS: u32 = 90;

/// Of which licenses, and for how long.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UsageQuery {
    /// Only of licenses that this customer has, or had then.
    #[param(required = false)]
    pub customer_id: Option<CustomerId>,
    /// Only of licenses that this reseller issued.
    #[param(required = false)]
    pub reseller_id: Option<ResellerId>,
    /// Only of licenses of this product.
    #[param(required = false)]
    pub product_id: Option<ProductId>,
    /// Only of this license.
    #[param(required = false)]
    pub license_id: Option<LicenseId>,
    /// How many days, today among them: 366 at most, 90 when left out.
    #[param(required = false, minimum = 1, maximum = 366)]
    pub days: Option<u32>,
}

impl UsageQuery {
    fn filter(&self) -> UsageFilter {
        UsageFilter {
            customer_id: self.customer_id.map(Into::into),
            reseller_id: self.reseller_id.map(Into::into),
            product_id: self.product_id.map(Into::into),
            license_id: self.license_id.map(Into::into),
            nothing: false,
        }
    }

    fn days(&self) -> u32 {
        self.days.unwrap_or(DAYS)
    }
}

/// How licenses were used.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Usage {
    /// Licenses that can be used now.
    #[schema(example = 12)]
    pub licenses: u64,
    /// Their seats.
    #[schema(example = 300)]
    pub seats_max: u64,
    /// The days that were asked for, the first one first.
    pub days: Vec<UsageDay>,
    /// What machines were told no for in these days, the most frequent first. It is remembered for 90 days.
    pub denied: Vec<DeniedReason>,
    /// Entries of the ledger that are still to be counted; the days are right once it is 0.
    #[schema(example = 0)]
    pub behind: u64,
}

/// How licenses were used on one day.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UsageDay {
    /// The day, in UTC.
    #[schema(example = "2026-11-01", format = Date)]
    pub day: String,
    /// Seats in use at its end.
    #[schema(example = 211)]
    pub used: u64,
    /// Seats in use at the same time, at most. Of several licenses the peaks are added up.
    #[schema(example = 218)]
    pub peak: u64,
    /// How often machines were told no.
    #[schema(example = 3)]
    pub denied: u64,
}

csv_row!(UsageDay {
    day,
    used,
    peak,
    denied
});

/// How often machines were told no for a reason.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeniedReason {
    /// The code of the refusal.
    #[schema(example = "seats_exhausted")]
    pub refusal: String,
    /// How often.
    #[schema(example = 17)]
    pub count: u64,
}

impl From<usage::UsageDay> for UsageDay {
    fn from(day: usage::UsageDay) -> Self {
        Self {
            day: day.day.to_chrono().format("%F").to_string(),
            used: day.used,
            peak: day.peak,
            denied: day.denied,
        }
    }
}

impl From<usage::Usage> for Usage {
    fn from(found: usage::Usage) -> Self {
        let denied = found.denied.into_iter();
        Self {
            licenses: found.now.licenses,
            seats_max: found.now.seats_max,
            days: found.days.into_iter().map(UsageDay::from).collect(),
            denied: denied
                .map(|(refusal, count)| DeniedReason { refusal, count })
                .collect(),
            behind: found.behind,
        }
    }
}

/// What a report has a line for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportGroup {
    /// Each customer.
    Customer,
    /// Each reseller.
    Reseller,
    /// Each product.
    Product,
}

mirror!(
    ReportGroup = ReportBy {
        Customer,
        Reseller,
        Product
    }
);

/// Which report is wanted.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// What it has a line for.
    pub by: ReportGroup,
    /// For how many days peaks and denials are told, today among them: 366 at most, 90 when left out.
    #[param(required = false, minimum = 1, maximum = 366)]
    pub days: Option<u32>,
}

/// What each customer, reseller or product has, and how it is used.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Report {
    /// A line each, those with most seats first; 1,000 at most.
    pub items: Vec<ReportLine>,
    /// Entries of the ledger that are still to be counted; the peaks are right once it is 0.
    #[schema(example = 0)]
    pub behind: u64,
}

/// A line of a report.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReportLine {
    /// The customer's, reseller's or product's id.
    pub id: String,
    /// Its name.
    #[schema(example = "Nordwind GmbH")]
    pub name: String,
    /// Licenses that can be used now.
    #[schema(example = 4)]
    pub licenses: u64,
    /// Their seats.
    #[schema(example = 120)]
    pub seats_max: u64,
    /// Seats of them in use now.
    #[schema(example = 88)]
    pub seats_used: u64,
    /// Seats in use at the same time, at most, in the days of the report.
    #[schema(example = 97)]
    pub peak: u64,
    /// How often machines were told no in these days.
    #[schema(example = 5)]
    pub denied: u64,
}

csv_row!(ReportLine {
    id,
    name,
    licenses,
    seats_max,
    seats_used,
    peak,
    denied
});

impl ReportLine {
    fn of(by: ReportGroup, line: &usage::ReportLine) -> Self {
        let id = line.sum.id;
        Self {
            id: match by {
                ReportGroup::Customer => domain::CustomerId::from_uuid(id).to_string(),
                ReportGroup::Reseller => domain::ResellerId::from_uuid(id).to_string(),
                ReportGroup::Product => domain::ProductId::from_uuid(id).to_string(),
            },
            name: line.sum.name.to_string(),
            licenses: line.sum.licenses,
            seats_max: line.sum.seats_max,
            seats_used: line.sum.seats_used,
            peak: line.peak,
            denied: line.denied,
        }
    }
}

/// What ends in the next months.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Endings {
    /// Twelve months, the present one first, from now on.
    pub items: Vec<Ending>,
}

/// The licenses that end in one month.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Ending {
    /// The month, in UTC.
    #[schema(example = "2026-12")]
    pub month: String,
    /// Licenses that can be used until then.
    #[schema(example = 31)]
    pub licenses: u64,
    /// Their seats.
    #[schema(example = 402)]
    pub seats_max: u64,
    /// What another term of them would cost by their policies, of each currency; those without a price are left out.
    pub revenue: Vec<Money>,
}

/// Tells how many seats were in use, by day, and what machines were told no for.
#[utoipa::path(get, path = "/v1/usage", tag = "usage", params(UsageQuery),
    responses((status = 200, description = "The usage.", body = Usage)))]
async fn get_usage(api: Caller, Query(query): Query<UsageQuery>) -> Answer<Usage> {
    let found = api
        .app
        .usage(&api.actor, &query.filter(), query.days())
        .await?;
    Ok(Json(found.into()))
}

/// Exports how many seats were in use, by day, as CSV.
#[utoipa::path(get, path = "/v1/usage/csv", tag = "usage", params(CsvQuery, UsageQuery),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")))]
async fn export_usage_csv(
    api: Caller,
    table: Table<UsageQuery, NoFilter>,
) -> Result<Response, Problem> {
    let read = |api: Caller, query: UsageQuery, _| async move {
        let found = api
            .app
            .usage_export(&api.actor, &query.filter(), query.days())
            .await?;
        Ok(whole(found.days.into_iter().map(UsageDay::from).collect()))
    };
    csv::answer(api, "usage", table.query, table.filter, read).await
}

/// Tells what each customer, reseller or product has, and how it is used.
#[utoipa::path(get, path = "/v1/reports", tag = "usage", params(ReportQuery),
    responses((status = 200, description = "The report.", body = Report)))]
async fn get_report(api: Caller, Query(query): Query<ReportQuery>) -> Answer<Report> {
    let days = query.days.unwrap_or(DAYS);
    let found = api.app.report(&api.actor, query.by.into(), days).await?;
    Ok(Json(Report {
        items: lines(query.by, &found.lines),
        behind: found.behind,
    }))
}

/// Exports what each customer, reseller or product has, and how it is used, as CSV.
#[utoipa::path(get, path = "/v1/reports/csv", tag = "usage", params(CsvQuery, ReportQuery),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")))]
async fn export_report_csv(
    api: Caller,
    table: Table<ReportQuery, NoFilter>,
) -> Result<Response, Problem> {
    let read = |api: Caller, query: ReportQuery, _| async move {
        let days = query.days.unwrap_or(DAYS);
        let found = api
            .app
            .report_export(&api.actor, query.by.into(), days)
            .await?;
        Ok(whole(lines(query.by, &found.lines)))
    };
    csv::answer(api, "report", table.query, table.filter, read).await
}

fn lines(by: ReportGroup, lines: &[usage::ReportLine]) -> Vec<ReportLine> {
    let lines = lines.iter();
    lines.map(|line| ReportLine::of(by, line)).collect()
}

/// All of a table, as the only page of a list.
fn whole<T>(rows: Vec<T>) -> Page<T> {
    Page {
        count: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        rows,
        next: None,
    }
}

/// Tells how many licenses end in this month and in each of the eleven after it.
#[utoipa::path(get, path = "/v1/reports/endings", tag = "usage",
    responses((status = 200, description = "The months.", body = Endings)))]
async fn list_endings(api: Caller) -> Answer<Endings> {
    let endings = api.app.endings(&api.actor).await?.into_iter();
    let items = endings.map(|ending| Ending {
        month: ending.month.to_chrono().format("%Y-%m").to_string(),
        licenses: ending.licenses,
        seats_max: ending.seats_max,
        revenue: ending
            .revenue
            .into_iter()
            .map(|(currency, amount)| Money {
                amount,
                currency: currency.to_string(),
            })
            .collect(),
    });
    Ok(Json(Endings {
        items: items.collect(),
    }))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(get_usage))
        .routes(routes!(export_usage_csv))
        .routes(routes!(get_report))
        .routes(routes!(export_report_csv))
        .routes(routes!(list_endings))
}
