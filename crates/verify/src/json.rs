//! The strict JSON that signed documents are written in: no member twice, no floats, bounded
//! depth and width. What two readers could understand differently is refused.

mod parse;

use std::borrow::Cow;

pub(crate) use parse::parse_object;
use thiserror::Error;

/// How deeply objects and lists may nest.
pub const MAX_JSON_DEPTH: usize = 16;

/// How many members one object may have.
pub const MAX_JSON_MEMBERS: usize = 64;

/// Why a text is not the strict JSON of these documents.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum JsonError {
    /// Not JSON at all, or cut off.
    #[error("it is not JSON (line {line}, column {column})")]
    Syntax {
        /// Line of the first byte that does not fit, from 1.
        line: usize,
        /// Column of that byte.
        column: usize,
    },
    /// The same member twice in one object.
    #[error("it has the same member twice in one object")]
    DuplicateMember,
    /// A number that is not an integer of 64 bits.
    #[error("it has a number that is not a 64-bit integer")]
    Number,
    /// Nested beyond [`MAX_JSON_DEPTH`].
    #[error("it nests deeper than {MAX_JSON_DEPTH} levels")]
    TooDeep,
    /// An object of more than [`MAX_JSON_MEMBERS`] members.
    #[error("it has an object of more than {MAX_JSON_MEMBERS} members")]
    TooManyMembers,
    /// A member that must be there is not.
    #[error("the member \"{0}\" is missing")]
    Missing(&'static str),
    /// A member has a value that is not allowed for it.
    #[error("the member \"{0}\" has a value that is not allowed")]
    Invalid(&'static str),
    /// The document says that a member must be understood, and this version does not know it.
    #[error("it demands that \"{0}\" be understood, which this version does not know")]
    UnknownCritical(String),
}

/// A JSON value; texts borrow from the input where they can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Object<'a>),
}

/// An object whose member names are distinct.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Object<'a>(Vec<(Cow<'a, str>, Json<'a>)>);

impl<'a> Object<'a> {
    pub(crate) fn get(&self, name: &str) -> Option<&Json<'a>> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value)
    }

    fn need(&self, name: &'static str) -> Result<&Json<'a>, JsonError> {
        self.get(name).ok_or(JsonError::Missing(name))
    }

    pub(crate) fn text(&self, name: &'static str) -> Result<&str, JsonError> {
        match self.need(name)? {
            Json::Text(text) => Ok(text),
            _ => Err(JsonError::Invalid(name)),
        }
    }

    pub(crate) fn optional_text(&self, name: &'static str) -> Result<Option<&str>, JsonError> {
        match self.get(name) {
            None => Ok(None),
            Some(Json::Text(text)) => Ok(Some(text)),
            Some(_) => Err(JsonError::Invalid(name)),
        }
    }

    /// A text of at least one character.
    pub(crate) fn filled_text(&self, name: &'static str) -> Result<&str, JsonError> {
        self.text(name).and_then(|text| {
            if text.is_empty() {
                Err(JsonError::Invalid(name))
            } else {
                Ok(text)
            }
        })
    }

    pub(crate) fn boolean(&self, name: &'static str) -> Result<bool, JsonError> {
        match self.need(name)? {
            Json::Bool(value) => Ok(*value),
            _ => Err(JsonError::Invalid(name)),
        }
    }

    /// An integer of the range 0 to `max`.
    pub(crate) fn natural(&self, name: &'static str, max: i64) -> Result<i64, JsonError> {
        match self.need(name)? {
            Json::Int(value) if (0..=max).contains(value) => Ok(*value),
            _ => Err(JsonError::Invalid(name)),
        }
    }

    pub(crate) fn optional_natural(
        &self,
        name: &'static str,
        max: i64,
    ) -> Result<Option<i64>, JsonError> {
        self.get(name).map(|_| self.natural(name, max)).transpose()
    }

    pub(crate) fn list(&self, name: &'static str) -> Result<&[Json<'a>], JsonError> {
        match self.need(name)? {
            Json::List(items) => Ok(items),
            _ => Err(JsonError::Invalid(name)),
        }
    }

    pub(crate) fn object(&self, name: &'static str) -> Result<&Object<'a>, JsonError> {
        self.need(name)?.as_object().ok_or(JsonError::Invalid(name))
    }

    /// Refuses unless each name listed in `critical` is present and among `known`.
    pub(crate) fn check_critical(&self, known: &[&str]) -> Result<(), JsonError> {
        let Some(critical) = self.get("critical") else {
            return Ok(());
        };
        let Json::List(names) = critical else {
            return Err(JsonError::Invalid("critical"));
        };
        for name in names {
            let Json::Text(name) = name else {
                return Err(JsonError::Invalid("critical"));
            };
            if !known.contains(&name.as_ref()) {
                return Err(JsonError::UnknownCritical(name.chars().take(64).collect()));
            }
            if self.get(name).is_none() {
                return Err(JsonError::Invalid("critical"));
            }
        }
        Ok(())
    }
}

impl<'a> Json<'a> {
    pub(crate) fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Json::Object(object) => Some(object),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }
}
