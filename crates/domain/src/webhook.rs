//! A webhook: where another program is told of what happens here, and with which secret it can tell that we said it.
//!
//! The entries of the ledger are the events. Nothing here sends anything.

mod event;
mod refusal;
mod secret;
mod url;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::entity::{EntityKind, closed_enum, entity};
use crate::ledger::hex;
use crate::limits::{WEBHOOK_FAILING_DAYS, WEBHOOK_OLD_SECRET_HOURS};
use crate::text::Name;
use crate::{Salt, Timestamp, WebhookId};

pub use event::{EventFacts, event_id};
pub use refusal::WebhookRefusal;
pub use secret::{SECRET_PREFIX, WebhookSecret};
pub use url::{WebhookUrl, WebhookUrlError};

closed_enum! {
    /// Whether a webhook is sent anything.
    WebhookState {
        /// It is.
        On = "on",
        /// Somebody paused it: what happens meanwhile is sent when it goes on.
        Paused = "paused",
        /// It failed for too long, and was switched off by the program.
        SwitchedOff = "switched_off",
        /// It was removed, for ever.
        Removed = "removed",
    }
}

closed_enum! {
    /// What has become of an event that a webhook is sent.
    DeliveryState {
        /// It is to be sent, for the first time or again.
        Waiting = "waiting",
        /// The receiver took it.
        Delivered = "delivered",
        /// It was tried often enough.
        GivenUp = "given_up",
    }
}

/// Which events are to be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Replay {
    /// One, by its entry in the ledger.
    One {
        /// The entry's index.
        index: u64,
    },
    /// All that were given up, of those that happened at this moment or later.
    GivenUpSince {
        /// Since when.
        at: Timestamp,
    },
}

/// What a webhook is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookTerms {
    /// What people call it.
    pub name: Name,
    /// Where it is sent to.
    pub url: WebhookUrl,
    /// The kinds of records whose changes it is sent; none at all means every kind.
    pub kinds: Vec<EntityKind>,
}

/// What is to become different about a webhook; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WebhookEdit {
    /// What people call it.
    pub name: Option<Name>,
    /// Where it is sent to.
    pub url: Option<WebhookUrl>,
    /// The kinds of records whose changes it is sent; none at all means every kind.
    pub kinds: Option<Vec<EntityKind>>,
}

/// Where another program is told of what happens.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Webhook {
    /// Names it.
    pub id: WebhookId,
    /// What people call it.
    pub name: Name,
    /// Where it is sent to.
    pub url: WebhookUrl,
    /// The kinds of records whose changes it is sent, in the order of [`EntityKind::ALL`]; none means every kind.
    #[serde(with = "kinds")]
    pub kinds: Vec<EntityKind>,
    /// Whether it is sent anything.
    pub state: WebhookState,
    /// When it was made, or last turned on again.
    pub on_since: Timestamp,
    /// The ledger's entries are sent from this index on.
    pub first_index: u64,
    /// SHA-256 of the sealed secrets, in hex. They have random bytes in them, so this says nothing.
    pub secret_digest: String,
    /// Until when the secret before the present one signs as well.
    pub old_secret_until: Option<Timestamp>,
    /// When a test event was last sent.
    pub tested_at: Option<Timestamp>,
    /// What was last asked to be sent again.
    pub replay: Option<Replay>,
    /// When it was made.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// The secret, sealed.
    #[serde(skip)]
    pub sealed: Vec<u8>,
    /// The secret before it, sealed.
    #[serde(skip)]
    pub old_sealed: Option<Vec<u8>>,
}

entity!(Webhook, WebhookId, label: |webhook| webhook.name.to_string(), carry: [sealed, old_sealed]);

impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // People write what should be secret into addresses.
        write!(f, "Webhook({}, {}, …)", self.id, self.state.as_str())
    }
}

/// Kinds by their texts, as they stand in the ledger.
mod kinds {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::EntityKind;

    pub(super) fn serialize<S: Serializer>(
        kinds: &[EntityKind],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(kinds.iter().map(|kind| kind.as_str()))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<EntityKind>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        let kinds = texts.iter().map(|text| EntityKind::parse(text));
        let kinds: Option<Vec<_>> = kinds.collect();
        kinds.ok_or_else(|| serde::de::Error::custom("a kind of record that is not known"))
    }
}

/// [`Webhook::secret_digest`] of sealed secrets.
#[must_use]
pub fn secret_digest(sealed: &[u8], old_sealed: Option<&[u8]>) -> String {
    let hash = Sha256::new()
        .chain_update(b"latchkey/webhook-secrets/1\0")
        .chain_update(Sha256::digest(sealed))
        .chain_update(old_sealed.map(Sha256::digest).unwrap_or_default());
    hex(&hash.finalize())
}

fn in_order(kinds: &[EntityKind]) -> Vec<EntityKind> {
    let chosen = EntityKind::ALL.iter().filter(|kind| kinds.contains(kind));
    chosen.copied().collect()
}

impl Webhook {
    /// Makes one, which is sent what the ledger gets from this index on.
    #[must_use]
    pub fn create(
        (id, salt): (WebhookId, Salt),
        terms: &WebhookTerms,
        sealed: Vec<u8>,
        first_index: u64,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            name: terms.name.clone(),
            url: terms.url.clone(),
            kinds: in_order(&terms.kinds),
            state: WebhookState::On,
            on_since: now,
            first_index,
            secret_digest: secret_digest(&sealed, None),
            old_secret_until: None,
            tested_at: None,
            replay: None,
            created_at: now,
            version: 0,
            salt,
            sealed,
            old_sealed: None,
        }
    }

    /// Refuses what was removed.
    fn there(&self) -> Result<(), WebhookRefusal> {
        match self.state {
            WebhookState::Removed => Err(WebhookRefusal::NotFound),
            _ => Ok(()),
        }
    }

    /// Changes its terms. Answers whether they are others now.
    ///
    /// # Errors
    /// [`WebhookRefusal::NotFound`] if it was removed.
    pub fn update(&mut self, edit: &WebhookEdit) -> Result<bool, WebhookRefusal> {
        self.there()?;
        let before = (self.name.clone(), self.url.clone(), self.kinds.clone());
        if let Some(name) = &edit.name {
            self.name = name.clone();
        }
        if let Some(url) = &edit.url {
            self.url = url.clone();
        }
        if let Some(kinds) = &edit.kinds {
            self.kinds = in_order(kinds);
        }
        Ok(before != (self.name.clone(), self.url.clone(), self.kinds.clone()))
    }

    /// Sends it nothing until it goes on.
    ///
    /// # Errors
    /// [`WebhookRefusal::NotOn`] if it is sent nothing now.
    pub fn pause(&mut self) -> Result<(), WebhookRefusal> {
        self.there()?;
        if self.state != WebhookState::On {
            return Err(WebhookRefusal::NotOn);
        }
        self.state = WebhookState::Paused;
        Ok(())
    }

    /// Goes on where it stopped.
    ///
    /// # Errors
    /// [`WebhookRefusal::On`] if it did not stop.
    pub fn resume(&mut self, now: Timestamp) -> Result<(), WebhookRefusal> {
        self.there()?;
        if self.state == WebhookState::On {
            return Err(WebhookRefusal::On);
        }
        self.state = WebhookState::On;
        self.on_since = now;
        Ok(())
    }

    /// Switches it off if it has failed, without one success, since a moment too long ago. Answers whether it did.
    pub fn switch_off(&mut self, failing_since: Timestamp, now: Timestamp) -> bool {
        // Who turns it on gives the receiver the same time once more.
        let since = failing_since.max(self.on_since);
        let too_long = now >= since.plus_days(WEBHOOK_FAILING_DAYS);
        let off = self.state == WebhookState::On && too_long;
        if off {
            self.state = WebhookState::SwitchedOff;
        }
        off
    }

    /// Removes it.
    ///
    /// # Errors
    /// [`WebhookRefusal::NotFound`] if it was removed before.
    pub fn remove(&mut self) -> Result<(), WebhookRefusal> {
        self.there()?;
        self.state = WebhookState::Removed;
        Ok(())
    }

    /// Gives it another secret; the one before signs as well for a while.
    ///
    /// # Errors
    /// [`WebhookRefusal::NotFound`] if it was removed.
    pub fn rotate(&mut self, sealed: Vec<u8>, now: Timestamp) -> Result<(), WebhookRefusal> {
        self.there()?;
        let hours = i64::from(WEBHOOK_OLD_SECRET_HOURS);
        self.old_sealed = Some(std::mem::replace(&mut self.sealed, sealed));
        self.old_secret_until = Some(now.plus_millis(hours * 3_600_000));
        self.secret_digest = secret_digest(&self.sealed, self.old_sealed.as_deref());
        Ok(())
    }

    /// Has a test event sent.
    ///
    /// # Errors
    /// [`WebhookRefusal::NotOn`] if it is sent nothing now.
    pub fn test(&mut self, now: Timestamp) -> Result<(), WebhookRefusal> {
        self.there()?;
        if self.state != WebhookState::On {
            return Err(WebhookRefusal::NotOn);
        }
        self.tested_at = Some(now);
        Ok(())
    }

    /// Has something sent again.
    ///
    /// # Errors
    /// [`WebhookRefusal::NotOn`] if it is sent nothing now.
    pub fn replay(&mut self, replay: Replay) -> Result<(), WebhookRefusal> {
        self.there()?;
        if self.state != WebhookState::On {
            return Err(WebhookRefusal::NotOn);
        }
        self.replay = Some(replay);
        Ok(())
    }

    /// Whether a change of this kind of record is for it.
    #[must_use]
    pub fn takes(&self, kind: EntityKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// The secrets that sign at a moment, sealed, the newest first.
    pub fn signing(&self, now: Timestamp) -> impl Iterator<Item = &[u8]> {
        let holds = self.old_secret_until.is_some_and(|until| now < until);
        let old = self.old_sealed.as_deref().filter(|_| holds);
        std::iter::once(self.sealed.as_slice()).chain(old)
    }
}

/// How long is waited after each failed attempt, in seconds; after the last one an event is given up.
const WAITS_SECONDS: [i64; 7] = [5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600];

/// When an event is tried again that has failed so often (once or more), up to a fifth later so that not all come at
/// once; none if it is given up. `jitter` is any number.
#[must_use]
pub fn tried_again(failures: u32, now: Timestamp, jitter: u32) -> Option<Timestamp> {
    let place = usize::try_from(failures.checked_sub(1)?).ok()?;
    let millis = WAITS_SECONDS.get(place)? * 1000;
    Some(now.plus_millis(millis + millis / 5 * i64::from(jitter % 1024) / 1024))
}

/// How long a receiver is left alone that has failed so often in a row (once or more): doubled each time, up to five
/// minutes.
#[must_use]
pub fn left_alone_until(failures: u32, now: Timestamp) -> Timestamp {
    let seconds = 1_i64 << failures.min(9);
    now.plus_millis(seconds.min(300) * 1000)
}

#[cfg(test)]
mod tests;
