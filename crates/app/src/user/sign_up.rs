//! Signing up by a link: whoever comes gets an account of their own, and a letter with the way to choose a password, so that
//! nobody signs up with somebody else's address.

use latchkey_domain::actor::{Actor, Reach};
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::letter::{Language, LetterKind};
use latchkey_domain::product::Archival;
use latchkey_domain::session::{SessionRefusal, Token};
use latchkey_domain::sign_up_link::{SignUpLink, SignUpLinkRefusal};
use latchkey_domain::text::{EmailAddress, Name};
use latchkey_domain::user::Whose;
use latchkey_domain::{ActorId, CustomerId, SignUpLinkId, Timestamp};
use latchkey_store::{Batch, Need, Needs};

use super::invitation::{INVITATION_TOKEN, invite};
use super::reset::ANSWERED_AFTER;
use super::{CreateUser, new_user};
use crate::act::{Act, Stop};
use crate::mail::NoMail;
use crate::{App, AppError, Operation, Refused};

/// Somebody who signs up.
#[derive(Debug, Clone)]
pub struct SignUp {
    /// What they will sign in with.
    pub email: EmailAddress,
    /// What people call them.
    pub name: Name,
    /// Whose person they are: needed where the link is not of a customer, who is made of it.
    pub organization: Option<Name>,
}

/// What is told to whoever holds a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignUpOffer {
    /// The customer whose people those are who come by it; none where each makes one.
    pub customer: Option<Name>,
    /// Whether they will be able to give seats back.
    pub deactivates: bool,
}

/// Makes a user of whoever comes, and a customer of those who are nobody's yet.
struct SignUpBy {
    link_id: SignUpLinkId,
    /// The customer of the link.
    customer_id: Option<CustomerId>,
    /// Who they are to be.
    id: ActorId,
    sign_up: SignUp,
    digest: String,
}

impl Act for SignUpBy {
    type Value = (ActorId, Timestamp);

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::SignUpLink(self.link_id));
        needs.ask(Need::UserEmail(self.sign_up.email.folded()));
        if let Some(id) = self.customer_id {
            needs.ask(Need::Customer(id));
            needs.ask(Need::UsersOf(Whose::Customer(id)));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        let link = batch.get::<SignUpLink>(self.link_id);
        let mut link = link.ok_or(SignUpLinkRefusal::NotOpen)?.clone();
        link.use_once(batch.now())?;
        let customer_id = match self.customer_id {
            Some(id) => {
                let customer = batch.get::<Customer>(id);
                customer.ok_or(CustomerRefusal::NotFound)?.in_use()?;
                id
            }
            None => self.new_customer(batch)?,
        };
        let new = CreateUser {
            email: self.sign_up.email.clone(),
            name: self.sign_up.name.clone(),
            role: link.role,
            whose: Whose::Customer(customer_id),
        };
        let mut user = new_user(batch, &new, Some(self.id))?;
        user.sign_up_link_id = Some(link.id);
        batch.record(Verb::SignUpLinkUse, link);
        batch.record(Verb::UserCreate, user);
        Ok((self.id, invite(batch, self.id, &self.digest)))
    }
}

impl SignUpBy {
    fn new_customer(&self, batch: &mut Batch) -> Result<CustomerId, SignUpLinkRefusal> {
        let name = self.sign_up.organization.clone();
        let name = name.ok_or(SignUpLinkRefusal::OrganizationMissing)?;
        let id = CustomerId::generate(batch.now(), &*batch.random());
        let customer = Customer {
            id,
            name,
            email: Some(self.sign_up.email.clone()),
            reference: None,
            reseller_id: None,
            state: Archival::Active,
            controlled_activation: false,
            reclaim: None,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::CustomerCreate, customer);
        Ok(id)
    }
}

/// Signing up: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// What a link is for, to whoever holds it.
    pub async fn sign_up_offer(
        &self,
        actor: &Actor,
        token: &Token,
    ) -> Result<SignUpOffer, AppError> {
        self.permit(actor, Operation::ShowSignUpLink)?;
        let link = self.sign_up_link_by(token).await?;
        let customer = match link.customer_id {
            Some(id) => self.store.customer_get(self.scope.vendor_id, id).await?,
            None => None,
        };
        Ok(SignUpOffer {
            customer: customer.map(|view| view.customer.name),
            deactivates: link.role == latchkey_domain::actor::Role::CustomerAdmin,
        })
    }

    /// Makes an account for whoever holds a link, and writes to them. Where there is an account with the address already,
    /// its owner gets a letter for another password instead; that is told neither in words nor in time. `address` is the
    /// network address that was asked from.
    pub async fn sign_up(
        &self,
        actor: &Actor,
        token: &Token,
        sign_up: SignUp,
        address: Option<&str>,
        language: Language,
    ) -> Result<(), AppError> {
        self.permit(actor, Operation::SignUp)?;
        if self.mail.is_none() {
            return Err(Refused::from(NoMail).into());
        }
        // Each counts, so that others cannot fill a letter box at will.
        let account = sign_up.email.as_str();
        if !self.resets.begin(account, address, self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let link = self.sign_up_link_by(token).await?;
        if link.customer_id.is_none() && sign_up.organization.is_none() {
            return Err(Refused::from(SignUpLinkRefusal::OrganizationMissing).into());
        }
        let (done, ()) = tokio::join!(
            self.sign_up_by(&link, sign_up, language),
            tokio::time::sleep(ANSWERED_AFTER)
        );
        done
    }

    async fn sign_up_by(
        &self,
        link: &SignUpLink,
        sign_up: SignUp,
        language: Language,
    ) -> Result<(), AppError> {
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let token = Token::generate(INVITATION_TOKEN, &*self.random);
        let email = sign_up.email.clone();
        let id = ActorId::generate(now, &*self.random);
        // They do it themselves, with no more than the link.
        let who = Actor {
            id,
            name: sign_up.name.to_string(),
            role: link.role,
            reach: Reach::of(vendor_id),
            proved_at: None,
        };
        let act = SignUpBy {
            link_id: link.id,
            customer_id: link.customer_id,
            id,
            sign_up,
            digest: token.digest(),
        };
        match self.act(&who, Operation::SignUp, None, act).await {
            Ok(made) => {
                let (id, until) = made.value;
                self.send_to(id, (&token, until), (LetterKind::Invitation, language))
                    .await
            }
            Err(AppError::Refused(refused)) if refused.code == "user_email_taken" => {
                self.reset_of(&email, language).await
            }
            Err(error) => Err(error),
        }
    }

    async fn sign_up_link_by(&self, token: &Token) -> Result<SignUpLink, AppError> {
        let vendor_id = self.scope.vendor_id;
        let found = self
            .store
            .sign_up_link_by_digest(vendor_id, &token.digest())
            .await?;
        let found = found.filter(|link| link.open(self.now()).is_ok());
        Ok(found.ok_or_else(|| Refused::from(SignUpLinkRefusal::NotOpen))?)
    }
}
