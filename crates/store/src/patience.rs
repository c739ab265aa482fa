//! How long a database on a network is waited for. One that is away says so, or nothing at all: a request that it does
//! not answer has to be told, and must not keep those behind it waiting.

use std::time::Duration;

use crate::StoreError;

/// For an answer to one question.
pub(crate) const READ: Duration = Duration::from_secs(10);

/// For what a batch needs to know.
pub(crate) const DECIDE: Duration = Duration::from_secs(20);

/// For a batch to be committed, and more for each row of a large one.
const WRITE: Duration = Duration::from_secs(20);
const WRITE_ROW: Duration = Duration::from_millis(2);

/// For a batch with so many entries to be committed. How many there will be is not known where it is decided anew; then
/// it is as many as there may be.
pub(crate) fn write(entries: usize) -> Duration {
    WRITE + WRITE_ROW * u32::try_from(entries).unwrap_or(u32::MAX)
}

/// Waits for a database at most so long.
pub(crate) async fn within<T>(
    limit: Duration,
    work: impl Future<Output = Result<T, StoreError>>,
) -> Result<T, StoreError> {
    tokio::time::timeout(limit, work).await.unwrap_or_else(|_| {
        let seconds = limit.as_secs();
        Err(StoreError::Unavailable {
            reason: format!(
                "it did not answer within {seconds} seconds; whether a change was made is not known, and sending it \
                 again with its idempotency key makes it once"
            ),
        })
    })
}
