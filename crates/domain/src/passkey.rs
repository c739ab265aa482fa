//! A passkey: a key pair on a person's device or in their password manager. Whoever signs in with it has two things in
//! one: the device that has the private key, and what unlocks it there (a PIN, a finger, a face).

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::limits::PASSKEYS_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::Name;
use crate::{ActorId, PasskeyId, Salt, Timestamp};

closed_enum! {
    /// Whether a passkey lets in.
    PasskeyState {
        /// It does.
        Active = "active",
        /// It does not: there seems to be a copy of it.
        Suspect = "suspect",
        /// It was removed.
        Removed = "removed",
    }
}

/// A passkey's public part. All of it but what is last here stands in the ledger, so that one that was put into the
/// database by hand is found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Passkey {
    /// Names it.
    pub id: PasskeyId,
    /// Whose it is.
    pub user_id: ActorId,
    /// What they call it.
    pub name: Name,
    /// Whether it lets in.
    pub state: PasskeyState,
    /// What its device calls it, in base64url; unique within the vendor, also after it was removed.
    pub credential_id: String,
    /// Its public key and what was promised with it, as the crate that checks its signatures writes them down.
    pub credential: String,
    /// Whether it is kept elsewhere as well, in an account of a password manager for example.
    pub backed_up: bool,
    /// When it was added.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// How often its device says it has signed; 0 for ever where the device does not count.
    #[serde(skip)]
    pub counter: u32,
    /// When it last let somebody in.
    #[serde(skip)]
    pub last_used_at: Option<Timestamp>,
    /// When the last question that it answered was asked: that one, and those before it, count no more.
    #[serde(skip)]
    pub asked_at: Option<Timestamp>,
}

entity!(Passkey, PasskeyId, label: |passkey| passkey.name.to_string(), carry: [counter, last_used_at, asked_at]);

/// A passkey's answer, whose signature was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasskeyAnswer {
    /// When the question was asked.
    pub asked_at: Timestamp,
    /// How often its device says it has signed.
    pub counter: u32,
    /// Whether it is kept elsewhere as well.
    pub backed_up: bool,
}

/// Why a server offers no passkeys: they are bound to the name by which browsers reach it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasskeysMissing {
    /// It does not know the address at which people reach it.
    NoAddress,
    /// That address has no name, but numbers.
    NoName,
    /// That address is not one of HTTPS.
    NotSecure,
}

/// Why a passkey refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyRefusal {
    /// The server offers none.
    #[error("this server offers no passkeys: {}", match .0 {
        PasskeysMissing::NoAddress => "it does not know the address at which people reach it",
        PasskeysMissing::NoName => "its address has no name, but numbers",
        PasskeysMissing::NotSecure => "its address is not one of HTTPS",
    })]
    NotOffered(PasskeysMissing),
    /// No such passkey, or not theirs.
    #[error("this passkey does not exist")]
    NotFound,
    /// The question ran out, was asked elsewhere, or was answered before. Which of these is not told.
    #[error(
        "this question to your passkey has run out, was answered before, or was not asked in this browser"
    )]
    AttemptOver,
    /// What came back from the browser when one was added does not hold.
    #[error("the new passkey does not hold")]
    NotBelieved,
    /// It is nobody's, or it was removed, or its user may not sign in, or what it signed does not hold.
    #[error("nobody can sign in here with this passkey")]
    Wrong,
    /// There seems to be a copy of it.
    #[error("there seems to be a copy of this passkey, so it opens nothing any more")]
    Suspect,
    /// It is there already, or was.
    #[error("this passkey was added before")]
    Known,
    /// Too many of one person.
    #[error("you have {PASSKEYS_MAX} passkeys, and that is the most")]
    TooMany,
    /// There are none.
    #[error("there are no passkeys")]
    None,
}

impl Refusal for PasskeyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotOffered(_) => "passkeys_not_offered",
            Self::NotFound => "passkey_not_found",
            Self::AttemptOver => "passkey_attempt_over",
            Self::NotBelieved => "passkey_not_believed",
            Self::Wrong => "passkey_wrong",
            Self::Suspect => "passkey_suspect",
            Self::Known => "passkey_known",
            Self::TooMany => "passkey_limit",
            Self::None => "passkey_none",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::AttemptOver | Self::NotBelieved | Self::Wrong | Self::Suspect => {
                RefusalKind::Unproven
            }
            Self::NotOffered(_) | Self::Known | Self::TooMany | Self::None => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotOffered(PasskeysMissing::NoAddress) => {
                "Sign in with your password. Whoever runs the server can give its address by --url."
            }
            Self::NotOffered(PasskeysMissing::NoName) => {
                "Sign in with your password. Whoever runs the server can give it a name and write that in --url."
            }
            Self::NotOffered(PasskeysMissing::NotSecure) => {
                "Sign in with your password. Whoever runs the server can serve it by HTTPS and write that in --url."
            }
            Self::NotFound => "Look it up in your account.",
            Self::AttemptOver => "Begin anew, and answer within five minutes.",
            Self::NotBelieved => {
                "Begin anew. If it happens again, whoever runs the server finds the reason in its log."
            }
            Self::Wrong => "Use another passkey, or sign in with your password.",
            Self::Suspect => {
                "Sign in in another way, remove this passkey, and add a new one. If you have not copied it, find out who has."
            }
            Self::Known => {
                "Choose another device or password manager, or use the passkey that is there."
            }
            Self::TooMany => "Remove one that you no longer use.",
            Self::None => return None,
        };
        Some(fix.into())
    }
}

impl Passkey {
    /// Refuses unless it lets in. One that was removed is told apart from none by nobody.
    ///
    /// # Errors
    /// [`PasskeyRefusal::Wrong`], [`PasskeyRefusal::Suspect`].
    pub fn lets_in(&self) -> Result<(), PasskeyRefusal> {
        match self.state {
            PasskeyState::Active => Ok(()),
            PasskeyState::Suspect => Err(PasskeyRefusal::Suspect),
            PasskeyState::Removed => Err(PasskeyRefusal::Wrong),
        }
    }

    /// Refuses unless its user still has it.
    ///
    /// # Errors
    /// [`PasskeyRefusal::NotFound`] if it was removed.
    pub fn kept(&self) -> Result<(), PasskeyRefusal> {
        match self.state {
            PasskeyState::Active | PasskeyState::Suspect => Ok(()),
            PasskeyState::Removed => Err(PasskeyRefusal::NotFound),
        }
    }

    /// Takes an answer of it. A device that counts what it signs counts up: where it does not, there are two of them
    /// (WebAuthn, level 3, §6.1.1). Answers whether it is kept elsewhere now and was not, or the other way around.
    ///
    /// # Errors
    /// [`PasskeyRefusal::AttemptOver`] if that question, or a later one, was answered before;
    /// [`PasskeyRefusal::Suspect`] if it counts back; those of [`lets_in`](Self::lets_in).
    pub fn take(&mut self, answer: PasskeyAnswer, now: Timestamp) -> Result<bool, PasskeyRefusal> {
        self.lets_in()?;
        if self.asked_at.is_some_and(|last| answer.asked_at <= last) {
            return Err(PasskeyRefusal::AttemptOver);
        }
        let counts = answer.counter > 0 || self.counter > 0;
        if counts && answer.counter <= self.counter {
            return Err(PasskeyRefusal::Suspect);
        }
        self.asked_at = Some(answer.asked_at);
        self.counter = answer.counter;
        self.last_used_at = Some(now);
        let moved = self.backed_up != answer.backed_up;
        self.backed_up = answer.backed_up;
        Ok(moved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(counter: u32) -> Passkey {
        Passkey {
            id: "pky_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
            user_id: "usr_01jd8x7v9q7p3m5k2n4r6t8w0a".parse().unwrap(),
            name: "Laptop".parse().unwrap(),
            state: PasskeyState::Active,
            credential_id: "AQID".into(),
            credential: "{}".into(),
            backed_up: false,
            created_at: Timestamp::from_millis(1),
            version: 1,
            salt: Salt::default(),
            counter,
            last_used_at: None,
            asked_at: None,
        }
    }

    fn answer(at: i64, counter: u32) -> PasskeyAnswer {
        PasskeyAnswer {
            asked_at: Timestamp::from_millis(at),
            counter,
            backed_up: false,
        }
    }

    #[test]
    fn an_answer_counts_once_and_those_before_it_no_more() {
        let now = Timestamp::from_millis(100);
        let mut key = key(0);
        assert_eq!(key.take(answer(20, 0), now), Ok(false));
        assert_eq!(key.last_used_at, Some(now));
        let over = Err(PasskeyRefusal::AttemptOver);
        assert_eq!(key.take(answer(20, 0), now), over);
        assert_eq!(key.take(answer(19, 0), now), over);
        assert_eq!(key.take(answer(21, 0), now), Ok(false));
    }

    #[test]
    fn a_counter_goes_up_or_there_are_two_of_them() {
        let now = Timestamp::from_millis(100);
        let mut key = key(7);
        assert_eq!(key.take(answer(1, 8), now), Ok(false));
        for back in [8, 7, 0] {
            let refused = key.clone().take(answer(2, back), now);
            assert_eq!(refused, Err(PasskeyRefusal::Suspect), "{back}");
        }
        assert_eq!(key.take(answer(2, 9), now), Ok(false));
        key.state = PasskeyState::Suspect;
        assert_eq!(key.take(answer(3, 10), now), Err(PasskeyRefusal::Suspect));
        key.state = PasskeyState::Removed;
        assert_eq!(key.take(answer(3, 10), now), Err(PasskeyRefusal::Wrong));
    }

    #[test]
    fn it_is_told_when_a_passkey_is_kept_elsewhere_from_now_on() {
        let now = Timestamp::from_millis(100);
        let mut key = key(0);
        let moved = PasskeyAnswer {
            backed_up: true,
            ..answer(1, 0)
        };
        assert_eq!(key.take(moved, now), Ok(true));
        assert!(key.backed_up);
        let stays = PasskeyAnswer {
            asked_at: Timestamp::from_millis(2),
            ..moved
        };
        assert_eq!(key.take(stays, now), Ok(false));
    }

    #[test]
    fn what_changes_at_each_use_is_not_recorded() {
        let kept = serde_json::to_value(key(7)).unwrap();
        for field in ["counter", "last_used_at", "asked_at", "salt"] {
            assert_eq!(kept.get(field), None, "{field}");
        }
        assert_eq!(kept["credential_id"], "AQID");
    }
}
