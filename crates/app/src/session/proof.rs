//! What somebody shows, held against a user when they sign in and when they prove anew who they are: a password, or the
//! sign-in service's word, and with either a code if they have a second factor; or a passkey, which is both in one.

use latchkey_domain::ActorId;
use latchkey_domain::PasskeyId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::passkey::{Passkey, PasskeyAnswer, PasskeyRefusal};
use latchkey_domain::second_factor::{GivenCode, SecondFactor, SecondFactorRefusal};
use latchkey_domain::session::SessionRefusal;
use latchkey_domain::sign_in_service::{Identity, SignInServiceRefusal};
use latchkey_domain::user::{PasswordHash, User};
use latchkey_store::{Batch, Need, Needs};

use crate::password::Password;
use crate::{App, AppError, Refused};

/// For which account and from which network address somebody tries.
pub(crate) struct Tried<'a> {
    pub(crate) account: &'a str,
    pub(crate) address: Option<&'a str>,
}

/// What somebody has shown. It counts when it is [spent](Proof::spend), against the user as they are then.
pub(crate) struct Proof {
    user_id: ActorId,
    first: First,
    second: Option<Second>,
}

/// What was shown first.
enum First {
    /// A password, by the hash that it was compared with: it may have been changed meanwhile.
    Password(PasswordHash),
    /// The sign-in service's word.
    Identity(Identity),
    /// A passkey's answer, whose signature was verified.
    Passkey(PasskeyId, PasskeyAnswer),
}

/// The code that was right.
enum Second {
    /// One of the secret that was sealed so, at a step.
    Step { sealed: Vec<u8>, step: u64 },
    /// A recovery code, by its digest.
    Recovery { digest: String },
}

impl App {
    /// Compares what was given with a user's password and second factor, if there is such a user. What is right is not
    /// counted as a failed try, nor is a right password alone where a code is needed as well.
    pub(crate) async fn prove(
        &self,
        tried: &Tried<'_>,
        user: Option<User>,
        password: &Password,
        code: Option<&GivenCode>,
    ) -> Result<(User, Proof), AppError> {
        let known = user.as_ref().and_then(|user| user.password.clone());
        let right = self.hasher.verify(password, known.as_ref()).await;
        let (Some(user), Some(compared), true) = (user, known, right) else {
            return Err(Refused::from(SessionRefusal::WrongCredentials).into());
        };
        let proof = self.with_code(tried, &user, First::Password(compared), code)?;
        Ok((user, proof))
    }

    /// Takes the sign-in service's word for who somebody is, and compares what else was given with their second factor.
    pub(crate) fn prove_by_service(
        &self,
        tried: &Tried<'_>,
        user: &User,
        identity: &Identity,
        code: Option<&GivenCode>,
    ) -> Result<Proof, AppError> {
        self.with_code(tried, user, First::Identity(identity.clone()), code)
    }

    /// What is right is not counted as a failed try; a wrong code is.
    fn with_code(
        &self,
        tried: &Tried<'_>,
        user: &User,
        first: First,
        code: Option<&GivenCode>,
    ) -> Result<Proof, AppError> {
        let second = match (user.factor_on(), code) {
            (None, _) => Ok(None),
            (Some(_), None) => Err(SecondFactorRefusal::Needed),
            (Some(factor), Some(code)) => Ok(Some(self.second(user, factor, code)?)),
        };
        self.tries.forgive(tried.account, tried.address);
        Ok(Proof {
            user_id: user.id,
            first,
            second: second.map_err(Refused::from)?,
        })
    }

    fn second(
        &self,
        user: &User,
        factor: &SecondFactor,
        code: &GivenCode,
    ) -> Result<Second, AppError> {
        match code {
            GivenCode::OneTime(code) => {
                let secret = self.vault.open_secret(user.id, &factor.sealed)?;
                let step = secret.step_of(*code, self.now(), factor.used_step);
                Ok(Second::Step {
                    sealed: factor.sealed.clone(),
                    step: step.ok_or_else(|| Refused::from(SecondFactorRefusal::Wrong))?,
                })
            }
            GivenCode::Recovery(code) => {
                let digest = code.digest();
                if !factor.recovery_codes.contains(&digest) {
                    return Err(Refused::from(SecondFactorRefusal::Wrong).into());
                }
                Ok(Second::Recovery { digest })
            }
        }
    }
}

impl First {
    /// Refuses unless it holds for the user as they are now, links them to who they are to the sign-in service if they
    /// came in by it for the first time, and uses a passkey's answer up. Answers whether a second factor is asked for
    /// beside it.
    fn holds(&self, batch: &mut Batch, user: &mut User) -> Result<bool, Refused> {
        match self {
            Self::Password(compared) if user.password.as_ref() == Some(compared) => Ok(true),
            Self::Password(_) => Err(SessionRefusal::WrongCredentials.into()),
            Self::Identity(identity) => {
                if user.link(identity)? {
                    let taken = batch
                        .all::<User>()
                        .any(|other| other.identity.as_ref() == Some(identity));
                    if taken {
                        return Err(SignInServiceRefusal::OtherIdentity.into());
                    }
                    batch.record(Verb::UserLink, user.clone());
                    // It was recorded once more.
                    if let Some(recorded) = batch.get::<User>(user.id) {
                        *user = recorded.clone();
                    }
                }
                Ok(true)
            }
            Self::Passkey(id, answer) => {
                let passkey = batch.get::<Passkey>(*id);
                let mut passkey = passkey
                    .filter(|passkey| passkey.user_id == user.id)
                    .ok_or(PasskeyRefusal::Wrong)?
                    .clone();
                if passkey.take(*answer, batch.now())? {
                    batch.record(Verb::PasskeyMove, passkey);
                } else {
                    batch.touch(passkey);
                }
                Ok(false)
            }
        }
    }
}

impl Proof {
    /// A passkey's answer, whose signature was verified.
    pub(crate) fn by_passkey(user_id: ActorId, id: PasskeyId, answer: PasskeyAnswer) -> Self {
        Self {
            user_id,
            first: First::Passkey(id, answer),
            second: None,
        }
    }

    /// Whether a code was given.
    pub(crate) fn has_code(&self) -> bool {
        self.second.is_some()
    }

    /// Asks for what [`spend`](Proof::spend) needs to know.
    pub(crate) fn needs(&self, needs: &mut Needs) {
        needs.ask(Need::User(self.user_id));
        if let First::Identity(identity) = &self.first {
            // Nobody may be two users.
            needs.ask(Need::UserIdentity(identity.clone()));
        }
        if let First::Passkey(id, _) = &self.first {
            needs.ask(Need::Passkey(*id));
        }
    }

    /// Refuses unless it holds for the user as they are now, and uses the code up.
    pub(crate) fn spend(&self, batch: &mut Batch) -> Result<(), Refused> {
        let user = batch.get::<User>(self.user_id);
        let mut user = user
            .filter(|user| user.active().is_ok())
            .ok_or(SessionRefusal::WrongCredentials)?
            .clone();
        if !self.first.holds(batch, &mut user)? {
            return Ok(());
        }
        let Some(factor) = user.factor_on() else {
            return Ok(());
        };
        let mut factor = factor.clone();
        match &self.second {
            None => Err(SecondFactorRefusal::Needed.into()),
            Some(Second::Step { sealed, .. }) if *sealed != factor.sealed => {
                Err(SecondFactorRefusal::Wrong.into())
            }
            Some(Second::Step { step, .. }) => {
                factor.use_step(*step)?;
                user.set_factor(Some(factor));
                batch.touch(user);
                Ok(())
            }
            Some(Second::Recovery { digest }) => {
                factor.use_recovery_code(digest)?;
                user.set_factor(Some(factor));
                batch.record(Verb::UserRecoveryCodeUse, user);
                Ok(())
            }
        }
    }
}
