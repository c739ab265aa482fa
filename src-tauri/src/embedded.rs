//! The embedded store: use cases over a file, behind the router that answers for them.

use std::sync::Arc;

use latchkey_api::{Access, ApiState, Router};
use latchkey_app::{App, AppConfig, OpenError, Vendors};
use latchkey_domain::actor::Actor;
use latchkey_keys::SealingKey;
use latchkey_store::StoreUrl;

use crate::ambient::{SystemClock, SystemRandom};
use crate::opening::trouble_of;
use crate::start::Trouble;

/// An open store in this process.
#[derive(Clone)]
pub(crate) struct OpenStore {
    /// Held until the program ends, to close the store then.
    pub(crate) app: Arc<App>,
    /// Where it is.
    pub(crate) url: StoreUrl,
    /// What opens its private keys.
    pub(crate) key: SealingKey,
}

/// An open store and the router before it.
pub(crate) struct Embedded {
    /// The store.
    pub(crate) store: OpenStore,
    /// Who uses it.
    pub(crate) owner: Actor,
    /// Answers requests as the store's owner.
    pub(crate) router: Router,
}

/// Opens the store.
pub(crate) async fn open(url: StoreUrl, key: SealingKey) -> Result<Embedded, Trouble> {
    let app = App::open(AppConfig {
        store_url: url.clone(),
        sealing_key: key.clone(),
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    })
    .await
    .map_err(|error: OpenError| trouble_of(error.code(), &error, error.fix()))?;
    let app = Arc::new(app);
    let owner = app.owner();
    let router = latchkey_api::router(ApiState {
        vendors: Arc::new(Vendors::one(Arc::clone(&app))),
        access: Access::Everybody(owner.clone()),
    });
    let store = OpenStore { app, url, key };
    Ok(Embedded {
        store,
        owner,
        router,
    })
}
