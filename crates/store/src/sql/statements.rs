//! The statements that write a batch. Where each is a journey to a server, those of a small batch travel together.
//! Otherwise, while the database does one, the next is made: a statement of many rows takes about as long to make as to do.

use super::{Connection, Query, dialect};
use crate::StoreError;

type Make<'b> = Box<dyn FnOnce(&mut Query) -> Result<(), StoreError> + Send + 'b>;

/// Statements in the order in which they will be done.
#[derive(Default)]
pub(super) struct Statements<'b> {
    together: Vec<Make<'b>>,
    behind: Vec<Make<'b>>,
}

impl<'b> Statements<'b> {
    /// Adds a statement, to be made when its turn comes. It may refer to rows that others write, but neither read them nor
    /// write them, too: they may be done as one.
    pub(super) fn add(
        &mut self,
        make: impl FnOnce(&mut Query) -> Result<(), StoreError> + Send + 'b,
    ) {
        self.together.push(Box::new(make));
    }

    /// Adds one that is done when all those are.
    pub(super) fn add_behind(
        &mut self,
        make: impl FnOnce(&mut Query) -> Result<(), StoreError> + Send + 'b,
    ) {
        self.behind.push(Box::new(make));
    }

    /// Does them all.
    pub(super) async fn run(self, connection: &mut Connection) -> Result<(), StoreError> {
        let Self { together, behind } = self;
        if together.len() > dialect::TOGETHER_MAX {
            one_by_one(connection, together).await?;
        } else if !together.is_empty() {
            as_one(together)?.build().execute(&mut *connection).await?;
        }
        one_by_one(connection, behind).await
    }
}

/// One statement that does what several would. What refers to a row that another writes is looked at when all are done
/// (<https://www.postgresql.org/docs/15/queries-with.html#QUERIES-WITH-MODIFYING>).
fn as_one(makes: Vec<Make<'_>>) -> Result<Query, StoreError> {
    let mut query = Query::new("WITH ");
    for (number, make) in makes.into_iter().enumerate() {
        let comma = if number == 0 { "" } else { ", " };
        query.push(format_args!("{comma}part_{number} AS ("));
        make(&mut query)?;
        query.push(")");
    }
    query.push(" SELECT 1");
    Ok(query)
}

async fn one_by_one(connection: &mut Connection, makes: Vec<Make<'_>>) -> Result<(), StoreError> {
    let mut left = makes.into_iter();
    let mut made = left.next().map(alone).transpose()?;
    while let Some(mut query) = made {
        let done = async { query.build().execute(&mut *connection).await };
        let making = async { left.next().map(alone).transpose() };
        // The first is polled first: the database is at work while the second runs through.
        let (done, next) = tokio::join!(biased; done, making);
        done?;
        made = next?;
    }
    Ok(())
}

fn alone(make: Make<'_>) -> Result<Query, StoreError> {
    let mut query = Query::new("");
    make(&mut query)?;
    Ok(query)
}
