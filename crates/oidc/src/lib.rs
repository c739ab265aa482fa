//! How a sign-in service is asked who somebody is: OpenID Connect, by the authorization code flow with PKCE.
//!
//! This crate knows no user and no session, has no clock and no randomness. It makes the address that a browser is sent
//! to, and turns the code that comes back into a person that the service vouches for.

mod document;
mod http;
mod provider;

pub use crate::http::HttpError;
pub use crate::provider::{Attempt, Person, Service, Settings};

/// Why there is no service, or it does not say who somebody is.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// The issuer's address is none, or can be read by others on the way.
    #[error("the sign-in service's address is not an HTTPS address")]
    Issuer,
    /// The address to come back to is none.
    #[error("the server's own address cannot be read")]
    Redirect,
    /// There is no way to ask.
    #[error("the sign-in service cannot be asked")]
    NoWay(#[source] HttpError),
    /// It does not answer, or what it says about itself is of no use.
    #[error("the sign-in service is away: {0}")]
    Away(String),
    /// What came back does not hold.
    #[error("the sign-in service's answer does not hold: {0}")]
    Refused(String),
}

/// An error with its causes, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
