//! Invitations: the links by which users choose their passwords.

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::session::{Invitation, InvitationRefusal, InvitationState, Token};
use latchkey_domain::user::{PasswordHash, User, UserRefusal};
use latchkey_domain::{ActorId, InvitationId, Timestamp};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::password::Password;
use crate::session::end_all;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// How the tokens of invitations begin.
pub const INVITATION_TOKEN: &str = "lki";

/// Somebody was invited.
#[derive(Debug)]
pub struct Invited {
    /// Who.
    pub user_id: ActorId,
    /// What lets them choose a password, once; none if this is the answer to an earlier request, which had it.
    pub token: Option<Token>,
    /// Until when.
    pub expires_at: Timestamp,
}

/// Records an invitation in place of all earlier ones; answers until when it can be accepted.
pub(crate) fn invite(batch: &mut Batch, user_id: ActorId, digest: &str) -> Timestamp {
    close_invitations(batch, user_id, None);
    let invitation = Invitation {
        id: InvitationId::generate(batch.now(), &*batch.random()),
        user_id,
        state: InvitationState::Open,
        token_digest: digest.to_owned(),
        created_at: batch.now(),
        expires_at: Invitation::end(batch.now()),
        version: 0,
        salt: batch.salt(),
    };
    let expires_at = invitation.expires_at;
    batch.record(Verb::InvitationCreate, invitation);
    expires_at
}

/// Withdraws the open invitations of a user but one.
pub(super) fn close_invitations(batch: &mut Batch, user_id: ActorId, but: Option<InvitationId>) {
    let mut open: Vec<Invitation> = batch
        .all::<Invitation>()
        .filter(|invitation| invitation.user_id == user_id)
        .filter(|invitation| invitation.state == InvitationState::Open)
        .filter(|invitation| Some(invitation.id) != but)
        .cloned()
        .collect();
    open.sort_unstable_by_key(|invitation| invitation.id);
    for mut invitation in open {
        invitation.state = InvitationState::Withdrawn;
        batch.record(Verb::InvitationWithdraw, invitation);
    }
}

/// Invites a user once more: who lost a password, or a link.
pub(super) struct Invite {
    pub(super) id: ActorId,
    pub(super) operation: Operation,
    pub(super) digest: String,
}

impl Act for Invite {
    type Value = (ActorId, Timestamp);

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::User(self.id));
        needs.ask(Need::InvitationsOf(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<Self::Value, Stop<Self::Value>> {
        let user = batch.get::<User>(self.id).ok_or(UserRefusal::NotFound)?;
        super::reach(batch, self.operation, user)?;
        user.active()?;
        Ok((self.id, invite(batch, self.id, &self.digest)))
    }
}

/// Accepts an invitation: the user has the password, and is signed in nowhere.
struct Accept {
    id: InvitationId,
    user_id: ActorId,
    hash: PasswordHash,
}

impl Act for Accept {
    type Value = ActorId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::User(self.user_id));
        needs.ask(Need::InvitationsOf(self.user_id));
        needs.ask(Need::SessionsOf(self.user_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActorId, Stop<ActorId>> {
        let mut invitation = batch
            .get::<Invitation>(self.id)
            .ok_or(InvitationRefusal)?
            .clone();
        invitation.open(batch.now())?;
        let mut user = batch
            .get::<User>(self.user_id)
            .ok_or(InvitationRefusal)?
            .clone();
        user.active().map_err(|_| InvitationRefusal)?;
        invitation.state = InvitationState::Accepted;
        batch.record(Verb::InvitationAccept, invitation);
        close_invitations(batch, self.user_id, Some(self.id));
        user.set_password(self.hash.clone());
        batch.record(Verb::UserPassword, user);
        end_all(batch, self.user_id, None);
        Ok(self.user_id)
    }
}

/// Invitations: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Invites a user once more, to choose another password; earlier invitations no longer work.
    pub async fn user_invite(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActorId,
    ) -> Result<Changed<Invited>, AppError> {
        let token = Token::generate(INVITATION_TOKEN, &*self.random);
        let operation = Operation::InviteUser;
        let act = Invite {
            id,
            operation,
            digest: token.digest(),
        };
        let made = self.act(actor, operation, idempotency, act).await?;
        Ok(invited(made, token))
    }

    /// Who is invited by this token.
    pub async fn invitation_show(&self, actor: &Actor, token: &Token) -> Result<User, AppError> {
        self.permit(actor, Operation::ShowInvitation)?;
        Ok(self.invited_by(token).await?.1)
    }

    /// Chooses the password of whoever is invited by this token.
    pub async fn invitation_accept(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        token: &Token,
        password: &Password,
    ) -> Result<Changed<ActorId>, AppError> {
        self.permit(actor, Operation::AcceptInvitation)?;
        let (invitation, user) = match self.invited_by(token).await {
            Ok(found) => found,
            // A repeated request finds it accepted, and its own answer remembered.
            Err(error) if idempotency.is_none() => return Err(error),
            Err(error) => match self.known_by(token).await? {
                Some(found) => found,
                None => return Err(error),
            },
        };
        let hash = self.hasher.hash(password, &*self.random).await;
        let act = Accept {
            id: invitation.id,
            user_id: user.id,
            hash: hash.map_err(Refused::from)?,
        };
        let invited = user.actor(self.scope.vendor_id);
        self.act(&invited, Operation::AcceptInvitation, idempotency, act)
            .await
    }

    async fn invited_by(&self, token: &Token) -> Result<(Invitation, User), AppError> {
        let found = self.known_by(token).await?.filter(|(invitation, user)| {
            invitation.open(self.now()).is_ok() && user.active().is_ok()
        });
        found.ok_or_else(|| Refused::from(InvitationRefusal).into())
    }

    async fn known_by(&self, token: &Token) -> Result<Option<(Invitation, User)>, AppError> {
        let vendor_id = self.scope.vendor_id;
        Ok(self
            .store
            .invitation_by_digest(vendor_id, &token.digest())
            .await?)
    }
}

/// The answer to whoever invited somebody.
pub(crate) fn invited(made: Changed<(ActorId, Timestamp)>, token: Token) -> Changed<Invited> {
    let token = (!made.replayed).then_some(token);
    made.map(|(user_id, expires_at)| Invited {
        user_id,
        token,
        expires_at,
    })
}
