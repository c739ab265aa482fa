//! How letters leave: by SMTP (RFC 5321), or as files in a folder for trying out.
//!
//! This crate knows no user and no template: it takes an address, a subject and a text.

mod place;

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor,
};

use place::Place;

/// Takes letters for one sender.
pub struct Mailer {
    from: Mailbox,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(AsyncFileTransport<Tokio1Executor>),
}

/// Why there is no mailer, or a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The place's address is none.
    #[error("the address of the mail server cannot be read")]
    Address,
    /// A mail server elsewhere, without TLS.
    #[error("a mail server on another machine takes TLS: links that let people in go that way")]
    Plain,
    /// The sender or the receiver has no address.
    #[error("this is no e-mail address")]
    Mailbox,
    /// The letter could not be written down.
    #[error("the letter cannot be written")]
    Unwritable(#[source] lettre::error::Error),
    /// The mail server refused it, or did not answer.
    #[error("the mail server did not take the letter")]
    Refused(#[source] lettre::transport::smtp::Error),
    /// It could not be put into the folder.
    #[error("the letter was not put into the folder")]
    NotKept(#[source] lettre::transport::file::Error),
}

impl Mailer {
    /// A mailer for a place and a sender. The place is `smtps://USER:PASSWORD@HOST` (TLS from the beginning, port 465),
    /// `smtp://USER:PASSWORD@HOST?tls=required` (STARTTLS, port 587), `smtp://HOST:25` on this machine, or `file:FOLDER`.
    /// The sender is an address, or a name and an address: `Latchkey <no-reply@vendor.example>`.
    ///
    /// # Errors
    /// See [`MailError`].
    pub fn new(place: &str, from: &str) -> Result<Self, MailError> {
        let from = from.parse().map_err(|_| MailError::Mailbox)?;
        let way = match Place::read(place)? {
            Place::Smtp(url) => {
                let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url);
                Way::Smtp(smtp.map_err(|_| MailError::Address)?.build())
            }
            Place::Folder(folder) => Way::Folder(AsyncFileTransport::new(folder)),
        };
        Ok(Self { from, way })
    }

    /// Hands one letter over, as plain text in UTF-8.
    ///
    /// # Errors
    /// See [`MailError`].
    pub async fn send(&self, to: &str, subject: &str, text: &str) -> Result<(), MailError> {
        let letter = Message::builder()
            .from(self.from.clone())
            .to(to.parse().map_err(|_| MailError::Mailbox)?)
            .subject(subject)
            .header(ContentType::TEXT_PLAIN)
            .body(text.to_owned())
            .map_err(MailError::Unwritable)?;
        match &self.way {
            Way::Smtp(smtp) => {
                smtp.send(letter).await.map_err(MailError::Refused)?;
            }
            Way::Folder(folder) => {
                folder.send(letter).await.map_err(MailError::NotKept)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FROM: &str = "Latchkey <no-reply@vendor.example>";

    #[tokio::test]
    async fn a_letter_lies_in_the_folder_as_it_would_be_sent() {
        let folder = tempfile::tempdir().unwrap();
        let place = format!("file:{}", folder.path().display());
        let mailer = Mailer::new(&place, FROM).unwrap();
        mailer
            .send("ada@vendor.example", "Grüße", "Guten Tag, Ada")
            .await
            .unwrap();
        let file = std::fs::read_dir(folder.path()).unwrap().next().unwrap();
        let letter = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for part in [
            "From: Latchkey <no-reply@vendor.example>",
            "To: ada@vendor.example",
            "=?utf-8?",
            "Guten Tag, Ada",
        ] {
            assert!(letter.contains(part), "{part}: {letter}");
        }
        let nobody = mailer.send("nobody", "a", "b").await;
        assert!(matches!(nobody, Err(MailError::Mailbox)));
    }

    #[test]
    fn nobody_sends_without_an_address() {
        for from in ["", "Latchkey", "Latchkey <>"] {
            let made = Mailer::new("smtp://127.0.0.1:25", from);
            assert!(matches!(made.err(), Some(MailError::Mailbox)), "{from}");
        }
    }
}
