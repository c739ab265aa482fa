//! The table of letters that wait: written with the change that they tell of, gone once they are carried.
//!
//! Who carries a letter holds it for a while, by the moment at which it is due again; so two servers do not both carry it.

use latchkey_domain::id::TypedId as _;
use latchkey_domain::{Timestamp, VendorId};

use super::statements::Statements;
use super::table::Columns;
use super::{Database, Query, dialect};
use crate::{Batch, Letter, LetterTaken, StoreError};

/// Letters in one statement; each carries its text.
const LETTERS_PER_STATEMENT: usize = 200;

/// Writes the batch's letters down.
pub(super) fn append<'b>(statements: &mut Statements<'b>, batch: &'b Batch) {
    let (vendor, now) = (batch.vendor_id().uuid(), batch.now().millis());
    for letters in batch.letters.chunks(LETTERS_PER_STATEMENT) {
        statements.add(move |query| {
            query.push(
                "INSERT INTO letter (vendor_id, recipient, subject, body, written_at, failures, due_at) ",
            );
            dialect::push_rows(query, letters, |values, letter| {
                values
                    .push_bind(vendor)
                    .push_bind(letter.to.clone())
                    .push_bind(letter.subject.clone())
                    .push_bind(letter.text.clone())
                    .push_bind(now)
                    .push_bind(0_i64)
                    .push_bind(now);
            });
            Ok(())
        });
    }
}

/// The condition that a letter is still held by who took it.
fn held(query: &mut Query, taken: &LetterTaken) {
    query.push(" WHERE seq = ").push_bind(taken.seq);
    query.push(" AND due_at = ").push_bind(taken.until.millis());
}

impl Database {
    /// Takes the letter that is due for longest, if there is one, to carry it until a moment.
    pub(crate) async fn letter_take(
        &self,
        vendor_id: VendorId,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<LetterTaken>, StoreError> {
        // Looked for before it is taken: mostly there is none, and whoever writes is not to be waited for then.
        let mut query = Query::new("SELECT seq FROM letter WHERE vendor_id = ");
        query
            .push_bind(vendor_id.uuid())
            .push(" AND due_at <= ")
            .push_bind(now.millis())
            .push(" AND NOT EXISTS (SELECT 1 FROM moved) ORDER BY due_at, seq LIMIT 1");
        let due: Option<i64> = query
            .build_query_scalar()
            .fetch_optional(&self.readers)
            .await?;
        let Some(seq) = due else {
            return Ok(None);
        };
        let mut query = Query::new("UPDATE letter SET due_at = ");
        query
            .push_bind(until.millis())
            .push(" WHERE seq = ")
            .push_bind(seq)
            .push(" AND due_at <= ")
            .push_bind(now.millis())
            .push(" RETURNING recipient, subject, body, written_at, failures");
        let row = query.build().fetch_optional(&self.noters).await?;
        row.map(|row| {
            let mut columns = Columns::new(&row, "letter");
            Ok(LetterTaken {
                seq,
                letter: Letter {
                    to: columns.value()?,
                    subject: columns.value()?,
                    text: columns.value()?,
                },
                written_at: columns.time()?,
                failures: columns.number()?,
                until,
            })
        })
        .transpose()
    }

    /// Forgets a letter that was carried, or is given up.
    pub(crate) async fn letter_done(
        &self,
        _: VendorId,
        taken: &LetterTaken,
    ) -> Result<(), StoreError> {
        let mut query = Query::new("DELETE FROM letter");
        held(&mut query, taken);
        query.build().execute(&self.noters).await?;
        Ok(())
    }

    /// Notes that a letter could not be carried, and when it is tried again.
    pub(crate) async fn letter_failed(
        &self,
        _: VendorId,
        taken: &LetterTaken,
        due: Timestamp,
    ) -> Result<(), StoreError> {
        let mut query = Query::new("UPDATE letter SET failures = failures + 1, due_at = ");
        query.push_bind(due.millis());
        held(&mut query, taken);
        query.build().execute(&self.noters).await?;
        Ok(())
    }
}
