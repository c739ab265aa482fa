//! Licenses: issuing and the life of one.

mod edit;
mod issue;
