//! What letters say: the vendor's own text, or the program's, with its places filled in.

use latchkey_domain::Timestamp;
use latchkey_domain::approval::JointAct;
use latchkey_domain::letter::{LetterKind, Place};
use latchkey_domain::user::User;
use latchkey_domain::vendor::Vendor;

use super::{Language, Letter};

/// Who a letter is for, and what it leads to.
pub(crate) struct Reader<'a> {
    /// Who it is for.
    pub(crate) user: &'a User,
    /// Whose store it is.
    pub(crate) vendor: &'a Vendor,
    /// Where it leads.
    pub(crate) link: &'a str,
    /// Until when.
    pub(crate) until: Timestamp,
}

impl Reader<'_> {
    /// A letter that leads somewhere.
    pub(crate) fn letter(&self, kind: LetterKind, language: Language) -> Letter {
        self.letter_with(kind, language, &[])
    }

    fn letter_with(&self, kind: LetterKind, language: Language, more: &[(Place, &str)]) -> Letter {
        let until = moment(self.until);
        let mut values = vec![
            (Place::Name, self.user.name.as_str()),
            (Place::Email, self.user.email.as_str()),
            (Place::Vendor, self.vendor.name.as_str()),
            (Place::Link, self.link),
            (Place::Until, until.as_str()),
        ];
        values.extend_from_slice(more);
        let (subject, text) = self.vendor.letter_text(kind, language).fill(&values);
        Letter {
            to: self.user.email.to_string(),
            subject,
            text,
        }
    }
}

/// A moment as letters tell it, in UTC.
pub(crate) fn moment(at: Timestamp) -> String {
    at.to_chrono().format("%Y-%m-%d %H:%M UTC").to_string()
}

/// Somebody asks for an approval.
pub(crate) fn approval_asked(
    language: Language,
    reader: &Reader<'_>,
    asker: &str,
    act: &JointAct,
) -> Letter {
    let act = said(act, language);
    let more = [(Place::Asker, asker), (Place::Act, act.as_str())];
    reader.letter_with(LetterKind::ApprovalAsked, language, &more)
}

/// What somebody asks for, in words.
pub(crate) fn said(act: &JointAct, language: Language) -> String {
    match (act, language) {
        (JointAct::RevokeLicenses { license_ids }, Language::English) => {
            format!("revoking licenses: {}", license_ids.len())
        }
        (JointAct::RevokeLicenses { license_ids }, Language::German) => {
            format!("Lizenzen widerrufen: {}", license_ids.len())
        }
        (JointAct::LiftLockdown, Language::English) => "lifting the lockdown".to_owned(),
        (JointAct::LiftLockdown, Language::German) => "die Sperre aufheben".to_owned(),
        (JointAct::EndTwoPeople, Language::English) => "ending the rule of two people".to_owned(),
        (JointAct::EndTwoPeople, Language::German) => {
            "die Regel der zwei Personen beenden".to_owned()
        }
    }
}
