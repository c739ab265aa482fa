//! A user's second factor: set up, turned off, and taken away by an owner.

use latchkey_domain::ActorId;
use latchkey_domain::SessionId;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::second_factor::{
    GivenCode, RecoveryCode, SecondFactor, SecondFactorRefusal, SecondFactorState,
};
use latchkey_domain::session::SessionRefusal;
use latchkey_domain::totp::Secret;
use latchkey_domain::user::{User, UserRefusal};
use latchkey_report::{Correction, QrCode};
use latchkey_store::{Batch, Need, Needs, StoreError};
use zeroize::Zeroizing;

use crate::act::{Act, Stop};
use crate::session::end_all;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What an authenticator app is told; shown this once.
pub struct Begun {
    /// The secret in base32, to be typed.
    pub secret: Zeroizing<String>,
    /// The same as an address that apps read.
    pub uri: Zeroizing<String>,
    /// The address as a QR code, in SVG.
    pub qr: Zeroizing<String>,
}

/// What is done to a user's second factor.
enum Edit {
    Begin { sealed: Vec<u8> },
    Confirm { sealed: Vec<u8>, step: u64 },
    RenewRecoveryCodes,
    End,
    Reset,
}

/// Changes a user's second factor.
struct EditFactor {
    id: ActorId,
    edit: Edit,
    /// Digests of the recovery codes that were made for it.
    recovery_codes: Vec<String>,
    /// The session that it is done in.
    in_session: Option<SessionId>,
}

impl EditFactor {
    fn of(id: ActorId, edit: Edit) -> Self {
        Self {
            id,
            edit,
            recovery_codes: Vec::new(),
            in_session: None,
        }
    }

    /// The second factor as it is to be, and what that is called.
    fn apply(&self, user: &User) -> Result<(Option<SecondFactor>, Verb), SecondFactorRefusal> {
        let on = user.factor_on();
        match &self.edit {
            Edit::Begin { .. } | Edit::Confirm { .. } if on.is_some() => {
                Err(SecondFactorRefusal::On)
            }
            Edit::Begin { sealed } => {
                let factor = SecondFactor::begin(sealed.clone());
                Ok((Some(factor), Verb::UserSecondFactorBegin))
            }
            Edit::Confirm { sealed, step } => {
                let begun = user.factor.as_ref().ok_or(SecondFactorRefusal::NotBegun)?;
                if begun.sealed != *sealed {
                    return Err(SecondFactorRefusal::Wrong);
                }
                let mut factor = begun.clone();
                factor.use_step(*step)?;
                factor.state = SecondFactorState::On;
                factor.recovery_codes.clone_from(&self.recovery_codes);
                Ok((Some(factor), Verb::UserSecondFactorConfirm))
            }
            Edit::RenewRecoveryCodes => {
                let mut factor = on.ok_or(SecondFactorRefusal::Off)?.clone();
                factor.recovery_codes.clone_from(&self.recovery_codes);
                Ok((Some(factor), Verb::UserRecoveryCodesRenew))
            }
            Edit::End => on
                .map(|_| (None, Verb::UserSecondFactorEnd))
                .ok_or(SecondFactorRefusal::Off),
            Edit::Reset => on
                .map(|_| (None, Verb::UserSecondFactorReset))
                .ok_or(SecondFactorRefusal::Off),
        }
    }
}

impl Act for EditFactor {
    type Value = ActorId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::User(self.id));
        needs.ask(Need::SessionsOf(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ActorId, Stop<ActorId>> {
        let mut user = batch
            .get::<User>(self.id)
            .ok_or(UserRefusal::NotFound)?
            .clone();
        let (factor, verb) = self.apply(&user)?;
        user.set_factor(factor);
        batch.record(verb, user);
        if matches!(self.edit, Edit::Confirm { .. }) {
            // Whoever came in elsewhere did so without it.
            end_all(batch, self.id, self.in_session);
        }
        Ok(self.id)
    }
}

/// Second factors: what can be done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Begins to set up the actor's own second factor: makes its secret. It is not asked for before a code of it is
    /// [confirmed](Self::second_factor_confirm). Begun once more, the secret is another one.
    pub async fn second_factor_begin(&self, actor: &Actor) -> Result<Changed<Begun>, AppError> {
        self.permit(actor, Operation::BeginSecondFactor)?;
        let user = self.own_user(actor).await?;
        let secret = Secret::generate(&*self.random);
        let sealed = self.vault.seal_secret(user.id, &secret, &*self.random);
        let act = EditFactor::of(user.id, Edit::Begin { sealed });
        let done = self
            .act(actor, Operation::BeginSecondFactor, None, act)
            .await?;
        let uri = secret.uri(user.email.as_str());
        let code = QrCode::new(&uri, Correction::Medium);
        let code = code.map_err(|error| StoreError::Unavailable {
            reason: error.to_string(),
        })?;
        Ok(done.map(|_| Begun {
            secret: secret.base32(),
            qr: Zeroizing::new(code.svg()),
            uri,
        }))
    }

    /// Turns the actor's own second factor on with a first code of it, ends all their sessions but the one it is done
    /// in, and answers their recovery codes.
    pub async fn second_factor_confirm(
        &self,
        actor: &Actor,
        in_session: Option<SessionId>,
        code: &GivenCode,
    ) -> Result<Changed<Vec<RecoveryCode>>, AppError> {
        self.permit(actor, Operation::ConfirmSecondFactor)?;
        let user = self.own_user(actor).await?;
        if user.factor_on().is_some() {
            return Err(Refused::from(SecondFactorRefusal::On).into());
        }
        let begun = user.factor.as_ref();
        let begun = begun.ok_or_else(|| Refused::from(SecondFactorRefusal::NotBegun))?;
        let account = user.email.as_str();
        if !self.tries.begin(account, None, self.now()) {
            return Err(Refused::from(SessionRefusal::TooManyTries).into());
        }
        let secret = self.vault.open_secret(user.id, &begun.sealed)?;
        let step = match code {
            GivenCode::OneTime(code) => secret.step_of(*code, self.now(), None),
            GivenCode::Recovery(_) => None,
        };
        let step = step.ok_or_else(|| Refused::from(SecondFactorRefusal::Wrong))?;
        self.tries.forgive(account, None);
        let sealed = begun.sealed.clone();
        let act = EditFactor {
            in_session,
            ..EditFactor::of(user.id, Edit::Confirm { sealed, step })
        };
        self.with_recovery_codes(actor, Operation::ConfirmSecondFactor, act)
            .await
    }

    /// Makes the actor's own recovery codes anew; those before work no more.
    pub async fn recovery_codes_renew(
        &self,
        actor: &Actor,
    ) -> Result<Changed<Vec<RecoveryCode>>, AppError> {
        let act = EditFactor::of(actor.id, Edit::RenewRecoveryCodes);
        self.with_recovery_codes(actor, Operation::RenewRecoveryCodes, act)
            .await
    }

    /// Turns the actor's own second factor off.
    pub async fn second_factor_end(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = EditFactor::of(actor.id, Edit::End);
        self.act(actor, Operation::EndSecondFactor, idempotency, act)
            .await
    }

    /// Takes a user's second factor away, who has lost it: they sign in with their password alone.
    pub async fn second_factor_reset(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ActorId,
    ) -> Result<Changed<ActorId>, AppError> {
        let act = EditFactor::of(id, Edit::Reset);
        self.act(actor, Operation::ResetSecondFactor, idempotency, act)
            .await
    }

    async fn with_recovery_codes(
        &self,
        actor: &Actor,
        operation: Operation,
        mut act: EditFactor,
    ) -> Result<Changed<Vec<RecoveryCode>>, AppError> {
        let codes = RecoveryCode::generate_all(&*self.random);
        act.recovery_codes = codes.iter().map(RecoveryCode::digest).collect();
        let done = self.act(actor, operation, None, act).await?;
        Ok(done.map(|_| codes))
    }

    async fn own_user(&self, actor: &Actor) -> Result<User, AppError> {
        let user = self.store.user_get(self.scope.vendor_id, actor.id).await?;
        user.ok_or_else(|| Refused::from(UserRefusal::NotFound).into())
    }
}
