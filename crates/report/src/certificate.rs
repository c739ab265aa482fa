//! A license as a sheet of paper to print, sign and file: who may use what, how much of it and until when.

mod words;

use chrono::{DateTime, Utc};

pub use words::Language;
use words::Words;

use crate::pdf::{Fonts, Ink, MARGIN, Role, SHEET_WIDTH, Sheets, Style, Weight, metadata};
use crate::qr::{Correction, QUIET_MODULES};
use crate::{QrCode, ReportError};

/// Whether a license can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateState {
    /// It can.
    Active,
    /// Not for now.
    Suspended,
    /// Its term is over.
    Expired,
    /// Never again.
    Revoked,
}

/// A feature that a license opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFeature {
    /// What people call it.
    pub name: String,
    /// How much of it; none means without limit.
    pub limit: Option<u32>,
}

/// Where a license stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateProof {
    /// The newest entry about the license.
    pub entry: u64,
    /// How many entries the ledger has.
    pub entries: u64,
    /// The ledger's root hash, in hex.
    pub root: String,
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// In which language.
    pub language: Language,
    /// Who grants.
    pub vendor: String,
    /// Which product.
    pub product: String,
    /// To whom.
    pub customer: String,
    /// The license key.
    pub key: String,
    /// The license's id.
    pub license_id: String,
    /// Whether it can be used.
    pub state: CertificateState,
    /// The policy's name.
    pub policy: String,
    /// The policy's revision.
    pub revision: u32,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// Until when; none means for ever.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// How many machines at once.
    pub seats: u32,
    /// Whether it runs on activated machines only.
    pub node_locked: bool,
    /// For how many days a license file is good.
    pub license_file_days: u32,
    /// What it opens.
    pub features: Vec<CertificateFeature>,
    /// Where it is recorded.
    pub proof: CertificateProof,
    /// When this is said.
    pub made_at: DateTime<Utc>,
}

const WIDTH: f32 = SHEET_WIDTH - 2.0 * MARGIN;
const CODE_SIDE: f32 = 118.0;
const LABEL_WIDTH: f32 = 132.0;

const LABEL: Style = style(8.5, Weight::Regular, Ink::Soft, Role::Text);
const VALUE: Style = style(10.5, Weight::Regular, Ink::Text, Role::Text);
const SMALL: Style = style(8.5, Weight::Regular, Ink::Soft, Role::Text);
const HEADING: Style = style(11.5, Weight::Bold, Ink::Accent, Role::Heading);

const fn style(size: f32, weight: Weight, ink: Ink, role: Role) -> Style {
    Style {
        size,
        weight,
        ink,
        role,
    }
}

/// Writes the certificate as a PDF for A4 paper. The same certificate gives the same bytes.
///
/// # Errors
/// When the document cannot be written.
pub fn certificate_pdf(certificate: &Certificate) -> Result<Vec<u8>, ReportError> {
    let fonts = Fonts::new();
    let words = certificate.language.words();
    let mut sheets = Sheets::new(&fonts);
    head(&mut sheets, certificate, words)?;
    terms(&mut sheets, certificate, words);
    features(&mut sheets, certificate, words);
    proof(&mut sheets, certificate, words);
    let title = format!("{}: {}", words.title, certificate.product);
    let language = certificate.language.code();
    let metadata = metadata(&title, &certificate.vendor, language, certificate.made_at);
    sheets.finish(metadata, language)
}

/// A large name: as large as lets it stay within a few lines.
fn name(sheets: &mut Sheets<'_>, width: f32, weight: Weight, text: &str) {
    let sizes = [21.0, 17.0, 14.0, 11.5];
    let styles = sizes.map(|size| style(size, weight, Ink::Text, Role::Text));
    let fits = |style: &&Style| sheets.lines(text, width, **style).len() <= 3;
    let chosen = styles.iter().find(fits).or(styles.last()).copied();
    sheets.text(MARGIN, width, chosen.unwrap_or(VALUE), text);
}

fn head(
    sheets: &mut Sheets<'_>,
    certificate: &Certificate,
    words: &Words,
) -> Result<(), ReportError> {
    sheets.bar(0.0, 0.0, SHEET_WIDTH, 9.0, Ink::Accent);
    sheets.text(
        MARGIN,
        WIDTH,
        style(11.0, Weight::Regular, Ink::Soft, Role::Text),
        &certificate.vendor,
    );
    sheets.y += 3.0;
    sheets.text(
        MARGIN,
        WIDTH,
        style(27.0, Weight::Bold, Ink::Accent, Role::Title),
        words.title,
    );
    sheets.y += 18.0;

    let top = sheets.y;
    let beside = WIDTH - CODE_SIDE - 24.0;
    sheets.text(MARGIN, beside, LABEL, words.product);
    name(sheets, beside, Weight::Bold, &certificate.product);
    sheets.y += 12.0;
    sheets.text(MARGIN, beside, LABEL, words.customer);
    name(sheets, beside, Weight::Regular, &certificate.customer);

    let code = QrCode::new(&certificate.key, Correction::Medium)?;
    let name = format!("{}: {}", words.code, certificate.key);
    // The light border around the code may lie in the margin.
    let border = CODE_SIDE * QUIET_MODULES as f32 / (code.size() + 2 * QUIET_MODULES) as f32;
    let x = MARGIN + WIDTH - CODE_SIDE + border;
    sheets.code(x, top - border + 3.0, CODE_SIDE, code, name);
    sheets.y = sheets.y.max(top + CODE_SIDE) + 16.0;

    sheets.bar(MARGIN, sheets.y, WIDTH, 58.0, Ink::Panel);
    sheets.bar(MARGIN, sheets.y, 3.0, 58.0, Ink::Accent);
    sheets.y += 9.0;
    sheets.text(MARGIN + 16.0, WIDTH - 32.0, LABEL, words.key);
    let key = style(18.5, Weight::Bold, Ink::Text, Role::Text);
    sheets.text(MARGIN + 16.0, WIDTH - 32.0, key, &certificate.key);
    sheets.y += 24.0;
    Ok(())
}

fn terms(sheets: &mut Sheets<'_>, certificate: &Certificate, words: &Words) {
    let date = |at| certificate.language.date(at);
    let state = format!(
        "{} ({})",
        words.state(certificate.state),
        date(certificate.made_at)
    );
    let ends = certificate
        .expires_at
        .map_or(words.for_ever.to_owned(), date);
    let policy = words.policy_text(&certificate.policy, certificate.revision);
    let machines = if certificate.node_locked {
        words.node_locked
    } else {
        words.any_machine
    };
    let rows = [
        (words.state, state),
        (words.starts, date(certificate.starts_at)),
        (words.ends, ends),
        (words.seats, certificate.language.seats(certificate.seats)),
        (words.machines, machines.to_owned()),
        (
            words.files,
            certificate.language.days(certificate.license_file_days),
        ),
        (words.policy, policy),
        (words.issued, date(certificate.issued_at)),
        (words.license_id, certificate.license_id.clone()),
    ];
    for (number, (label, value)) in rows.into_iter().enumerate() {
        let warns = number == 0 && certificate.state != CertificateState::Active;
        let value_style = if warns {
            Style {
                ink: Ink::Warning,
                weight: Weight::Bold,
                ..VALUE
            }
        } else {
            VALUE
        };
        row(sheets, label, &value, value_style);
    }
    sheets.y += 16.0;
}

fn row(sheets: &mut Sheets<'_>, label: &str, value: &str, value_style: Style) {
    let width = WIDTH - LABEL_WIDTH;
    let height = sheets.lines(value, width, value_style).len() as f32 * value_style.leading();
    sheets.room(height + 7.0);
    let top = sheets.y;
    sheets.y += 1.6;
    sheets.text(MARGIN, LABEL_WIDTH - 12.0, LABEL, label);
    sheets.y = top;
    sheets.text(MARGIN + LABEL_WIDTH, width, value_style, value);
    sheets.y += 3.5;
    sheets.bar(MARGIN, sheets.y, WIDTH, 0.5, Ink::Rule);
    sheets.y += 3.5;
}

fn features(sheets: &mut Sheets<'_>, certificate: &Certificate, words: &Words) {
    sheets.room(60.0);
    sheets.text(MARGIN, WIDTH, HEADING, words.features);
    sheets.y += 4.0;
    if certificate.features.is_empty() {
        sheets.text(MARGIN, WIDTH, VALUE, words.no_features);
    }
    for feature in &certificate.features {
        let limit = feature
            .limit
            .map(|limit| words.limit_text(&certificate.language.number(limit)));
        let text = format!("•  {}{}", feature.name, limit.unwrap_or_default());
        sheets.text(MARGIN, WIDTH, VALUE, &text);
    }
    sheets.y += 18.0;
}

fn proof(sheets: &mut Sheets<'_>, certificate: &Certificate, words: &Words) {
    let CertificateProof {
        entry,
        entries,
        root,
    } = &certificate.proof;
    sheets.room(62.0);
    sheets.text(MARGIN, WIDTH, HEADING, words.proof);
    sheets.y += 4.0;
    let text = words.proof_text(
        *entry,
        *entries,
        &certificate.language.date(certificate.made_at),
    );
    sheets.text(MARGIN, WIDTH, SMALL, &text);
    sheets.y += 2.0;
    let root_style = Style {
        ink: Ink::Text,
        ..SMALL
    };
    sheets.text(MARGIN, WIDTH, root_style, root);
}
