//! What letters say.

use latchkey_domain::Timestamp;
use latchkey_domain::user::User;

use super::{Language, Letter};

/// Who a letter is for, and what it leads to.
pub(crate) struct Reader<'a> {
    /// Who it is for.
    pub(crate) user: &'a User,
    /// Whose store it is.
    pub(crate) vendor: &'a str,
    /// Where it leads.
    pub(crate) link: &'a str,
    /// Until when.
    pub(crate) until: Timestamp,
}

impl Reader<'_> {
    fn letter(&self, subject: String, text: String) -> Letter {
        Letter {
            to: self.user.email.to_string(),
            subject,
            text,
        }
    }

    fn until(&self) -> String {
        let until = self.until.to_chrono();
        until.format("%Y-%m-%d %H:%M UTC").to_string()
    }
}

/// Somebody is invited.
pub(crate) fn invitation(language: Language, reader: &Reader<'_>) -> Letter {
    let Reader {
        user, vendor, link, ..
    } = reader;
    let (name, until) = (&user.name, reader.until());
    match language {
        Language::English => reader.letter(
            format!("Your account for the licenses of {vendor}"),
            format!(
                "Hello {name},\n\n{vendor} invites you to Latchkey. Choose a password here:\n\n{link}\n\nThe link works \
                 once, until {until}. You will sign in as {}.\n",
                user.email
            ),
        ),
        Language::German => reader.letter(
            format!("Ihr Konto für die Lizenzen von {vendor}"),
            format!(
                "Guten Tag {name},\n\n{vendor} lädt Sie zu Latchkey ein. Wählen Sie hier ein Passwort:\n\n{link}\n\nDer \
                 Link gilt einmal, bis {until}. Sie melden sich als {} an.\n",
                user.email
            ),
        ),
    }
}

/// Somebody has lost their password.
pub(crate) fn reset(language: Language, reader: &Reader<'_>) -> Letter {
    let Reader {
        user, vendor, link, ..
    } = reader;
    let (name, until) = (&user.name, reader.until());
    match language {
        Language::English => reader.letter(
            format!("A new password for the licenses of {vendor}"),
            format!(
                "Hello {name},\n\nsomebody asked for a new password for your account. Choose one here:\n\n{link}\n\nThe \
                 link works once, until {until}. If it was not you, do nothing: your password stays as it is.\n"
            ),
        ),
        Language::German => reader.letter(
            format!("Ein neues Passwort für die Lizenzen von {vendor}"),
            format!(
                "Guten Tag {name},\n\njemand hat für Ihr Konto ein neues Passwort angefordert. Wählen Sie hier eines:\n\n\
                 {link}\n\nDer Link gilt einmal, bis {until}. Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, \
                 wie es ist.\n"
            ),
        ),
    }
}
