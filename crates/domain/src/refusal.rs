//! How a rule says no: a stable code, a sentence a person understands, and the smallest change that would help.

/// What kind of no it is; decides how callers treat it (an HTTP status, an exit code).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// What was given is not well formed or out of bounds.
    Invalid,
    /// What was named does not exist, or not for this actor.
    NotFound,
    /// It is well formed, and the present state or a rule is against it.
    Conflict,
    /// This actor may not do it.
    Forbidden,
    /// It was not proven who asks.
    Unproven,
    /// It was tried too often.
    TooOften,
    /// It is more than one request may carry.
    TooLarge,
    /// Somebody else who is needed for it does not answer.
    Away,
}

/// A refusal of a rule. `Display` is the sentence.
pub trait Refusal: std::error::Error {
    /// The stable code, in snake case; programs branch on it.
    fn code(&self) -> &'static str;

    /// What kind of no it is.
    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }

    /// The smallest change that would turn it into a yes.
    fn fix(&self) -> Option<String> {
        None
    }

    /// The field that is wrong, as a JSON pointer (RFC 6901), where there is one.
    fn pointer(&self) -> Option<&'static str> {
        None
    }
}
