//! The cookies with which a browser keeps an attempt to sign in: one while it is at the sign-in service, one while a
//! passkey is asked for. They are asked for by our own pages alone; so nobody else's page needs to be able to send them.

use axum::extract::FromRequestParts;
use http::HeaderValue;
use http::header::COOKIE;
use http::request::Parts;
use latchkey_app::sign_in_service::Kept;
use latchkey_domain::Timestamp;

use crate::ApiState;
use crate::caller::{Caller, Doors};
use crate::problem::Problem;

/// What an attempt is by.
#[derive(Clone, Copy)]
pub(crate) enum By {
    /// The sign-in service.
    Service,
    /// A passkey.
    Passkey,
}

/// What the browser kept of an attempt by the sign-in service, sealed.
pub(crate) struct KeptAttempt(pub(crate) Option<String>);

/// What the browser kept of a question to a passkey, sealed.
pub(crate) struct KeptQuestion(pub(crate) Option<String>);

impl FromRequestParts<ApiState> for KeptAttempt {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        Ok(Self(By::Service.kept(parts, state)))
    }
}

impl FromRequestParts<ApiState> for KeptQuestion {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        Ok(Self(By::Passkey.kept(parts, state)))
    }
}

impl By {
    fn kept(self, parts: &Parts, state: &ApiState) -> Option<String> {
        let name = self.name(state.doors());
        parts
            .headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, sealed)| sealed.to_owned())
    }

    fn name(self, doors: Doors) -> &'static str {
        match (self, doors.https) {
            (Self::Service, true) => "__Host-latchkey-attempt",
            (Self::Service, false) => "latchkey-attempt",
            (Self::Passkey, true) => "__Host-latchkey-passkey",
            (Self::Passkey, false) => "latchkey-passkey",
        }
    }

    /// The cookie that keeps an attempt.
    pub(crate) fn keep(self, api: &Caller, kept: &Kept) -> Option<HeaderValue> {
        let now: Timestamp = api.app.now();
        let seconds = (kept.until.seconds() - now.seconds()).max(0);
        self.set(api.doors, &kept.sealed, seconds)
    }

    /// The cookie that takes it away.
    pub(crate) fn forget(self, api: &Caller) -> Option<HeaderValue> {
        self.set(api.doors, "", 0)
    }

    fn set(self, doors: Doors, value: &str, seconds: i64) -> Option<HeaderValue> {
        let secure = if doors.https { "; Secure" } else { "" };
        let cookie = format!(
            "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}",
            self.name(doors)
        );
        let mut value = HeaderValue::from_str(&cookie).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}
