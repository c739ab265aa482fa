//! Customers from a table.

use super::*;

fn customers(text: &str) -> Vec<Row<CustomerRow>> {
    let table = parse_table(text.as_bytes()).unwrap();
    customer_rows(&table, &ColumnMap::guess(&table.headers).unwrap())
}

#[test]
fn customers_are_read_with_what_the_file_says_of_them() {
    let rows = customers("Nr;Firma;E-Mail\n4711;Nordwind GmbH;it@Nordwind.Example\n;Østlys AS;\n");
    let first = rows[0].content.as_ref().unwrap();
    assert_eq!(
        (first.name.as_str(), rows[0].line, rows[0].subject.as_str()),
        ("Nordwind GmbH", 2, "Nordwind GmbH")
    );
    assert_eq!(
        first.email.as_ref().unwrap().as_str(),
        "it@nordwind.example"
    );
    assert_eq!(first.reference.as_ref().unwrap().as_str(), "4711");
    let second = rows[1].content.as_ref().unwrap();
    assert_eq!((&second.email, &second.reference), (&None, &None));
}

#[test]
fn what_is_wrong_with_a_customer_is_said_with_the_column() {
    let rows = customers("Firma,Mail\nNordwind,nobody\n,a@example.com\nA,b@example.com,extra\n");
    assert_eq!(
        sentence(&rows[0]),
        "Mail: this is not an e-mail address: it has no @"
    );
    assert_eq!(sentence(&rows[1]), "Firma: the name is empty");
    assert_eq!(sentence(&rows[2]), "the line has 3 cells, 2 are expected");
}

#[test]
fn a_customer_said_twice_is_a_duplicate_and_said_otherwise_is_refused() {
    let rows = customers(
        "name,email,reference\nNordwind,,\nNORDWIND,,\nNordwind,,\nA,,1\nB,,1\nNordwind,,2\nA,,1\nnordwind,a@b.de,\n",
    );
    let codes: Vec<_> = rows
        .iter()
        .map(|row| row.content.as_ref().err().map(Refusal::code))
        .collect();
    let (duplicate, conflict) = (Some("row_duplicate"), Some("row_conflict"));
    assert_eq!(
        codes,
        [
            None, conflict, duplicate, None, conflict, None, duplicate, conflict
        ]
    );
    assert_eq!(
        sentence(&rows[4]),
        "line 5 says otherwise about the same customer: “A” there, “B” here"
    );
}
