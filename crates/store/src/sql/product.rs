//! The products' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::product::{Archival, Product};
use latchkey_domain::text::{Code, Name, fold};
use latchkey_domain::{ProductId, VendorId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values};
use super::{Database, Query, dialect};
use crate::StoreError;
use crate::filter::{Page, PageRequest, ProductFilter};

impl Table for Product {
    const NAME: &'static str = "product";
    const BY_VENDOR: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "code",
        "name",
        "state",
        "created_at",
        "version",
        "salt",
    ];
    const DERIVED: &'static [&'static str] = &["name_folded"];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.code.as_str().to_owned())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(fold(self.name.as_str()));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            code: columns.parsed(Code::parse)?,
            name: columns.parsed(Name::parse)?,
            state: columns.choice(Archival::parse)?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Database {
    /// One product.
    pub(crate) async fn product_get(
        &self,
        vendor_id: VendorId,
        id: ProductId,
    ) -> Result<Option<Product>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// Products, newest first.
    pub(crate) async fn product_list(
        &self,
        vendor_id: VendorId,
        filter: &ProductFilter,
        page: PageRequest,
    ) -> Result<Page<Product>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(state) = filter.state {
                query.push(" AND a.state = ").push_bind(state.as_str());
            }
            if let Some(fragment) = &filter.fragment {
                query.push(" AND (");
                dialect::push_contains(query, "a.name_folded", fragment);
                query.push(" OR ");
                dialect::push_contains(query, "a.code", fragment);
                query.push(")");
            }
        };
        let list = List {
            from: "product AS a",
            joins: "",
            columns: super::table::columns_of::<Product>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, |columns| {
            Product::read(columns)
        })
        .await
    }
}
