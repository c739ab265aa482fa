//! Documents for print, as PDF: fonts for the scripts of the world, lines of text, and sheets of paper.

mod font;
mod line;
mod sheet;

use chrono::{DateTime, Datelike, Timelike, Utc};
use krilla::metadata::Metadata;

pub(crate) use font::{Fonts, Weight};
pub(crate) use line::Paragraph;
pub(crate) use sheet::{Ink, MARGIN, Role, SHEET_WIDTH, Sheets, Style};

/// What a document says about itself.
pub(crate) fn metadata(title: &str, author: &str, language: &str, at: DateTime<Utc>) -> Metadata {
    let small = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = krilla::metadata::DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(small(at.month()))
        .day(small(at.day()))
        .hour(small(at.hour()))
        .minute(small(at.minute()))
        .second(small(at.second()))
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    Metadata::new()
        .title(title.to_owned())
        .authors(vec![author.to_owned()])
        .creator("Latchkey".to_owned())
        .language(language.to_owned())
        .creation_date(date)
}
