//! The first manager of a reseller, invited by the reseller above or by the vendor. Once somebody of a reseller has come in,
//! its people are its own affair: a reseller above that could go on inviting would see its customers.

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::session::Token;
use latchkey_domain::text::{EmailAddress, Name};
use latchkey_domain::user::{User, UserRefusal, Whose};
use latchkey_domain::{ActorId, ResellerId, Timestamp};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::within_reach_in;
use crate::user::{CreateUser, INVITATION_TOKEN, Invited, invite, invited, record_new};
use crate::{App, AppError, Changed, Idempotency, Operation};

/// Who is to be the first manager of a reseller.
#[derive(Debug, Clone)]
pub struct FirstManager {
    /// Of which one.
    pub reseller_id: ResellerId,
    /// What they sign in with.
    pub email: EmailAddress,
    /// What people call them.
    pub name: Name,
}

struct InviteFirst {
    new: FirstManager,
    digest: String,
}

impl InviteFirst {
    fn whose(&self) -> Whose {
        Whose::Reseller(self.new.reseller_id)
    }

    /// Who was invited before by this address, and has not come in.
    fn known<'b>(&self, batch: &'b Batch) -> Option<&'b User> {
        let email = self.new.email.folded();
        let mut theirs = batch
            .all::<User>()
            .filter(|user| user.whose() == self.whose());
        theirs.find(|user| user.email.folded() == email)
    }
}

impl Act for InviteFirst {
    type Value = (ActorId, Timestamp);

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::Reseller(self.new.reseller_id));
        needs.ask(Need::UsersOf(self.whose()));
        needs.ask(Need::UserEmail(self.new.email.folded()));
        if let Some(user) = self.known(batch) {
            needs.ask(Need::InvitationsOf(user.id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        let reseller = batch.get::<Reseller>(self.new.reseller_id);
        let reseller = reseller.ok_or(ResellerRefusal::NotFound)?;
        within_reach_in(batch, Operation::InviteFirstManager, reseller)
            .map_err(|out| out.or(ResellerRefusal::NotFound))?;
        reseller.in_use()?;
        let has_come_in = |user: &User| user.whose() == self.whose() && user.has_way_in();
        if batch.all::<User>().any(has_come_in) {
            let name = reseller.name.to_string();
            return Err(ResellerRefusal::HasPeople { name }.into());
        }
        if let Some(user) = self.known(batch) {
            user.active().map_err(|_| UserRefusal::NotFound)?;
            let id = user.id;
            return Ok((id, invite(batch, id, &self.digest)));
        }
        let new = CreateUser {
            email: self.new.email.clone(),
            name: self.new.name.clone(),
            role: Role::ResellerManager,
            whose: self.whose(),
        };
        Ok(record_new(batch, &new, None, &self.digest)?)
    }
}

impl App {
    /// Invites the first manager of a reseller, or invites them once more while nobody of it has come in.
    ///
    /// # Errors
    /// Refusals of the rules, of permission, or the store's.
    pub async fn first_manager_invite(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        new: FirstManager,
    ) -> Result<Changed<Invited>, AppError> {
        let token = Token::generate(INVITATION_TOKEN, &*self.random);
        let digest = token.digest();
        let act = InviteFirst { new, digest };
        let made = self
            .act(actor, Operation::InviteFirstManager, idempotency, act)
            .await?;
        Ok(invited(made, token))
    }
}
