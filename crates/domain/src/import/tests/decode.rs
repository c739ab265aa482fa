//! Encodings, and files that are no text.

use super::*;

fn refused(bytes: &[u8]) -> ImportError {
    decode(bytes).expect_err("the file is refused")
}

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

#[test]
fn utf8_and_utf16_are_read_and_their_mark_is_left_out() {
    let text = "4F2A\tRéception 受付 😀\r\n";
    assert_eq!(
        decode(text.as_bytes()).unwrap(),
        (Encoding::Utf8, text.into())
    );
    let marked = format!("\u{feff}{text}");
    assert_eq!(
        decode(marked.as_bytes()).unwrap(),
        (Encoding::Utf8WithMark, text.into())
    );
    let little = utf16(&marked, u16::to_le_bytes);
    assert_eq!(decode(&little).unwrap(), (Encoding::Utf16Le, text.into()));
    let big = utf16(&marked, u16::to_be_bytes);
    assert_eq!(decode(&big).unwrap(), (Encoding::Utf16Be, text.into()));
}

#[test]
fn western_excel_is_read_and_called_windows_1252() {
    let (encoding, text) = decode(b"4F2A\tM\xfcller\x92s B\xfcro \x80\n").unwrap();
    assert_eq!(
        (encoding.as_str(), &*text),
        ("windows-1252", "4F2A\tMüller’s Büro €\n")
    );
}

#[test]
fn an_encoding_that_cannot_be_told_is_refused_with_its_line() {
    let cyrillic = b"4F2A\tPC\n4F2B\t\xcf\xf0\xe8\xe5\xec\xed\xe0\xff\n";
    assert_eq!(refused(cyrillic), ImportError::EncodingUnknown { line: 2 });
    let undefined = b"4F2A\tPC\r\n\r\n4F2B\t\x81\n";
    assert_eq!(refused(undefined), ImportError::EncodingUnknown { line: 3 });
    assert_eq!(
        refused(cyrillic).fix().unwrap(),
        "Save it as UTF-8 (in Excel: “CSV UTF-8”)."
    );
}

#[test]
fn a_damaged_place_in_utf8_is_named_by_its_line() {
    let bytes = b"4F2A\tB\xc3\xbcro\n4F2B\tB\xfcro\n";
    assert_eq!(
        refused(bytes).to_string(),
        "the file is in utf-8, and line 2 is not"
    );
    let marked = b"\xef\xbb\xbf4F2B\tB\xfcro\n";
    assert!(matches!(
        refused(marked),
        ImportError::EncodingBroken { line: 1, .. }
    ));
    let lone_surrogate = [b"\xff\xfe".as_slice(), b"a\0\n\0\x00\xd8b\0"].concat();
    assert!(matches!(
        refused(&lone_surrogate),
        ImportError::EncodingBroken { line: 2, .. }
    ));
}

#[test]
fn a_file_that_stops_within_a_character_was_cut_off() {
    let whole = "4F2A\tBüro\n4F2B\t受付".as_bytes();
    assert_eq!(
        refused(&whole[..whole.len() - 1]),
        ImportError::Truncated { line: 2 }
    );
    let utf16 = utf16("\u{feff}4F2A\tBüro\n4F2B", u16::to_le_bytes);
    assert_eq!(
        refused(&utf16[..utf16.len() - 1]),
        ImportError::Truncated { line: 2 }
    );
}

#[test]
fn what_is_not_text_is_called_by_its_name_with_what_to_do() {
    let workbook = b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml";
    for (bytes, kind) in [
        (workbook.as_slice(), FileKind::Workbook),
        (b"PK\x03\x04\x14\0list.txt", FileKind::Zip),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", FileKind::Workbook),
        (b"%PDF-1.7", FileKind::Pdf),
        (b"\x1f\x8b\x08\0", FileKind::Gzip),
        (b"{\\rtf1", FileKind::RichText),
        (b"\xef\xbb\xbf <!DOCTYPE html>", FileKind::Markup),
        (b"4\0F\x002\0A\0\n\0", FileKind::Utf16WithoutMark),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", FileKind::Binary),
        (b"\xff\x00\x01\x02\xfe", FileKind::Binary),
    ] {
        assert_eq!(refused(bytes), ImportError::NotText { kind });
    }
    let error = refused(workbook);
    assert_eq!(error.to_string(), "the file is a workbook (such as .xlsx)");
    assert!(error.fix().unwrap().contains("CSV UTF-8"));
}

#[test]
fn a_file_is_read_at_the_size_limit_and_refused_one_byte_past_it() {
    let mut bytes = vec![b'a'; IMPORT_BYTES_MAX];
    assert!(decode(&bytes).is_ok());
    bytes.push(b'a');
    assert_eq!(
        refused(&bytes).to_string(),
        "the file has 17 MiB, at most 16 are allowed"
    );
    assert_eq!(refused(&bytes).code(), "import_too_large");
}

#[test]
fn a_file_of_nothing_but_blanks_is_empty() {
    for bytes in [b"".as_slice(), b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n\t\n"] {
        assert_eq!(refused(bytes), ImportError::Empty);
    }
}
