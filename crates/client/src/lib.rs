//! How a licensed app calls home: it activates, validates and deactivates, and knows what holds while
//! the server cannot be reached. `docs/apps.md` describes the requests, for apps in other languages.
//!
//! An answer counts only if a key that the vendor's root key vouches for has signed it, and if it
//! answers this very request. The newest one is remembered and, for the offline grace, stands in for a
//! server that is away. Nothing here panics: everything that can go wrong is an [`Error`] with a
//! sentence and what to do about it.
//!
//! ```no_run
//! use latchkey_client::{Licensed, RootKey, Settings, blocking};
//!
//! fn may_export(root_pem: &str, license_key: &str, machine_code: &str) -> bool {
//!     let ask = || -> Result<_, Box<dyn std::error::Error>> {
//!         let app = Licensed { product_code: "atlas-cad", license_key, machine_code };
//!         let root = RootKey::from_pem(root_pem)?;
//!         let settings = Settings::new("https://licenses.example", root, app)?
//!             .state_file("/var/lib/atlas-cad/license.json");
//!         Ok(blocking::Client::new(settings)?.validate()?)
//!     };
//!     match ask() {
//!         Ok(verdict) => verdict.has_feature("export-step"),
//!         Err(error) => {
//!             eprintln!("{error}");
//!             false
//!         }
//!     }
//! }
//! ```

mod ambient;
mod answer;
pub mod blocking;
mod client;
mod error;
mod grace;
mod http;
mod license_key;
mod machine_code;
mod memory;
mod retry;
mod settings;
mod verdict;

pub use chrono::{DateTime, Utc};
pub use client::Client;
pub use error::{Cause, Distrust, Error, MemoryError, Problem, Recollection};
pub use latchkey_verify::dsse::DsseError;
pub use latchkey_verify::{AnswerError, KeyError, RootKey};
pub use machine_code::{MachineCodeError, machine_code, machine_code_of};
pub use settings::{
    DEFAULT_OFFLINE_GRACE, DEFAULT_TIMEOUT, DEFAULT_TRIES, Licensed, Settings, SettingsError,
};
pub use verdict::{Feature, Limit, Refusal, Source, Verdict};
