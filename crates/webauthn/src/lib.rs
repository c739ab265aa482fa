//! How passkeys are asked for and their answers checked: WebAuthn, level 3.
//!
//! This crate knows no session and keeps nothing. It makes the questions that a browser hands to a person's devices, and
//! verifies what they sign. What an answer is worth, and that it counts once, is for who asks.

mod party;

pub use party::{Party, at};
