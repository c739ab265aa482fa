//! The queries, written once and compiled for each database: `Db` is SQLite in one copy and PostgreSQL in the other.

mod access_token;
mod activation;
mod admission;
mod approval;
mod as_of;
mod change;
mod customer;
mod entitlement;
mod feature;
mod idempotency;
mod kept;
mod ledger;
mod letter;
mod license;
mod license_file;
mod list;
mod load;
mod machine;
pub(crate) mod moving;
mod overview;
mod passkey;
mod policy;
mod product;
mod quota;
mod reseller;
mod return_receipt;
mod run;
mod session;
mod sign_up_link;
mod signing_key;
mod state;
mod statements;
mod table;
mod template;
mod usage;
mod user;
mod validation;
mod vendor;
mod webhook;

use sqlx::{Pool, QueryBuilder};

use super::{Db, dialect};

pub(crate) type Row = <Db as sqlx::Database>::Row;
pub(crate) type Connection = <Db as sqlx::Database>::Connection;
pub(crate) type Query = QueryBuilder<Db>;

pub(crate) use kept::Kept;

/// An open database: connections that read, the one that reads for questions which are answered together, the one that
/// reads for what is about to be written, the one that writes, those that move the store, and the one that notes what stands
/// beside the ledger. Where only one may write at a time, the last three are the same.
#[derive(Clone)]
pub(crate) struct Database {
    pub(crate) readers: Pool<Db>,
    pub(crate) looker: Kept,
    pub(crate) decider: Kept,
    pub(crate) writer: Kept,
    pub(crate) movers: Pool<Db>,
    pub(crate) noters: Pool<Db>,
}

impl Database {
    /// Waits until all connections are given back, and closes them.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.looker.close().await;
        self.decider.close().await;
        self.writer.close().await;
        self.movers.close().await;
        self.noters.close().await;
    }
}
