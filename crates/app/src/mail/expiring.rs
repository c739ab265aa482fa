//! The letter that licenses are about to end.

use latchkey_domain::Timestamp;
use latchkey_domain::limits::LICENSES_PER_LETTER_MAX;
use latchkey_store::LicenseView;

use super::{Language, Letter};

/// Who is told, and of what.
pub(crate) struct Expiring<'a> {
    /// The receiver's e-mail address.
    pub(crate) to: &'a str,
    /// Whose store it is.
    pub(crate) vendor: &'a str,
    /// The licenses; at least one.
    pub(crate) licenses: &'a [LicenseView],
    /// Where those who have an account see them.
    pub(crate) link: &'a str,
}

/// Licenses are about to end. The keys are secrets: only their ends are told.
pub(crate) fn expiring(language: Language, letter: &Expiring<'_>) -> Letter {
    let Expiring {
        to,
        vendor,
        licenses,
        link,
    } = letter;
    let mut lines = String::new();
    for view in licenses.iter().take(LICENSES_PER_LETTER_MAX) {
        let license = &view.license;
        let (product, customer, hint) =
            (&view.product_name, &view.customer_name, license.key.hint());
        let seats = license.seats_max;
        let end = license.expires_at.map(day).unwrap_or_default();
        lines.push_str(&match language {
            Language::English => {
                format!("- {product}, {customer}, key …{hint}, {seats} seats: until {end}\n")
            }
            Language::German => {
                format!("- {product}, {customer}, Schlüssel …{hint}, {seats} Plätze: bis {end}\n")
            }
        });
    }
    let more = licenses.len().saturating_sub(LICENSES_PER_LETTER_MAX);
    let count = licenses.len();
    let (subject, text) = match language {
        Language::English => {
            if more > 0 {
                lines.push_str(&format!("and {more} more\n"));
            }
            let what = if count == 1 { "A license" } else { "Licenses" };
            (
                format!("{what} of {vendor} will end soon"),
                format!(
                    "Hello,\n\nthese licenses of {vendor} are about to end:\n\n{lines}\nTo renew them, write to \
                     {vendor}. If you have an account, you see them here: {link}\n"
                ),
            )
        }
        Language::German => {
            if more > 0 {
                lines.push_str(&format!("und {more} weitere\n"));
            }
            let what = if count == 1 {
                "Eine Lizenz"
            } else {
                "Lizenzen"
            };
            let ends = if count == 1 { "endet" } else { "enden" };
            (
                format!("{what} von {vendor} {ends} bald"),
                format!(
                    "Guten Tag,\n\ndiese Lizenzen von {vendor} laufen bald ab:\n\n{lines}\nUm sie zu verlängern, \
                     schreiben Sie {vendor}. Wenn Sie ein Konto haben, sehen Sie sie hier: {link}\n"
                ),
            )
        }
    };
    Letter {
        to: (*to).to_owned(),
        subject,
        text,
    }
}

/// A day, in UTC.
fn day(at: Timestamp) -> String {
    at.to_chrono().format("%Y-%m-%d").to_string()
}
