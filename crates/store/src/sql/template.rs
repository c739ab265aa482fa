//! The templates' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::template::{Template, TemplateState};
use latchkey_domain::text::Name;
use latchkey_domain::{ResellerId, TemplateId, VendorId};

use super::list::{List, by_seq};
use super::quota::{push_postings, read_postings};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, StoreError, TemplateView};

impl Table for Template {
    const NAME: &'static str = "template";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "reseller_id",
        "policy_id",
        "name",
        "seats_max",
        "state",
        "created_at",
        "version",
        "salt",
        "of_vendor",
        "of_reseller",
        "of_customer",
        "of_returned",
        "of_expired",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.reseller_id.uuid())
            .push_bind(self.policy_id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(i64::from(self.seats_max))
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
        push_postings(values, self.balance);
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            reseller_id: columns.id()?,
            policy_id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            seats_max: columns.number()?,
            state: columns.choice(TemplateState::parse)?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            balance: read_postings(columns)?,
        })
    }
}

/// Writes what is in the accounts of templates of which nothing else changed.
pub(super) fn write_balances<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for templates in batch.templates.dirty(Dirt::Touched).chunks(500) {
        let templates = templates.to_vec();
        statements.add(move || {
            let mut query = Query::new(
                "UPDATE template SET of_vendor = b.column2, of_reseller = b.column3, of_customer = b.column4, \
                 of_returned = b.column5, of_expired = b.column6 FROM (",
            );
            query.push_values(templates, |mut values, template| {
                values.push_bind(template.id.uuid());
                push_postings(&mut values, template.balance);
            });
            query.push(") AS b WHERE template.id = b.column1");
            Ok(query)
        });
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<TemplateView, StoreError> {
    Ok(TemplateView {
        template: Template::read(columns)?,
        reseller_name: columns.parsed(Name::parse)?,
        product_id: columns.id()?,
        product_name: columns.parsed(Name::parse)?,
        rules: columns.parsed(|text| serde_json::from_str(text))?,
    })
}

fn view_list() -> List {
    List {
        from: "template AS a",
        joins: "JOIN reseller AS s ON s.id = a.reseller_id JOIN policy AS o ON o.id = a.policy_id \
                JOIN product AS p ON p.id = o.product_id JOIN policy_revision AS r ON r.id = o.revision_id",
        columns: format!(
            "{}, s.name, p.id, p.name, r.rules",
            columns_of::<Template>("a")
        ),
        order: by_seq("a.seq"),
    }
}

impl Database {
    /// One template.
    pub(crate) async fn template_get(
        &self,
        vendor_id: VendorId,
        id: TemplateId,
    ) -> Result<Option<TemplateView>, StoreError> {
        let conditions = |query: &mut Query| {
            query.push(" AND a.id = ").push_bind(id.uuid());
        };
        let page = PageRequest {
            limit: 1,
            after: None,
        };
        let rows = self
            .page_rows(vendor_id, &view_list(), &conditions, page, &read_view)
            .await?;
        Ok(rows.into_iter().next().map(|(_, row)| row))
    }

    /// Templates of a reseller or of all, newest first.
    pub(crate) async fn template_list(
        &self,
        vendor_id: VendorId,
        reseller_id: Option<ResellerId>,
        page: PageRequest,
    ) -> Result<Page<TemplateView>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(id) = reseller_id {
                query.push(" AND a.reseller_id = ").push_bind(id.uuid());
            }
        };
        self.page(vendor_id, &view_list(), conditions, page, read_view)
            .await
    }
}
