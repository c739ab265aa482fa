//! Where the sealing key lives, and what is sealed with it.
//!
//! A store holds its private signing keys sealed. The one key that opens them, the *sealing key*,
//! is kept elsewhere: in the operating system's keychain, or, where there is none, in a file
//! beside the store that a passphrase opens. This crate finds or makes the sealing key and seals
//! and opens single values with it. It knows no store and no entity, reads no environment, and
//! takes its randomness as an argument.

mod choice;
mod error;
mod keychain;
mod passphrase;
mod place;
mod seal;
mod seal_file;

pub use choice::KeyChoice;
pub use error::{KeyError, OpenSealedError};
pub use keychain::{KEYCHAIN_SERVICE, find_secret, forget_secret, keep_secret};
pub use passphrase::{MAX_PASSPHRASE_BYTES, MIN_PASSPHRASE_CHARS, Passphrase};
pub use place::{KeyPlace, drop_copy, find, keep_also, keep_copy, seal_file_of, sealing_key};
pub use seal::{SEALED_OVERHEAD_BYTES, SealingKey, open, seal};

/// Fills a buffer with random bytes fit for keys.
pub type Random<'a> = &'a mut dyn FnMut(&mut [u8]);
