//! What an import did, or would do: row by row.

use latchkey_domain::import::{Encoding, RowError};
use latchkey_domain::refusal::RefusalKind;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::RowFields;
use crate::Refused;

/// How a file is to be imported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Only tell what would happen.
    pub dry_run: bool,
    /// Apply the good rows even when others are refused; otherwise one refused row refuses the file.
    pub skip_refused: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ImportReport {
    /// Whether it only tells what would happen.
    pub dry_run: bool,
    /// What the file is encoded in.
    pub encoding: Encoding,
    /// How many rows had which outcome.
    pub summary: ImportSummary,
    /// The headings of the file; none if it has none.
    pub columns: Option<Vec<String>>,
    /// One for each line with data, in the order of the file.
    pub rows: Vec<ImportRow>,
}

/// How many rows had which outcome.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportSummary {
    /// Lines with data.
    pub lines: u64,
    /// Rows that make something new.
    pub create: u64,
    /// Rows that change something.
    pub update: u64,
    /// Rows that say what is already so.
    pub unchanged: u64,
    /// Rows that say what another row says.
    pub duplicate: u64,
    /// Rows that cannot be carried out.
    pub refused: u64,
}

/// What a row comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// It makes something new.
    Create,
    /// It changes something.
    Update,
    /// It says what is already so.
    Unchanged,
    /// It says what another row says.
    Duplicate,
    /// It cannot be carried out.
    Refused,
}

/// One row of an import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// The line of the file, from 1.
    pub line: u64,
    /// What the row is about.
    pub subject: String,
    /// What it comes to.
    pub outcome: ImportOutcome,
    /// The sentence about it.
    pub detail: Option<String>,
    /// The smallest change that would help.
    pub fix: Option<String>,
    /// The stable code of a refusal.
    pub code: Option<String>,
    /// What was read; none where the row cannot be read.
    pub fields: Option<RowFields>,
}

/// What became of a row that is not refused.
pub(crate) struct Verdict {
    outcome: ImportOutcome,
    detail: Option<String>,
    fields: Vec<(&'static str, String)>,
}

impl Verdict {
    /// The row comes to this.
    pub(crate) fn new(outcome: ImportOutcome) -> Self {
        Self {
            outcome,
            detail: None,
            fields: Vec::new(),
        }
    }

    /// The row repeats another one.
    pub(crate) fn duplicate(error: &RowError) -> Self {
        Self::new(ImportOutcome::Duplicate).because(error.to_string())
    }

    /// The same, with a sentence about it.
    pub(crate) fn because(mut self, detail: String) -> Self {
        self.detail = Some(detail);
        self
    }

    /// The same, with one more field: something that came of the row.
    pub(crate) fn with(mut self, name: &'static str, value: String) -> Self {
        self.fields.push((name, value));
        self
    }
}

/// Lines that the refusal of a whole file names.
const LINES_NAMED_MAX: usize = 3;
/// Rows that the refusal of a whole file carries for programs.
const ROWS_CARRIED_MAX: usize = 100;

impl ImportReport {
    /// Takes in what became of a row.
    pub(super) fn push(
        &mut self,
        line: usize,
        subject: &str,
        fields: Option<Vec<(&'static str, String)>>,
        verdict: Result<Verdict, Refused>,
    ) {
        let mut fields = fields.map(RowFields::from);
        let (outcome, detail, fix, code) = match verdict {
            Ok(verdict) => {
                if let Some(fields) = &mut fields {
                    fields.extend(verdict.fields);
                }
                (verdict.outcome, verdict.detail, None, None)
            }
            Err(refused) => (
                ImportOutcome::Refused,
                Some(refused.sentence),
                refused.fix,
                Some(refused.code.to_owned()),
            ),
        };
        self.summary.lines += 1;
        *match outcome {
            ImportOutcome::Create => &mut self.summary.create,
            ImportOutcome::Update => &mut self.summary.update,
            ImportOutcome::Unchanged => &mut self.summary.unchanged,
            ImportOutcome::Duplicate => &mut self.summary.duplicate,
            ImportOutcome::Refused => &mut self.summary.refused,
        } += 1;
        let line = u64::try_from(line).unwrap_or(u64::MAX);
        self.rows.push(ImportRow {
            line,
            subject: subject.to_owned(),
            outcome,
            detail,
            fix,
            code,
            fields,
        });
    }

    /// The refusal of the whole file because of the rows that are refused.
    pub(super) fn refusal(&self) -> Refused {
        let refused: Vec<&ImportRow> = self
            .rows
            .iter()
            .filter(|row| row.outcome == ImportOutcome::Refused)
            .take(ROWS_CARRIED_MAX)
            .collect();
        let named: Vec<String> = refused
            .iter()
            .take(LINES_NAMED_MAX)
            .map(|row| {
                format!(
                    "line {} ({}): {}",
                    row.line,
                    row.subject,
                    row.detail.as_deref().unwrap_or_default()
                )
            })
            .collect();
        let (count, lines) = (self.summary.refused, self.summary.lines);
        let more = if refused.len() > named.len() {
            "; and more"
        } else {
            ""
        };
        let rows = if count == 1 { "row is" } else { "rows are" };
        Refused {
            kind: RefusalKind::Conflict,
            code: "import_has_refused_rows",
            sentence: format!(
                "{count} of {lines} {rows} refused, so nothing was imported: {}{more}",
                named.join("; ")
            ),
            fix: Some(
                "Mend these lines, or import the others without them (skip refused rows).".into(),
            ),
            pointer: None,
            context: Some(json!({ "summary": self.summary, "rows": refused })),
        }
    }
}
