//! Opening the store a command works on.

use std::sync::Arc;

use anyhow::Result;
use latchkey_app::{App, AppConfig, Vendors};
use latchkey_keys::SealingKey;
use latchkey_store::StoreUrl;

use crate::ambient::{SystemClock, SystemRandom};
use crate::arguments::StoreArguments;
use crate::place::Place;

/// Opens the store that was meant, with all its vendors.
pub(crate) async fn open(arguments: &StoreArguments) -> Result<Vendors> {
    open_fitted(arguments, |app| app).await
}

/// Opens it, and gives each vendor what it needs to serve.
pub(crate) async fn open_fitted(
    arguments: &StoreArguments,
    fit: impl Fn(App) -> App + Send + Sync + 'static,
) -> Result<Vendors> {
    let place = Place::find(arguments)?;
    let config = config(&place.store, place.sealing_key().await?);
    Ok(Vendors::open(config, fit).await?)
}

/// Opens the store at a place.
pub(crate) async fn open_at(place: &Place) -> Result<Vendors> {
    open_with(&place.store, place.sealing_key().await?).await
}

/// Opens a store with its sealing key.
pub(crate) async fn open_with(store: &StoreUrl, sealing_key: SealingKey) -> Result<Vendors> {
    Ok(Vendors::open(config(store, sealing_key), |app| app).await?)
}

fn config(store: &StoreUrl, sealing_key: SealingKey) -> AppConfig {
    AppConfig {
        store_url: store.clone(),
        sealing_key,
        clock: Arc::new(SystemClock),
        random: Arc::new(SystemRandom),
    }
}
