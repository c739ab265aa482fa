//! Activation lists in both forms, with what customers' IT gets wrong.

use super::*;

fn list(text: &str) -> ActivationList {
    parse_activation_list(text.as_bytes()).expect("the list is read")
}

/// Line, machine code and friendly name of each row that is accepted.
fn accepted(list: &ActivationList) -> Vec<(usize, &str, Option<&str>)> {
    let row = |row: &'_ Row<ActivationRow>| row.content.is_ok();
    let rows = list.rows.iter().filter(|found| row(found));
    rows.map(|found| {
        let content = found.content.as_ref().unwrap();
        (
            found.line,
            content.machine_code.as_str(),
            content.friendly_name.as_ref().map(|name| name.as_str()),
        )
    })
    .collect()
}

#[test]
fn lines_of_code_tab_name_are_read_in_any_script_with_blank_lines_between() {
    let list =
        list("\u{feff}4F2A\tRéception\r\n\r\n  \t \r\n4F2B\t受付 PC\r\n4F2C\r\n4F2D\tمكتب\t\r\n");
    assert_eq!(list.encoding, Encoding::Utf8WithMark);
    assert_eq!((list.lines, &list.headers), (4, &None));
    assert_eq!(
        accepted(&list),
        [
            (1, "4F2A", Some("Réception")),
            (4, "4F2B", Some("受付 PC")),
            (5, "4F2C", None),
            (6, "4F2D", Some("مكتب")),
        ]
    );
}

#[test]
fn a_heading_in_english_or_german_says_which_column_is_which() {
    for text in [
        "machine_code,friendly_name\n4F2A,Reception\n",
        "Friendly Name;Asset;Machine Code\r\nReception;77;4F2A\r\n",
        "hostname\tfingerprint\nReception\t4F2A\n",
        "Gerätename;Maschinencode\nReception;4F2A\n",
        "\"NAME\",\"CODE\"\n\"Reception\",\"4F2A\"\n",
        "\n\nAnzeigename,Hardware-ID\rReception,4F2A\r",
        "sep=;\r\ncode;name\r\n4F2A;Reception",
    ] {
        let list = list(text);
        assert_eq!(
            accepted(&list)
                .iter()
                .map(|row| (row.1, row.2))
                .collect::<Vec<_>>(),
            [("4F2A", Some("Reception"))]
        );
        assert!(list.headers.is_some(), "{text}");
    }
}

#[test]
fn the_same_line_again_is_a_duplicate_and_another_name_for_a_machine_is_refused() {
    let list = list("4F2A\tReception\n4F2B\tLab\n4F2A\tReception\n4F2A\n4F2A\tFront desk\n");
    assert_eq!(
        accepted(&list),
        [(1, "4F2A", Some("Reception")), (2, "4F2B", Some("Lab"))]
    );
    assert_eq!(sentence(&list.rows[2]), "the same stands in line 1");
    assert!(list.rows[2].content.as_ref().unwrap_err().is_duplicate());
    assert!(list.rows[3].content.as_ref().unwrap_err().is_duplicate());
    assert_eq!(
        sentence(&list.rows[4]),
        "line 1 says otherwise about the same machine code: “Reception” there, “Front desk” here"
    );
    assert_eq!(code(&list.rows[4]), "row_conflict");
}

#[test]
fn a_name_that_comes_later_is_taken_over_and_the_case_of_codes_matters() {
    let list = list("4f2a\n4f2a\tReception\n4F2A\tLab\n4f2a\tDesk\n");
    assert_eq!(
        accepted(&list),
        [(1, "4f2a", Some("Reception")), (3, "4F2A", Some("Lab"))]
    );
    assert_eq!(
        (code(&list.rows[1]), code(&list.rows[3])),
        ("row_duplicate", "row_conflict")
    );
}

#[test]
fn one_bad_line_does_not_spoil_the_others() {
    let long = "x".repeat(10_000);
    let list = list(&format!(
        "4F2A\t{long}\n\tNo code\n4F2B\tLab\n4F2C\tA\tB\n4F2D\ta\u{202e}b\n"
    ));
    assert_eq!(accepted(&list), [(3, "4F2B", Some("Lab"))]);
    assert_eq!(
        sentence(&list.rows[0]),
        "the friendly name has 10,000 characters, at most 120 are allowed"
    );
    assert_eq!(sentence(&list.rows[1]), "the machine code is empty");
    assert_eq!(
        sentence(&list.rows[3]),
        "the line has 3 cells, 2 are expected"
    );
    assert_eq!(code(&list.rows[4]), "text_invisible_character");
}

#[test]
fn a_bad_cell_is_named_by_its_heading() {
    let list = list("Maschinencode;Anzeigename\n;Labor\n4F2A;Müller;Hans\n");
    assert_eq!(
        sentence(&list.rows[0]),
        "Maschinencode: the machine code is empty"
    );
    assert_eq!(
        sentence(&list.rows[1]),
        "the line has 3 cells, 2 are expected"
    );
}

#[test]
fn quotes_of_a_spreadsheet_are_taken_off_and_quotes_of_a_name_stay() {
    let list =
        list("4F2A\t\"27\"\" screen\"\n4F2B\t27\" screen\n\"4F2C\"\t\"Big\" Mac\n4F2D\t\"Lab\n");
    assert_eq!(
        accepted(&list),
        [
            (1, "4F2A", Some("27\" screen")),
            (2, "4F2B", Some("27\" screen")),
            (3, "4F2C", Some("\"Big\" Mac"))
        ]
    );
    assert_eq!(code(&list.rows[3]), "row_quote_unclosed");
}

#[test]
fn a_list_with_another_separator_and_no_heading_is_told_what_is_missing() {
    let error = parse_activation_list(b"\n4F2A;Reception\n").unwrap_err();
    assert_eq!(
        error,
        ImportError::HeadingMissing {
            line: 2,
            text: "4F2A;Reception".into()
        }
    );
    assert!(error.fix().unwrap().contains("Put a tab"));
    assert_eq!(
        parse_activation_list(b"4F2A    Reception\n")
            .unwrap_err()
            .code(),
        "import_heading_missing"
    );
    let mixed = list("4F2A\tReception\n4F2B;Lab\n");
    assert_eq!(code(&mixed.rows[1]), "row_no_tab");
}

#[test]
fn a_heading_without_machine_codes_is_told_so() {
    let error = parse_activation_list(b"Asset;Hostname\n77;Reception\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "no column holds the machine code; the columns are “Asset”, “Hostname”"
    );
    let error = parse_activation_list(b"code,name,Name\n1,2,3\n").unwrap_err();
    assert_eq!(
        error,
        ImportError::ColumnAmbiguous {
            header: "name".into()
        }
    );
}

#[test]
fn a_last_line_that_may_be_cut_off_is_not_taken_for_whole() {
    let cut = list("4F2A\tReception\n4F2B\tLab\n4F");
    assert_eq!(code(&cut.rows[2]), "row_cut_off");
    assert!(list("4F2A\tReception\n4F2B\tLab").rows[1].content.is_ok());
    assert!(list("4F2A\n4F2B").rows[1].content.is_ok());
    assert!(list("4F2A\tReception\n4F2B\n").rows[1].content.is_ok());
    let error = parse_activation_list(b"code,name\n4F2A,Reception\n4F2B").unwrap_err();
    assert_eq!(error.to_string(), "the file stops in the middle of line 3");
    let error = parse_activation_list(b"code,name\n4F2A,Reception\n4F2B,\"La").unwrap_err();
    assert_eq!(error, ImportError::QuoteUnclosed { line: 3 });
}

#[test]
fn a_hundred_thousand_lines_are_read_and_one_more_is_refused() {
    let line = |number: usize| format!("CODE-{number:06}\tMachine {number}\n");
    let mut text: String = (0..IMPORT_LINES_MAX).map(line).collect();
    let read = list(&text);
    assert_eq!(
        (read.lines, accepted(&read).len()),
        (IMPORT_LINES_MAX, IMPORT_LINES_MAX)
    );
    text.push_str(&line(IMPORT_LINES_MAX));
    assert_eq!(
        parse_activation_list(text.as_bytes()),
        Err(ImportError::TooManyLines)
    );
    let with_heading = format!("code\tname\n{text}");
    assert_eq!(
        parse_activation_list(with_heading.as_bytes()),
        Err(ImportError::TooManyLines)
    );
}
