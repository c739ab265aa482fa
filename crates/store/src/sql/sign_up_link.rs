//! The sign-up links' table.

use latchkey_domain::actor::Role;
use latchkey_domain::id::TypedId;
use latchkey_domain::sign_up_link::{SignUpLink, SignUpLinkState};
use latchkey_domain::text::Name;
use latchkey_domain::{CustomerId, SignUpLinkId, VendorId};

use super::list::{List, by_seq};
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::StoreError;
use crate::filter::{Page, PageRequest};

impl Table for SignUpLink {
    const NAME: &'static str = "sign_up_link";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "customer_id",
        "role",
        "state",
        "token_digest",
        "uses_max",
        "uses",
        "created_at",
        "expires_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.customer_id.map(TypedId::uuid))
            .push_bind(self.role.as_str())
            .push_bind(self.state.as_str())
            .push_bind(self.token_digest.clone())
            .push_bind(i64::from(self.uses_max))
            .push_bind(i64::from(self.uses))
            .push_bind(self.created_at.millis())
            .push_bind(self.expires_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            customer_id: columns.id_optional()?,
            role: columns.choice(Role::parse)?,
            state: columns.choice(SignUpLinkState::parse)?,
            token_digest: columns.value()?,
            uses_max: columns.number()?,
            uses: columns.number()?,
            created_at: columns.time()?,
            expires_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

impl Database {
    /// One sign-up link.
    pub(crate) async fn sign_up_link_get(
        &self,
        vendor_id: VendorId,
        id: SignUpLinkId,
    ) -> Result<Option<SignUpLink>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// The sign-up link with a token of this digest.
    pub(crate) async fn sign_up_link_by_digest(
        &self,
        vendor_id: VendorId,
        digest: &str,
    ) -> Result<Option<SignUpLink>, StoreError> {
        self.by_digest(vendor_id, digest).await
    }

    /// Sign-up links of a customer, or all, newest first.
    pub(crate) async fn sign_up_link_list(
        &self,
        vendor_id: VendorId,
        customer_id: Option<CustomerId>,
        page: PageRequest,
    ) -> Result<Page<SignUpLink>, StoreError> {
        let conditions = |query: &mut Query| {
            if let Some(id) = customer_id {
                query.push(" AND a.customer_id = ").push_bind(id.uuid());
            }
        };
        let list = List {
            from: "sign_up_link AS a",
            joins: "",
            columns: columns_of::<SignUpLink>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, SignUpLink::read)
            .await
    }
}
