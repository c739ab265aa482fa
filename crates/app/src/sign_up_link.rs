//! Sign-up links: made and withdrawn by the vendor. What is done by whoever comes by one stands in `user/sign_up.rs`.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::SIGN_UP_LINKS_MAX;
use latchkey_domain::session::Token;
use latchkey_domain::sign_up_link::{SignUpLink, SignUpLinkRefusal, SignUpLinkState, SignUpTerms};
use latchkey_domain::{CustomerId, SignUpLinkId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// How the tokens of sign-up links begin.
pub const SIGN_UP_TOKEN: &str = "lku";

/// A link was made.
#[derive(Debug)]
pub struct MadeSignUpLink {
    /// Which.
    pub id: SignUpLinkId,
    /// What it is opened with; none if this is the answer to an earlier request, which had it.
    pub token: Option<Token>,
}

struct Create {
    terms: SignUpTerms,
    digest: String,
}

impl Act for Create {
    type Value = SignUpLinkId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::SignUpLinks);
        if let Some(id) = self.terms.customer_id {
            needs.ask(Need::Customer(id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<SignUpLinkId, Stop<SignUpLinkId>> {
        let terms = &self.terms;
        terms.check()?;
        if let Some(id) = terms.customer_id {
            let customer = batch.get::<Customer>(id);
            customer.ok_or(CustomerRefusal::NotFound)?.in_use()?;
        }
        if batch.all::<SignUpLink>().count() >= SIGN_UP_LINKS_MAX {
            return Err(SignUpLinkRefusal::TooMany.into());
        }
        let now = batch.now();
        let id = SignUpLinkId::generate(now, &*batch.random());
        let link = SignUpLink {
            id,
            name: terms.name.clone(),
            customer_id: terms.customer_id,
            role: terms.role,
            state: SignUpLinkState::Open,
            token_digest: self.digest.clone(),
            uses_max: terms.uses_max,
            uses: 0,
            created_at: now,
            expires_at: now.plus_days(terms.days),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::SignUpLinkCreate, link);
        Ok(id)
    }
}

struct Withdraw {
    id: SignUpLinkId,
}

impl Act for Withdraw {
    type Value = SignUpLinkId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::SignUpLink(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<SignUpLinkId, Stop<SignUpLinkId>> {
        let link = batch.get::<SignUpLink>(self.id);
        let mut link = link.ok_or(SignUpLinkRefusal::NotFound)?.clone();
        link.withdraw()?;
        batch.record(Verb::SignUpLinkWithdraw, link);
        Ok(self.id)
    }
}

/// Sign-up links: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Makes a link by which people sign up.
    pub async fn sign_up_link_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        terms: SignUpTerms,
    ) -> Result<Changed<MadeSignUpLink>, AppError> {
        let token = Token::generate(SIGN_UP_TOKEN, &*self.random);
        let digest = token.digest();
        let act = Create { terms, digest };
        let made = self
            .act(actor, Operation::CreateSignUpLink, idempotency, act)
            .await?;
        let token = (!made.replayed).then_some(token);
        Ok(made.map(|id| MadeSignUpLink { id, token }))
    }

    /// Takes a link back. Who came by it stays.
    pub async fn sign_up_link_withdraw(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: SignUpLinkId,
    ) -> Result<Changed<SignUpLinkId>, AppError> {
        let act = Withdraw { id };
        self.act(actor, Operation::WithdrawSignUpLink, idempotency, act)
            .await
    }

    /// One link.
    pub async fn sign_up_link_get(
        &self,
        actor: &Actor,
        id: SignUpLinkId,
    ) -> Result<SignUpLink, AppError> {
        self.permit(actor, Operation::GetSignUpLink)?;
        let link = self.store.sign_up_link_get(self.scope.vendor_id, id);
        let link = link.await?;
        Ok(link.ok_or_else(|| Refused::from(SignUpLinkRefusal::NotFound))?)
    }

    /// The links of a customer, or all, newest first.
    pub async fn sign_up_link_list(
        &self,
        actor: &Actor,
        customer_id: Option<CustomerId>,
        page: PageRequest,
    ) -> Result<Page<SignUpLink>, AppError> {
        self.permit(actor, Operation::ListSignUpLinks)?;
        let vendor_id = self.scope.vendor_id;
        Ok(self
            .store
            .sign_up_link_list(vendor_id, customer_id, page)
            .await?)
    }

    /// Whether this program can write to whoever signs up, without which nobody can.
    #[must_use]
    pub fn sends_mail(&self) -> bool {
        self.mail.is_some()
    }
}
