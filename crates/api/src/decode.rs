//! Reads a JSON value into a wire type and says exactly where it does not fit.
//!
//! serde's own message names a line and a column of a text nobody sees; this deserialiser keeps the pointer and a
//! code for each kind of fault, so that a form can show the sentence beside the field. Query strings are read by the
//! same code: there, numbers and truth values may stand as text.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Value};

use crate::problem::sentence;

/// Where a value does not fit, and how.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// The pointer's parts, innermost first.
    path: Vec<String>,
    /// The stable code of the fault.
    pub(crate) code: &'static str,
    /// The sentence for a person.
    pub(crate) detail: String,
}

/// How scalars are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalars {
    /// As in JSON.
    Json,
    /// Everything is text, as in a query string.
    Text,
}

/// Reads `value` into a `T`.
pub(crate) fn decode<T: DeserializeOwned>(
    value: Value,
    scalars: Scalars,
) -> Result<T, DecodeError> {
    T::deserialize(Node { value, scalars })
}

impl DecodeError {
    /// The JSON pointer (RFC 6901).
    pub(crate) fn pointer(&self) -> String {
        let parts = self.path.iter().rev();
        parts
            .map(|part| format!("/{}", part.replace('~', "~0").replace('/', "~1")))
            .collect()
    }

    fn within(mut self, part: impl Into<String>) -> Self {
        self.path.push(part.into());
        self
    }

    fn at(part: &str, code: &'static str, detail: String) -> Self {
        Self {
            path: vec![part.to_owned()],
            code,
            detail,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for DecodeError {}

impl de::Error for DecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self {
            path: Vec::new(),
            code: "field_invalid",
            detail: sentence(&message.to_string()),
        }
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let detail = format!("{} stands where {expected} is needed.", found(unexpected));
        Self {
            path: Vec::new(),
            code: "field_wrong_type",
            detail,
        }
    }

    fn invalid_value(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let detail = format!("{} stands where {expected} is needed.", found(unexpected));
        Self {
            path: Vec::new(),
            code: "field_invalid",
            detail,
        }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let detail = format!(
            "\"{}\" is not known here; known are: {}.",
            clip(variant),
            expected.join(", ")
        );
        Self {
            path: Vec::new(),
            code: "field_invalid",
            detail,
        }
    }

    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        let detail = if expected.is_empty() {
            format!(
                "\"{}\" is not known here; nothing is expected.",
                clip(field)
            )
        } else {
            format!(
                "\"{}\" is not known here; known are: {}.",
                clip(field),
                expected.join(", ")
            )
        };
        Self::at(field, "field_unknown", detail)
    }

    fn missing_field(field: &'static str) -> Self {
        Self::at(field, "field_missing", format!("\"{field}\" is missing."))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::at(
            field,
            "field_invalid",
            format!("\"{field}\" stands here twice."),
        )
    }
}

fn clip(text: &str) -> String {
    text.chars().take(64).collect()
}

fn found(unexpected: de::Unexpected<'_>) -> String {
    match unexpected {
        de::Unexpected::Str(text) => format!("the text \"{}\"", clip(text)),
        de::Unexpected::Map | de::Unexpected::StructVariant => "an object".to_owned(),
        de::Unexpected::Seq => "a list".to_owned(),
        de::Unexpected::Unit => "null".to_owned(),
        other => other.to_string(),
    }
}

struct Node {
    value: Value,
    scalars: Scalars,
}

impl Node {
    /// In a query string, text that reads as a number or a truth value is one.
    fn scalar(self) -> Value {
        match self.value {
            Value::String(text) if self.scalars == Scalars::Text => {
                match serde_json::from_str::<Value>(&text) {
                    Ok(value @ (Value::Bool(_) | Value::Number(_))) => value,
                    _ => Value::String(text),
                }
            }
            value => value,
        }
    }

    fn visit<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        let scalars = self.scalars;
        match self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (_, _, number) => visitor.visit_f64(number.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(Items {
                items: items.into_iter(),
                index: 0,
                scalars,
            }),
            Value::Object(fields) => visitor.visit_map(Fields {
                fields: fields.into_iter(),
                name: String::new(),
                value: None,
                scalars,
            }),
        }
    }
}

macro_rules! as_scalar {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
            let scalars = self.scalars;
            Node { value: self.scalar(), scalars }.visit(visitor)
        }
    )*};
}

impl<'de> Deserializer<'de> for Node {
    type Error = DecodeError;

    as_scalar! { deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8
    deserialize_u16 deserialize_u32 deserialize_u64 deserialize_f32 deserialize_f64 }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        self.visit(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, DecodeError> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match &self.value {
            Value::String(text) => {
                let variant: StrDeserializer<'_, DecodeError> = text.as_str().into_deserializer();
                visitor.visit_enum(variant)
            }
            _ => self.visit(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, DecodeError> {
        match self.value {
            // serde would take a list for the fields in their order; nobody means that.
            Value::Array(_) => Err(de::Error::invalid_type(de::Unexpected::Seq, &"an object")),
            _ => self.visit(visitor),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map identifier
        ignored_any
    }
}

struct Items {
    items: std::vec::IntoIter<Value>,
    index: usize,
    scalars: Scalars,
}

impl<'de> SeqAccess<'de> for Items {
    type Error = DecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, DecodeError> {
        let Some(value) = self.items.next() else {
            return Ok(None);
        };
        let index = self.index;
        self.index += 1;
        let item = seed.deserialize(Node {
            value,
            scalars: self.scalars,
        });
        item.map(Some)
            .map_err(|error| error.within(index.to_string()))
    }
}

struct Fields {
    fields: <Map<String, Value> as IntoIterator>::IntoIter,
    name: String,
    value: Option<Value>,
    scalars: Scalars,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = DecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, DecodeError> {
        let Some((name, value)) = self.fields.next() else {
            return Ok(None);
        };
        let key: StrDeserializer<'_, DecodeError> = name.as_str().into_deserializer();
        let key = seed.deserialize(key)?;
        self.name = name;
        self.value = Some(value);
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, DecodeError> {
        let value = self.value.take().unwrap_or(Value::Null);
        let value = seed.deserialize(Node {
            value,
            scalars: self.scalars,
        });
        value.map_err(|error| error.within(self.name.clone()))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read by Debug; the tests look at the faults")]
    struct Outer {
        name: String,
        rules: Rules,
        ids: Vec<u32>,
        note: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only read by Debug; the tests look at the faults")]
    struct Rules {
        term: Term,
        locked: bool,
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
    #[expect(dead_code, reason = "only read by Debug; the tests look at the faults")]
    enum Term {
        Perpetual,
        Days { days: u32 },
    }

    fn fault(value: Value) -> (String, &'static str) {
        let error = decode::<Outer>(value, Scalars::Json).unwrap_err();
        (error.pointer(), error.code)
    }

    fn good() -> Value {
        json!({"name": "a", "rules": {"term": {"kind": "days", "days": 3}, "locked": true}, "ids": [1, 2]})
    }

    fn with(pointer: &str, value: Value) -> Value {
        let mut all = good();
        *all.pointer_mut(pointer).unwrap() = value;
        all
    }

    #[test]
    fn what_fits_is_read() {
        decode::<Outer>(good(), Scalars::Json).unwrap();
        decode::<Outer>(
            with("/rules/term", json!({"kind": "perpetual"})),
            Scalars::Json,
        )
        .unwrap();
    }

    #[test]
    fn each_fault_has_its_pointer_and_code() {
        assert_eq!(
            fault(with("/name", json!(1))),
            ("/name".into(), "field_wrong_type")
        );
        assert_eq!(
            fault(with("/ids/1", json!(-1))),
            ("/ids/1".into(), "field_invalid")
        );
        assert_eq!(
            fault(with("/rules/locked", json!("yes"))),
            ("/rules/locked".into(), "field_wrong_type")
        );
        assert_eq!(
            fault(with("/rules", json!({"locked": true}))),
            ("/rules/term".into(), "field_missing")
        );
        let unknown = json!({"term": {"kind": "perpetual"}, "locked": true, "a/b": 1});
        assert_eq!(
            fault(with("/rules", unknown)),
            ("/rules/a~1b".into(), "field_unknown")
        );
        assert_eq!(fault(json!([])), (String::new(), "field_wrong_type"));
    }

    #[test]
    fn faults_within_a_tagged_choice_have_their_pointer_too() {
        let term = |value| fault(with("/rules/term", value));
        assert_eq!(
            term(json!({"kind": "days"})),
            ("/rules/term/days".into(), "field_missing")
        );
        assert_eq!(
            term(json!({"kind": "days", "days": 3, "x": 1})),
            ("/rules/term/x".into(), "field_unknown")
        );
        assert_eq!(term(json!({"kind": "weeks"})).1, "field_invalid");
        assert_eq!(
            term(json!({})),
            ("/rules/term/kind".into(), "field_missing")
        );
    }

    #[test]
    fn text_counts_as_number_or_truth_value_only_in_a_query() {
        #[derive(Debug, Deserialize)]
        struct Query {
            limit: Option<u16>,
            dry_run: bool,
            q: String,
        }
        let value = json!({"limit": "20", "dry_run": "true", "q": "42"});
        let query: Query = decode(value.clone(), Scalars::Text).unwrap();
        assert_eq!(
            (query.limit, query.dry_run, query.q.as_str()),
            (Some(20), true, "42")
        );
        assert_eq!(
            decode::<Query>(value, Scalars::Json).unwrap_err().code,
            "field_wrong_type"
        );
    }
}
