//! Whatever the bytes: never a panic, and what was written is read back.

use proptest::prelude::*;

use super::*;

/// A cell as a careful writer writes it: quoted, its quotes doubled.
fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn everything(bytes: &[u8]) {
    let mut sentences = Vec::new();
    match parse_activation_list(bytes) {
        Ok(list) => {
            assert_eq!(list.lines, list.rows.len());
            assert!(list.rows.windows(2).all(|rows| rows[0].line < rows[1].line));
            sentences.extend(
                list.rows
                    .iter()
                    .filter_map(|row| row.content.as_ref().err())
                    .map(ToString::to_string),
            );
        }
        Err(error) => sentences.push(error.to_string()),
    }
    if let Ok(table) = parse_table(bytes) {
        assert!(
            table
                .rows
                .iter()
                .all(|row| row.cells.len() == table.headers.len())
        );
        let customers = ColumnMap::parse("name:#1,email:#2,reference:#3", &table.headers);
        let licenses =
            ColumnMap::parse("customer:#1,policy:#1,seats:#1,expires:#1", &table.headers);
        let customers = customers
            .map(|map| customer_rows(&table, &map))
            .unwrap_or_default();
        let licenses = licenses
            .map(|map| license_rows(&table, &map))
            .unwrap_or_default();
        sentences.extend(
            customers
                .iter()
                .filter_map(|row| row.content.as_ref().err())
                .map(ToString::to_string),
        );
        sentences.extend(
            licenses
                .iter()
                .filter_map(|row| row.content.as_ref().err())
                .map(ToString::to_string),
        );
    }
    assert!(
        sentences
            .iter()
            .all(|sentence| !sentence.is_empty() && !sentence.contains('\n'))
    );
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        everything(&bytes);
    }

    #[test]
    fn any_bytes_after_a_mark_are_read_or_refused(
        mark in prop::sample::select(vec![b"\xff\xfe".as_slice(), b"\xfe\xff", b"\xef\xbb\xbf"]),
        bytes in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        everything(&[mark, &bytes].concat());
    }

    #[test]
    fn any_text_of_separators_quotes_and_line_breaks_is_read_or_refused(
        text in "(code|name|sep=|[a\";,\t\r\n '=é1./-]){0,60}",
    ) {
        everything(text.as_bytes());
        everything(format!("code,name,x\n{text}").as_bytes());
        let _ = ColumnMap::<CustomerColumn>::parse(&text, std::slice::from_ref(&text));
    }

    #[test]
    fn a_table_is_read_as_it_was_written(
        cells in prop::collection::vec(prop::collection::vec("[a-zé受\";,\t\r\n]{0,12}", 3), 1..20),
        separator in prop_oneof![Just(','), Just(';'), Just('\t')],
        line_break in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        mark in prop_oneof![Just(""), Just("\u{feff}")],
    ) {
        let line = |cells: &Vec<String>| {
            let quoted: Vec<_> = cells.iter().map(|cell| quoted(cell)).collect();
            quoted.join(&separator.to_string()) + line_break
        };
        let heading = ["one", "two", "three"].join(&separator.to_string()) + line_break;
        let text = format!("{mark}{heading}{}", cells.iter().map(line).collect::<String>());
        let written: Vec<Vec<_>> = cells
            .iter()
            .map(|cells| cells.iter().map(|cell| cell.trim().to_owned()).collect())
            .filter(|cells: &Vec<String>| cells.iter().any(|cell| !cell.is_empty()))
            .collect();
        match parse_table(text.as_bytes()) {
            Ok(table) => {
                let read: Vec<Vec<_>> = table.rows.into_iter().map(|row| row.cells).collect();
                prop_assert_eq!(read, written);
            }
            Err(error) => {
                prop_assert_eq!(error, ImportError::HeadingOnly);
                prop_assert!(written.is_empty());
            }
        }
    }

    #[test]
    fn an_activation_list_is_read_as_it_was_written(
        machines in prop::collection::btree_map("[A-F0-9]{4,16}", "[a-zA-Zé受م][a-zA-Zé受م ]{0,30}", 1..30),
    ) {
        let text: String = machines.iter().map(|(code, name)| format!("{code}\t{name}\r\n")).collect();
        let list = parse_activation_list(text.as_bytes()).unwrap();
        prop_assert_eq!(list.rows.len(), machines.len());
        for (row, (code, name)) in list.rows.iter().zip(&machines) {
            let content = row.content.as_ref().unwrap();
            prop_assert_eq!(content.machine_code.as_str(), code.as_str());
            prop_assert_eq!(content.friendly_name.as_ref().unwrap().as_str(), name.trim());
        }
    }

    #[test]
    fn a_list_cut_off_anywhere_never_gives_a_machine_that_it_does_not_have(cut in 0..400_usize) {
        let whole: String = (0..20).map(|number| format!("CODE-{number:02}\tBüro {number}\n")).collect();
        let start = whole.as_bytes().get(..cut).unwrap_or(whole.as_bytes());
        if let Ok(list) = parse_activation_list(start) {
            for row in list.rows.iter().skip(1).filter_map(|row| row.content.as_ref().ok()) {
                let beginning = format!("{}\t", row.machine_code);
                prop_assert!(whole.contains(&beginning));
            }
        }
    }
}
