//! The statements that write a batch. While the database does one, the next is made: a statement of many rows takes
//! about as long to make as to do.

use super::{Connection, Query};
use crate::StoreError;

type Make<'b> = Box<dyn FnOnce() -> Result<Query, StoreError> + Send + 'b>;

/// Statements in the order in which they will be done.
#[derive(Default)]
pub(super) struct Statements<'b>(Vec<Make<'b>>);

impl<'b> Statements<'b> {
    /// Adds a statement, to be made when its turn comes.
    pub(super) fn add(&mut self, make: impl FnOnce() -> Result<Query, StoreError> + Send + 'b) {
        self.0.push(Box::new(make));
    }

    /// Does them all, the one after the other.
    pub(super) async fn run(self, connection: &mut Connection) -> Result<(), StoreError> {
        let mut left = self.0.into_iter();
        let mut made = left.next().map(|make| make()).transpose()?;
        while let Some(mut query) = made {
            let done = async { query.build().execute(&mut *connection).await };
            let making = async { left.next().map(|make| make()).transpose() };
            // The first is polled first: the database is at work while the second runs through.
            let (done, next) = tokio::join!(biased; done, making);
            done?;
            made = next?;
        }
        Ok(())
    }
}
