//! The letter that idle seats will be freed.

use latchkey_domain::Timestamp;
use latchkey_domain::letter::{LetterKind, Place};
use latchkey_domain::vendor::Vendor;
use latchkey_store::ActivationView;

use super::{Language, Letter, and_more, day};

/// Who is told, and of what.
pub(crate) struct IdleSeats<'a> {
    /// The receiver's e-mail address.
    pub(crate) to: &'a str,
    /// Whose store it is.
    pub(crate) vendor: &'a Vendor,
    /// The seats that are named; at least one, and no more than a letter names.
    pub(crate) seats: &'a [ActivationView],
    /// How many there are.
    pub(crate) count: usize,
    /// Where those who have an account see them.
    pub(crate) link: &'a str,
}

/// A seat, in a line of such a letter.
pub(crate) struct SeatLine<'a> {
    pub(crate) name: &'a str,
    pub(crate) code: &'a str,
    pub(crate) product: &'a str,
    pub(crate) seen: Timestamp,
    pub(crate) freed: Option<Timestamp>,
}

impl SeatLine<'_> {
    pub(crate) fn said(&self, language: Language) -> String {
        let Self {
            name,
            code,
            product,
            ..
        } = self;
        let (seen, freed) = (day(self.seen), self.freed.map(day).unwrap_or_default());
        match language {
            Language::English => {
                format!("- {name} ({code}), {product}, last seen on {seen}: free on {freed}\n")
            }
            Language::German => {
                format!(
                    "- {name} ({code}), {product}, zuletzt gesehen am {seen}: frei am {freed}\n"
                )
            }
        }
    }
}

/// Idle seats will be freed.
pub(crate) fn idle_seats(language: Language, letter: &IdleSeats<'_>) -> Letter {
    let mut lines = String::new();
    for view in letter.seats {
        let line = SeatLine {
            name: view.friendly_name.as_str(),
            code: view.machine_code.as_str(),
            product: view.product_name.as_str(),
            seen: view.activation.last_seen_at,
            freed: view.activation.reclaim_at,
        };
        lines.push_str(&line.said(language));
    }
    lines.push_str(&and_more(
        language,
        letter.count.saturating_sub(letter.seats.len()),
    ));
    let text = letter.vendor.letter_text(LetterKind::IdleSeats, language);
    let (subject, text) = text.fill(&[
        (Place::Vendor, letter.vendor.name.as_str()),
        (Place::Seats, &lines),
        (Place::Link, letter.link),
    ]);
    Letter {
        to: letter.to.to_owned(),
        subject,
        text,
    }
}
