//! Imports: a file of rows, looked at first and then applied as a whole.

use std::collections::BTreeMap;

use latchkey_app::{Changed, import};
use latchkey_domain as domain;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::answer::Done;
use crate::change::ChangeRef;
use crate::mirror::mirror;
use crate::problem::sentence;

/// How a file is to be imported.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Only tell what would happen.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub dry_run: bool,
    /// Apply the good rows even when others are refused; otherwise one refused row refuses the file.
    #[serde(default)]
    #[param(required = false, default = false)]
    pub skip_refused: bool,
    /// Which column holds which field, as `field:column` pairs separated by commas; left out, headers decide.
    #[param(required = false, example = "name:Company,email:Mail")]
    pub columns: Option<String>,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportReport {
    /// True when nothing was changed.
    pub dry_run: bool,
    /// What was recorded; null when nothing was.
    #[schema(required)]
    pub change: Option<ChangeRef>,
    /// The text encoding the file was read in.
    pub encoding: Encoding,
    /// How many rows had which outcome.
    pub summary: ImportSummary,
    /// The headers found in the file; null when it has none.
    #[schema(required, example = json!(["Company", "Mail"]))]
    pub columns: Option<Vec<String>>,
    /// One for each line that is not blank, in the file's order.
    pub rows: Vec<ImportRow>,
}

/// The text encodings a file can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, little-endian.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big-endian.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252: a guess, nothing in a file says so.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

impl From<domain::import::Encoding> for Encoding {
    fn from(encoding: domain::import::Encoding) -> Self {
        match encoding {
            domain::import::Encoding::Utf8 | domain::import::Encoding::Utf8WithMark => Self::Utf8,
            domain::import::Encoding::Utf16Le => Self::Utf16Le,
            domain::import::Encoding::Utf16Be => Self::Utf16Be,
            domain::import::Encoding::Windows1252 => Self::Windows1252,
        }
    }
}

/// How many rows had which outcome.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
pub struct ImportSummary {
    /// Rows in the file.
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

/// One row of an import.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportRow {
    /// The line in the file; the first is 1.
    #[schema(example = 2)]
    pub line: u64,
    /// What the row is about, in a word or two.
    #[schema(example = "Drawing office 3")]
    pub subject: String,
    /// What it does.
    pub outcome: ImportOutcome,
    /// The sentence for a person.
    #[schema(required)]
    pub detail: Option<String>,
    /// The smallest change that would help.
    #[schema(required)]
    pub fix: Option<String>,
    /// The stable code of a refusal.
    #[schema(required, example = "machine_code_empty")]
    pub code: Option<String>,
    /// The fields as they were read.
    #[schema(required)]
    pub fields: Option<BTreeMap<String, String>>,
}

/// What a row of an import does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// Makes something new.
    Create,
    /// Changes something.
    Update,
    /// Says what is already so.
    Unchanged,
    /// Says what another row says.
    Duplicate,
    /// Cannot be carried out.
    Refused,
}

impl ImportQuery {
    /// How a use case is told.
    pub(crate) fn options(&self) -> import::ImportOptions {
        import::ImportOptions {
            dry_run: self.dry_run,
            skip_refused: self.skip_refused,
        }
    }
}

impl ImportReport {
    /// What a use case reported.
    pub(crate) fn done(changed: Changed<import::ImportReport>) -> Done<Self> {
        let change = ChangeRef::of(&changed);
        let import::ImportReport {
            dry_run,
            encoding,
            summary,
            columns,
            rows,
        } = changed.value;
        let import::ImportSummary {
            lines,
            create,
            update,
            unchanged,
            duplicate,
            refused,
        } = summary;
        let summary = ImportSummary {
            lines,
            create,
            update,
            unchanged,
            duplicate,
            refused,
        };
        let rows = rows.into_iter().map(Into::into).collect();
        Done::new(
            Self {
                dry_run,
                change,
                encoding: encoding.into(),
                summary,
                columns,
                rows,
            },
            changed.replayed,
        )
    }
}

impl From<import::ImportRow> for ImportRow {
    fn from(row: import::ImportRow) -> Self {
        let import::ImportRow {
            line,
            subject,
            outcome,
            detail,
            fix,
            code,
            fields,
        } = row;
        let detail = detail.as_deref().map(sentence);
        Self {
            line,
            subject,
            outcome: outcome.into(),
            detail,
            fix,
            code,
            fields: fields.map(Into::into),
        }
    }
}

mirror!(
    ImportOutcome = import::ImportOutcome {
        Create,
        Update,
        Unchanged,
        Duplicate,
        Refused
    }
);

/// A file's bytes.
pub struct FileBytes;

impl PartialSchema for FileBytes {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, SchemaType, Type};
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Binary)))
            .description(Some("A file's bytes."))
            .into()
    }
}

impl ToSchema for FileBytes {}
