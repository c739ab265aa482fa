//! What the verifier accepts and refuses, from the outside.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails where it stands"
)]

mod answers;
mod dependencies;
mod golden;
mod merkle;
mod mutations;
mod naive;
mod return_receipt;
mod rules;
mod sample;
mod signatures;
mod vectors;
