//! Licenses to issue, from a table.

use super::moment::expiry;
use super::row::{RowProblem, excerpt};
use super::{Column, ColumnMap, Row, RowError, Table, TableRow};
use crate::license::IssueTerms;
use crate::limits::SEATS_MAX;
use crate::text::Name;

/// What a row of licenses holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseRow {
    /// Whose it will be: the customer's name or reference.
    pub customer: Name,
    /// The name of the policy to issue it from.
    pub policy: Name,
    /// What differs from the policy.
    pub terms: IssueTerms,
}

/// What a row of licenses holds that are issued from a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareRow {
    /// Whose it will be: the customer's name.
    pub customer: Name,
    /// What differs from the policy.
    pub terms: IssueTerms,
}

/// The columns of a table of licenses that are issued from a template: as of others, but for the policy, which is the
/// template's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShareColumn {
    /// The customer.
    Customer,
    /// The number of seats.
    Seats,
    /// When it expires.
    Expires,
}

impl ShareColumn {
    fn same(self) -> LicenseColumn {
        match self {
            Self::Customer => LicenseColumn::Customer,
            Self::Seats => LicenseColumn::Seats,
            Self::Expires => LicenseColumn::Expires,
        }
    }
}

impl Column for ShareColumn {
    const ALL: &'static [Self] = &[Self::Customer, Self::Seats, Self::Expires];

    fn key(self) -> &'static str {
        self.same().key()
    }

    fn label(self) -> &'static str {
        self.same().label()
    }

    fn headings(self) -> &'static [&'static str] {
        self.same().headings()
    }

    fn is_required(self) -> bool {
        self.same().is_required()
    }
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

/// The licenses of a table that are issued from a template, one for each of its rows.
#[must_use]
pub fn share_rows(table: &Table, columns: &ColumnMap<ShareColumn>) -> Vec<Row<ShareRow>> {
    let share = |row| {
        columns.fits(row)?;
        Ok(ShareRow {
            customer: customer(columns, row, ShareColumn::Customer)?,
            terms: terms(columns, row, ShareColumn::Seats, ShareColumn::Expires)?,
        })
    };
    let rows = table.rows.iter().map(|row| Row {
        line: row.line,
        subject: excerpt(columns.cell(row, ShareColumn::Customer)),
        content: share(row),
    });
    rows.collect()
}

fn license(columns: &ColumnMap<LicenseColumn>, row: &TableRow) -> Result<LicenseRow, RowError> {
    columns.fits(row)?;
    let policy = columns.cell(row, LicenseColumn::Policy);
    Ok(LicenseRow {
        customer: customer(columns, row, LicenseColumn::Customer)?,
        policy: Name::parse(policy).map_err(|error| columns.error(LicenseColumn::Policy, error))?,
        terms: terms(columns, row, LicenseColumn::Seats, LicenseColumn::Expires)?,
    })
}

fn customer<C: Column>(columns: &ColumnMap<C>, row: &TableRow, at: C) -> Result<Name, RowError> {
    Name::parse(columns.cell(row, at)).map_err(|error| columns.error(at, error))
}

fn terms<C: Column>(
    columns: &ColumnMap<C>,
    row: &TableRow,
    seats_at: C,
    expires_at: C,
) -> Result<IssueTerms, RowError> {
    let given = |column| Some(columns.cell(row, column)).filter(|cell| !cell.is_empty());
    Ok(IssueTerms {
        seats_max: given(seats_at)
            .map(seats)
            .transpose()
            .map_err(|problem| columns.error(seats_at, problem))?,
        expires_at: given(expires_at)
            .map(expiry)
            .transpose()
            .map_err(|problem| columns.error(expires_at, problem))?,
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
