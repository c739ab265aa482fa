//! The program's own texts.

use super::{Language, LetterKind};

/// Subject and text.
pub(super) fn text(kind: LetterKind, language: Language) -> (&'static str, &'static str) {
    match (kind, language) {
        (LetterKind::Invitation, Language::English) => (
            "Your account for the licenses of {vendor}",
            "Hello {name},

{vendor} invites you to Latchkey. Choose a password here:

{link}

The link works once, until {until}. You will sign in as {email}.
",
        ),
        (LetterKind::Invitation, Language::German) => (
            "Ihr Konto für die Lizenzen von {vendor}",
            "Guten Tag {name},

{vendor} lädt Sie zu Latchkey ein. Wählen Sie hier ein Passwort:

{link}

Der Link gilt einmal, bis {until}. Sie melden sich als {email} an.
",
        ),
        (LetterKind::PasswordReset, Language::English) => (
            "A new password for the licenses of {vendor}",
            "Hello {name},

somebody asked for a new password for your account. Choose one here:

{link}

The link works once, until {until}. If it was not you, do nothing: your password stays as it is.
",
        ),
        (LetterKind::PasswordReset, Language::German) => (
            "Ein neues Passwort für die Lizenzen von {vendor}",
            "Guten Tag {name},

jemand hat für Ihr Konto ein neues Passwort angefordert. Wählen Sie hier eines:

{link}

Der Link gilt einmal, bis {until}. Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
",
        ),
        (LetterKind::ApprovalAsked, Language::English) => (
            "{asker} asks for your approval at {vendor}",
            "Hello {name},

{asker} asks for something that takes two people: {act}.

Look at exactly what it is, and approve or refuse it, until {until}:

{link}
",
        ),
        (LetterKind::ApprovalAsked, Language::German) => (
            "{asker} bittet um Ihre Freigabe bei {vendor}",
            "Guten Tag {name},

{asker} bittet um etwas, wozu es zwei Personen braucht: {act}.

Sehen Sie sich bis {until} an, was es genau ist, und geben Sie es frei oder lehnen Sie es ab:

{link}
",
        ),
        (LetterKind::Expiring, Language::English) => (
            "Licenses of {vendor} that will end soon",
            "Hello,

this will end soon:

{licenses}
To renew, write to {vendor}. If you have an account, you see it here: {link}
",
        ),
        (LetterKind::Expiring, Language::German) => (
            "Lizenzen von {vendor}, die bald enden",
            "Guten Tag,

dies läuft bald ab:

{licenses}
Um zu verlängern, schreiben Sie {vendor}. Wenn Sie ein Konto haben, sehen Sie es hier: {link}
",
        ),
        (LetterKind::IdleSeats, Language::English) => (
            "Idle seats at {vendor} that will be freed",
            "Hello,

nothing was heard of these machines for a while. Their seats will be freed unless they are used before:

{seats}
To keep a seat, start the program on its machine, or look here: {link}
",
        ),
        (LetterKind::IdleSeats, Language::German) => (
            "Unbenutzte Plätze bei {vendor}, die frei werden",
            "Guten Tag,

von diesen Geräten war länger nichts zu hören. Ihre Plätze werden frei, wenn sie bis dahin nicht benutzt werden:

{seats}
Um einen Platz zu behalten, starten Sie das Programm auf seinem Gerät, oder sehen Sie hier nach: {link}
",
        ),
    }
}
