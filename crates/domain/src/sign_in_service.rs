//! A sign-in service: somebody else's, which vouches for who a person is. Users are linked to what they are there.

use serde::{Deserialize, Serialize};

use crate::refusal::{Refusal, RefusalKind};

/// The longest address of a service, in bytes.
const ISSUER_BYTES_MAX: usize = 2_048;
/// The longest name that a service has for a person, in bytes (OpenID Connect Core §2).
const SUBJECT_BYTES_MAX: usize = 255;

/// Who somebody is to a sign-in service. It stays the same there, whatever their e-mail address becomes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Identity {
    issuer: String,
    subject: String,
}

impl Identity {
    /// What a service calls somebody; none if that is nothing, or too long to be kept.
    #[must_use]
    pub fn new(issuer: &str, subject: &str) -> Option<Self> {
        let fits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && !text.chars().any(char::is_control)
        };
        (fits(issuer, ISSUER_BYTES_MAX) && fits(subject, SUBJECT_BYTES_MAX)).then(|| Self {
            issuer: issuer.to_owned(),
            subject: subject.to_owned(),
        })
    }

    /// Which service: its address.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// What they are called there.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }
}

/// Why nobody comes in by way of a sign-in service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignInServiceRefusal {
    /// There is none.
    #[error("this server has no sign-in service")]
    NotSetUp,
    /// It does not answer.
    #[error("the sign-in service does not answer")]
    Away,
    /// The attempt ran out, was begun elsewhere, or never was. Which of these is not told.
    #[error("this attempt to sign in has run out, or was not begun in this browser")]
    AttemptOver,
    /// What came back from the service does not hold.
    #[error("what came back from the sign-in service does not hold")]
    NotBelieved,
    /// The service does not know whose the address is.
    #[error("the sign-in service has no verified e-mail address of yours")]
    EmailNotVerified,
    /// Nobody who may sign in has the address.
    #[error("nobody with the e-mail address that the sign-in service told may sign in here")]
    NoAccount,
    /// The account is another identity's.
    #[error("this account is linked to another identity at the sign-in service")]
    OtherIdentity,
    /// The service let them in because it knew them.
    #[error("the sign-in service has not asked you anew who you are")]
    NotAnew,
}

impl Refusal for SignInServiceRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotSetUp => "sign_in_service_not_set_up",
            Self::Away => "sign_in_service_away",
            Self::AttemptOver => "sign_in_attempt_over",
            Self::NotBelieved => "sign_in_service_not_believed",
            Self::EmailNotVerified => "sign_in_email_not_verified",
            Self::NoAccount => "sign_in_no_account",
            Self::OtherIdentity => "sign_in_other_identity",
            Self::NotAnew => "sign_in_not_anew",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotSetUp => RefusalKind::Conflict,
            Self::Away => RefusalKind::Away,
            Self::AttemptOver
            | Self::NotBelieved
            | Self::EmailNotVerified
            | Self::NoAccount
            | Self::OtherIdentity
            | Self::NotAnew => RefusalKind::Unproven,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotSetUp => "Sign in with your password.",
            Self::Away => "Try again in a moment, or sign in with your password.",
            Self::AttemptOver => "Begin anew, and come back within ten minutes.",
            Self::NotBelieved => {
                "Begin anew. If it happens again, whoever runs the server finds the reason in its log."
            }
            Self::EmailNotVerified => "Have the sign-in service verify your e-mail address first.",
            Self::NoAccount => "Ask an owner to invite you with that address.",
            Self::OtherIdentity => {
                "Sign in there as the one that it is linked to, or ask an owner to take the link away."
            }
            Self::NotAnew => "Give your password, or sign out and in again.",
        };
        Some(fix.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_is_kept_as_it_is_told_or_not_at_all() {
        let at = |subject: &str| Identity::new("https://id.example", subject);
        let longest = "s".repeat(SUBJECT_BYTES_MAX);
        assert_eq!(at(&longest).unwrap().subject(), longest);
        assert_ne!(at("Ada"), at("ada"), "case counts");
        for wrong in ["", "a\nb", &"s".repeat(SUBJECT_BYTES_MAX + 1)] {
            assert_eq!(at(wrong), None);
        }
        assert_eq!(Identity::new("", "ada"), None);
    }
}
