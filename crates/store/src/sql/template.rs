//! The templates' table.

use std::collections::{BTreeSet, HashMap};

use latchkey_domain::id::TypedId;
use latchkey_domain::template::{Bounds, Template, TemplateState};
use latchkey_domain::text::Name;
use latchkey_domain::{FeatureId, ResellerId, TemplateId, VendorId};

use super::list::{List, by_seq, push_ids};
use super::quota::{push_postings, read_postings};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query, dialect};
use crate::filter::{Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, StoreError, TemplateView};

/// Features that are looked up at once.
const FEATURES_PER_QUERY: usize = 500;

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
        "of_below",
        "parent_id",
        "days_max",
        "feature_ids",
        "seats_fixed",
        "end_fixed",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.reseller_id.uuid())
            .push_bind(self.policy_id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(i64::from(self.bounds.seats_max()))
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
        push_postings(values, self.balance);
        values
            .push_bind(self.parent_id.map(TypedId::uuid))
            .push_bind(self.bounds.days_max().map(i64::from))
            .push_bind(self.bounds.feature_ids().map(|ids| {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                ids.join(" ")
            }))
            .push_bind(self.bounds.seats_fixed())
            .push_bind(self.bounds.end_fixed());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let (id, reseller_id, policy_id) = (columns.id()?, columns.id()?, columns.id()?);
        let name = columns.parsed(Name::parse)?;
        let seats_max = columns.number()?;
        let state = columns.choice(TemplateState::parse)?;
        let created_at = columns.time()?;
        let (version, salt) = (columns.number()?, columns.salt()?);
        let balance = read_postings(columns)?;
        let parent_id = columns.id_optional()?;
        let days_max = columns.number_optional()?;
        let feature_ids = columns.parsed_optional(|text| {
            let ids = text.split_whitespace();
            ids.map(str::parse::<FeatureId>).collect::<Result<_, _>>()
        })?;
        let fixed = (columns.value()?, columns.value()?);
        Ok(Self {
            id,
            reseller_id,
            policy_id,
            name,
            bounds: Bounds::recorded(seats_max, days_max, feature_ids, fixed),
            parent_id,
            state,
            created_at,
            version,
            salt,
            balance,
        })
    }
}

/// Writes what is in the accounts of templates of which nothing else changed.
pub(super) fn write_balances<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for templates in batch.templates.dirty(Dirt::Touched).chunks(500) {
        let templates = templates.to_vec();
        statements.add(move |query| {
            query.push(
                "UPDATE template SET of_vendor = b.column2, of_reseller = b.column3, of_customer = b.column4, \
                 of_returned = b.column5, of_expired = b.column6, of_below = b.column7 FROM (",
            );
            dialect::push_rows(query, templates, |values, template| {
                values.push_bind(template.id.uuid());
                push_postings(values, template.balance);
            });
            query.push(") AS b WHERE template.id = b.column1");
            Ok(())
        });
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<TemplateView, StoreError> {
    Ok(TemplateView {
        template: Template::read(columns)?,
        reseller_name: columns.parsed(Name::parse)?,
        above: columns.id_optional()?,
        product_id: columns.id()?,
        product_name: columns.parsed(Name::parse)?,
        rules: columns.parsed(|text| serde_json::from_str(text))?,
        features: Vec::new(),
    })
}

fn view_list() -> List {
    List {
        from: "template AS a",
        joins: "JOIN reseller AS s ON s.id = a.reseller_id JOIN policy AS o ON o.id = a.policy_id \
                JOIN product AS p ON p.id = o.product_id JOIN policy_revision AS r ON r.id = o.revision_id",
        columns: format!(
            "{}, s.name, s.parent_id, p.id, p.name, r.rules",
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
        let page = PageRequest::uncounted(1, None);
        let rows = self
            .page_rows(vendor_id, &view_list(), &conditions, page, &read_view)
            .await?;
        let mut rows: Vec<TemplateView> = rows.into_iter().map(|(_, row)| row).collect();
        self.name_features(vendor_id, &mut rows).await?;
        Ok(rows.pop())
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
        let mut page = self
            .page(vendor_id, &view_list(), conditions, page, read_view)
            .await?;
        self.name_features(vendor_id, &mut page.rows).await?;
        Ok(page)
    }

    /// Says which features licenses get from these, in the order of the policy.
    async fn name_features(
        &self,
        vendor_id: VendorId,
        rows: &mut [TemplateView],
    ) -> Result<(), StoreError> {
        let asked: BTreeSet<FeatureId> = rows
            .iter()
            .flat_map(|row| row.template.bounds.features(&row.rules))
            .collect();
        let asked: Vec<FeatureId> = asked.into_iter().collect();
        let mut names: HashMap<FeatureId, Name> = HashMap::new();
        for ids in asked.chunks(FEATURES_PER_QUERY) {
            let mut query =
                Query::new("SELECT a.id, a.name FROM feature AS a WHERE a.vendor_id = ");
            query.push_bind(vendor_id.uuid());
            push_ids(&mut query, ids);
            for row in &query.build().fetch_all(&self.readers).await? {
                let mut columns = Columns::new(row, "feature");
                names.insert(columns.id()?, columns.parsed(Name::parse)?);
            }
        }
        for row in rows {
            let ids = row.template.bounds.features(&row.rules);
            let named = ids.filter_map(|id| Some((id, names.get(&id)?.clone())));
            row.features = named.collect();
        }
        Ok(())
    }
}
