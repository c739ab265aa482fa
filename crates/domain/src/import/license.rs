//! Licenses to issue, from a table.

use super::moment::expiry;
use super::row::{RowProblem, excerpt};
use super::{Column, ColumnMap, Row, RowError, Table, TableRow};
use crate::Timestamp;
use crate::limits::SEATS_MAX;
use crate::text::Name;

/// What a row of licenses holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseRow {
    /// Whose it will be: the customer's name or reference.
    pub customer: Name,
    /// The name of the policy to issue it from.
    pub policy: Name,
    /// How many seats, if not as many as the policy says.
    pub seats: Option<u32>,
    /// When it expires, if not when the policy says.
    pub expires: Option<Timestamp>,
}

/// The columns of a table of licenses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LicenseColumn {
    /// The customer.
    Customer,
    /// The policy.
    Policy,
    /// The number of seats.
    Seats,
    /// When it expires.
    Expires,
}

impl Column for LicenseColumn {
    const ALL: &'static [Self] = &[Self::Customer, Self::Policy, Self::Seats, Self::Expires];

    fn key(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Policy => "policy",
            Self::Seats => "seats",
            Self::Expires => "expires",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Policy => "policy",
            Self::Seats => "number of seats",
            Self::Expires => "date of expiry",
        }
    }

    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Customer => &[
                "customer",
                "customername",
                "customerreference",
                "company",
                "companyname",
                "account",
                "kunde",
                "kundenname",
                "kundennummer",
                "firma",
                "firmenname",
                "organization",
                "organisation",
            ],
            Self::Policy => &[
                "policy",
                "policyname",
                "plan",
                "edition",
                "richtlinie",
                "lizenzmodell",
                "tarif",
            ],
            Self::Seats => &[
                "seats",
                "seatsmax",
                "numberofseats",
                "quantity",
                "qty",
                "users",
                "plätze",
                "plaetze",
                "arbeitsplätze",
                "arbeitsplaetze",
                "anzahl",
                "menge",
            ],
            Self::Expires => &[
                "expires",
                "expiresat",
                "expireson",
                "expiry",
                "expirydate",
                "expirationdate",
                "expiration",
                "validuntil",
                "validto",
                "enddate",
                "ablaufdatum",
                "ablauf",
                "gültigbis",
                "gueltigbis",
                "läuftabam",
                "enddatum",
            ],
        }
    }

    fn is_required(self) -> bool {
        matches!(self, Self::Customer | Self::Policy)
    }
}

/// The licenses of a table, one for each of its rows, also where rows say the same: ten licenses are ten rows.
#[must_use]
pub fn license_rows(table: &Table, columns: &ColumnMap<LicenseColumn>) -> Vec<Row<LicenseRow>> {
    let rows = table.rows.iter().map(|row| Row {
        line: row.line,
        subject: excerpt(columns.cell(row, LicenseColumn::Customer)),
        content: license(columns, row),
    });
    rows.collect()
}

fn license(columns: &ColumnMap<LicenseColumn>, row: &TableRow) -> Result<LicenseRow, RowError> {
    columns.fits(row)?;
    let cell = |column| columns.cell(row, column);
    let given = |column| Some(cell(column)).filter(|cell| !cell.is_empty());
    Ok(LicenseRow {
        customer: Name::parse(cell(LicenseColumn::Customer))
            .map_err(|error| columns.error(LicenseColumn::Customer, error))?,
        policy: Name::parse(cell(LicenseColumn::Policy))
            .map_err(|error| columns.error(LicenseColumn::Policy, error))?,
        seats: given(LicenseColumn::Seats)
            .map(seats)
            .transpose()
            .map_err(|problem| columns.error(LicenseColumn::Seats, problem))?,
        expires: given(LicenseColumn::Expires)
            .map(expiry)
            .transpose()
            .map_err(|problem| columns.error(LicenseColumn::Expires, problem))?,
    })
}

/// A number of seats in digits only: "1.000" is a thousand to some and one to others.
fn seats(text: &str) -> Result<u32, RowProblem> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(RowProblem::SeatsMalformed {
            text: excerpt(text),
        });
    }
    let seats = text
        .parse()
        .ok()
        .filter(|seats| (1..=SEATS_MAX).contains(seats));
    seats.ok_or_else(|| RowProblem::SeatsOutOfBounds {
        text: excerpt(text),
    })
}
