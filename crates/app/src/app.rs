//! An open store with its keys: what all use cases are functions of.

use std::path::Path;
use std::sync::Arc;

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::vendor::VendorUrl;
use latchkey_domain::{Clock, Random, Timestamp, VendorId};
use latchkey_store::{Scope, Store, StoreUrl};

use crate::AppError;
use crate::access_token::Remembered;
use crate::mail::Mail;
use crate::passkey::Passkeys;
use crate::password::Hasher;
use crate::sign_in_service::SignInService;
use crate::tries::Tries;
use crate::user::People;
use crate::validation::{Log, Signers};
use crate::vault::Vault;
use crate::vendor::Believed;
use crate::webhook::PostMessages;

/// An open store with its keys.
pub struct App {
    pub(crate) store: Arc<Store>,
    pub(crate) scope: Scope,
    pub(crate) url: Option<VendorUrl>,
    pub(crate) vault: Arc<Vault>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) random: Arc<dyn Random>,
    pub(crate) owner: Actor,
    pub(crate) hasher: Arc<Hasher>,
    pub(crate) tries: Tries,
    pub(crate) resets: Tries,
    pub(crate) mail: Option<Mail>,
    pub(crate) sign_in_service: Option<SignInService>,
    pub(crate) passkeys: Passkeys,
    pub(crate) people: People,
    pub(crate) access_tokens: Remembered,
    pub(crate) signers: Signers,
    pub(crate) log: Log,
    pub(crate) believed: Believed,
    pub(crate) webhooks: Option<Arc<dyn PostMessages>>,
}

impl App {
    /// The owner of the vendor, who acts in a store that is theirs alone.
    #[must_use]
    pub fn owner(&self) -> Actor {
        self.owner.clone()
    }

    /// Whose store it is.
    #[must_use]
    pub fn vendor_id(&self) -> VendorId {
        self.scope.vendor_id
    }

    /// The address under which people reach the vendor, where one was given.
    #[must_use]
    pub fn url(&self) -> Option<&VendorUrl> {
        self.url.as_ref()
    }

    /// An actor who is nobody known; may do nothing.
    #[must_use]
    pub fn stranger(&self) -> Actor {
        Actor {
            role: Role::Stranger,
            name: "Stranger".into(),
            ..self.owner.clone()
        }
    }

    /// The same, and letters can be sent.
    #[must_use]
    pub fn with_mail(mut self, mail: Mail) -> Self {
        self.mail = Some(mail);
        self
    }

    /// The same, and people can sign in by this service.
    #[must_use]
    pub fn with_sign_in_service(mut self, service: SignInService) -> Self {
        self.sign_in_service = Some(service);
        self
    }

    /// The same, and people can sign in with passkeys that are asked for so; or they cannot, for this reason.
    #[must_use]
    pub fn with_passkeys(mut self, passkeys: Passkeys) -> Self {
        self.passkeys = passkeys;
        self
    }

    /// The same, and webhooks are sent what happens, by this way.
    #[must_use]
    pub fn with_webhooks(mut self, post: Arc<dyn PostMessages>) -> Self {
        self.webhooks = Some(post);
        self
    }

    /// The present moment.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Where the store is.
    #[must_use]
    pub fn store_url(&self) -> &StoreUrl {
        self.store.url()
    }

    /// Answers if the store does.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn ping(&self) -> Result<(), AppError> {
        Ok(self.store.ping().await?)
    }

    /// Writes a copy of an embedded store to a new file while it is being used.
    ///
    /// # Errors
    /// If the file cannot be written, or the store is not an embedded one.
    pub async fn backup(&self, to: &Path) -> Result<(), AppError> {
        Ok(self.store.backup(to).await?)
    }

    /// Finishes what was accepted, and closes the store.
    pub async fn close(self) {
        close(self.end().await).await;
    }

    /// Finishes what was accepted for this vendor.
    pub(crate) async fn end(self) -> Arc<Store> {
        self.log.close().await;
        self.store
    }
}

/// Closes a store that nobody else uses.
pub(crate) async fn close(store: Arc<Store>) {
    match Arc::try_unwrap(store) {
        Ok(store) => store.close().await,
        Err(_) => tracing::error!("the store was still in use when it was to be closed"),
    }
}
