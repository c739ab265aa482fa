//! What the service says about itself: its addresses and its keys. Asked for when it is needed, and kept for a while.

use std::sync::Arc;

use openidconnect::IssuerUrl;
use openidconnect::core::CoreProviderMetadata;
use tokio::sync::Mutex;

use crate::http::Http;
use crate::{OidcError, chain};

/// For how long it is believed.
const BELIEVED_SECONDS: i64 = 600;
/// For how long nobody asks again after it was not answered.
const PAUSE_SECONDS: i64 = 5;
/// How old it has to be before an unknown key is a reason to ask again.
const RENEWED_AFTER_SECONDS: i64 = 10;

/// What the service said when it was last asked.
pub(crate) struct Document {
    issuer: IssuerUrl,
    last: Mutex<Option<Last>>,
}

struct Last {
    asked_at: i64,
    said: Result<Arc<CoreProviderMetadata>, String>,
}

impl Document {
    pub(crate) fn new(issuer: IssuerUrl) -> Self {
        Self {
            issuer,
            last: Mutex::new(None),
        }
    }

    /// What it says, perhaps as it said a while ago.
    pub(crate) async fn get(
        &self,
        http: &Http,
        now: i64,
    ) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        self.younger_than(http, now, BELIEVED_SECONDS).await
    }

    /// What it says now: it may have other keys.
    pub(crate) async fn anew(
        &self,
        http: &Http,
        now: i64,
    ) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        self.younger_than(http, now, RENEWED_AFTER_SECONDS).await
    }

    async fn younger_than(
        &self,
        http: &Http,
        now: i64,
        seconds: i64,
    ) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        // Those who come meanwhile wait, instead of asking as well.
        let mut last = self.last.lock().await;
        let known = last.as_ref().filter(|last| {
            let lasts = if last.said.is_ok() {
                seconds
            } else {
                PAUSE_SECONDS
            };
            (0..lasts).contains(&now.saturating_sub(last.asked_at))
        });
        let said = match known {
            Some(last) => last.said.clone(),
            None => {
                let found = CoreProviderMetadata::discover_async(self.issuer.clone(), http).await;
                let said = found.map(Arc::new).map_err(|error| chain(&error));
                *last = Some(Last {
                    asked_at: now,
                    said: said.clone(),
                });
                said
            }
        };
        said.map_err(OidcError::Away)
    }
}
