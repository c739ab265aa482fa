//! How handlers answer.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue};
use latchkey_app as app;
use serde::Serialize;

use crate::change::{ChangeRef, Changed};
use crate::problem::Problem;

/// Tells that an answer is the remembered one of an earlier request with the same key.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

/// What a handler that only looks answers.
pub(crate) type Answer<T> = Result<Json<T>, Problem>;

/// What a handler that changes one thing answers.
pub(crate) type Act<T> = Result<Done<Changed<T>>, Problem>;

/// The answer of a command.
pub(crate) struct Done<T> {
    body: T,
    replayed: bool,
}

impl<T> Done<T> {
    /// An answer that may be a remembered one.
    pub(crate) fn new(body: T, replayed: bool) -> Self {
        Self { body, replayed }
    }
}

impl<T> Done<Changed<T>> {
    /// What was recorded, with the thing as it is now.
    pub(crate) fn changed<V>(changed: &app::Changed<V>, item: impl Into<T>) -> Self {
        Self::new(
            Changed {
                change: ChangeRef::of(changed),
                item: item.into(),
            },
            changed.replayed,
        )
    }
}

impl<T: Serialize> IntoResponse for Done<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        if self.replayed {
            response
                .headers_mut()
                .insert(REPLAYED, HeaderValue::from_static("true"));
        }
        response
    }
}
