//! The users' table.

use latchkey_domain::actor::Role;
use latchkey_domain::id::TypedId;
use latchkey_domain::second_factor::{SecondFactor, SecondFactorState};
use latchkey_domain::sign_in_service::Identity;
use latchkey_domain::text::{EmailAddress, Name};
use latchkey_domain::user::{PasswordHash, User, UserState, Whose};
use latchkey_domain::{ActorId, VendorId};
use uuid::Uuid;

use super::list::{List, by_seq};
use super::statements::Statements;
use super::table::{Columns, Table, Values, columns_of};
use super::{Connection, Database, Query};
use crate::filter::{Page, PageRequest};
use crate::rows::Dirt;
use crate::{Batch, StoreError};

impl Table for User {
    const NAME: &'static str = "account";
    const BY_VENDOR: &'static [&'static str] = &["email_folded"];
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "email",
        "name",
        "role",
        "state",
        "created_at",
        "version",
        "salt",
        "password",
        "factor_state",
        "factor_sealed",
        "factor_step",
        "recovery_codes",
        "customer_id",
        "identity_issuer",
        "identity_subject",
        "reseller_id",
        "sign_up_link_id",
    ];
    const DERIVED: &'static [&'static str] = &["email_folded"];

    fn write(&self, values: &mut Values<'_>) {
        let (factor, identity) = (self.factor.as_ref(), self.identity.as_ref());
        values
            .push_bind(self.id.uuid())
            .push_bind(self.email.as_str().to_owned())
            .push_bind(self.name.as_str().to_owned())
            .push_bind(self.role.as_str())
            .push_bind(self.state.as_str())
            .push_bind(self.created_at.millis())
            .push_bind(i64::from(self.version))
            .push_bind(self.salt.0.to_vec())
            .push_bind(self.password.as_ref().map(|hash| hash.as_str().to_owned()))
            .push_bind(factor.map(|factor| factor.state.as_str()))
            .push_bind(factor.map(|factor| factor.sealed.clone()))
            .push_bind(factor.and_then(step))
            .push_bind(factor.map(|factor| factor.recovery_codes.join(" ")))
            .push_bind(self.customer_id.map(TypedId::uuid))
            .push_bind(identity.map(|identity| identity.issuer().to_owned()))
            .push_bind(identity.map(|identity| identity.subject().to_owned()))
            .push_bind(self.reseller_id.map(TypedId::uuid))
            .push_bind(self.sign_up_link_id.map(TypedId::uuid))
            .push_bind(self.email.folded());
    }

    fn read(columns: &mut Columns<'_>) -> Result<Self, StoreError> {
        let mut user = Self {
            id: columns.id()?,
            email: columns.parsed(EmailAddress::parse)?,
            name: columns.parsed(Name::parse)?,
            role: columns.choice(Role::parse)?,
            customer_id: None,
            reseller_id: None,
            state: columns.choice(UserState::parse)?,
            password_digest: None,
            second_factor: None,
            identity: None,
            sign_up_link_id: None,
            created_at: columns.time()?,
            version: columns.number()?,
            salt: columns.salt()?,
            password: None,
            factor: None,
        };
        if let Some(phc) = columns.value()? {
            user.set_password(PasswordHash::new(phc));
        }
        user.set_factor(factor(columns)?);
        user.customer_id = columns.id_optional()?;
        user.identity = identity(columns)?;
        user.reseller_id = columns.id_optional()?;
        user.sign_up_link_id = columns.id_optional()?;
        Ok(user)
    }
}

/// Reads a user's second factor, if they have one.
fn factor(columns: &mut Columns<'_>) -> Result<Option<SecondFactor>, StoreError> {
    let state = columns.parsed_optional(|text| {
        SecondFactorState::parse(text).ok_or("a value that is not known")
    })?;
    let sealed: Option<Vec<u8>> = columns.value()?;
    let used_step = columns.number_optional()?;
    let recovery_codes: Option<String> = columns.value()?;
    Ok(state.zip(sealed).map(|(state, sealed)| SecondFactor {
        state,
        sealed,
        used_step,
        recovery_codes: recovery_codes
            .iter()
            .flat_map(|codes| codes.split_whitespace())
            .map(str::to_owned)
            .collect(),
    }))
}

/// Reads who a user is to the sign-in service, if they are linked to it.
fn identity(columns: &mut Columns<'_>) -> Result<Option<Identity>, StoreError> {
    let issuer: Option<String> = columns.value()?;
    let subject: Option<String> = columns.value()?;
    let Some((issuer, subject)) = issuer.zip(subject) else {
        return Ok(None);
    };
    let identity = Identity::new(&issuer, &subject);
    let identity = identity.ok_or_else(|| columns.damaged("it is no identity"))?;
    Ok(Some(identity))
}

fn step(factor: &SecondFactor) -> Option<i64> {
    factor.used_step.and_then(|step| i64::try_from(step).ok())
}

/// Notes which codes were used.
pub(super) fn write_touched<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    for user in batch.users.dirty(Dirt::Touched) {
        statements.add(move |query| {
            query.push("UPDATE account SET factor_step = ");
            query
                .push_bind(user.factor.as_ref().and_then(step))
                .push(" WHERE id = ")
                .push_bind(user.id.uuid());
            Ok(())
        });
    }
}

/// Restricts to the users of a customer or a reseller, or to the vendor's own.
fn push_of(query: &mut Query, of: Whose) {
    match of {
        Whose::Vendor => query.push(" AND a.customer_id IS NULL AND a.reseller_id IS NULL"),
        Whose::Customer(id) => query.push(" AND a.customer_id = ").push_bind(id.uuid()),
        Whose::Reseller(id) => query.push(" AND a.reseller_id = ").push_bind(id.uuid()),
    };
}

/// The ids of the users of a customer or a reseller, or of the vendor's own, oldest first, at most `limit`.
pub(super) async fn ids_of(
    connection: &mut Connection,
    vendor_id: VendorId,
    of: Whose,
    limit: i64,
) -> Result<Vec<Uuid>, StoreError> {
    let mut query = Query::new("SELECT a.id FROM account AS a WHERE a.vendor_id = ");
    query.push_bind(vendor_id.uuid());
    push_of(&mut query, of);
    query.push(" ORDER BY a.seq LIMIT ").push_bind(limit);
    Ok(query
        .build_query_scalar()
        .fetch_all(&mut *connection)
        .await?)
}

/// The id of the user who is linked to an identity.
pub(super) async fn ids_by_identity(
    connection: &mut Connection,
    vendor_id: VendorId,
    identity: &Identity,
) -> Result<Vec<Uuid>, StoreError> {
    let mut query = Query::new("SELECT id FROM account WHERE vendor_id = ");
    query
        .push_bind(vendor_id.uuid())
        .push(" AND identity_subject = ")
        .push_bind(identity.subject().to_owned())
        .push(" AND identity_issuer = ")
        .push_bind(identity.issuer().to_owned());
    Ok(query.build_query_scalar().fetch_all(connection).await?)
}

impl Database {
    /// One user.
    pub(crate) async fn user_get(
        &self,
        vendor_id: VendorId,
        id: ActorId,
    ) -> Result<Option<User>, StoreError> {
        self.one(vendor_id, id.uuid()).await
    }

    /// The user who signs in with an address.
    pub(crate) async fn user_by_email(
        &self,
        vendor_id: VendorId,
        email: &EmailAddress,
    ) -> Result<Option<User>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {} FROM account AS t WHERE t.vendor_id = ",
            columns_of::<User>("t")
        ));
        query
            .push_bind(vendor_id.uuid())
            .push(" AND t.email_folded = ")
            .push_bind(email.folded());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| User::read(&mut Columns::new(&row, User::NAME)))
            .transpose()
    }

    /// The user who is linked to an identity.
    pub(crate) async fn user_by_identity(
        &self,
        vendor_id: VendorId,
        identity: &Identity,
    ) -> Result<Option<User>, StoreError> {
        let mut query = Query::new(format!(
            "SELECT {} FROM account AS t WHERE t.vendor_id = ",
            columns_of::<User>("t")
        ));
        query
            .push_bind(vendor_id.uuid())
            .push(" AND t.identity_subject = ")
            .push_bind(identity.subject().to_owned())
            .push(" AND t.identity_issuer = ")
            .push_bind(identity.issuer().to_owned());
        let row = query.build().fetch_optional(&self.readers).await?;
        row.map(|row| User::read(&mut Columns::new(&row, User::NAME)))
            .transpose()
    }

    /// Users of a customer or a reseller, or the vendor's own, newest first.
    pub(crate) async fn user_list(
        &self,
        vendor_id: VendorId,
        of: Whose,
        page: PageRequest,
    ) -> Result<Page<User>, StoreError> {
        let list = List {
            from: "account AS a",
            joins: "",
            columns: columns_of::<User>("a"),
            order: by_seq("a.seq"),
        };
        let conditions = |query: &mut Query| push_of(query, of);
        self.page(vendor_id, &list, conditions, page, User::read)
            .await
    }
}
