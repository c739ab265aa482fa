//! Why there is no verdict: what happened, as a sentence, and what to do about it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use chrono::{DateTime, SecondsFormat, Utc};
use latchkey_verify::AnswerError;
use latchkey_verify::dsse::DsseError;
use serde::Deserialize;
use thiserror::Error;

use crate::settings::SettingsError;

/// Why a call ended without a verdict or without its effect.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum Error {
    /// The settings are not taken.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The server refused the request itself: a problem document, which is not signed. It is no
    /// statement about the license, so it neither opens anything nor is it remembered; and since it
    /// came over a connection that names the server, no earlier answer is used in its place.
    #[error("{0}")]
    Refused(Problem),
    /// The server cannot be reached, or what answers in its place cannot be trusted; and no earlier
    /// answer holds.
    #[error("The license server gave no answer that counts: {cause}. {memory}")]
    Unreachable {
        /// What happened.
        cause: Cause,
        /// Why no earlier answer is used.
        memory: Recollection,
    },
    /// The file with the remembered answer can be neither written nor deleted.
    #[error(transparent)]
    Memory(#[from] MemoryError),
    /// The system gives no random bytes, and without them no answer can be told from an old one.
    #[error("This machine gives no random numbers, so no safe request can be made")]
    NoRandomness,
    /// The client was called outside of a tokio runtime.
    #[error("The asynchronous client works inside of a tokio runtime only")]
    NoRuntime,
    /// No thread could be started for the blocking client.
    #[error("No thread can be started for calling home: {0}")]
    NoThread(String),
    /// The runtime or the client's thread ended while the call was under way.
    #[error("The program is ending, and the call with it")]
    Ended,
}

/// A problem document (RFC 9457) by which the server refuses a request. Not signed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// The stable code to branch on, such as `license_not_found` or `seats_exhausted`.
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
    /// The smallest change that would turn it into a yes.
    #[serde(default)]
    pub fix: Option<String>,
}

/// What happened instead of an answer that counts.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Cause {
    /// No connection, or one that broke; also a certificate that is not the server's.
    #[error("it cannot be reached ({0})")]
    Connection(String),
    /// Nothing came in time.
    #[error("it did not answer within {} s", .0.as_secs_f32())]
    Timeout(Duration),
    /// A failure, or a status that Latchkey does not answer with.
    #[error("it answered with status {status}{}", detail.as_ref().map(|d| format!(" ({d})")).unwrap_or_default())]
    Status {
        /// The HTTP status.
        status: u16,
        /// The sentence of the problem document, if there was one.
        detail: Option<String>,
    },
    /// Longer than any answer is.
    #[error("its answer is longer than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// An answer that is not trusted.
    #[error("its answer is not trusted: {0}")]
    Untrusted(#[from] Distrust),
}

/// Why an answer or a trust bundle is not trusted.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum Distrust {
    /// No signature, or several headers with one.
    #[error("it is not signed")]
    Unsigned,
    /// The signature is not one that counts.
    #[error(transparent)]
    Signature(#[from] AnswerError),
    /// Signed, but not an answer that this version can read.
    #[error("it is signed, but this version cannot read it")]
    Unreadable,
    /// Signed by a key for another product.
    #[error("it is signed by the key {key}, which may only sign for another product")]
    KeyOfOtherProduct {
        /// The vendor's name for the key.
        key: String,
    },
    /// An answer to another request: an old one, played back.
    #[error("it answers another request")]
    OtherNonce,
    /// An answer about another license.
    #[error("it is about another license")]
    OtherLicense,
    /// An answer about another machine.
    #[error("it is about another machine")]
    OtherMachine,
    /// The trust bundle is not one that the root key has signed.
    #[error("the trust bundle is refused: {0}")]
    Bundle(#[from] DsseError),
    /// The trust bundle is older than one that was seen before.
    #[error("the trust bundle is older than the one seen before")]
    BundleOlder,
    /// The root key itself says that it can no longer be trusted.
    #[error("the root key declares itself compromised")]
    RootCompromised,
}

/// Why no earlier answer was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recollection {
    /// None is remembered, or what is remembered was altered or damaged.
    Nothing,
    /// It held until this time.
    GraceOver {
        /// When it stopped to hold.
        until: DateTime<Utc>,
    },
    /// This cannot be done without the server.
    NotAsked,
}

/// The file with the remembered answer cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("The file {} cannot be written: {reason}", path.display())]
pub struct MemoryError {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    pub reason: String,
}

impl Error {
    /// A name for programs, which never changes its meaning; for [`Error::Refused`] the problem's own.
    pub fn code(&self) -> &str {
        match self {
            Self::Settings(error) => error.code(),
            Self::Refused(problem) => &problem.code,
            Self::Unreachable {
                cause: Cause::Untrusted(_),
                ..
            } => "answer_not_trusted",
            Self::Unreachable { .. } => "server_unreachable",
            Self::Memory(_) => "state_file_not_writable",
            Self::NoRandomness => "randomness_unavailable",
            Self::NoRuntime => "runtime_missing",
            Self::NoThread(_) => "thread_unavailable",
            Self::Ended => "ended",
        }
    }

    /// What to do about it.
    pub fn fix(&self) -> &str {
        match self {
            Self::Settings(error) => error.fix(),
            Self::Refused(problem) => problem
                .fix
                .as_deref()
                .unwrap_or("Ask the vendor, and name what the server said"),
            Self::Unreachable { cause, .. } => cause.fix(),
            Self::Memory(_) => "Give the app a folder that it may write to, with room on its disk",
            Self::NoRandomness => {
                "Start the machine again; if that does not help, its system is damaged"
            }
            Self::NoRuntime => "Call it from a tokio runtime, or use the blocking client",
            Self::NoThread(_) => "End other programs, or start this one again",
            Self::Ended => "Start the program again",
        }
    }
}

impl Cause {
    fn fix(&self) -> &'static str {
        match self {
            Self::Connection(_) | Self::Timeout(_) => {
                "Connect this machine to the network and try again; a firewall must let the app out"
            }
            Self::Status {
                status: 409 | 429 | 500..,
                ..
            } => "Try again in a few minutes; if it stays so, tell the vendor",
            Self::Untrusted(Distrust::RootCompromised) => {
                "Update the app to a version with the vendor's new root key"
            }
            Self::Untrusted(Distrust::Unreadable) => "Update the app",
            Self::Status { .. } | Self::TooLarge { .. } | Self::Untrusted(_) => {
                "Something else may answer in the server's place, such as the sign-in page of a network: sign in there, or use another network"
            }
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl fmt::Display for Recollection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str("No earlier answer is remembered"),
            Self::GraceOver { until } => {
                let until = until.to_rfc3339_opts(SecondsFormat::Secs, true);
                write!(f, "The earlier answer held until {until}")
            }
            Self::NotAsked => f.write_str("This cannot be done without it"),
        }
    }
}
