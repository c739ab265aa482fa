//! Runs a batch: load and decide, then write and commit once, while the ledger's head is held.
//!
//! A batch is decided before the head is held, so that one can be decided while the one before it is written. Whether it
//! still fits is seen from the head: its ledger has the size that the batch was decided on, or somebody else has
//! written, and it is decided again.

use std::sync::Arc;

use latchkey_domain::merkle::Frontier;
use latchkey_domain::{Random, Timestamp};

use sqlx::Connection as _;

use super::statements::Statements;
use super::table::write_recorded;
use super::{
    Connection, Database, Query, access_token, activation, admission, dialect, idempotency, ledger,
    letter, license, load, passkey, session, template, user, validation,
};
use crate::decide::decide;
use crate::need::{Need, Needs};
use crate::store::Scope;
use crate::work::Job;
use crate::{Batch, LedgerHead, StoreError};

/// Rounds of needs before a batch gives up: work that asks for ever more is a mistake.
const ROUNDS_MAX: usize = 8;

/// Entries and rows of the log of a batch for which the connection is given more room.
const LARGE_ROWS: usize = 4096;

impl Database {
    /// A batch decided on what is committed; none where the vendor has no ledger yet, for then founding one has to be
    /// held first.
    pub(crate) async fn decide(
        &self,
        scope: &Scope,
        jobs: &mut [Box<dyn Job>],
        now: Timestamp,
        random: Arc<dyn Random>,
    ) -> Result<Option<Batch>, StoreError> {
        let mut connection = self.decider.take().await?;
        let Some(head) = ledger::head(&mut connection, scope.vendor_id, "").await? else {
            return Ok(None);
        };
        let mut batch = Batch::new(scope.vendor_id, scope.salt, now, random, head.size);
        load_for(&mut connection, &mut batch, jobs, |_| true).await?;
        self.decider.keep(connection);
        decide(&mut batch, jobs)?;
        Ok(Some(batch))
    }

    /// Answers jobs that only look, against what is committed.
    pub(crate) async fn look(
        &self,
        scope: &Scope,
        jobs: &mut [Box<dyn Job>],
        now: Timestamp,
        random: Arc<dyn Random>,
    ) -> Result<(), StoreError> {
        let mut connection = self.looker.take().await?;
        let mut batch = Batch::new(scope.vendor_id, scope.salt, now, random, 0);
        load_for(&mut connection, &mut batch, jobs, |_| true).await?;
        self.looker.keep(connection);
        decide(&mut batch, jobs)
    }

    /// Decides a batch that [follows](Batch::following) one which is being written. Answers whether it could: what
    /// searches for rows has to wait until that one is committed.
    pub(crate) async fn decide_following(
        &self,
        batch: &mut Batch,
        jobs: &mut [Box<dyn Job>],
    ) -> Result<bool, StoreError> {
        let mut connection = self.decider.take().await?;
        let known = load_for(&mut connection, batch, jobs, Need::by_what_stays).await?;
        self.decider.keep(connection);
        if !known {
            return Ok(false);
        }
        decide(batch, jobs)?;
        Ok(true)
    }

    /// Writes a decided batch in one transaction, or decides it there if there is none or it does not fit any more.
    /// Answers whether it was written as it had been decided. On an error nothing has been done, and no job is answered.
    pub(crate) async fn write(
        &self,
        scope: &Scope,
        jobs: &mut [Box<dyn Job>],
        decided: Option<Batch>,
        now: Timestamp,
        random: Arc<dyn Random>,
    ) -> Result<bool, StoreError> {
        let vendor_id = scope.vendor_id;
        let mut connection = self.writer.take().await?;
        let mut transaction = connection.begin_with(dialect::BEGIN).await?;
        let head = ledger::lock_head(&mut transaction, vendor_id).await?;
        let (mut frontier, size) = match &head {
            Some(head) => (
                Frontier::from_bytes(&head.frontier).map_err(|error| damaged(&error))?,
                head.size,
            ),
            None => (Frontier::default(), 0),
        };
        let fitting = decided.filter(|batch| head.is_some() && batch.size() == size);
        let fits = fitting.is_some();
        let batch = match fitting {
            Some(batch) => batch,
            None => {
                let mut batch = Batch::new(vendor_id, scope.salt, now, random, size);
                load_for(&mut transaction, &mut batch, jobs, |_| true).await?;
                decide(&mut batch, jobs)?;
                batch
            }
        };
        let is_large = batch.staged.len() + batch.validations.len() > LARGE_ROWS;
        if let Some(room) = dialect::MUCH_ROOM.filter(|_| is_large) {
            sqlx::raw_sql(room).execute(&mut *transaction).await?;
        }
        let written = write(&mut transaction, scope, &batch, &mut frontier, size).await;
        let ended = match written {
            Ok(true) => transaction.commit().await,
            Ok(false) | Err(_) => transaction.rollback().await,
        };
        if let Some(room) = dialect::LITTLE_ROOM.filter(|_| is_large) {
            // What is done is done, also with too much room.
            sqlx::raw_sql(room).execute(&mut *connection).await.ok();
        }
        written?;
        ended?;
        if !dialect::ONE_WRITES {
            self.writer.keep(connection);
        }
        Ok(fits)
    }
}

/// Loads what the jobs need to know. Answers whether all of it may be asked for; nothing is loaded that may not.
async fn load_for(
    connection: &mut Connection,
    batch: &mut Batch,
    jobs: &mut [Box<dyn Job>],
    may_ask: impl Fn(&Need) -> bool,
) -> Result<bool, StoreError> {
    let keys: Vec<String> = jobs
        .iter()
        .filter_map(|job| job.context().idempotency.as_ref())
        .map(|i| i.key.clone())
        .collect();
    if !keys.is_empty() {
        idempotency::load(connection, batch.vendor_id(), &keys, &mut batch.remembered).await?;
    }
    let mut needs = Needs::default();
    for _ in 0..ROUNDS_MAX {
        for job in jobs.iter() {
            job.needs(batch, &mut needs);
        }
        let fresh = needs.take();
        if fresh.is_empty() {
            return Ok(true);
        }
        if !fresh.iter().all(&may_ask) {
            return Ok(false);
        }
        load::meet(connection, batch, fresh).await?;
    }
    Err(StoreError::Damaged {
        what: "a request".into(),
        reason: "it asks for ever more".into(),
    })
}

/// Writes what the batch has changed; answers whether there was anything.
async fn write(
    connection: &mut Connection,
    scope: &Scope,
    batch: &Batch,
    frontier: &mut Frontier,
    size: u64,
) -> Result<bool, StoreError> {
    use latchkey_domain as d;
    let vendor_id = scope.vendor_id;
    let mut nodes = Vec::new();
    for staged in &batch.staged {
        let completed = frontier.append(staged.written.leaf);
        nodes.extend(completed.map_err(|error| damaged(&error))?);
    }
    let mut statements = Statements::default();
    let each = &mut statements;
    write_recorded::<d::vendor::Vendor>(each, batch);
    write_recorded::<d::product::Product>(each, batch);
    write_recorded::<d::feature::Feature>(each, batch);
    write_recorded::<d::policy::Policy>(each, batch);
    write_recorded::<d::policy::PolicyRevision>(each, batch);
    write_recorded::<d::reseller::Reseller>(each, batch);
    write_recorded::<d::template::Template>(each, batch);
    template::write_balances(each, batch);
    write_recorded::<d::customer::Customer>(each, batch);
    write_recorded::<d::license::License>(each, batch);
    license::write_seats(each, batch);
    write_recorded::<d::quota::QuotaMovement>(each, batch);
    write_recorded::<d::entitlement::Entitlement>(each, batch);
    write_recorded::<d::machine::Machine>(each, batch);
    write_recorded::<d::activation::Activation>(each, batch);
    activation::write_touched(each, batch);
    write_recorded::<d::signing_key::SigningKey>(each, batch);
    write_recorded::<d::license_file::LicenseFile>(each, batch);
    write_recorded::<d::return_receipt::ReturnReceipt>(each, batch);
    write_recorded::<d::user::User>(each, batch);
    user::write_touched(each, batch);
    write_recorded::<d::session::Session>(each, batch);
    session::write_touched(each, batch);
    write_recorded::<d::session::Invitation>(each, batch);
    write_recorded::<d::access_token::AccessToken>(each, batch);
    access_token::write_touched(each, batch);
    write_recorded::<d::approval::Approval>(each, batch);
    write_recorded::<d::passkey::Passkey>(each, batch);
    passkey::write_touched(each, batch);
    write_recorded::<d::webhook::Webhook>(each, batch);
    write_recorded::<d::sign_up_link::SignUpLink>(each, batch);
    write_recorded::<d::admission::Admission>(each, batch);
    admission::write_touched(each, batch);
    validation::append(each, batch);
    letter::append(each, batch);
    idempotency::write(each, vendor_id, &batch.answers, batch.now());
    let recorded = !batch.staged.is_empty();
    if recorded {
        ledger::append(each, batch, size);
        ledger::write_nodes(each, vendor_id, &nodes);
        each.add(|query| {
            let root = frontier.root();
            let head = LedgerHead {
                size: frontier.size(),
                frontier: frontier.to_bytes(),
                root,
                checkpoint: scope.signer.sign(frontier.size(), &root)?,
            };
            ledger::write_head(query, vendor_id, head);
            Ok(())
        });
    }
    statements.run(connection).await?;
    Ok(recorded || batch.touched() || !batch.answers.is_empty())
}

fn damaged(error: &impl std::fmt::Display) -> StoreError {
    StoreError::Damaged {
        what: "the ledger's head".into(),
        reason: error.to_string(),
    }
}

impl Database {
    /// Answers if the database does.
    pub(crate) async fn ping(&self) -> Result<(), StoreError> {
        let one: i64 = Query::new("SELECT CAST(1 AS BIGINT)")
            .build_query_scalar()
            .fetch_one(&self.readers)
            .await?;
        if one == 1 {
            Ok(())
        } else {
            Err(StoreError::Closed)
        }
    }
}
