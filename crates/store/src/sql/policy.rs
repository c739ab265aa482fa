//! The tables of policies and their revisions.

use latchkey_domain::id::TypedId;
use latchkey_domain::policy::{Policy, PolicyRevision, PolicyState};
use latchkey_domain::text::{Name, fold};
use latchkey_domain::{PolicyId, VendorId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query, dialect};
use crate::filter::{Page, PageRequest, PolicyFilter};
use crate::{PolicyView, StoreError};

impl Table for Policy {
    const NAME: &'static str = "policy";
    const BY_VENDOR: &'static [&'static str] = &["name_folded"];
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "product_id",
        "name",
        "state",
        "revision",
        "revision_id",
        "created_at",
        "version",
        "salt",
    ];
    const DERIVED: &'static [&'static str] = &["name_folded"];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.product_id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.state.as_str())
            .push_bind(i64::from(self.revision))
            .push_bind(self.revision_id.uuid())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(fold(self.name.as_str()));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            product_id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            state: columns.choice(PolicyState::parse)?,
            revision: columns.number()?,
            revision_id: columns.id()?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Table for PolicyRevision {
    const NAME: &'static str = "policy_revision";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "policy_id",
        "revision",
        "rules",
        "created_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.policy_id.uuid())
            .push_bind(i64::from(self.revision))
            .push_bind(serde_json::to_string(&self.rules).unwrap_or_default())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            policy_id: columns.id()?,
            revision: columns.number()?,
            rules: columns.parsed(|text| serde_json::from_str(text))?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

fn read_view(columns: &mut Columns<'_>) -> Result<PolicyView, StoreError> {
    Ok(PolicyView {
        policy: Policy::read(columns)?,
        product_name: columns.parsed(Name::parse)?,
        rules: columns.parsed(|text| serde_json::from_str(text))?,
    })
}

impl Database {
    /// One policy.
    pub(crate) async fn policy_get(
        &self,
        vendor_id: VendorId,
        id: PolicyId,
    ) -> Result<Option<PolicyView>, StoreError> {
        let conditions = |query: &mut Query| {
            query.push(" AND a.id = ").push_bind(id.uuid());
        };
        let page = PageRequest::uncounted(1, None);
        let rows = self
            .page_rows(vendor_id, &view_list(), &conditions, page, &read_view)
            .await?;
        Ok(rows.into_iter().next().map(|(_, row)| row))
    }

    /// Policies, newest first.
    pub(crate) async fn policy_list(
        &self,
        vendor_id: VendorId,
        filter: &PolicyFilter,
        page: PageRequest,
    ) -> Result<Page<PolicyView>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(product_id) = filter.product_id {
                query
                    .push(" AND a.product_id = ")
                    .push_bind(product_id.uuid());
            }
            if let Some(state) = filter.state {
                query.push(" AND a.state = ").push_bind(state.as_str());
            }
            if let Some(fragment) = &filter.fragment {
                query.push(" AND ");
                dialect::push_contains(query, "a.name_folded", fragment);
            }
        };
        self.page(vendor_id, &view_list(), conditions, page, read_view)
            .await
    }

    /// The revisions of a policy, newest first.
    pub(crate) async fn policy_revision_list(
        &self,
        vendor_id: VendorId,
        policy_id: PolicyId,
        page: PageRequest,
    ) -> Result<Page<PolicyRevision>, StoreError> {
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.policy_id = ")
                .push_bind(policy_id.uuid());
        };
        let columns = columns_of::<PolicyRevision>("a");
        let list = List {
            from: "policy_revision AS a",
            joins: "",
            columns,
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, |columns| {
            PolicyRevision::read(columns)
        })
        .await
    }
}

fn view_list() -> List {
    List {
        from: "policy AS a",
        joins: "JOIN product AS p ON p.id = a.product_id JOIN policy_revision AS r ON r.id = a.revision_id",
        columns: format!("{}, p.name, r.rules", columns_of::<Policy>("a")),
        order: by_seq("a.seq"),
    }
}
