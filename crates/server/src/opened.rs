//! Opening the store a command works on.

use std::sync::Arc;

use anyhow::Result;
use latchkey_app::{App, AppConfig};
use latchkey_keys::SealingKey;
use latchkey_store::StoreUrl;

use crate::ambient::{SystemClock, SystemRandom};
use crate::arguments::StoreArguments;
use crate::place::Place;

/// Opens the store that was meant.
pub(crate) async fn open(arguments: &StoreArguments) -> Result<App> {
    open_at(&Place::find(arguments)?).await
}

/// Opens the store at a place.
pub(crate) async fn open_at(place: &Place) -> Result<App> {
    open_with(&place.store, place.sealing_key().await?).await
}

/// Opens a store with its sealing key.
pub(crate) async fn open_with(store: &StoreUrl, sealing_key: SealingKey) -> Result<App> {
    let config = AppConfig {
        store_url: store.clone(),
        sealing_key,
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    };
    Ok(App::open(config).await?)
}
