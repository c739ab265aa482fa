//! Parsing by serde_json, with the refusals it does not know.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Json, JsonError, MAX_JSON_DEPTH, MAX_JSON_MEMBERS, Object};

/// Parses a whole document, which must be one object.
pub(crate) fn parse_object(bytes: &[u8]) -> Result<Object<'_>, JsonError> {
    let fault = Cell::new(None);
    let mut input = serde_json::Deserializer::from_slice(bytes);
    let parsed = Seed {
        depth: 0,
        fault: &fault,
    }
    .deserialize(&mut input)
    .and_then(|value| input.end().map(|()| value));
    match parsed {
        Ok(Json::Object(object)) => Ok(object),
        Ok(_) => Err(JsonError::Syntax { line: 1, column: 1 }),
        Err(error) => Err(fault.take().unwrap_or(JsonError::Syntax {
            line: error.line(),
            column: error.column(),
        })),
    }
}

/// Carries the depth down, and the reason of a refusal out past serde's own error type.
#[derive(Clone, Copy)]
struct Seed<'c> {
    depth: usize,
    fault: &'c Cell<Option<JsonError>>,
}

impl Seed<'_> {
    fn refuse<T, E: serde::de::Error>(&self, fault: JsonError) -> Result<T, E> {
        self.fault.set(Some(fault));
        Err(E::custom("refused"))
    }

    fn deeper<E: serde::de::Error>(&self) -> Result<Self, E> {
        if self.depth >= MAX_JSON_DEPTH {
            return self.refuse(JsonError::TooDeep);
        }
        Ok(Self {
            depth: self.depth + 1,
            fault: self.fault,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, input: D) -> Result<Json<'de>, D::Error> {
        input.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json<'de>, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json<'de>, E> {
        Ok(Json::Int(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Json<'de>, E> {
        i64::try_from(value)
            .map(Json::Int)
            .or_else(|_| self.refuse(JsonError::Number))
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Json<'de>, E> {
        self.refuse(JsonError::Number)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json<'de>, A::Error> {
        let seed = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(seed)? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Json<'de>, A::Error> {
        let seed = self.deeper()?;
        let mut object: Vec<(Cow<'de, str>, Json<'de>)> = Vec::new();
        while let Some(key) = members.next_key_seed(seed)? {
            let Json::Text(key) = key else {
                return Err(A::Error::custom("member name"));
            };
            if object.iter().any(|(known, _)| *known == key) {
                return self.refuse(JsonError::DuplicateMember);
            }
            if object.len() >= MAX_JSON_MEMBERS {
                return self.refuse(JsonError::TooManyMembers);
            }
            object.push((key, members.next_value_seed(seed)?));
        }
        Ok(Json::Object(Object(object)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> JsonError {
        parse_object(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn what_two_readers_could_understand_differently_is_refused() {
        assert_eq!(fault(r#"{"a":1,"a":1}"#), JsonError::DuplicateMember);
        assert_eq!(fault(r#"{"a":1,"\u0061":2}"#), JsonError::DuplicateMember);
        assert_eq!(
            fault(r#"{"x":[{"a":1,"b":2,"a":1}]}"#),
            JsonError::DuplicateMember
        );
        for number in [
            "1.0",
            "1e3",
            "-0",
            "0.5",
            "9223372036854775808",
            "1e400",
            "-0.0",
        ] {
            let refused = fault(&format!(r#"{{"a":{number}}}"#));
            assert!(
                matches!(refused, JsonError::Number | JsonError::Syntax { .. }),
                "{number}: {refused}"
            );
        }
        for text in [
            "",
            "[]",
            "1",
            "{\"a\":01}",
            "{\"a\":1} x",
            "{\"a\":\"\u{1}\"}",
            "{\"a\":NaN}",
            "{'a':1}",
        ] {
            assert!(matches!(fault(text), JsonError::Syntax { .. }), "{text}");
        }
        assert!(parse_object(b"{\"a\":\"\xff\"}").is_err(), "not UTF-8");
        assert!(parse_object(b"\xef\xbb\xbf{}").is_err(), "byte order mark");
    }

    #[test]
    fn depth_and_width_are_bounded_at_the_limit() {
        let nested = |depth: usize| {
            format!(
                "{{\"a\":{}1{}}}",
                "[".repeat(depth - 1),
                "]".repeat(depth - 1)
            )
        };
        assert!(parse_object(nested(MAX_JSON_DEPTH).as_bytes()).is_ok());
        assert_eq!(fault(&nested(MAX_JSON_DEPTH + 1)), JsonError::TooDeep);
        let wide = |members: usize| {
            let list: Vec<String> = (0..members).map(|n| format!("\"m{n}\":{n}")).collect();
            format!("{{{}}}", list.join(","))
        };
        assert!(parse_object(wide(MAX_JSON_MEMBERS).as_bytes()).is_ok());
        assert_eq!(
            fault(&wide(MAX_JSON_MEMBERS + 1)),
            JsonError::TooManyMembers
        );
    }

    #[test]
    fn a_critical_member_must_be_known_and_present() {
        let check = |text: &str| {
            parse_object(text.as_bytes())
                .unwrap()
                .check_critical(&["a", "b"])
        };
        assert_eq!(check(r#"{"a":1}"#), Ok(()));
        assert_eq!(check(r#"{"a":1,"critical":["a"]}"#), Ok(()));
        assert_eq!(
            check(r#"{"c":1,"critical":["c"]}"#),
            Err(JsonError::UnknownCritical("c".into()))
        );
        assert_eq!(
            check(r#"{"a":1,"critical":["b"]}"#),
            Err(JsonError::Invalid("critical"))
        );
        assert_eq!(
            check(r#"{"a":1,"critical":"a"}"#),
            Err(JsonError::Invalid("critical"))
        );
        assert_eq!(
            check(r#"{"a":1,"critical":[1]}"#),
            Err(JsonError::Invalid("critical"))
        );
    }
}
