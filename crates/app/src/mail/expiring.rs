//! The letter that licenses are about to end.

use latchkey_domain::Timestamp;
use latchkey_domain::letter::{LetterKind, Place};
use latchkey_domain::limits::LINES_PER_LETTER_MAX;
use latchkey_domain::vendor::Vendor;
use latchkey_store::LicenseView;

use super::{Language, Letter, and_more, day};

/// Who is told, and of what.
pub(crate) struct Expiring<'a> {
    /// The receiver's e-mail address.
    pub(crate) to: &'a str,
    /// Whose store it is.
    pub(crate) vendor: &'a Vendor,
    /// The licenses; at least one.
    pub(crate) licenses: &'a [&'a LicenseView],
    /// Where those who have an account see them.
    pub(crate) link: &'a str,
}

/// A license, in a line of such a letter.
pub(crate) struct Line<'a> {
    pub(crate) product: &'a str,
    pub(crate) customer: &'a str,
    /// The last part of its key: keys are secrets.
    pub(crate) hint: &'a str,
    pub(crate) seats: u32,
    pub(crate) end: Option<Timestamp>,
}

impl Line<'_> {
    pub(crate) fn said(&self, language: Language) -> String {
        let Self {
            product,
            customer,
            hint,
            seats,
            end,
        } = self;
        let end = end.map(day).unwrap_or_default();
        match language {
            Language::English => {
                format!("- {product}, {customer}, key …{hint}, {seats} seats: until {end}\n")
            }
            Language::German => {
                format!("- {product}, {customer}, Schlüssel …{hint}, {seats} Plätze: bis {end}\n")
            }
        }
    }
}

/// Licenses are about to end.
pub(crate) fn expiring(language: Language, letter: &Expiring<'_>) -> Letter {
    let mut lines = String::new();
    for view in letter.licenses.iter().take(LINES_PER_LETTER_MAX) {
        let license = &view.license;
        let line = Line {
            product: view.product_name.as_str(),
            customer: view.customer_name.as_str(),
            hint: license.key.hint(),
            seats: license.seats_max,
            end: license.expires_at,
        };
        lines.push_str(&line.said(language));
    }
    let more = letter.licenses.len().saturating_sub(LINES_PER_LETTER_MAX);
    lines.push_str(&and_more(language, more));
    let text = letter.vendor.letter_text(LetterKind::Expiring, language);
    let (subject, text) = text.fill(&[
        (Place::Vendor, letter.vendor.name.as_str()),
        (Place::Licenses, &lines),
        (Place::Link, letter.link),
    ]);
    Letter {
        to: letter.to.to_owned(),
        subject,
        text,
    }
}
