//! The tables of sessions and invitations: what lets users in.

use latchkey_domain::hand_over::Challenge;
use latchkey_domain::id::TypedId;
use latchkey_domain::session::{Invitation, InvitationState, Session, SessionKind, SessionState};
use latchkey_domain::text::Name;
use latchkey_domain::user::User;
use latchkey_domain::{ActorId, Timestamp, VendorId};

use super::list::{List, by_seq};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Database, Query};
use crate::filter::{Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, StoreError};

impl Table for Session {
    const NAME: &'static str = "session";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "user_id",
        "kind",
        "state",
        "token_digest",
        "address",
        "agent",
        "created_at",
        "expires_at",
        "version",
        "salt",
        "last_used_at",
        "proved_at",
        "viewing_customer_id",
        "viewing_reseller_id",
        "computer",
        "challenge",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.user_id.uuid())
            .push_bind(self.kind.as_str())
            .push_bind(self.state.as_str())
            .push_bind(self.token_digest.clone())
            .push_bind(self.address.clone())
            .push_bind(self.agent.clone())
            .push_bind(self.created_at.millis())
            .push_bind(self.expires_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.last_used_at.millis())
            .push_bind(self.proved_at.map(Timestamp::millis))
            .push_bind(self.viewing_customer_id.map(TypedId::uuid))
            .push_bind(self.viewing_reseller_id.map(TypedId::uuid))
            .push_bind(self.computer.as_ref().map(|name| name.as_str().to_owned()))
            .push_bind(self.challenge.as_ref().map(|it| it.as_str().to_owned()));
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            user_id: columns.id()?,
            kind: columns.choice(SessionKind::parse)?,
            state: columns.choice(SessionState::parse)?,
            token_digest: columns.value()?,
            address: columns.value()?,
            agent: columns.value()?,
            created_at: columns.time()?,
            expires_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            last_used_at: columns.time()?,
            proved_at: columns.time_optional()?,
            viewing_customer_id: columns.id_optional()?,
            viewing_reseller_id: columns.id_optional()?,
            computer: columns.parsed_optional(Name::parse)?,
            challenge: columns.parsed_optional(Challenge::parse)?,
        })
    }
}

impl Table for Invitation {
    const NAME: &'static str = "invitation";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "user_id",
        "state",
        "token_digest",
        "created_at",
        "expires_at",
        "version",
        "salt",
    ];

    fn write(&self, values: &mut Values<'_>) {
        values
            .push_bind(self.id.uuid())
            .push_bind(self.user_id.uuid())
            .push_bind(self.state.as_str())
            .push_bind(self.token_digest.clone())
            .push_bind(self.created_at.millis())
            .push_bind(self.expires_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        Ok(Self {
            id: columns.id()?,
            user_id: columns.id()?,
            state: columns.choice(InvitationState::parse)?,
            token_digest: columns.value()?,
            created_at: columns.time()?,
            expires_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
        })
    }
}

/// Notes when sessions were used.
pub(super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for session in batch.sessions.dirty(Dirt::Touched) {
        statements.add(move |query| {
            query.push("UPDATE session SET last_used_at = ");
            query
                .push_bind(session.last_used_at.millis())
                .push(" WHERE id = ")
                .push_bind(session.id.uuid());
            Ok(())
        });
    }
}

impl Database {
    /// The session with a token of this digest, and whose it is.
    pub(crate) async fn session_by_digest(
        &self,
        vendor_id: VendorId,
        digest: &str,
    ) -> Result<Option<(Session, User)>, StoreError> {
        self.with_user(vendor_id, digest).await
    }

    /// The invitation with a token of this digest, and whose it is.
    pub(crate) async fn invitation_by_digest(
        &self,
        vendor_id: VendorId,
        digest: &str,
    ) -> Result<Option<(Invitation, User)>, StoreError> {
        self.with_user(vendor_id, digest).await
    }

    async fn with_user<T: Table>(
        &self,
        vendor_id: VendorId,
        digest: &str,
    ) -> Result<Option<(T, User)>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {}, {} FROM {} AS t JOIN account AS u ON u.id = t.user_id WHERE t.vendor_id = ",
            columns_of::<T>("t"),
            columns_of::<User>("u"),
            T::NAME,
        ));
        query
            .push_bind(vendor_id.uuid())
            .push(" AND t.token_digest = ")
            .push_bind(digest.to_owned());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| {
            let mut columns = Columns::new(&row, T::NAME);
            Ok((T::read(&mut columns)?, User::read(&mut columns)?))
        })
        .transpose()
    }

    /// The sessions of a user that were not ended, newest first.
    pub(crate) async fn session_list(
        &self,
        vendor_id: VendorId,
        user_id: ActorId,
        page: PageRequest,
    ) -> Result<Page<Session>, StoreError> {
        let conditions = |query: &mut Query| {
            query
                .push(" AND a.user_id = ")
                .push_bind(user_id.uuid())
                .push(" AND a.state = ")
                .push_bind(SessionState::Open.as_str());
        };
        let list = List {
            from: "session AS a",
            joins: "",
            columns: columns_of::<Session>("a"),
            order: by_seq("a.seq"),
        };
        self.page(vendor_id, &list, conditions, page, Session::read)
            .await
    }
}
