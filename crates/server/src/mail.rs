//! Letters: from the settings to something that carries them.

use std::sync::Arc;

use latchkey_app::mail::{Carried, Letter, Mail, Post};
use latchkey_mail::{MailError, Mailer};

use crate::arguments::MailArguments;
use crate::told::Told;

struct Carrier(Mailer);

impl Post for Carrier {
    fn carry(&self, letter: Letter) -> Carried<'_> {
        Box::pin(async move {
            let Letter { to, subject, text } = letter;
            let sent = self.0.send(&to, &subject, &text).await;
            sent.map_err(chain)
        })
    }
}

/// An error with its causes.
fn chain(error: MailError) -> String {
    format!("{:#}", anyhow::Error::new(error))
}

/// How letters are sent, if the settings say so.
pub(crate) fn configured(arguments: &MailArguments) -> Result<Option<Mail>, Told> {
    let (place, from, url) = match (&arguments.mail, &arguments.mail_from, &arguments.url) {
        (None, None, _) => return Ok(None),
        (Some(place), Some(from), Some(url)) => (place, from, url),
        (place, from, _) => {
            let missing = match (place, from) {
                (None, _) => "--mail",
                (_, None) => "--mail-from",
                _ => "--url",
            };
            return Err(Told::new(
                "mail_incomplete",
                format!(
                    "e-mail takes a mail server, a sender and the server's own address, and {missing} is missing"
                ),
                format!("Give {missing} as well, or none of --mail and --mail-from."),
            ));
        }
    };
    let mailer = Mailer::new(place, from).map_err(|error| {
        let fix = match error {
            MailError::Plain => "Write smtps://…, or add ?tls=required to smtp://….",
            MailError::Mailbox => {
                "Write --mail-from as an address, or as \"Latchkey <no-reply@vendor.example>\"."
            }
            _ => "Write --mail as smtps://USER:PASSWORD@HOST, as smtp://USER:PASSWORD@HOST?tls=required, or as file:FOLDER.",
        };
        Told::new("mail_unusable", chain(error), fix)
    })?;
    Ok(Some(Mail::new(Arc::new(Carrier(mailer)), url)))
}
