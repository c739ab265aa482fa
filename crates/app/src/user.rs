//! Users: who may sign in, and as what.

mod invitation;
mod link;
mod people;
mod reset;

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::USERS_MAX;
use latchkey_domain::session::Token;
use latchkey_domain::text::{EmailAddress, Name};
use latchkey_domain::user::{User, UserRefusal, UserState};
use latchkey_domain::{ActorId, SessionId, Timestamp};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::session::end_all;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};
pub use invitation::{INVITATION_TOKEN, Invited};
use invitation::{close_invitations, invite, invited};
pub(crate) use people::People;

/// What a new user is made of.
#[derive(Debug, Clone)]
pub struct CreateUser {
    /// What they sign in with.
    pub email: EmailAddress,
    /// What people call them.
    pub name: Name,
    /// What they may do.
    pub role: Role,
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
        needs.ask(Need::Users);
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        let email = self.new.email.folded();
        if batch.all::<User>().any(|user| user.email.folded() == email) {
            return Err(UserRefusal::EmailTaken {
                email: self.new.email.to_string(),
            }
            .into());
        }
        if batch.all::<User>().count() >= USERS_MAX {
            return Err(UserRefusal::TooMany.into());
        }
        real(self.new.role)?;
        let id = self
            .id
            .unwrap_or_else(|| ActorId::generate(batch.now(), &*batch.random()));
        let user = User {
            id,
            email: self.new.email.clone(),
            name: self.new.name.clone(),
            role: self.new.role,
            state: UserState::Active,
            password_digest: None,
            second_factor: None,
            identity: None,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
            password: None,
            factor: None,
        };
        batch.record(Verb::UserCreate, user);
        Ok((id, invite(batch, id, &self.digest)))
    }
}

/// Nobody is a stranger by choice.
fn real(role: Role) -> Result<(), UserRefusal> {
    match role {
        Role::Token | Role::KeyHolder | Role::Stranger => Err(UserRefusal::NoRole),
        Role::Owner | Role::Admin | Role::Support | Role::Auditor => Ok(()),
    }
}

/// Changes one user.
struct Edit<E> {
    id: ActorId,
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

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        // Whether another owner is left is asked of all of them.
        needs.ask(Need::Users);
        needs.ask(Need::SessionsOf(self.id));
        needs.ask(Need::InvitationsOf(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActorId, Stop<ActorId>> {
        let before = batch
            .get::<User>(self.id)
            .ok_or(UserRefusal::NotFound)?
            .clone();
        let mut user = before.clone();
        (self.edit)(&mut user)?;
        if before.owns() && !user.owns() {
            let another = batch
                .all::<User>()
                .any(|other| other.id != self.id && other.owns());
            if !another {
                return Err(UserRefusal::LastOwner {
                    name: before.name.to_string(),
                }
                .into());
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
        let new = CreateUser { email, name, role };
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
                real(role)?;
                user.role = role;
            }
            Ok(())
        };
        let act = Edit {
            id,
            verb: Verb::UserUpdate,
            edit,
            in_session: None,
        };
        self.act(actor, Operation::UpdateUser, idempotency, act)
            .await
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
            verb: Verb::UserDeactivate,
            edit: User::deactivate,
            in_session: None,
        };
        self.act(actor, Operation::DeactivateUser, idempotency, act)
            .await
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
            verb: Verb::UserReactivate,
            edit: User::reactivate,
            in_session: None,
        };
        self.act(actor, Operation::ReactivateUser, idempotency, act)
            .await
    }

    /// One user.
    pub async fn user_get(&self, actor: &Actor, id: ActorId) -> Result<User, AppError> {
        self.permit(actor, Operation::GetUser)?;
        let user = self.store.user_get(self.scope.vendor_id, id).await?;
        user.ok_or_else(|| Refused::from(UserRefusal::NotFound).into())
    }

    /// Users, newest first.
    pub async fn user_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<User>, AppError> {
        self.permit(actor, Operation::ListUsers)?;
        Ok(self.store.user_list(self.scope.vendor_id, page).await?)
    }
}
