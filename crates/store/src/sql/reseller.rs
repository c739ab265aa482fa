//! The resellers' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::product::Archival;
use latchkey_domain::reseller::Reseller;
use latchkey_domain::text::{Name, fold};
use latchkey_domain::{ResellerId, VendorId};

use super::list::{List, by_seq, push_ids};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query, dialect};
use crate::StoreError;
use crate::filter::{Page, PageRequest, ResellerFilter};

impl Table for Reseller {
    const NAME: &'static str = "reseller";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "parent_id",
        "state",
        "created_at",
        "version",
        "salt",
    ];
    const DERIVED: &'static [&'static str] = &["name_folded"];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.parent_id.map(TypedId::uuid))
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(fold(self.name.as_str()));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            parent_id: columns.id_optional()?,
            state: columns.choice(Archival::parse)?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Database {
    /// One reseller.
    pub(crate) async fn reseller_get(
        &self,
        vendor_id: VendorId,
        id: ResellerId,
    ) -> Result<Option<Reseller>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// Resellers, newest first.
    pub(crate) async fn reseller_list(
        &self,
        vendor_id: VendorId,
        filter: &ResellerFilter,
        page: PageRequest,
    ) -> Result<Page<Reseller>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(ids) = &filter.ids {
                push_ids(query, ids);
            }
            if let Some(parent_id) = filter.parent_id {
                query
                    .push(" AND a.parent_id = ")
                    .push_bind(parent_id.uuid());
            }
            if let Some(state) = filter.state {
                query.push(" AND a.state = ").push_bind(state.as_str());
            }
            if let Some(fragment) = &filter.fragment {
                query.push(" AND ");
                dialect::push_contains(query, "a.name_folded", fragment);
            }
        };
        let list = List {
            from: "reseller AS a",
            joins: "",
            columns: columns_of::<Reseller>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, Reseller::read)
            .await
    }
}
