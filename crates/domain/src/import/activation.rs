//! Activation lists, as customers' IT collects them.
//!
//! Two forms: lines of machine code, tab, friendly name, without a heading; or a table with a heading, its columns in
//! any order, separated by commas, semicolons or tabs. Of lines with the same machine code the first counts: a later
//! one with the same friendly name, or with none, is a duplicate; one with another friendly name is refused.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::column::letters;
use super::record::{Quoting, Record, shown_value};
use super::row::{RowProblem, excerpt};
use super::table::{self, SEPARATORS, Start};
use super::{
    Column, ColumnMap, Encoding, IMPORT_LINES_MAX, ImportError, Row, RowError, TableRow, decode,
};
use crate::text::{FriendlyName, MachineCode, TextError};

/// What a row of an activation list holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivationRow {
    /// The machine.
    pub machine_code: MachineCode,
    /// What people call it, if the list says so.
    pub friendly_name: Option<FriendlyName>,
}

/// An activation list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivationList {
    /// What the file is encoded in.
    pub encoding: Encoding,
    /// Lines with data, whatever became of them.
    pub lines: usize,
    /// The headings, if there are any.
    pub headers: Option<Vec<String>>,
    /// One for each line with data, in the order of the file.
    pub rows: Vec<Row<ActivationRow>>,
}

/// The columns of an activation list with a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivationColumn {
    /// The machine code.
    MachineCode,
    /// The friendly name.
    FriendlyName,
}

impl Column for ActivationColumn {
    const ALL: &'static [Self] = &[Self::MachineCode, Self::FriendlyName];

    fn key(self) -> &'static str {
        match self {
            Self::MachineCode => "machine_code",
            Self::FriendlyName => "friendly_name",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::MachineCode => MachineCode::WHAT,
            Self::FriendlyName => FriendlyName::WHAT,
        }
    }

    fn headings(self) -> &'static [&'static str] {
        match self {
            Self::MachineCode => &[
                "machinecode",
                "maschinencode",
                "gerätecode",
                "geraetecode",
                "rechnercode",
                "fingerprint",
                "machinefingerprint",
                "fingerabdruck",
                "machineid",
                "maschinenid",
                "hardwareid",
                "hwid",
                "deviceid",
                "geräteid",
                "geraeteid",
                "kennung",
                "code",
                "serialnumber",
                "seriennummer",
                "serial",
            ],
            Self::FriendlyName => &[
                "friendlyname",
                "anzeigename",
                "displayname",
                "gerätename",
                "geraetename",
                "devicename",
                "machinename",
                "maschinenname",
                "computername",
                "rechnername",
                "hostname",
                "host",
                "name",
                "bezeichnung",
                "label",
            ],
        }
    }

    fn is_required(self) -> bool {
        self == Self::MachineCode
    }
}

/// Reads an activation list in either form.
///
/// # Errors
/// When the file as a whole cannot be read; what is wrong with one line stands in its row.
pub fn parse_activation_list(bytes: &[u8]) -> Result<ActivationList, ImportError> {
    let (encoding, text) = decode(bytes)?;
    let start = Start::of(&text);
    let (headers, mut rows) = match heading(start)? {
        Some((separator, columns)) => {
            let table = table::read(encoding, start, separator)?;
            let rows = table
                .rows
                .iter()
                .map(|row| table_row(&columns, row))
                .collect();
            (Some(table.headers), rows)
        }
        None => (None, lines(start, text.contains('\t'))?),
    };
    settle_repeats(&mut rows);
    Ok(ActivationList {
        encoding,
        lines: rows.len(),
        headers,
        rows,
    })
}

/// The heading, if the first line is one: then one of its cells is known to mean the machine code.
fn heading(start: Start<'_>) -> Result<Option<(u8, ColumnMap<ActivationColumn>)>, ImportError> {
    let mut without_code = None;
    for separator in SEPARATORS
        .into_iter()
        .filter(|separator| start.separator.is_none_or(|named| named == *separator))
    {
        let Ok(Some(record)) = start.heading(separator) else {
            continue;
        };
        let headers = table::headers(&record);
        let names = ActivationColumn::FriendlyName.headings();
        match ColumnMap::guess(&headers) {
            Ok(columns) => return Ok(Some((separator, columns))),
            Err(ImportError::ColumnMissing { .. })
                if !headers
                    .iter()
                    .any(|header| names.contains(&letters(header).as_str())) => {}
            Err(error) => without_code = Some(error),
        }
    }
    without_code.map_or(Ok(None), Err)
}

fn table_row(columns: &ColumnMap<ActivationColumn>, row: &TableRow) -> Row<ActivationRow> {
    let code = columns.cell(row, ActivationColumn::MachineCode);
    let name = columns.cell(row, ActivationColumn::FriendlyName);
    let content = columns.fits(row).and_then(|()| {
        activation(code, name).map_err(|(column, error)| columns.error(column, error))
    });
    Row {
        line: row.line,
        subject: excerpt(code),
        content,
    }
}

fn activation(code: &str, name: &str) -> Result<ActivationRow, (ActivationColumn, TextError)> {
    Ok(ActivationRow {
        machine_code: MachineCode::parse(code)
            .map_err(|error| (ActivationColumn::MachineCode, error))?,
        friendly_name: FriendlyName::parse_optional(name)
            .map_err(|error| (ActivationColumn::FriendlyName, error))?,
    })
}

/// The rows of a list without a heading.
fn lines(start: Start<'_>, list_has_tabs: bool) -> Result<Vec<Row<ActivationRow>>, ImportError> {
    let mut rows = Vec::new();
    let mut all_have_tabs = true;
    for record in start.records(b'\t', Quoting::None) {
        let record = record?;
        if record.is_blank() {
            continue;
        }
        if rows.len() == IMPORT_LINES_MAX {
            return Err(ImportError::TooManyLines);
        }
        let has_tab = record.cells.len() > 1;
        let code = record.cells.first().map_or("", |cell| shown_value(cell));
        let content = if !has_tab && !record.ended && all_have_tabs && !rows.is_empty() {
            Err(RowProblem::CutOff.into())
        } else {
            line(&record)
        };
        if !list_has_tabs
            && matches!(
                &content,
                Err(RowError {
                    problem: RowProblem::NoTab,
                    ..
                })
            )
        {
            return Err(ImportError::HeadingMissing {
                line: record.line,
                text: excerpt(code),
            });
        }
        all_have_tabs &= has_tab;
        rows.push(Row {
            line: record.line,
            subject: excerpt(code),
            content,
        });
    }
    Ok(rows)
}

fn line(record: &Record<'_>) -> Result<ActivationRow, RowError> {
    let mut cells = record
        .cells
        .iter()
        .map(|cell| cell.trim())
        .collect::<Vec<_>>();
    while cells.last().is_some_and(|cell| cell.is_empty()) {
        cells.pop();
    }
    let (code, name) = match *cells.as_slice() {
        // What looks like a list with another separator, or like a tab that became spaces on the way.
        [code] if code.contains([',', ';']) || code.contains("  ") => {
            return Err(RowProblem::NoTab.into());
        }
        [code] => (code, ""),
        [code, name] => (code, name),
        _ => {
            return Err(RowProblem::TooManyCells {
                found: cells.len(),
                expected: 2,
            }
            .into());
        }
    };
    activation(shown_value(&unquoted(code)?), shown_value(&unquoted(name)?))
        .map_err(|(_, error)| RowProblem::from(error).into())
}

/// Takes the quotes off a cell that a spreadsheet put there. A quote within a name (27" screen) is part of it.
fn unquoted(cell: &str) -> Result<Cow<'_, str>, RowProblem> {
    let Some(opened) = cell.strip_prefix('"') else {
        return Ok(Cow::Borrowed(cell));
    };
    let within = opened
        .strip_suffix('"')
        .map(|within| within.replace("\"\"", "\0"));
    match within {
        Some(within) if !within.contains('"') => Ok(Cow::Owned(within.replace('\0', "\""))),
        _ if opened.contains('"') => Ok(Cow::Borrowed(cell)),
        _ => Err(RowProblem::QuoteUnclosed),
    }
}

/// The row that counts for a machine code.
struct First {
    row: usize,
    line: usize,
    name: Option<FriendlyName>,
}

/// Marks the rows that repeat a machine code. A row without a friendly name agrees with any other; if it is the first,
/// it takes the name over.
fn settle_repeats(rows: &mut [Row<ActivationRow>]) {
    let mut firsts: HashMap<MachineCode, First> = HashMap::with_capacity(rows.len());
    let mut taken_over = Vec::new();
    for (at, row) in rows.iter_mut().enumerate() {
        let Ok(ActivationRow {
            machine_code,
            friendly_name,
        }) = &row.content
        else {
            continue;
        };
        let problem = match firsts.entry(machine_code.clone()) {
            Entry::Vacant(entry) => {
                entry.insert(First {
                    row: at,
                    line: row.line,
                    name: friendly_name.clone(),
                });
                continue;
            }
            Entry::Occupied(mut entry) => {
                let first = entry.get_mut();
                match (&first.name, friendly_name) {
                    (Some(name), Some(here)) if name != here => RowProblem::Conflict {
                        what: MachineCode::WHAT,
                        first_line: first.line,
                        first: name.to_string(),
                        here: here.to_string(),
                    },
                    (None, Some(here)) => {
                        first.name = Some(here.clone());
                        taken_over.push((first.row, here.clone()));
                        RowProblem::Duplicate {
                            first_line: first.line,
                        }
                    }
                    _ => RowProblem::Duplicate {
                        first_line: first.line,
                    },
                }
            }
        };
        row.content = Err(problem.into());
    }
    for (at, name) in taken_over {
        if let Some(Row {
            content: Ok(row), ..
        }) = rows.get_mut(at)
        {
            row.friendly_name = Some(name);
        }
    }
}
