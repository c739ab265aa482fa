//! Runs a batch: load, decide, write, commit once.

use std::sync::Arc;

use latchkey_domain::merkle::Frontier;
use latchkey_domain::{Random, Timestamp};
use sqlx::Connection as _;

use super::statements::Statements;
use super::table::write_recorded;
use super::{Connection, Database, Query, activation, dialect, idempotency, ledger, license, load};
use crate::need::Needs;
use crate::store::Scope;
use crate::work::{Decision, Idempotency, Job};
use crate::{Batch, LedgerHead, StoreError};

/// Rounds of needs before a batch gives up: work that asks for ever more is a mistake.
const ROUNDS_MAX: usize = 8;

impl Database {
    /// Does all jobs in one transaction. On an error nothing has been done, and no job is answered yet.
    pub(crate) async fn run(
        &self,
        scope: &Scope,
        jobs: &mut [Box<dyn Job>],
        now: Timestamp,
        random: Arc<dyn Random>,
    ) -> Result<(), StoreError> {
        let mut connection = self.writers.acquire().await?;
        let mut transaction = connection.begin_with(dialect::BEGIN).await?;
        let changed = run_in(&mut transaction, scope, jobs, now, random).await?;
        if changed {
            transaction.commit().await?;
        } else {
            transaction.rollback().await?;
        }
        Ok(())
    }
}

async fn run_in(
    connection: &mut Connection,
    scope: &Scope,
    jobs: &mut [Box<dyn Job>],
    now: Timestamp,
    random: Arc<dyn Random>,
) -> Result<bool, StoreError> {
    let vendor_id = scope.vendor_id;
    let head = ledger::lock_head(connection, vendor_id).await?;
    let (mut frontier, size) = match &head {
        Some(head) => (
            Frontier::from_bytes(&head.frontier).map_err(|error| damaged(&error))?,
            head.size,
        ),
        None => (Frontier::default(), 0),
    };
    let mut batch = Batch::new(vendor_id, scope.salt, now, random, size);

    let keys: Vec<&str> = jobs
        .iter()
        .filter_map(|job| job.context().idempotency.as_ref())
        .map(|i| i.key.as_str())
        .collect();
    let mut remembered = if keys.is_empty() {
        std::collections::HashMap::new()
    } else {
        idempotency::load(connection, vendor_id, &keys).await?
    };

    let mut needs = Needs::default();
    for round in 0.. {
        for job in jobs.iter() {
            job.needs(&batch, &mut needs);
        }
        let fresh = needs.take();
        if fresh.is_empty() {
            break;
        }
        if round == ROUNDS_MAX {
            return Err(StoreError::Damaged {
                what: "a request".into(),
                reason: "it asks for ever more".into(),
            });
        }
        load::meet(connection, &mut batch, fresh).await?;
    }

    let mut answers: Vec<(Idempotency, String)> = Vec::new();
    for job in jobs.iter_mut() {
        let context = job.context().clone();
        if let Some(idempotency) = &context.idempotency
            && let Some(earlier) = remembered.get(&idempotency.key)
        {
            if earlier.request == idempotency.request {
                job.replay(&earlier.answer, earlier.at)?;
            } else {
                job.refuse(StoreError::IdempotencyMismatch);
            }
            continue;
        }
        batch.begin(context.clone());
        match job.decide(&mut batch) {
            Decision::Yes(answer) => {
                if let (Some(answer), Some(idempotency)) = (answer, context.idempotency) {
                    remembered.insert(
                        idempotency.key.clone(),
                        idempotency::Remembered {
                            request: idempotency.request,
                            answer: answer.clone(),
                            at: now,
                        },
                    );
                    answers.push((idempotency, answer));
                }
            }
            Decision::No => batch.roll_back(),
        }
        if let Some(failure) = batch.take_failure() {
            return Err(failure);
        }
    }
    write(connection, scope, &batch, &mut frontier, size, &answers).await
}

/// Writes what the batch has changed; answers whether there was anything.
async fn write(
    connection: &mut Connection,
    scope: &Scope,
    batch: &Batch,
    frontier: &mut Frontier,
    size: u64,
    answers: &[(Idempotency, String)],
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
    write_recorded::<d::customer::Customer>(each, batch);
    write_recorded::<d::license::License>(each, batch);
    license::write_seats(each, batch);
    write_recorded::<d::entitlement::Entitlement>(each, batch);
    write_recorded::<d::machine::Machine>(each, batch);
    write_recorded::<d::activation::Activation>(each, batch);
    activation::write_touched(each, batch);
    write_recorded::<d::signing_key::SigningKey>(each, batch);
    write_recorded::<d::license_file::LicenseFile>(each, batch);
    idempotency::write(each, vendor_id, answers, batch.now());
    let recorded = !batch.staged.is_empty();
    if recorded {
        ledger::append(each, batch, size);
        ledger::write_nodes(each, vendor_id, &nodes);
        each.add(|| {
            let root = frontier.root();
            let head = LedgerHead {
                size: frontier.size(),
                frontier: frontier.to_bytes(),
                root,
                checkpoint: scope.signer.sign(frontier.size(), &root)?,
            };
            Ok(ledger::write_head(vendor_id, head))
        });
    }
    statements.run(connection).await?;
    Ok(recorded || batch.touched() || !answers.is_empty())
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
