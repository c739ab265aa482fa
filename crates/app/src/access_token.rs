//! Access tokens: what scripts and apps come with.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use latchkey_domain::access_token::{AccessToken, AccessTokenRefusal, AccessTokenTerms};
use latchkey_domain::actor::{Actor, Lock, Reach, Role};
use latchkey_domain::id::TypedId as _;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::limits::ACCESS_TOKENS_MAX;
use latchkey_domain::product::{Product, ProductRefusal};
use latchkey_domain::session::Token;
use latchkey_domain::{AccessTokenId, ActorId, Timestamp, VendorId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};
use sha2::{Digest as _, Sha256};

use crate::act::{Act, Stop};
use crate::session::NOTED_AFTER_MILLIS;
use crate::validation::Seen;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// How the secrets of access tokens begin.
pub const ACCESS_TOKEN: &str = "lka";

/// How long a token that was looked up counts as what it was then. Another server's revoking it takes that long to be
/// heard of.
const REMEMBERED_MILLIS: i64 = 2_000;

/// Tokens that are remembered at most.
const REMEMBERED_MAX: usize = 1_024;

/// An access token was made.
#[derive(Debug)]
pub struct Created {
    /// Which.
    pub id: AccessTokenId,
    /// The secret; none if this is the answer to an earlier request, which had it.
    pub token: Option<Token>,
}

struct Create {
    terms: AccessTokenTerms,
    digest: String,
}

impl Act for Create {
    type Value = AccessTokenId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::AccessTokens);
        if let Some(id) = self.terms.product_id {
            needs.ask(Need::Product(id));
        }
        if let Some(id) = self.terms.license_id {
            needs.ask(Need::License(id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<AccessTokenId, Stop<AccessTokenId>> {
        if batch.all::<AccessToken>().count() >= ACCESS_TOKENS_MAX {
            return Err(AccessTokenRefusal::TooMany.into());
        }
        let product = self.terms.product_id;
        if product.is_some_and(|id| batch.get::<Product>(id).is_none()) {
            return Err(Refused::from(ProductRefusal::NotFound).into());
        }
        let license = self.terms.license_id;
        if license.is_some_and(|id| batch.get::<License>(id).is_none()) {
            return Err(Refused::from(LicenseRefusal::NotFound).into());
        }
        let id = AccessTokenId::generate(batch.now(), &*batch.random());
        let (salt, digest) = (batch.salt(), self.digest.clone());
        let token = AccessToken::create(id, salt, &self.terms, digest, batch.now())?;
        batch.record(Verb::AccessTokenCreate, token);
        Ok(id)
    }
}

struct Revoke {
    id: AccessTokenId,
}

impl Act for Revoke {
    type Value = AccessTokenId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::AccessToken(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<AccessTokenId, Stop<AccessTokenId>> {
        let token = batch.get::<AccessToken>(self.id);
        let mut token = token.ok_or(AccessTokenRefusal::NotFound)?.clone();
        token.revoke()?;
        batch.record(Verb::AccessTokenRevoke, token);
        Ok(self.id)
    }
}

/// Access tokens that were used a moment ago, by the digest of their secrets: an app asks often.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<HashMap<String, (Timestamp, AccessToken)>>);

impl Remembered {
    fn get(&self, digest: &str, now: Timestamp) -> Option<AccessToken> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (at, token) = known.get(digest)?;
        // A clock that was set back makes nothing last longer.
        let fresh = now >= *at && now < at.plus_millis(REMEMBERED_MILLIS);
        fresh.then(|| token.clone())
    }

    fn put(&self, digest: String, now: Timestamp, token: AccessToken) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        known.insert(digest, (now, token));
    }

    fn forget(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// Whoever has no more than a license key of this vendor.
#[must_use]
pub fn key_holder(vendor: VendorId, key: LicenseKey) -> Actor {
    // Always the same for a key, and nobody's account: a UUID of version 8 (RFC 9562 §5.8).
    let digest = Sha256::new()
        .chain_update(b"latchkey/key-holder/1\0")
        .chain_update(key.as_str().as_bytes())
        .finalize();
    let mut bytes = [0_u8; 16];
    bytes
        .iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = from);
    Actor {
        id: ActorId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid()),
        name: "License key".into(),
        role: Role::KeyHolder,
        reach: Reach {
            vendor: Some(vendor),
            scopes: Vec::new(),
            lock: Some(Lock::Key(key)),
            customer: None,
            reseller: None,
            address: None,
            viewing: None,
        },
        proved_at: None,
    }
}

/// Access tokens: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Makes an access token.
    pub async fn access_token_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        terms: AccessTokenTerms,
    ) -> Result<Changed<Created>, AppError> {
        let token = Token::generate(ACCESS_TOKEN, &*self.random);
        let act = Create {
            terms,
            digest: token.digest(),
        };
        let made = self
            .act(actor, Operation::CreateAccessToken, idempotency, act)
            .await?;
        let token = (!made.replayed).then_some(token);
        Ok(made.map(|id| Created { id, token }))
    }

    /// Revokes an access token: it opens nothing from now on, for other servers of the same store after two seconds.
    pub async fn access_token_revoke(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: AccessTokenId,
    ) -> Result<Changed<AccessTokenId>, AppError> {
        let act = Revoke { id };
        let done = self
            .act(actor, Operation::RevokeAccessToken, idempotency, act)
            .await;
        self.access_tokens.forget();
        done
    }

    /// One access token.
    pub async fn access_token_get(
        &self,
        actor: &Actor,
        id: AccessTokenId,
    ) -> Result<AccessToken, AppError> {
        self.permit(actor, Operation::GetAccessToken)?;
        let vendor_id = self.scope.vendor_id;
        let token = self.store.access_token_get(vendor_id, id).await?;
        token.ok_or_else(|| Refused::from(AccessTokenRefusal::NotFound).into())
    }

    /// Access tokens, newest first.
    pub async fn access_token_list(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<AccessToken>, AppError> {
        self.permit(actor, Operation::ListAccessTokens)?;
        let vendor_id = self.scope.vendor_id;
        Ok(self.store.access_token_list(vendor_id, page).await?)
    }

    /// Who comes with this access token; none if it opens nothing.
    pub async fn token_holder(&self, token: &Token) -> Result<Option<Actor>, AppError> {
        let (now, digest) = (self.now(), token.digest());
        let known = match self.access_tokens.get(&digest, now) {
            Some(known) => known,
            None => {
                let vendor_id = self.scope.vendor_id;
                let found = self.store.access_token_by_digest(vendor_id, &digest);
                let Some(found) = found.await? else {
                    return Ok(None);
                };
                let noted = found.last_used_at;
                if noted.is_none_or(|at| now >= at.plus_millis(NOTED_AFTER_MILLIS)) {
                    self.log.note(Seen::AccessToken(found.id, now));
                }
                self.access_tokens.put(digest, now, found.clone());
                found
            }
        };
        let vendor_id = self.scope.vendor_id;
        Ok(known.lets_in(now).then(|| known.actor(vendor_id)))
    }
}
