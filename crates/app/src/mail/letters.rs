//! What letters say.

use latchkey_domain::Timestamp;
use latchkey_domain::approval::JointAct;
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

/// Somebody asks for an approval.
pub(crate) fn approval_asked(
    language: Language,
    reader: &Reader<'_>,
    asker: &str,
    act: &JointAct,
) -> Letter {
    let Reader {
        user, vendor, link, ..
    } = reader;
    let (name, until) = (&user.name, reader.until());
    match language {
        Language::English => {
            let what = match act {
                JointAct::RevokeLicenses { license_ids } => {
                    format!("revoking licenses: {}", license_ids.len())
                }
                JointAct::LiftLockdown => "lifting the lockdown".to_owned(),
                JointAct::EndTwoPeople => "ending the rule of two people".to_owned(),
            };
            reader.letter(
                format!("{asker} asks for your approval at {vendor}"),
                format!(
                    "Hello {name},\n\n{asker} asks for something that takes two people: {what}.\n\nLook at exactly what \
                     it is, and approve or refuse it, until {until}:\n\n{link}\n"
                ),
            )
        }
        Language::German => {
            let what = match act {
                JointAct::RevokeLicenses { license_ids } => {
                    format!("Lizenzen widerrufen: {}", license_ids.len())
                }
                JointAct::LiftLockdown => "die Sperre aufheben".to_owned(),
                JointAct::EndTwoPeople => "die Regel der zwei Personen beenden".to_owned(),
            };
            reader.letter(
                format!("{asker} bittet um Ihre Freigabe bei {vendor}"),
                format!(
                    "Guten Tag {name},\n\n{asker} bittet um etwas, wozu es zwei Personen braucht: {what}.\n\nSehen Sie \
                     sich bis {until} an, was es genau ist, und geben Sie es frei oder lehnen Sie es ab:\n\n{link}\n"
                ),
            )
        }
    }
}
