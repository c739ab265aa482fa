//! The vendor's table.

use latchkey_domain::id::TypedId;
use latchkey_domain::text::Name;
use latchkey_domain::vendor::{Vendor, VendorUrl};
use latchkey_domain::{Timestamp, VendorId};
use serde::Serialize;

use super::Database;
use super::table::{Columns, Table, Values, columns_of};
use crate::StoreError;

impl Table for Vendor {
    const NAME: &'static str = "vendor";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "owner_id",
        "trust_version",
        "trust_digest",
        "created_at",
        "locked_down_at",
        "two_people_at",
        "role_rules",
        "url",
        "expiry_notices",
        "letter_texts",
        "branding",
        "version",
        "salt",
        "trust_bundle",
        "logo",
    ];
    const SCOPED: bool = false;

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.owner_id.uuid())
            .push_bind(i64::from(self.trust_version))
            .push_bind(self.trust_digest.clone())
            .push_bind(self.created_at.millis())
            .push_bind(self.locked_down_at.map(Timestamp::millis))
            .push_bind(self.two_people_at.map(Timestamp::millis))
            .push_bind(json(
                (!self.role_rules.is_empty()).then_some(&self.role_rules),
            ))
            .push_bind(self.url.as_ref().map(ToString::to_string))
            .push_bind(json(self.expiry_notices.as_ref()))
            .push_bind(json(
                (!self.letter_texts.is_empty()).then_some(&self.letter_texts),
            ))
            .push_bind(json(self.branding.as_ref()))
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.trust_bundle.clone())
            .push_bind(self.logo.clone());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            owner_id: columns.id()?,
            trust_version: columns.number()?,
            trust_digest: columns.value()?,
            created_at: columns.time()?,
            locked_down_at: columns.time_optional()?,
            two_people_at: columns.time_optional()?,
            role_rules: columns
                .parsed_optional(|text| serde_json::from_str(text))?
                .unwrap_or_default(),
            url: columns.parsed_optional(VendorUrl::parse)?,
            expiry_notices: columns.parsed_optional(|text| serde_json::from_str(text))?,
            letter_texts: columns
                .parsed_optional(|text| serde_json::from_str(text))?
                .unwrap_or_default(),
            branding: columns.parsed_optional(|text| serde_json::from_str(text))?,
            version: columns.number()?,
            salt: columns.salt()?,
            trust_bundle: columns.value()?,
            logo: columns.value()?,
        })
    }
}

/// What a vendor has, in JSON; none if it has none.
fn json<T: Serialize>(value: Option<&T>) -> Option<String> {
    value.map(|value| serde_json::to_string(value).unwrap_or_default())
}

impl Database {
    /// The vendors of this store, oldest first.
    pub(crate) async fn vendor_all(&self) -> Result<Vec<Vendor>, StoreError> {
        let sql = format!(
            "SELECT {} FROM vendor AS t ORDER BY t.seq",
            columns_of::<Vendor>("t")
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .fetch_all(&self.readers)
            .await?;
        rows.iter()
            .map(|row| Vendor::read(&mut Columns::new(row, Vendor::NAME)))
            .collect()
    }

    /// One vendor.
    pub(crate) async fn vendor_get(
        &self,
        vendor_id: VendorId,
    ) -> Result<Option<Vendor>, StoreError> {
        Ok(self
            .vendor_all()
            .await?
            .into_iter()
            .find(|vendor| vendor.id == vendor_id))
    }
}
