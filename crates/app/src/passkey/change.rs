//! What is done to passkeys, each with its entry.

use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::PASSKEYS_MAX;
use latchkey_domain::passkey::{Passkey, PasskeyRefusal, PasskeyState};
use latchkey_domain::text::Name;
use latchkey_domain::user::{User, UserRefusal};
use latchkey_domain::{ActorId, PasskeyId, SessionId};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::session::end_all;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// Adds a passkey.
pub(super) struct CreatePasskey {
    pub(super) passkey: Passkey,
}

impl Act for CreatePasskey {
    type Value = PasskeyId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        let name = self.passkey.credential_id.clone();
        needs.ask(Need::User(self.passkey.user_id));
        needs.ask(Need::PasskeysOf(self.passkey.user_id));
        needs.ask(Need::PasskeyCredential(name));
    }

    fn decide(&self, batch: &mut Batch) -> Result<PasskeyId, Stop<PasskeyId>> {
        let new = &self.passkey;
        let user = batch.get::<User>(new.user_id);
        user.ok_or(UserRefusal::NotFound)?.active()?;
        let same = |known: &Passkey| known.credential_id == new.credential_id;
        if batch.all::<Passkey>().any(same) {
            return Err(PasskeyRefusal::Known.into());
        }
        if theirs(batch, new.user_id).len() >= PASSKEYS_MAX {
            return Err(PasskeyRefusal::TooMany.into());
        }
        batch.record(Verb::PasskeyCreate, new.clone());
        Ok(new.id)
    }
}

/// The passkeys of a user that were not removed, oldest first.
fn theirs(batch: &Batch, user_id: ActorId) -> Vec<Passkey> {
    let theirs = batch.all::<Passkey>().filter(|key| key.user_id == user_id);
    let mut theirs: Vec<_> = theirs.filter(|key| key.kept().is_ok()).cloned().collect();
    theirs.sort_unstable_by_key(|key| key.id);
    theirs
}

/// What is done to a passkey.
enum Edit {
    Rename(Name),
    /// Ends the other sessions as well: whoever has the device may be in one.
    Remove {
        in_session: Option<SessionId>,
    },
}

/// Changes a passkey of the actor's own.
struct EditPasskey {
    id: PasskeyId,
    user_id: ActorId,
    edit: Edit,
}

impl Act for EditPasskey {
    type Value = PasskeyId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Passkey(self.id));
        if matches!(self.edit, Edit::Remove { .. }) {
            needs.ask(Need::SessionsOf(self.user_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<PasskeyId, Stop<PasskeyId>> {
        let passkey = batch.get::<Passkey>(self.id);
        // Nobody learns of others' passkeys.
        let mut passkey = passkey
            .filter(|passkey| passkey.user_id == self.user_id)
            .ok_or(PasskeyRefusal::NotFound)?
            .clone();
        passkey.kept()?;
        match &self.edit {
            Edit::Rename(name) if *name == passkey.name => {}
            Edit::Rename(name) => {
                passkey.name = name.clone();
                batch.record(Verb::PasskeyRename, passkey);
            }
            Edit::Remove { in_session } => {
                passkey.state = PasskeyState::Removed;
                batch.record(Verb::PasskeyRemove, passkey);
                end_all(batch, self.user_id, *in_session);
            }
        }
        Ok(self.id)
    }
}

/// Takes all passkeys of a user away.
struct ResetPasskeys {
    user_id: ActorId,
}

impl Act for ResetPasskeys {
    type Value = ActorId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::User(self.user_id));
        needs.ask(Need::PasskeysOf(self.user_id));
        needs.ask(Need::SessionsOf(self.user_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActorId, Stop<ActorId>> {
        batch
            .get::<User>(self.user_id)
            .ok_or(UserRefusal::NotFound)?;
        let theirs = theirs(batch, self.user_id);
        if theirs.is_empty() {
            return Err(PasskeyRefusal::None.into());
        }
        for mut passkey in theirs {
            passkey.state = PasskeyState::Removed;
            batch.record(Verb::PasskeyReset, passkey);
        }
        end_all(batch, self.user_id, None);
        Ok(self.user_id)
    }
}

/// Notes that there seems to be a copy of a passkey: it opens nothing from then on.
pub(super) struct SuspectPasskey {
    pub(super) id: PasskeyId,
}

impl Act for SuspectPasskey {
    type Value = PasskeyId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Passkey(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<PasskeyId, Stop<PasskeyId>> {
        if let Some(mut passkey) = batch.get::<Passkey>(self.id).cloned()
            && passkey.state == PasskeyState::Active
        {
            passkey.state = PasskeyState::Suspect;
            batch.record(Verb::PasskeySuspect, passkey);
        }
        Ok(self.id)
    }
}

/// Passkeys: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Gives a passkey of the actor's own another name.
    pub async fn passkey_rename(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: PasskeyId,
        name: Name,
    ) -> Result<Changed<PasskeyId>, AppError> {
        let act = EditPasskey {
            id,
            user_id: actor.id,
            edit: Edit::Rename(name),
        };
        self.act(actor, Operation::RenamePasskey, idempotency, act)
            .await
    }

    /// Removes a passkey of the actor's own, and ends all their sessions but the one it is done in.
    pub async fn passkey_remove(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        in_session: Option<SessionId>,
        id: PasskeyId,
    ) -> Result<Changed<PasskeyId>, AppError> {
        let act = EditPasskey {
            id,
            user_id: actor.id,
            edit: Edit::Remove { in_session },
        };
        self.act(actor, Operation::RemovePasskey, idempotency, act)
            .await
    }

    /// Takes all passkeys of a user away, and ends all their sessions.
    pub async fn passkeys_reset(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        user_id: ActorId,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = ResetPasskeys { user_id };
        self.act(actor, Operation::ResetPasskeys, idempotency, act)
            .await
    }
}
