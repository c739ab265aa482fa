//! Answers that are remembered, so that a repeated request does no harm.

use std::collections::HashMap;

use latchkey_domain::id::TypedId;
use latchkey_domain::limits::IDEMPOTENCY_HOURS;
use latchkey_domain::{Timestamp, VendorId};

use super::statements::Statements;
use super::table::Columns;
use super::{Connection, Query, dialect};
use crate::StoreError;
use crate::work::{Idempotency, Remembered};

/// What is remembered under these keys.
pub(super) async fn load(
    connection: &mut Connection,
    vendor_id: VendorId,
    keys: &[String],
    remembered: &mut HashMap<String, Remembered>,
) -> Result<(), StoreError> {
    for keys in keys.chunks(500) {
        let mut query = Query::new(
            "SELECT key, request, answer, created_at FROM idempotency WHERE vendor_id = ",
        );
        query.push_bind(vendor_id.uuid()).push(" AND ");
        dialect::push_one_of(&mut query, "key", keys);
        for row in &query.build().fetch_all(&mut *connection).await? {
            let mut columns = Columns::new(row, "idempotency");
            let key = columns.value()?;
            let request = columns.hash()?;
            let answer = Remembered {
                request,
                answer: columns.value()?,
                at: columns.time()?,
            };
            // What is known already is newer.
            remembered.entry(key).or_insert(answer);
        }
    }
    Ok(())
}

/// Remembers answers, and forgets old ones.
pub(super) fn write<'b>(
    statements: &mut Statements<'b>,
    vendor_id: VendorId,
    answers: &'b [(Idempotency, String)],
    now: Timestamp,
) {
    if answers.is_empty() {
        return;
    }
    statements.add_behind(move |query| {
        query.push("DELETE FROM idempotency WHERE created_at < ");
        query.push_bind(
            now.plus_millis(-i64::from(IDEMPOTENCY_HOURS) * 3_600_000)
                .millis(),
        );
        Ok(())
    });
    for answers in answers.chunks(500) {
        statements.add_behind(move |query| {
            query.push("INSERT INTO idempotency (vendor_id, key, request, answer, created_at) ");
            dialect::push_rows(query, answers, |values, (idempotency, answer)| {
                values
                    .push_bind(vendor_id.uuid())
                    .push_bind(idempotency.key.clone())
                    .push_bind(idempotency.request.to_vec())
                    .push_bind(answer.clone())
                    .push_bind(now.millis());
            });
            Ok(())
        });
    }
}
