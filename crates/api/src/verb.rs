//! What was done, as it stands in the ledger: an entity and a verb.

use std::borrow::Cow;

use latchkey_domain::ledger;
use serde::{Serialize, Serializer};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaType, Type};
use utoipa::{PartialSchema, ToSchema};

/// What was done, such as `license.suspend`. A closed list, taken from the ledger's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verb(pub ledger::Verb);

impl From<ledger::Verb> for Verb {
    fn from(verb: ledger::Verb) -> Self {
        Self(verb)
    }
}

impl Serialize for Verb {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.as_str())
    }
}

impl PartialSchema for Verb {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .description(Some("What was done: an entity and a verb."))
            .enum_values(Some(ledger::Verb::ALL.iter().map(|verb| verb.as_str())))
            .into()
    }
}

impl ToSchema for Verb {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Verb")
    }
}
