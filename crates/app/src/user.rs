//! Users: who may sign in, and as what.

mod invitation;
mod link;
mod people;
mod reset;
mod side;
mod sign_up;

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::{CUSTOMER_USERS_MAX, RESELLER_USERS_MAX, USERS_MAX};
use latchkey_domain::session::Token;
use latchkey_domain::text::{EmailAddress, Name};
use latchkey_domain::user::{User, UserRefusal, UserState, Whose};
use latchkey_domain::{ActorId, SessionId, Timestamp};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::About;
use crate::session::end_all;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};
use invitation::close_invitations;
pub use invitation::{INVITATION_TOKEN, Invited};
pub(crate) use invitation::{invite, invited};
pub(crate) use people::People;
use side::{meant, reach, side};
pub use sign_up::{SignUp, SignUpOffer};

/// What a new user is made of.
#[derive(Debug, Clone)]
pub struct CreateUser {
    /// What they sign in with.
    pub email: EmailAddress,
    /// What people call them.
    pub name: Name,
    /// What they may do.
    pub role: Role,
    /// Whose person they are to be. Whom a customer's or a reseller's own people invite as one of the vendor's is of theirs.
    pub whose: Whose,
}

/// What to change of a user; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct UpdateUser {
    /// What people call them.
    pub name: Option<Name>,
    /// What they may do.
    pub role: Option<Role>,
}

/// Makes a user, and invites them.
struct Create {
    new: CreateUser,
    /// The id they are to have, if not a new one.
    id: Option<ActorId>,
    digest: String,
}

impl Act for Create {
    type Value = (ActorId, Timestamp);

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::UserEmail(self.new.email.folded()));
        needs.ask(Need::UsersOf(self.new.whose));
        match self.new.whose {
            Whose::Vendor => {}
            Whose::Customer(id) => needs.ask(Need::Customer(id)),
            Whose::Reseller(id) => needs.ask(Need::Reseller(id)),
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        side(batch, self.new.whose)?;
        Ok(record_new(batch, &self.new, self.id, &self.digest)?)
    }
}

/// Records a new user, under a new id if they are to have none, and invites them. Whether they may be made is checked by
/// the caller.
pub(crate) fn record_new(
    batch: &mut Batch,
    new: &CreateUser,
    id: Option<ActorId>,
    digest: &str,
) -> Result<(ActorId, Timestamp), UserRefusal> {
    let user = new_user(batch, new, id)?;
    let id = user.id;
    batch.record(Verb::UserCreate, user);
    Ok((id, invite(batch, id, digest)))
}

/// A user who is to be recorded. Needs the user with that address, if any, and all of whose they are to be.
fn new_user(batch: &Batch, new: &CreateUser, id: Option<ActorId>) -> Result<User, UserRefusal> {
    let whose = new.whose;
    User::can_be(whose, new.role)?;
    let email = new.email.folded();
    if batch.all::<User>().any(|user| user.email.folded() == email) {
        return Err(UserRefusal::EmailTaken {
            email: new.email.to_string(),
        });
    }
    let others = batch.all::<User>().filter(|user| user.whose() == whose);
    let (max, too_many) = match whose {
        Whose::Vendor => (USERS_MAX, UserRefusal::TooMany),
        Whose::Customer(_) => (CUSTOMER_USERS_MAX, UserRefusal::TooManyOfCustomer),
        Whose::Reseller(_) => (RESELLER_USERS_MAX, UserRefusal::TooManyOfReseller),
    };
    if others.count() >= max {
        return Err(too_many);
    }
    let (customer_id, reseller_id) = match whose {
        Whose::Vendor => (None, None),
        Whose::Customer(id) => (Some(id), None),
        Whose::Reseller(id) => (None, Some(id)),
    };
    let id = id.unwrap_or_else(|| ActorId::generate(batch.now(), &*batch.random()));
    Ok(User {
        id,
        email: new.email.clone(),
        name: new.name.clone(),
        role: new.role,
        customer_id,
        reseller_id,
        state: UserState::Active,
        password_digest: None,
        second_factor: None,
        identity: None,
        sign_up_link_id: None,
        created_at: batch.now(),
        version: 0,
        salt: batch.salt(),
        password: None,
        factor: None,
    })
}

/// Changes one user.
struct Edit<E> {
    id: ActorId,
    operation: Operation,
    verb: Verb,
    edit: E,
    /// The session that it is done in, if it is the user's own.
    in_session: Option<SessionId>,
}

impl<E> Act for Edit<E>
where
    E: Fn(&mut User) -> Result<(), UserRefusal> + Send + Sync + 'static,
{
    type Value = ActorId;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::User(self.id));
        needs.ask(Need::Vendor);
        let user = batch.get::<User>(self.id);
        if user.is_some_and(|user| user.whose() == Whose::Vendor) {
            // Whether another owner is left is asked of all of them.
            needs.ask(Need::UsersOf(Whose::Vendor));
        }
        needs.ask(Need::SessionsOf(self.id));
        needs.ask(Need::InvitationsOf(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActorId, Stop<ActorId>> {
        let before = batch
            .get::<User>(self.id)
            .ok_or(UserRefusal::NotFound)?
            .clone();
        reach(batch, self.operation, &before)?;
        let mut user = before.clone();
        (self.edit)(&mut user)?;
        if before.owns() && !user.owns() {
            let others = batch.all::<User>().filter(|other| other.owns()).count() - 1;
            let two_people = batch
                .vendor()
                .is_some_and(|vendor| vendor.two_people_at.is_some());
            let name = before.name.to_string();
            match others {
                0 => return Err(UserRefusal::LastOwner { name }.into()),
                1 if two_people => return Err(UserRefusal::OneOfTwoOwners { name }.into()),
                _ => {}
            }
        }
        if user.state == UserState::Deactivated {
            end_all(batch, self.id, None);
            close_invitations(batch, self.id, None);
        }
        if before.identity.is_some() && user.identity.is_none() {
            // Some may have been begun by way of it.
            end_all(batch, self.id, self.in_session);
        }
        if user != before {
            batch.record(self.verb, user);
        }
        Ok(self.id)
    }
}

/// Users: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Makes a user, and invites them.
    pub async fn user_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: CreateUser,
    ) -> Result<Changed<Invited>, AppError> {
        self.create(actor, idempotency, command, None).await
    }

    /// The vendor's owner as a user, if they have an account.
    pub async fn owner_user(&self) -> Result<Option<User>, AppError> {
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.user_get(vendor_id, self.owner.id).await?)
    }

    /// Makes the vendor's owner a user, under the id by which they have acted so far, and invites them: for whoever runs
    /// the store.
    pub async fn owner_create(
        &self,
        email: EmailAddress,
        name: Name,
    ) -> Result<Changed<Invited>, AppError> {
        let (owner, role) = (self.owner(), Role::Owner);
        let new = CreateUser {
            email,
            name,
            role,
            whose: Whose::Vendor,
        };
        let made = self.create(&owner, None, new, Some(owner.id)).await?;
        self.people.sign_in();
        Ok(made)
    }

    async fn create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        new: CreateUser,
        id: Option<ActorId>,
    ) -> Result<Changed<Invited>, AppError> {
        let token = Token::generate(INVITATION_TOKEN, &*self.random);
        let new = CreateUser {
            whose: meant(actor, new.whose),
            ..new
        };
        let act = Create {
            new,
            id,
            digest: token.digest(),
        };
        let made = self
            .act(actor, Operation::CreateUser, idempotency, act)
            .await?;
        Ok(invited(made, token))
    }

    /// Gives a user another name or role.
    pub async fn user_update(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActorId,
        update: UpdateUser,
    ) -> Result<Changed<ActorId>, AppError> {
        let edit = move |user: &mut User| {
            if let Some(name) = &update.name {
                user.name = name.clone();
            }
            if let Some(role) = update.role {
                User::can_be(user.whose(), role)?;
                user.role = role;
            }
            Ok(())
        };
        let act = Edit {
            id,
            operation: Operation::UpdateUser,
            verb: Verb::UserUpdate,
            edit,
            in_session: None,
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// Keeps a user out, and ends all their sessions.
    pub async fn user_deactivate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActorId,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = Edit {
            id,
            operation: Operation::DeactivateUser,
            verb: Verb::UserDeactivate,
            edit: User::deactivate,
            in_session: None,
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// Lets a user in again.
    pub async fn user_reactivate(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActorId,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = Edit {
            id,
            operation: Operation::ReactivateUser,
            verb: Verb::UserReactivate,
            edit: User::reactivate,
            in_session: None,
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// One user.
    pub async fn user_get(&self, actor: &Actor, id: ActorId) -> Result<User, AppError> {
        self.permit(actor, Operation::GetUser)?;
        let user = self.store.user_get(self.scope.vendor_id, id).await?;
        user.filter(|user| {
            let about = About::Person(user.whose());
            self.reaches(actor, Operation::GetUser, about)
        })
        .ok_or_else(|| Refused::from(UserRefusal::NotFound).into())
    }

    /// Users of a customer, of a reseller, or the vendor's own, newest first; a customer's and a reseller's people who ask
    /// for the vendor's own are shown their colleagues.
    pub async fn user_list(
        &self,
        actor: &Actor,
        of: Whose,
        page: PageRequest,
    ) -> Result<Page<User>, AppError> {
        self.permit(actor, Operation::ListUsers)?;
        let of = meant(actor, of);
        if actor.reach.is_held() && !self.reaches(actor, Operation::ListUsers, About::Person(of)) {
            return Ok(Page {
                rows: Vec::new(),
                next: None,
                count: 0,
            });
        }
        Ok(self.store.user_list(self.scope.vendor_id, of, page).await?)
    }
}
