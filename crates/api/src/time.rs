//! Times on the wire: RFC 3339 in UTC, with milliseconds and a `Z`.

use std::borrow::Cow;

use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, Schema, SchemaFormat, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// A moment, written as `2026-11-22T18:30:00.000Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub domain::Timestamp);

impl From<domain::Timestamp> for Timestamp {
    fn from(at: domain::Timestamp) -> Self {
        Self(at)
    }
}

impl From<Timestamp> for domain::Timestamp {
    fn from(at: Timestamp) -> Self {
        at.0
    }
}

impl PartialSchema for Timestamp {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("RFC 3339 in UTC; answers have milliseconds and a Z."))
            .examples(["2026-11-22T18:30:00.000Z"])
            .into()
    }
}

impl ToSchema for Timestamp {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Timestamp")
    }
}
