//! The rows of state as the ledger keeps them, for comparing the two.

use latchkey_domain::id::TypedId;
use latchkey_domain::{EntityKind, VendorId};
use uuid::Uuid;

use super::table::{Columns, Table, columns_of};
use super::{Database, Query, dialect};
use crate::{StateRow, StoreError};

impl Database {
    /// The states of the entities of one kind, in the form that the ledger keeps, in order of creation from behind
    /// `after_seq` on; with the place of the last one.
    pub(crate) async fn state_range(
        &self,
        vendor_id: VendorId,
        kind: EntityKind,
        after_seq: i64,
        limit: u32,
    ) -> Result<(Vec<StateRow>, i64), StoreError> {
        use latchkey_domain as d;
        match kind {
            EntityKind::Vendor => {
                self.states::<d::vendor::Vendor>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Product => {
                self.states::<d::product::Product>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Feature => {
                self.states::<d::feature::Feature>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Policy => {
                self.states::<d::policy::Policy>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::PolicyRevision => {
                self.states::<d::policy::PolicyRevision>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Customer => {
                self.states::<d::customer::Customer>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::License => {
                self.states::<d::license::License>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Entitlement => {
                self.states::<d::entitlement::Entitlement>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Machine => {
                self.states::<d::machine::Machine>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Activation => {
                self.states::<d::activation::Activation>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::SigningKey => {
                self.states::<d::signing_key::SigningKey>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::LicenseFile => {
                self.states::<d::license_file::LicenseFile>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::User => {
                self.states::<d::user::User>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Session => {
                self.states::<d::session::Session>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Invitation => {
                self.states::<d::session::Invitation>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::AccessToken => {
                self.states::<d::access_token::AccessToken>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Approval => {
                self.states::<d::approval::Approval>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::ReturnReceipt => {
                self.states::<d::return_receipt::ReturnReceipt>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Admission => {
                self.states::<d::admission::Admission>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Reseller => {
                self.states::<d::reseller::Reseller>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Template => {
                self.states::<d::template::Template>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::QuotaMovement => {
                self.states::<d::quota::QuotaMovement>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Passkey => {
                self.states::<d::passkey::Passkey>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::SignUpLink => {
                self.states::<d::sign_up_link::SignUpLink>(vendor_id, after_seq, limit)
                    .await
            }
            EntityKind::Webhook => {
                self.states::<d::webhook::Webhook>(vendor_id, after_seq, limit)
                    .await
            }
        }
    }

    async fn states<T: Table>(
        &self,
        vendor_id: VendorId,
        after_seq: i64,
        limit: u32,
    ) -> Result<(Vec<StateRow>, i64), StoreError> {
        let mut query = Query::new(format!(
            "SELECT {}, t.seq FROM {} AS t WHERE ",
            columns_of::<T>("t"),
            T::NAME
        ));
        query
            .push(if T::SCOPED {
                "t.vendor_id = "
            } else {
                "t.id = "
            })
            .push_bind(vendor_id.uuid());
        query.push(" AND t.seq > ").push_bind(after_seq);
        query
            .push(" ORDER BY t.seq LIMIT ")
            .push_bind(i64::from(limit));
        let rows = query.build().fetch_all(&self.readers).await?;
        let mut states = Vec::with_capacity(rows.len());
        let mut last = after_seq;
        for row in &rows {
            let mut columns = Columns::new(row, T::NAME);
            let entity = T::read(&mut columns)?;
            last = columns.value()?;
            states.push(StateRow {
                id: entity.id().uuid(),
                version: entity.version(),
                salt: entity.salt(),
                state: serde_json::to_string(&entity)?,
            });
        }
        Ok((states, last))
    }

    /// The first license, if any, whose seat count is not the number of its active activations: its id, the count in
    /// its row, and the number there are.
    pub(crate) async fn seats_miscounted(
        &self,
        vendor_id: VendorId,
    ) -> Result<Option<(Uuid, i64, i64)>, StoreError> {
        // One pass over the activations: by the index of their licenses each row would be fetched from elsewhere.
        let mut query = Query::new(
            "SELECT l.id, l.seats_used, coalesce(c.active, 0) FROM license AS l LEFT JOIN \
             (SELECT a.license_id, count(*) AS active FROM activation AS a WHERE a.vendor_id = ",
        );
        query.push_bind(vendor_id.uuid());
        query.push(format_args!(
            " AND {no_index}a.state = 'active' GROUP BY {no_index}a.license_id) AS c ON c.license_id = l.id \
             WHERE l.vendor_id = ",
            no_index = dialect::NO_INDEX
        ));
        query.push_bind(vendor_id.uuid());
        query.push(" AND l.seats_used <> coalesce(c.active, 0) LIMIT 1");
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| {
            let mut columns = Columns::new(&row, "license");
            Ok((columns.value()?, columns.value()?, columns.value()?))
        })
        .transpose()
    }
}
