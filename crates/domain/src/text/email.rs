//! E-mail addresses, checked for what people get wrong.
//!
//! Whether an address exists only mail can tell, so this asks for little: a local part of RFC 5322's unquoted
//! characters or of any script (RFC 6531), one `@`, and a domain name with at least one dot.

use unicode_normalization::char::is_combining_mark;

use super::{EMAIL_ADDRESS_BYTES_MAX, TextError, line};

/// Bytes before the `@` (RFC 5321 §4.5.3.1.1).
const LOCAL_BYTES_MAX: usize = 64;
/// Bytes between two dots of a domain name (RFC 1035 §2.3.4).
const LABEL_BYTES_MAX: usize = 63;

pub(super) fn address(what: &'static str, typed: &str) -> Result<String, TextError> {
    let typed = line::line(what, typed, EMAIL_ADDRESS_BYTES_MAX)?;
    let refuse = |problem| Err(TextError::Email { problem });
    let Some((local, domain)) = typed.rsplit_once('@') else {
        return refuse("it has no @");
    };
    let domain = domain.to_lowercase();
    let address = format!("{local}@{domain}");
    if address.len() > EMAIL_ADDRESS_BYTES_MAX {
        return refuse("it is longer than mail servers allow");
    }
    if local.is_empty() {
        return refuse("nothing stands before the @");
    }
    if local.len() > LOCAL_BYTES_MAX {
        return refuse("the part before the @ is longer than mail servers allow");
    }
    if !local
        .split('.')
        .all(|atom| !atom.is_empty() && atom.chars().all(is_atom))
    {
        return refuse("the part before the @ has a character or a dot where none may be");
    }
    if !domain.contains('.') {
        return refuse("the part after the @ has no dot");
    }
    if !domain.split('.').all(is_label) {
        return refuse("the part after the @ is no domain name");
    }
    Ok(address)
}

/// RFC 5322's `atext`, and letters and marks of any script.
fn is_atom(character: char) -> bool {
    is_letter(character) || "!#$%&'*+-/=?^_`{|}~".contains(character)
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_BYTES_MAX).contains(&label.len())
        && !label.starts_with('-')
        && !label.ends_with('-')
        && label
            .chars()
            .all(|character| character == '-' || is_letter(character))
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}
