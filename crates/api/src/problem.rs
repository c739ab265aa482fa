//! Problem documents (RFC 9457): how every "no" looks on the wire.
//!
//! This is the one place that turns a refusal into a status and a document.

use std::collections::BTreeMap;

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{HeaderValue, StatusCode};
use latchkey_app::{AppError, Refused, StoreError};
use latchkey_domain::refusal::{Refusal as _, RefusalKind};
use serde::Serialize;
use utoipa::ToSchema;

use crate::codes;

/// The media type of problem documents.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// What an operation answers instead of its result; see [`ProblemDocument`].
#[derive(Debug)]
pub struct Problem(Box<ProblemDocument>);

/// Why a request was refused, and what would help (RFC 9457).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct ProblemDocument {
    /// A relative reference that names the kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/seats_exhausted")]
    pub kind: String,
    /// The HTTP status in words.
    #[schema(example = "Conflict")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 409)]
    pub status: u16,
    /// The stable code programs branch on.
    #[schema(example = "seats_exhausted")]
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
    /// The smallest change that would turn it into a yes.
    #[schema(required)]
    pub fix: Option<String>,
    /// What is wrong with which field; empty when no single field is to blame.
    pub errors: Vec<FieldError>,
    /// Facts that belong to the code, for programs.
    #[schema(required)]
    pub context: Option<BTreeMap<String, serde_json::Value>>,
}

/// What is wrong with one field of the body or one query parameter.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FieldError {
    /// A JSON pointer into the body (RFC 6901), or a slash and the query parameter's name.
    #[schema(example = "/rules/seats_max")]
    pub pointer: String,
    /// The stable code of the fault.
    #[schema(example = "field_unknown")]
    pub code: String,
    /// The sentence for a person.
    pub detail: String,
}

impl Problem {
    /// A problem with a code of the table in `codes.rs` and its sentence.
    pub(crate) fn new(code: &'static str, detail: impl Into<String>) -> Self {
        let status = codes::find(code).map_or(500, |known| known.status);
        Self::with_status(status, code, detail.into())
    }

    fn with_status(status: u16, code: &str, detail: String) -> Self {
        let title = StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason());
        Self(Box::new(ProblemDocument {
            kind: format!("/problems/{code}"),
            title: title.unwrap_or("Error").to_owned(),
            status,
            code: code.to_owned(),
            detail,
            fix: None,
            errors: Vec::new(),
            context: None,
        }))
    }

    /// Adds what would help.
    pub(crate) fn fix(mut self, fix: impl Into<String>) -> Self {
        self.0.fix = Some(fix.into());
        self
    }

    /// Adds what is wrong with one field.
    pub(crate) fn field(mut self, pointer: String, code: &str, detail: String) -> Self {
        self.0.errors.push(FieldError {
            pointer,
            code: code.to_owned(),
            detail,
        });
        self
    }

    /// The document itself.
    pub fn document(&self) -> &ProblemDocument {
        &self.0
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(refused) => (*refused).into(),
            AppError::Store(error) => error.into(),
        }
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        let status = match refused.kind {
            RefusalKind::Invalid => 422,
            RefusalKind::NotFound => 404,
            RefusalKind::Conflict => 409,
            RefusalKind::Forbidden if refused.code == "not_signed_in" => 401,
            RefusalKind::Forbidden => 403,
            RefusalKind::Unproven => 401,
            RefusalKind::TooOften => 429,
            RefusalKind::TooLarge => 413,
            RefusalKind::Away => 503,
        };
        let sentence = sentence(&refused.sentence);
        let mut problem = Self::with_status(status, refused.code, sentence.clone());
        problem.0.fix = refused.fix;
        if let Some(pointer) = refused.pointer {
            problem = problem.field(pointer, refused.code, sentence);
        }
        if let Some(serde_json::Value::Object(facts)) = refused.context {
            problem.0.context = Some(facts.into_iter().collect());
        }
        problem
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        let detail = match error.code() {
            "internal" => {
                tracing::error!(%error, "the store refused what it should not");
                "Something went wrong inside; nothing of the request was done.".to_owned()
            }
            "idempotency_mismatch" => sentence(&error.to_string()),
            code => {
                tracing::warn!(%error, code, "the store failed");
                sentence(&error.to_string())
            }
        };
        let mut problem = Self::new(error.code(), detail);
        problem.0.fix = error.fix();
        problem
    }
}

/// The domain's messages go into other sentences; alone they begin with a capital and end with a full stop.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let begin: String = letters
        .next()
        .map(|first| first.to_uppercase().collect())
        .unwrap_or_default();
    let end = if message.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{begin}{}{end}", letters.as_str())
}

/// After how many seconds it is worth to ask again, where that helps at all.
fn again_after(status: StatusCode) -> Option<&'static str> {
    match status {
        StatusCode::TOO_MANY_REQUESTS => Some("60"),
        StatusCode::SERVICE_UNAVAILABLE => Some("5"),
        _ => None,
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status =
            StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        if let Some(seconds) = again_after(status) {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(seconds));
        }
        response
    }
}
