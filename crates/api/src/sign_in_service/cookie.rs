//! The cookie with which a browser keeps an attempt while it is at the sign-in service. It is asked for by our own page
//! alone, which the service sends the browser back to; so nobody else's page needs to be able to send it.

use axum::extract::FromRequestParts;
use http::HeaderValue;
use http::header::COOKIE;
use http::request::Parts;
use latchkey_app::sign_in_service::Kept;
use latchkey_domain::Timestamp;

use crate::ApiState;
use crate::caller::{Caller, Doors};
use crate::problem::Problem;

/// What the browser kept, sealed.
pub(super) struct KeptAttempt(pub(super) Option<String>);

impl FromRequestParts<ApiState> for KeptAttempt {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ApiState) -> Result<Self, Problem> {
        let name = name(state.doors());
        let kept = parts
            .headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|cookies| cookies.split(';'))
            .filter_map(|cookie| cookie.trim().split_once('='))
            .find(|(known, _)| *known == name)
            .map(|(_, sealed)| sealed.to_owned());
        Ok(Self(kept))
    }
}

fn name(doors: Doors) -> &'static str {
    if doors.https {
        "__Host-latchkey-attempt"
    } else {
        "latchkey-attempt"
    }
}

/// The cookie that keeps an attempt.
pub(super) fn keep(api: &Caller, kept: &Kept) -> Option<HeaderValue> {
    let now: Timestamp = api.app.now();
    let seconds = (kept.until.seconds() - now.seconds()).max(0);
    set(api.doors, &kept.sealed, seconds)
}

/// The cookie that takes it away.
pub(super) fn forget(api: &Caller) -> Option<HeaderValue> {
    set(api.doors, "", 0)
}

fn set(doors: Doors, value: &str, seconds: i64) -> Option<HeaderValue> {
    let secure = if doors.https { "; Secure" } else { "" };
    let cookie = format!(
        "{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}",
        name(doors)
    );
    let mut value = HeaderValue::from_str(&cookie).ok()?;
    value.set_sensitive(true);
    Some(value)
}
