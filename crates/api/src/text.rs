//! Texts a person typed: parsed here, blamed on their field when they do not fit.

use latchkey_app::Refused;
use latchkey_domain::refusal::Refusal;
use latchkey_domain::text::{NAME_CHARS_MAX, TextError, fold};

use crate::problem::Problem;

/// Blames what a text is refused for on its field.
pub(crate) fn field<T, R: Refusal>(pointer: &str, parsed: Result<T, R>) -> Result<T, Problem> {
    parsed.map_err(|refusal| Refused::from(refusal).at(pointer).into())
}

/// The same where the field may be left out, be null or hold nothing but spaces.
pub(crate) fn optional<T, R: Refusal>(
    pointer: &str,
    typed: Option<&str>,
    parse: impl Fn(&str) -> Result<Option<T>, R>,
) -> Result<Option<T>, Problem> {
    typed.map_or(Ok(None), |typed| field(pointer, parse(typed)))
}

/// A fragment to search for, in the form searches compare; nothing but spaces searches for nothing.
pub(crate) fn fragment(pointer: &str, typed: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(typed) = typed.map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    let chars = typed.chars().count();
    if chars > NAME_CHARS_MAX {
        return field(
            pointer,
            Err(TextError::TooLong {
                what: "fragment",
                chars,
                max: NAME_CHARS_MAX,
            }),
        );
    }
    // No name holds a NUL, and PostgreSQL takes none: what holds one finds nothing.
    Ok(Some(fold(&typed.replace('\0', "\u{fffd}"))))
}
