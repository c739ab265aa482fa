//! Cursors: where the next page begins, as text that only this program reads.

use latchkey_app::filter::Cursor;

/// The cursor as text: two numbers of 16 hexadecimal digits each.
pub(crate) fn write(cursor: Cursor) -> String {
    format!("{:016x}{:016x}", cursor.key, cursor.seq)
}

/// Reads the text back.
pub(crate) fn read(text: &str) -> Option<Cursor> {
    let (key, seq) = text.split_at_checked(16)?;
    let number = |digits: &str| {
        let hexadecimal =
            digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        hexadecimal
            .then(|| u64::from_str_radix(digits, 16).ok())
            .flatten()
            .map(u64::cast_signed)
    };
    Some(Cursor {
        key: number(key)?,
        seq: number(seq)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_what_it_wrote() {
        for (key, seq) in [
            (0, 1),
            (-1, i64::MAX),
            (i64::MIN, 42),
            (1_790_000_000_000, 7),
        ] {
            assert_eq!(read(&write(Cursor { key, seq })), Some(Cursor { key, seq }));
        }
    }

    #[test]
    fn anything_else_is_no_cursor() {
        for text in [
            "",
            "1",
            "+000000000000001000000000000000f",
            "g0000000000000010000000000000001",
            "ä",
            &"0".repeat(33),
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
