//! The vendor's public root key, remembered beside the user's data: with it a license file can be
//! checked while the store cannot be opened.

use std::path::PathBuf;

use latchkey_verify::RootKey;

use crate::embedded::Embedded;
use crate::place::Place;
use crate::settings::Settings;
use crate::{ambient, instance_name, opening, whole_file};

/// The key remembered of a store.
pub(crate) fn kept(settings: &Settings, place: &Place) -> Option<RootKey> {
    let pem = std::fs::read_to_string(file(settings, place).ok()?).ok()?;
    RootKey::from_pem(&pem).ok()
}

/// Remembers the key of a store that was opened.
pub(crate) async fn keep(
    settings: &Settings,
    place: &Place,
    opened: &Embedded,
) -> anyhow::Result<()> {
    let pem = opened.store.app.root_key(&opened.owner).await?.pem;
    let path = file(settings, place)?;
    if std::fs::read_to_string(&path).is_ok_and(|kept| kept == pem) {
        return Ok(());
    }
    opening::make_folder(&ambient::data_folder()?)?;
    Ok(whole_file::write(&path, pem.as_bytes())?)
}

fn file(settings: &Settings, place: &Place) -> anyhow::Result<PathBuf> {
    let of = match place {
        Place::Own => instance_name(settings.store.as_deref()),
        other => instance_name(Some(&other.id())),
    };
    Ok(ambient::data_folder()?.join(format!("{of}.root.pem")))
}
