//! The statement of a reseller: what moved its quota, each line with the ledger entry that recorded it.

pub mod document;

use std::borrow::Cow;

use axum::Json;
use axum::response::Response;
use latchkey_app::{filter, quota, view};
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::csv::{self, CsvQuery, csv_row};
use crate::extract::{List, PathId, Query, Table};
use crate::id::{CustomerId, LicenseId, QuotaMovementId, ResellerId, TemplateId};
use crate::import::FileBytes;
use crate::mirror::mirror;
use crate::page::{NoFilter, Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;

/// A line of a statement: one movement of quota.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatementLine {
    /// Its id.
    pub id: QuotaMovementId,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub kind: StatementKind,
    /// Whose quota moved.
    pub template_id: TemplateId,
    /// That template's name.
    #[schema(example = "Professional, yearly")]
    pub template_name: String,
    /// The license it is about; null where quota was granted or a template withdrawn.
    #[schema(required)]
    pub license_id: Option<LicenseId>,
    /// That license's key; null for whom the license is not theirs to see.
    #[schema(required, example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub license_key: Option<String>,
    /// Whose license it was; null for whom the customer is not theirs to see.
    #[schema(required)]
    pub customer_id: Option<CustomerId>,
    /// That customer's name.
    #[schema(required, example = "Nordwind GmbH")]
    pub customer_name: Option<String>,
    /// The reseller below that it went to or came from, if it did.
    #[schema(required, example = "Inselhandel")]
    pub below_name: Option<String>,
    /// What it posted to the account of what is left.
    #[schema(example = -1)]
    pub left: i64,
    /// What it posted to the account of what is issued.
    #[schema(example = 1)]
    pub issued: i64,
    /// The ledger entry that recorded it.
    #[schema(example = 1042)]
    pub entry_index: u64,
}

/// What moved quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// The vendor granted it, or the reseller above.
    Grant,
    /// The template was withdrawn: what was unused went back.
    Withdraw,
    /// It was granted on to a reseller below.
    Delegate,
    /// It came back unused from a reseller below.
    Recall,
    /// A license was issued.
    Consume,
    /// A license was renewed: nothing moved.
    Renew,
    /// A license was revoked in time: its place came back.
    Return,
    /// A license was revoked later than that: its place is used up.
    Expire,
}

mirror!(
    StatementKind = domain::quota::MovementKind {
        Grant,
        Withdraw,
        Delegate,
        Recall,
        Consume,
        Renew,
        Return,
        Expire
    }
);

impl From<view::QuotaView> for StatementLine {
    fn from(view: view::QuotaView) -> Self {
        let movement = view.movement;
        Self {
            id: movement.id.into(),
            at: movement.at.into(),
            kind: movement.kind.into(),
            template_id: movement.template_id.into(),
            template_name: view.template_name.to_string(),
            license_id: movement.license_id.map(Into::into),
            license_key: view.license_key.map(|key| key.to_string()),
            customer_id: movement.customer_id.map(Into::into),
            customer_name: view.customer_name.map(|name| name.to_string()),
            below_name: view.below_name.map(|name| name.to_string()),
            left: movement.postings.reseller,
            issued: movement.postings.customer,
            entry_index: view.entry_index,
        }
    }
}

csv_row!(StatementLine {
    id,
    at,
    kind,
    template_id,
    template_name,
    license_id,
    license_key,
    customer_id,
    customer_name,
    below_name,
    left,
    issued,
    entry_index,
});

/// What the lines of a statement add up to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatementSums {
    /// By template, the oldest first.
    pub templates: Vec<TemplateSums>,
}

/// What the lines about one template add up to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TemplateSums {
    /// The template.
    pub template_id: TemplateId,
    /// Its name.
    #[schema(example = "Professional, yearly")]
    pub template_name: String,
    /// Licenses that were granted.
    #[schema(example = 50)]
    pub granted: i64,
    /// Licenses that went back unused with a template that was withdrawn.
    #[schema(example = 0)]
    pub withdrawn: i64,
    /// Licenses that were granted on to resellers below.
    #[schema(example = 10)]
    pub delegated: i64,
    /// Licenses that came back unused from resellers below.
    #[schema(example = 0)]
    pub recalled: i64,
    /// Licenses that were issued.
    #[schema(example = 12)]
    pub issued: u64,
    /// Renewals.
    #[schema(example = 3)]
    pub renewed: u64,
    /// Licenses that were revoked in time: they are not to be paid for.
    #[schema(example = 1)]
    pub returned: u64,
    /// Licenses that were revoked too late for that.
    #[schema(example = 0)]
    pub expired: u64,
}

impl From<quota::TemplateSums> for TemplateSums {
    fn from(sums: quota::TemplateSums) -> Self {
        Self {
            template_id: sums.template_id.into(),
            template_name: sums.template_name.to_string(),
            granted: sums.granted,
            withdrawn: sums.withdrawn,
            delegated: sums.delegated,
            recalled: sums.recalled,
            issued: sums.issued,
            renewed: sums.renewed,
            returned: sums.returned,
            expired: sums.expired,
        }
    }
}

/// A month of UTC, from its first moment until the next one's.
#[derive(Clone, Copy, Debug)]
pub struct Month(domain::Timestamp, domain::Timestamp);

impl<'de> Deserialize<'de> for Month {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let first = (text.len() == 7).then(|| domain::Timestamp::parse(&format!("{text}-01")));
        match first.flatten() {
            Some(first) => Ok(Self(first, first.plus_months(1))),
            None => Err(serde::de::Error::custom("a month is written like 2027-01")),
        }
    }
}

impl PartialSchema for Month {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .description(Some("A month of UTC."))
            .pattern(Some("^[0-9]{4}-[0-9]{2}$"))
            .examples(["2027-01"])
            .into()
    }
}

impl ToSchema for Month {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Month")
    }
}

/// Which lines of a statement are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct StatementFilter {
    /// Only those of this month; without it all there are.
    #[param(required = false)]
    pub month: Option<Month>,
}

impl StatementFilter {
    fn of(&self, reseller: ResellerId) -> filter::QuotaFilter {
        filter::QuotaFilter {
            reseller_id: reseller.into(),
            between: self.month.map(|Month(from, until)| (from, until)),
        }
    }
}

/// Lists the lines of a reseller's statement, oldest first.
#[utoipa::path(get, path = "/v1/resellers/{id}/statement", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), PageQuery, StatementFilter),
    responses((status = 200, description = "A page of lines.", body = Page<StatementLine>)),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn list_statement(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    list: List<StatementFilter>,
) -> Answer<Page<StatementLine>> {
    let filter = list.filter.of(id);
    let page = api
        .app
        .statement_list(&api.actor, &filter, list.page)
        .await?;
    Ok(Json(Page::of(page, StatementLine::from)))
}

/// Adds up a reseller's statement, by template.
#[utoipa::path(get, path = "/v1/resellers/{id}/statement/sums", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), StatementFilter),
    responses((status = 200, description = "The sums.", body = StatementSums)),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn get_statement_sums(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    Query(filter): Query<StatementFilter>,
) -> Answer<StatementSums> {
    let sums = api.app.statement_sums(&api.actor, &filter.of(id)).await?;
    let templates = sums.into_iter().map(Into::into).collect();
    Ok(Json(StatementSums { templates }))
}

/// Downloads a reseller's statement as CSV, in the order of the list.
#[utoipa::path(get, path = "/v1/resellers/{id}/statement/csv", tag = "resellers",
    params(("id" = ResellerId, Path, description = "The reseller."), CsvQuery, StatementFilter),
    responses((status = 200, description = "The table.", body = FileBytes, content_type = "text/csv")),
    extensions(("x-problems" = json!(["reseller_not_found"]))))]
async fn export_statement_csv(
    api: Caller,
    PathId(id): PathId<ResellerId>,
    table: Table<StatementFilter, NoFilter>,
) -> Result<Response, Problem> {
    let filter = table.filter.of(id);
    let read = |api: Caller, filter: filter::QuotaFilter, page| async move {
        let page = api.app.statement_table(&api.actor, &filter, page).await?;
        Ok(page.map(StatementLine::from))
    };
    csv::answer(api, "statement", table.query, filter, read).await
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_statement))
        .routes(routes!(get_statement_sums))
        .routes(routes!(export_statement_csv))
        .merge(document::routes())
}
