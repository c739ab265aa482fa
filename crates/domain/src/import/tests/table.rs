//! Tables with a heading.

use super::*;

fn table(text: &str) -> Table {
    parse_table(text.as_bytes()).expect("the table is read")
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(String::as_str).collect())
        .collect()
}

#[test]
fn cells_may_be_quoted_with_separators_quotes_and_line_breaks_within() {
    let table = table("Name,Note\r\n\"Meier, \"\"Hans\"\"\",\"one\r\ntwo\"\r\nÅse , x\r\n");
    assert_eq!(
        cells(&table),
        [["Meier, \"Hans\"", "one\r\ntwo"], ["Åse", "x"]]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.line).collect::<Vec<_>>(),
        [2, 4]
    );
}

#[test]
fn the_separator_is_the_one_the_heading_has_most_of() {
    for (text, separator) in [
        ("a,b;c,d\n1,2,3\n", ','),
        ("a,b;c;d\n1;2;3\n", ';'),
        ("a\tb,c\n1\t2\n", '\t'),
    ] {
        assert_eq!(table(text).separator, separator);
    }
    let single = table("name\nMeier, Hans\n");
    assert_eq!(
        (single.headers.len(), cells(&single)),
        (1, vec![vec!["Meier, Hans"]])
    );
    assert_eq!(table("sep=|\na|b;c\n1|2\n").headers, ["a", "b;c"]);
}

#[test]
fn lines_without_their_last_empty_cells_are_filled_up_as_excel_leaves_them_out() {
    let table = table("a;b;c;;\n1;2\n;;\n1;2;3;;\n1;2;3;4;5\n");
    assert_eq!(table.headers, ["a", "b", "c"]);
    assert_eq!(
        cells(&table),
        [["1", "2", ""], ["1", "2", "3"], ["1", "2", "3"]]
    );
    assert_eq!(
        table.rows.iter().map(|row| row.surplus).collect::<Vec<_>>(),
        [0, 0, 2]
    );
}

#[test]
fn the_apostrophe_against_formulas_is_taken_off_again() {
    let table = table("a,b,c\n'=1+1,'-5,'tis\n''@x,=1+1,'\n");
    assert_eq!(
        cells(&table),
        [["=1+1", "-5", "'tis"], ["'@x", "=1+1", "'"]]
    );
}

#[test]
fn a_table_that_was_cut_off_is_refused_with_the_line() {
    for (text, error) in [
        ("a,b\n1,2\n3", ImportError::Truncated { line: 3 }),
        ("a,b\n1,\"2\n3,4\n", ImportError::QuoteUnclosed { line: 2 }),
        ("a,b\n1,\"2\" x\n", ImportError::QuoteStray { line: 2 }),
        ("a,b\n", ImportError::HeadingOnly),
        ("a,b", ImportError::HeadingOnly),
        ("\t\n \t\n\"\"\n", ImportError::Empty),
    ] {
        assert_eq!(parse_table(text.as_bytes()), Err(error));
    }
}

#[test]
fn a_table_is_read_at_the_column_limit_and_refused_one_past_it() {
    let wide = |columns: usize| format!("{}\n1\n", vec!["h"; columns].join(","));
    assert_eq!(
        table(&wide(IMPORT_COLUMNS_MAX)).headers.len(),
        IMPORT_COLUMNS_MAX
    );
    let error = parse_table(wide(IMPORT_COLUMNS_MAX + 1).as_bytes()).unwrap_err();
    assert_eq!(error, ImportError::TooManyColumns { line: 1 });
}

#[test]
fn a_table_is_read_at_the_line_limit_and_refused_one_past_it() {
    let mut text = format!("name\n{}", "x\n".repeat(IMPORT_LINES_MAX));
    assert_eq!(table(&text).rows.len(), IMPORT_LINES_MAX);
    text.push_str("x\n");
    assert_eq!(parse_table(text.as_bytes()), Err(ImportError::TooManyLines));
}
