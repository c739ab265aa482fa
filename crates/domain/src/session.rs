//! Sessions and invitations: what lets a user in, known by the digest of a token that only its holder has.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::entity::{closed_enum, entity};
use crate::hand_over::Challenge;
use crate::ledger::hex;
use crate::limits::{INVITATION_DAYS, SESSION_DAYS, SESSION_IDLE_DAYS};
use crate::refusal::{Refusal, RefusalKind};
use crate::text::Name;
use crate::user::Whose;
use crate::{ActorId, CustomerId, InvitationId, Random, ResellerId, Salt, SessionId, Timestamp};

/// Random bytes in a token.
const TOKEN_BYTES: usize = 32;

/// A secret that is shown once: to a browser, a program, or on paper. Only its digest is kept.
#[derive(zeroize::ZeroizeOnDrop)]
pub struct Token(String);

impl Token {
    /// A new one: the prefix and 256 random bits in hex.
    #[must_use]
    pub fn generate(prefix: &str, random: &dyn Random) -> Self {
        let mut bytes = zeroize::Zeroizing::new([0_u8; TOKEN_BYTES]);
        random.fill(bytes.as_mut_slice());
        Self(format!("{prefix}_{}", hex(bytes.as_slice())))
    }

    /// What was handed in.
    #[must_use]
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// SHA-256 of it, in hex: as it has 256 random bits, nothing slower is needed.
    #[must_use]
    pub fn digest(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

closed_enum! {
    /// How a session's token is carried.
    SessionKind {
        /// In a cookie.
        Browser = "browser",
        /// In an `Authorization` header.
        Program = "program",
    }
}

closed_enum! {
    /// Whether a session lets in.
    SessionState {
        /// It does, until it runs out.
        Open = "open",
        /// It was handed over to the window, which has not taken it over yet.
        Waiting = "waiting",
        /// It was ended.
        Ended = "ended",
    }
}

/// A user signed in, from one browser or program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// Names it.
    pub id: SessionId,
    /// Whose it is.
    pub user_id: ActorId,
    /// How its token is carried.
    pub kind: SessionKind,
    /// Whether it lets in.
    pub state: SessionState,
    /// [`Token::digest`] of its token; of the code that it is taken over with, while it waits.
    pub token_digest: String,
    /// The network address it was begun from, as far as it is known.
    pub address: Option<String>,
    /// What the browser or program called itself.
    pub agent: Option<String>,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When it runs out, however much it is used.
    pub expires_at: Timestamp,
    /// When its user last gave password and second factor in it; none in sessions from before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proved_at: Option<Timestamp>,
    /// The customer as whose people somebody of the vendor looks in it; none unless they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewing_customer_id: Option<CustomerId>,
    /// The reseller as whose people somebody of the vendor looks in it; none unless they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub viewing_reseller_id: Option<ResellerId>,
    /// What the computer is called that it was handed over to from a browser; none unless it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computer: Option<Name>,
    /// What whoever takes it over has to show the verifier of; none unless it waits for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub challenge: Option<Challenge>,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// When it was last used, to the minute or so.
    #[serde(skip)]
    pub last_used_at: Timestamp,
}

entity!(Session, SessionId, label: |session| session.kind.as_str().to_owned(), carry: [last_used_at]);

impl Session {
    /// When a session that begins now runs out.
    #[must_use]
    pub fn end(now: Timestamp) -> Timestamp {
        now.plus_days(SESSION_DAYS)
    }

    /// Whether it lets in.
    #[must_use]
    pub fn lets_in(&self, now: Timestamp) -> bool {
        self.state == SessionState::Open
            && now < self.expires_at
            && now < self.last_used_at.plus_days(SESSION_IDLE_DAYS)
    }

    /// When its user last gave password and second factor in it.
    #[must_use]
    pub fn proved_at(&self) -> Timestamp {
        self.proved_at.unwrap_or(self.created_at)
    }

    /// Notes that its user gave password and second factor anew. Its token is another one from then on: whoever had
    /// taken the one before has nothing of it.
    ///
    /// # Errors
    /// [`SessionRefusal::Ended`] if it was ended.
    pub fn prove(&mut self, now: Timestamp, token_digest: String) -> Result<(), SessionRefusal> {
        if self.state == SessionState::Ended {
            return Err(SessionRefusal::Ended);
        }
        self.proved_at = Some(now);
        self.token_digest = token_digest;
        Ok(())
    }

    /// As whose people its user looks; the vendor's own unless they look as others do.
    #[must_use]
    pub fn viewing(&self) -> Whose {
        match (self.viewing_customer_id, self.viewing_reseller_id) {
            (Some(id), _) => Whose::Customer(id),
            (None, Some(id)) => Whose::Reseller(id),
            (None, None) => Whose::Vendor,
        }
    }

    /// Has its user look as the people of a customer or a reseller do, or as themselves again.
    ///
    /// # Errors
    /// [`SessionRefusal::Ended`] if it was ended, [`SessionRefusal::ViewsSo`] if they look so already.
    pub fn view_as(&mut self, whose: Whose) -> Result<(), SessionRefusal> {
        if self.state == SessionState::Ended {
            return Err(SessionRefusal::Ended);
        }
        if self.viewing() == whose {
            return Err(SessionRefusal::ViewsSo);
        }
        (self.viewing_customer_id, self.viewing_reseller_id) = match whose {
            Whose::Vendor => (None, None),
            Whose::Customer(id) => (Some(id), None),
            Whose::Reseller(id) => (None, Some(id)),
        };
        Ok(())
    }

    /// Ends it.
    ///
    /// # Errors
    /// [`SessionRefusal::Ended`] if it was ended already.
    pub fn end_now(&mut self) -> Result<(), SessionRefusal> {
        if self.state == SessionState::Ended {
            return Err(SessionRefusal::Ended);
        }
        self.state = SessionState::Ended;
        Ok(())
    }
}

/// Why a session refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionRefusal {
    /// No such session, or somebody else's.
    #[error("this session does not exist")]
    NotFound,
    /// It was ended.
    #[error("this session was ended already")]
    Ended,
    /// Nothing would change about as whose people its user looks.
    #[error("you look so already")]
    ViewsSo,
    /// Nobody with this address and password.
    #[error("the e-mail address or the password is wrong")]
    WrongCredentials,
    /// Too many tries.
    #[error("there were too many tries to sign in")]
    TooManyTries,
}

impl Refusal for SessionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "session_not_found",
            Self::Ended => "session_ended",
            Self::ViewsSo => "views_so_already",
            Self::WrongCredentials => "credentials_wrong",
            Self::TooManyTries => "too_many_tries",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::Ended | Self::ViewsSo => RefusalKind::Conflict,
            Self::WrongCredentials => RefusalKind::Unproven,
            Self::TooManyTries => RefusalKind::TooOften,
        }
    }

    fn fix(&self) -> Option<String> {
        let fix = match self {
            Self::NotFound => "Look it up in the list of your sessions.",
            Self::WrongCredentials => {
                "Try again; if the password is lost, ask an owner for a new invitation."
            }
            Self::TooManyTries => "Wait a minute, and try again.",
            Self::Ended | Self::ViewsSo => return None,
        };
        Some(fix.into())
    }
}

closed_enum! {
    /// What became of an invitation.
    InvitationState {
        /// It can be accepted.
        Open = "open",
        /// It was accepted.
        Accepted = "accepted",
        /// It was taken back, or another took its place.
        Withdrawn = "withdrawn",
    }
}

/// A link that lets a user choose a password, once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Invitation {
    /// Names it.
    pub id: InvitationId,
    /// Who is invited.
    pub user_id: ActorId,
    /// What became of it.
    pub state: InvitationState,
    /// [`Token::digest`] of its token.
    pub token_digest: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// Until when it can be accepted.
    pub expires_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Invitation, InvitationId, label: |invitation| invitation.state.as_str().to_owned());

impl Invitation {
    /// Until when one that is made now can be accepted.
    #[must_use]
    pub fn end(now: Timestamp) -> Timestamp {
        now.plus_days(INVITATION_DAYS)
    }

    /// Refuses unless it can be accepted. Whatever keeps it from that is told in the same words: who holds a link that
    /// no longer works need not learn why.
    ///
    /// # Errors
    /// [`InvitationRefusal`].
    pub fn open(&self, now: Timestamp) -> Result<(), InvitationRefusal> {
        if self.state == InvitationState::Open && now < self.expires_at {
            Ok(())
        } else {
            Err(InvitationRefusal)
        }
    }
}

/// Why an invitation refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this invitation was used, has run out, or never was")]
pub struct InvitationRefusal;

impl Refusal for InvitationRefusal {
    fn code(&self) -> &'static str {
        "invitation_not_open"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::NotFound
    }

    fn fix(&self) -> Option<String> {
        Some("Ask an owner for a new one.".into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    fn session(now: Timestamp) -> Session {
        Session {
            id: SessionId::generate(now, &SeededRandom::new(1)),
            user_id: ActorId::generate(now, &SeededRandom::new(2)),
            kind: SessionKind::Browser,
            state: SessionState::Open,
            token_digest: String::new(),
            address: None,
            agent: None,
            created_at: now,
            expires_at: Session::end(now),
            proved_at: Some(now),
            viewing_customer_id: None,
            viewing_reseller_id: None,
            computer: None,
            challenge: None,
            version: 1,
            salt: Salt::default(),
            last_used_at: now,
        }
    }

    #[test]
    fn a_session_ends_by_age_by_rest_and_by_word() {
        let begun = Timestamp::from_millis(1_790_000_000_000);
        let mut session = session(begun);
        let idle = begun.plus_days(SESSION_IDLE_DAYS);
        assert!(session.lets_in(idle.plus_millis(-1)));
        assert!(!session.lets_in(idle), "it was not used");
        session.last_used_at = begun.plus_days(SESSION_DAYS - 1);
        assert!(session.lets_in(begun.plus_days(SESSION_DAYS).plus_millis(-1)));
        assert!(
            !session.lets_in(begun.plus_days(SESSION_DAYS)),
            "it is too old"
        );
        session.end_now().unwrap();
        assert!(!session.lets_in(begun));
        assert_eq!(session.end_now(), Err(SessionRefusal::Ended));
    }

    #[test]
    fn who_proves_anew_gets_another_token_and_an_ended_session_none() {
        let begun = Timestamp::from_millis(1_790_000_000_000);
        let mut session = session(begun);
        assert_eq!(session.proved_at(), begun);
        let later = begun.plus_days(1);
        session.prove(later, "digest".into()).unwrap();
        assert_eq!(
            (session.proved_at(), &*session.token_digest),
            (later, "digest")
        );
        session.proved_at = None;
        assert_eq!(session.proved_at(), begun, "of a session from before");
        assert!(
            !serde_json::to_string(&session)
                .unwrap()
                .contains("proved_at")
        );
        session.end_now().unwrap();
        let refused = session.prove(later, "other".into());
        assert_eq!(refused, Err(SessionRefusal::Ended));
    }

    #[test]
    fn a_token_is_shown_only_on_purpose() {
        let token = Token::generate("lks", &SeededRandom::new(1));
        assert_eq!(format!("{token:?}"), "Token(…)");
        assert_eq!(token.reveal().len(), 4 + 2 * TOKEN_BYTES);
        assert_eq!(Token::received(token.reveal()).digest(), token.digest());
    }
}
