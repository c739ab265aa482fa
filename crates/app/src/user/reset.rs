//! Links by e-mail: to whoever was invited, and to whoever has lost a password.

use std::time::Duration;

use latchkey_domain::actor::Actor;
use latchkey_domain::letter::LetterKind;
use latchkey_domain::session::{SessionRefusal, Token};
use latchkey_domain::text::EmailAddress;
use latchkey_domain::user::User;
use latchkey_domain::{ActorId, Timestamp};

use super::invitation::{INVITATION_TOKEN, Invite, Invited};
use crate::mail::{Language, Mail, NoMail, Reader};
use crate::{App, AppError, Operation, Refused};

/// When whoever asked is answered, whether there is such an account or not: longer than a link takes to be made.
pub(super) const ANSWERED_AFTER: Duration = Duration::from_millis(400);

/// Links by e-mail: what can be asked. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Sends somebody the link by which they were invited; answers whether this program sends e-mail at all.
    pub async fn invitation_send(
        &self,
        actor: &Actor,
        invited: &Invited,
        language: Language,
    ) -> Result<bool, AppError> {
        // They were asked for their factor, if at all, when the invitation was made.
        self.may(actor, Operation::InviteUser)?;
        let Some(mail) = &self.mail else {
            return Ok(false);
        };
        // The answer to an earlier request: it was sent then.
        let Some(token) = &invited.token else {
            return Ok(true);
        };
        let user = self.store.user_get(self.scope.vendor_id, invited.user_id);
        let Some(user) = user.await? else {
            return Ok(false);
        };
        let until = invited.expires_at;
        self.send_link(
            mail,
            &user,
            (token, until),
            (LetterKind::Invitation, language),
        )
        .await?;
        Ok(true)
    }

    /// Sends a link for another password to whoever has an account with this address. Whether there is one is told
    /// neither in words nor in time. `address` is the network address that was asked from.
    pub async fn password_reset_ask(
        &self,
        actor: &Actor,
        email: &str,
        address: Option<&str>,
        language: Language,
    ) -> Result<(), AppError> {
        self.permit(actor, Operation::AskPasswordReset)?;
        let mail = self.mail.as_ref().ok_or_else(|| Refused::from(NoMail))?;
        let email = EmailAddress::parse(email).ok();
        let account = email.as_ref().map_or("", EmailAddress::as_str);
        // Each counts, so that others cannot fill a letter box at will.
        if !self.resets.begin(account, address, self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let (done, ()) = tokio::join!(
            self.reset(mail, email.as_ref(), language),
            tokio::time::sleep(ANSWERED_AFTER)
        );
        done
    }

    async fn reset(
        &self,
        mail: &Mail,
        email: Option<&EmailAddress>,
        language: Language,
    ) -> Result<(), AppError> {
        let vendor_id = self.scope.vendor_id;
        let user = match email {
            Some(email) => self.store.user_by_email(vendor_id, email).await?,
            None => None,
        };
        let Some(user) = user.filter(|user| user.active().is_ok()) else {
            return Ok(());
        };
        let token = Token::generate(INVITATION_TOKEN, &*self.random);
        let operation = Operation::AskPasswordReset;
        let act = Invite {
            id: user.id,
            operation,
            digest: token.digest(),
        };
        let made = self
            .act(&user.actor(vendor_id), operation, None, act)
            .await?;
        let (_, until) = made.value;
        self.send_link(
            mail,
            &user,
            (&token, until),
            (LetterKind::PasswordReset, language),
        )
        .await
    }

    /// Sends a link to somebody who was just made.
    pub(super) async fn send_to(
        &self,
        id: ActorId,
        link: (&Token, Timestamp),
        (kind, language): (LetterKind, Language),
    ) -> Result<(), AppError> {
        let user = self.store.user_get(self.scope.vendor_id, id).await?;
        match (&self.mail, user) {
            (Some(mail), Some(user)) => self.send_link(mail, &user, link, (kind, language)).await,
            _ => Ok(()),
        }
    }

    /// Sends a link for another password to whoever has an account with this address.
    pub(super) async fn reset_of(
        &self,
        email: &EmailAddress,
        language: Language,
    ) -> Result<(), AppError> {
        match &self.mail {
            Some(mail) => self.reset(mail, Some(email), language).await,
            None => Ok(()),
        }
    }

    async fn send_link(
        &self,
        mail: &Mail,
        user: &User,
        (token, until): (&Token, Timestamp),
        (kind, language): (LetterKind, Language),
    ) -> Result<(), AppError> {
        let vendor = self.find_vendor().await?;
        let link = mail.link(token.reveal());
        let reader = Reader {
            user,
            vendor: &vendor,
            link: &link,
            until,
        };
        mail.send(reader.letter(kind, language));
        Ok(())
    }
}
