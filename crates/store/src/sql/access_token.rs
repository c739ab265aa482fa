//! The access tokens' table.

use latchkey_domain::access_token::{AccessToken, AccessTokenState};
use latchkey_domain::actor::Scope;
use latchkey_domain::id::TypedId;
use latchkey_domain::text::Name;
use latchkey_domain::{AccessTokenId, Timestamp, VendorId};

use super::Database;
use super::list::{List, by_seq};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use crate::filter::{Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, StoreError};

impl Table for AccessToken {
    const NAME: &'static str = "access_token";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "scopes",
        "product_id",
        "license_id",
        "state",
        "token_digest",
        "created_at",
        "expires_at",
        "version",
        "salt",
        "last_used_at",
    ];

    fn write(&self, values: &mut Values<'_>) {
        let scopes: Vec<&str> = self.scopes.iter().map(|scope| scope.as_str()).collect();
        values
            .push_bind(self.id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(scopes.join(" "))
            .push_bind(self.product_id.map(TypedId::uuid))
            .push_bind(self.license_id.map(TypedId::uuid))
            .push_bind(self.state.as_str())
            .push_bind(self.token_digest.clone())
            .push_bind(self.created_at.millis())
            .push_bind(self.expires_at.map(Timestamp::millis))
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.last_used_at.map(Timestamp::millis));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            scopes: columns.parsed(scopes)?,
            product_id: columns.id_optional()?,
            license_id: columns.id_optional()?,
            state: columns.choice(AccessTokenState::parse)?,
            token_digest: columns.value()?,
            created_at: columns.time()?,
            expires_at: columns.time_optional()?,
            version: columns.number()?,
            salt: columns.salt()?,
            last_used_at: columns.time_optional()?,
        })
    }
}

fn scopes(text: &str) -> Result<Vec<Scope>, &'static str> {
    text.split(' ')
        .map(|scope| Scope::parse(scope).ok_or("a scope that is not known"))
        .collect()
}

/// Notes when access tokens were used.
pub(super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for token in batch.access_tokens.dirty(Dirt::Touched) {
        statements.add(move |query| {
            query.push("UPDATE access_token SET last_used_at = ");
            query
                .push_bind(token.last_used_at.map(Timestamp::millis))
                .push(" WHERE id = ")
                .push_bind(token.id.uuid());
            Ok(())
        });
    }
}

impl Database {
    /// One access token.
    pub(crate) async fn access_token_get(
        &self,
        vendor_id: VendorId,
        id: AccessTokenId,
    ) -> Result<Option<AccessToken>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// The access token with a secret of this digest.
    pub(crate) async fn access_token_by_digest(
        &self,
        vendor_id: VendorId,
        digest: &str,
    ) -> Result<Option<AccessToken>, StoreError> {
        self.by_digest(vendor_id, digest).await
    }

    /// Access tokens, newest first.
    pub(crate) async fn access_token_list(
        &self,
        vendor_id: VendorId,
        page: PageRequest,
    ) -> Result<Page<AccessToken>, StoreError> {
        let list = List {
            from: "access_token AS a",
            joins: "",
            columns: columns_of::<AccessToken>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, |_| {}, page, AccessToken::read)
            .await
    }
}
