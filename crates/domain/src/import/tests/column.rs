//! Columns guessed from headings, and mapped by the user.

use super::*;

fn headers(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn guessed(names: &[&str]) -> ColumnMap<CustomerColumn> {
    ColumnMap::guess(&headers(names)).expect("the columns are guessed")
}

fn mapped(mapping: &str, names: &[&str]) -> Result<ColumnMap<CustomerColumn>, ImportError> {
    ColumnMap::parse(mapping, &headers(names))
}

#[test]
fn columns_are_guessed_from_headings_however_they_are_spelled() {
    let map = guessed(&["Kunden-Nr.", "FIRMA", "E-Mail", "Ort"]);
    assert_eq!(map.header(CustomerColumn::Name), Some("FIRMA"));
    assert_eq!(map.header(CustomerColumn::Email), Some("E-Mail"));
    assert_eq!(map.header(CustomerColumn::Reference), Some("Kunden-Nr."));
    let map = guessed(&["Customer_Name"]);
    assert_eq!(
        (
            map.header(CustomerColumn::Name),
            map.header(CustomerColumn::Email)
        ),
        (Some("Customer_Name"), None)
    );
}

#[test]
fn the_surer_heading_wins() {
    assert_eq!(
        guessed(&["Company", "Name"]).header(CustomerColumn::Name),
        Some("Name")
    );
    assert_eq!(
        guessed(&["id", "name", "reference"]).header(CustomerColumn::Reference),
        Some("reference")
    );
}

#[test]
fn columns_are_mapped_as_the_user_says() {
    let map = mapped(
        "name:Company, email:MAIL ,reference:",
        &["Company", "Mail", "Reference"],
    )
    .unwrap();
    assert_eq!(map.header(CustomerColumn::Name), Some("Company"));
    assert_eq!(map.header(CustomerColumn::Email), Some("Mail"));
    assert_eq!(map.header(CustomerColumn::Reference), None);
    let map = mapped("\"name:Company, legal\"", &["Company, legal"]).unwrap();
    assert_eq!(map.header(CustomerColumn::Name), Some("Company, legal"));
    let map = mapped("name:a:b,email:#3", &["a:b", "x", "x"]).unwrap();
    let row = TableRow {
        line: 2,
        cells: headers(&["N", "1", "2"]),
        surplus: 0,
    };
    assert_eq!(
        (
            map.cell(&row, CustomerColumn::Name),
            map.cell(&row, CustomerColumn::Email)
        ),
        ("N", "2")
    );
}

#[test]
fn a_mapping_that_does_not_fit_is_told_why() {
    for (mapping, code, sentence) in [
        (
            "nam:Company",
            "import_column_unknown",
            "“nam” is nothing that can be imported here",
        ),
        (
            "name:Firma",
            "import_column_not_in_file",
            "the file has no column “Firma”; its columns are “Company”, “x”, “X”",
        ),
        (
            "name:#4",
            "import_column_not_in_file",
            "the file has no column “#4”; its columns are “Company”, “x”, “X”",
        ),
        (
            "name:Company,name:x",
            "import_column_mapped_twice",
            "“name” is mapped twice",
        ),
        (
            "email:x",
            "import_column_missing",
            "no column holds the name; the columns are “Company”, “x”, “X”",
        ),
        (
            "",
            "import_column_missing",
            "no column holds the name; the columns are “Company”, “x”, “X”",
        ),
    ] {
        let error = mapped(mapping, &["Company", "x", "X"]).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), (code, sentence));
        assert!(error.fix().is_some());
    }
    let error = mapped("name:x", &["X", "X"]).unwrap_err();
    assert_eq!(error.code(), "import_column_ambiguous");
}
