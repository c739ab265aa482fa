//! Customers from a table.

use std::collections::HashMap;

use super::row::{RowProblem, excerpt};
use super::{Column, ColumnMap, Row, RowError, Table, TableRow};
use crate::text::{EmailAddress, Name, Reference, fold};

/// What a row of customers holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// What people call the customer.
    pub name: Name,
    /// Where to write to.
    pub email: Option<EmailAddress>,
    /// The vendor's own number for it.
    pub reference: Option<Reference>,
}

/// The columns of a table of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerColumn {
    /// The name.
    Name,
    /// The e-mail address.
    Email,
    /// The reference.
    Reference,
}

impl Column for CustomerColumn {
    const ALL: &'static [Self] = &[Self::Name, Self::Email, Self::Reference];

    fn key(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Reference => "reference",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Name => Name::WHAT,
            Self::Email => EmailAddress::WHAT,
            Self::Reference => Reference::WHAT,
        }
    }

    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Name => &[
                "name",
                "company",
                "companyname",
                "customer",
                "customername",
                "organization",
                "organisation",
                "account",
                "accountname",
                "firma",
                "firmenname",
                "kunde",
                "kundenname",
                "unternehmen",
                "organisationsname",
            ],
            Self::Email => &[
                "email",
                "emailaddress",
                "mail",
                "mailaddress",
                "contactemail",
                "emailadresse",
                "mailadresse",
                "kontaktemail",
            ],
            Self::Reference => &[
                "reference",
                "customerreference",
                "customernumber",
                "customerno",
                "customerid",
                "accountnumber",
                "referenz",
                "kundennummer",
                "kundennr",
                "debitorennummer",
                "externalid",
                "number",
                "no",
                "nummer",
                "nr",
                "id",
            ],
        }
    }

    fn is_required(self) -> bool {
        self == Self::Name
    }
}

/// The customers of a table, one for each of its rows.
///
/// Rows are about the same customer when they have the same reference, or no reference and the same name in any case.
/// The first counts; a later one that says the same is a duplicate, one that says something else is refused.
#[must_use]
pub fn customer_rows(table: &Table, columns: &ColumnMap<CustomerColumn>) -> Vec<Row<CustomerRow>> {
    let mut firsts: HashMap<String, (usize, CustomerRow)> = HashMap::new();
    let rows = table.rows.iter().map(|row| {
        let content = customer(columns, row).and_then(|customer| {
            let identity = match &customer.reference {
                Some(reference) => format!("reference {reference}"),
                None => format!("name {}", fold(customer.name.as_str())),
            };
            let (line, first) = firsts
                .entry(identity)
                .or_insert_with(|| (row.line, customer.clone()));
            if *line == row.line {
                Ok(customer)
            } else if *first == customer {
                Err(RowProblem::Duplicate { first_line: *line }.into())
            } else {
                let (what, first_line) = ("customer", *line);
                Err(RowProblem::Conflict {
                    what,
                    first_line,
                    first: said(first),
                    here: said(&customer),
                }
                .into())
            }
        });
        Row {
            line: row.line,
            subject: excerpt(columns.cell(row, CustomerColumn::Name)),
            content,
        }
    });
    rows.collect()
}

fn customer(columns: &ColumnMap<CustomerColumn>, row: &TableRow) -> Result<CustomerRow, RowError> {
    columns.fits(row)?;
    let cell = |column| columns.cell(row, column);
    Ok(CustomerRow {
        name: Name::parse(cell(CustomerColumn::Name))
            .map_err(|error| columns.error(CustomerColumn::Name, error))?,
        email: EmailAddress::parse_optional(cell(CustomerColumn::Email))
            .map_err(|error| columns.error(CustomerColumn::Email, error))?,
        reference: Reference::parse_optional(cell(CustomerColumn::Reference))
            .map_err(|error| columns.error(CustomerColumn::Reference, error))?,
    })
}

fn said(customer: &CustomerRow) -> String {
    match &customer.email {
        Some(email) => format!("{}, {email}", customer.name),
        None => customer.name.to_string(),
    }
}
