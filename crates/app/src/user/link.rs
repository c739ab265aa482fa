//! A user's link to the sign-in service, taken away by themselves or by an owner. It is made when they first come in by it.

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::user::User;
use latchkey_domain::{ActorId, SessionId};

use super::Edit;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// Links: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Takes the actor's own link away, unless it is their only way in, and ends all their sessions but the one it is
    /// done in.
    pub async fn sign_in_service_unlink(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        in_session: Option<SessionId>,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = Edit {
            id: actor.id,
            operation: Operation::UnlinkSignInService,
            verb: Verb::UserUnlink,
            edit: User::unlink_self,
            in_session,
        };
        self.act(actor, act.operation, idempotency, act).await
    }

    /// Takes a user's link away, who is another at the sign-in service now, and ends all their sessions. They are linked
    /// anew when they next come in by it.
    pub async fn user_unlink(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActorId,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = Edit {
            id,
            operation: Operation::UnlinkUser,
            verb: Verb::UserUnlink,
            edit: User::unlink,
            in_session: None,
        };
        self.act(actor, act.operation, idempotency, act).await
    }
}
