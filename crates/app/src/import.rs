//! Imports: a file of rows, looked at first and then applied as a whole.
//!
//! A file is parsed before the store is asked ([`Parsed`]), so that a file that cannot be read costs nobody anything.
//! What a row comes to is decided against the batch, in one act for the whole file; a dry run decides the same and
//! keeps nothing. Files and their columns are the domain's matter.

mod activation;
mod admission;
mod customer;
mod fields;
mod license;
mod report;
mod template;

use latchkey_domain::import::{Column, ColumnMap, Encoding, ImportError, Row, Table};
use latchkey_store::Batch;

use crate::Refused;
use crate::act::Stop;
pub use fields::RowFields;
pub(crate) use report::Verdict;
pub use report::{ImportOptions, ImportOutcome, ImportReport, ImportRow, ImportSummary};

/// A file as it was read.
pub(crate) struct Parsed<T> {
    encoding: Encoding,
    columns: Option<Vec<String>>,
    rows: Vec<Row<T>>,
}

/// What the report says a row holds.
pub(crate) trait Fields {
    /// Name and value of each field that the row has.
    fn fields(&self) -> Vec<(&'static str, String)>;
}

/// The columns of a table: as the user says, else guessed from the headings.
fn columns_of<C: Column>(
    table: &Table,
    mapping: Option<&str>,
) -> Result<ColumnMap<C>, ImportError> {
    match mapping.map(str::trim).filter(|mapping| !mapping.is_empty()) {
        Some(mapping) => ColumnMap::parse(mapping, &table.headers),
        None => ColumnMap::guess(&table.headers),
    }
}

impl<T: Fields> Parsed<T> {
    /// The rows that can be read.
    fn readable(&self) -> impl Iterator<Item = &T> {
        self.rows.iter().filter_map(|row| row.content.as_ref().ok())
    }

    /// Decides row by row, in the order of the file: what cannot be read is refused, the rest is `each`'s matter.
    fn decide(
        &self,
        batch: &mut Batch,
        options: ImportOptions,
        mut each: impl FnMut(&mut Batch, usize, &T) -> Result<Verdict, Refused>,
    ) -> ImportReport {
        let mut report = ImportReport {
            dry_run: options.dry_run,
            encoding: self.encoding,
            summary: ImportSummary::default(),
            columns: self.columns.clone(),
            rows: Vec::with_capacity(self.rows.len()),
        };
        for row in &self.rows {
            let (verdict, fields) = match &row.content {
                Ok(content) => (each(batch, row.line, content), Some(content.fields())),
                Err(error) if error.is_duplicate() => (Ok(Verdict::duplicate(error)), None),
                Err(error) => (Err(error.clone().into()), None),
            };
            report.push(row.line, &row.subject, fields, verdict);
        }
        report
    }
}

/// Ends an import: keeps what was done, or takes it back.
fn end(report: ImportReport, options: ImportOptions) -> Result<ImportReport, Stop<ImportReport>> {
    if options.dry_run {
        return Err(Stop::DryRun(report));
    }
    if report.summary.refused > 0 && !options.skip_refused {
        return Err(Stop::Refused(report.refusal()));
    }
    Ok(report)
}
