//! The mark of a store that is not the one to work with.

use latchkey_domain::Timestamp;

use crate::{StoreError, StoreUrl};

/// Which way a marked store was moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Away from here: changes are made there.
    To,
    /// Hither, and whether all of it arrived is not yet known.
    From,
}

/// Says of a store that it is not the one to work with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which way.
    pub direction: Direction,
    /// The other store; see [`StoreUrl::place`].
    pub place: String,
    /// When.
    pub at: Timestamp,
}

impl Mark {
    /// What is said to whoever opens the marked store.
    #[must_use]
    pub fn refusal(&self, store: &StoreUrl) -> StoreError {
        let (store, other) = (store.place(), self.place.clone());
        match self.direction {
            Direction::To => StoreError::Moved { store, to: other },
            Direction::From => StoreError::Arriving { store, from: other },
        }
    }
}
