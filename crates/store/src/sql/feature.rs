//! The features' table.

use latchkey_domain::feature::Feature;
use latchkey_domain::id::TypedId;
use latchkey_domain::product::Archival;
use latchkey_domain::text::{Code, Name};
use latchkey_domain::{FeatureId, ProductId, VendorId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::StoreError;
use crate::filter::{Page, PageRequest};

impl Table for Feature {
    const NAME: &'static str = "feature";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "product_id",
        "code",
        "name",
        "state",
        "created_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.product_id.uuid())
            .push_bind(self.code.as_str().to_owned())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            product_id: columns.id()?,
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
    /// One feature.
    pub(crate) async fn feature_get(
        &self,
        vendor_id: VendorId,
        id: FeatureId,
    ) -> Result<Option<Feature>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// The features of a product, newest first.
    pub(crate) async fn feature_list(
        &self,
        vendor_id: VendorId,
        product_id: ProductId,
        page: PageRequest,
    ) -> Result<Page<Feature>, StoreError> {
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.product_id = ")
                .push_bind(product_id.uuid());
        };
        let list = List {
            from: "feature AS a",
            joins: "",
            columns: columns_of::<Feature>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, |columns| {
            Feature::read(columns)
        })
        .await
    }
}
