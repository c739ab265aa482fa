//! How a use case says no.

use latchkey_domain::refusal::{Refusal, RefusalKind};
use latchkey_store::StoreError;
use serde_json::Value;

/// A refusal, ready to be told: the code, the sentence, and the smallest change that would help.
#[derive(Debug, Clone, PartialEq)]
pub struct Refused {
    /// What kind of no it is.
    pub kind: RefusalKind,
    /// The stable code.
    pub code: &'static str,
    /// The sentence.
    pub sentence: String,
    /// What would help.
    pub fix: Option<String>,
    /// The field that is wrong: a JSON pointer.
    pub pointer: Option<String>,
    /// Facts that belong to the code, for programs: a JSON object.
    pub context: Option<Value>,
}

impl<R: Refusal> From<R> for Refused {
    fn from(refusal: R) -> Self {
        Self {
            kind: refusal.kind(),
            code: refusal.code(),
            sentence: refusal.to_string(),
            fix: refusal.fix(),
            pointer: refusal.pointer().map(str::to_owned),
            context: None,
        }
    }
}

impl Refused {
    /// The same refusal, blamed on a field.
    #[must_use]
    pub fn at(mut self, pointer: &str) -> Self {
        self.pointer = Some(pointer.to_owned());
        self
    }

    /// The same refusal, with facts for programs.
    #[must_use]
    pub fn with(mut self, context: Value) -> Self {
        self.context = Some(context);
        self
    }
}

/// Why a use case did not do what it was asked. Nothing of it was done.
#[derive(Debug, Clone)]
pub enum AppError {
    /// A rule is against it.
    Refused(Box<Refused>),
    /// The store could not do it.
    Store(StoreError),
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refused) => f.write_str(&refused.sentence),
            Self::Store(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AppError {}

impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Refused> for AppError {
    fn from(refused: Refused) -> Self {
        Self::Refused(Box::new(refused))
    }
}

impl AppError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refused) => refused.code,
            Self::Store(error) => error.code(),
        }
    }
}
