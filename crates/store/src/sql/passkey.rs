//! The passkeys' table.

use latchkey_domain::id::TypedId;
use latchkey_domain::passkey::{Passkey, PasskeyState};
use latchkey_domain::text::Name;
use latchkey_domain::user::User;
use latchkey_domain::{ActorId, PasskeyId, Timestamp, VendorId};

use super::list::{List, by_seq};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, StoreError};

impl Table for Passkey {
    const NAME: &'static str = "passkey";
    const BY_VENDOR: &'static [&'static str] = &["credential_id"];
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "user_id",
        "name",
        "state",
        "credential_id",
        "credential",
        "backed_up",
        "created_at",
        "version",
        "salt",
        "counter",
        "last_used_at",
        "asked_at",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.user_id.uuid())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.state.as_str())
            .push_bind(self.credential_id.clone())
            .push_bind(self.credential.clone())
            .push_bind(self.backed_up)
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(i64::from(self.counter))
            .push_bind(self.last_used_at.map(Timestamp::millis))
            .push_bind(self.asked_at.map(Timestamp::millis));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            user_id: columns.id()?,
            name: columns.parsed(Name::parse)?,
            state: columns.choice(PasskeyState::parse)?,
            credential_id: columns.value()?,
            credential: columns.value()?,
            backed_up: columns.value()?,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            counter: columns.number()?,
            last_used_at: columns.time_optional()?,
            asked_at: columns.time_optional()?,
        })
    }
}

/// Notes which answers were taken.
pub(super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for passkey in batch.passkeys.dirty(Dirt::Touched) {
        statements.add(move |query| {
            query.push("UPDATE passkey SET counter = ");
            query
                .push_bind(i64::from(passkey.counter))
                .push(", last_used_at = ")
                .push_bind(passkey.last_used_at.map(Timestamp::millis))
                .push(", asked_at = ")
                .push_bind(passkey.asked_at.map(Timestamp::millis))
                .push(" WHERE id = ")
                .push_bind(passkey.id.uuid());
            Ok(())
        });
    }
}

impl Database {
    /// One passkey.
    pub(crate) async fn passkey_get(
        &self,
        vendor_id: VendorId,
        id: PasskeyId,
    ) -> Result<Option<Passkey>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// The passkey that its device calls so, and whose it is.
    pub(crate) async fn passkey_by_credential(
        &self,
        vendor_id: VendorId,
        credential_id: &str,
    ) -> Result<Option<(Passkey, User)>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {}, {} FROM passkey AS t JOIN account AS u ON u.id = t.user_id WHERE t.vendor_id = ",
            columns_of::<Passkey>("t"),
            columns_of::<User>("u"),
        ));
        query
            .push_bind(vendor_id.uuid())
            .push(" AND t.credential_id = ")
            .push_bind(credential_id.to_owned());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| {
            let mut columns = Columns::new(&row, Passkey::NAME);
            Ok((Passkey::read(&mut columns)?, User::read(&mut columns)?))
        })
        .transpose()
    }

    /// The passkeys of a user that were not removed, newest first.
    pub(crate) async fn passkey_list(
        &self,
        vendor_id: VendorId,
        user_id: ActorId,
        page: PageRequest,
    ) -> Result<Page<Passkey>, StoreError> {
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.user_id = ")
                .push_bind(user_id.uuid())
                .push(" AND a.state <> ")
                .push_bind(PasskeyState::Removed.as_str());
        };
        let list = List {
            from: "passkey AS a",
            joins: "",
            columns: columns_of::<Passkey>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, Passkey::read)
            .await
    }
}
