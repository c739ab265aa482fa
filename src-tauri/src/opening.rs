//! Opening the store: the sealing key first, then the store, then the router before it.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Duration;

use latchkey_domain::random::Random as _;
use latchkey_domain::refusal::Refusal as _;
use latchkey_keys::{KeyChoice, KeyError, KeyPlace, Passphrase, SealingKey, seal_file_of};
use latchkey_store::StoreUrl;

use crate::ambient::{SystemRandom, data_folder};
use crate::connection::Connection;
use crate::desk::Phase;
use crate::embedded::{self, Embedded};
use crate::place::Place;
use crate::remote::Remote;
use crate::root_key;
use crate::settings::Settings;
use crate::start::Trouble;

/// How long a person has to unlock the keychain.
const KEYCHAIN_WAIT: Duration = Duration::from_secs(120);

/// How often a store that is in use is tried again, and how long it is waited before: three seconds
/// in all.
const STORE_TRIES: u32 = 15;
const STORE_WAIT: Duration = Duration::from_millis(200);

/// Opens a store; what it answers is how far it came.
pub(crate) async fn open(
    settings: Settings,
    place: Place,
    passphrase: Option<Passphrase>,
) -> Phase {
    let opened = match &place {
        Place::Server { address, pin } => Remote::open(address, *pin)
            .await
            .map(|remote| Phase::Ready {
                connection: Connection::remote(remote),
                store: None,
            })
            .map_err(|refusal| Phase::Failed(refusal.into_trouble())),
        Place::Own | Place::Store { .. } => {
            embedded_in(settings, place, passphrase).await.map(ready)
        }
    };
    opened.unwrap_or_else(|phase| phase)
}

/// Opens a store again that was open a moment ago.
pub(crate) async fn open_again(url: StoreUrl, key: SealingKey) -> Phase {
    let opened = once_it_is_free(url, key).await;
    opened.map_or_else(Phase::Failed, ready)
}

fn ready(embedded: Embedded) -> Phase {
    Phase::Ready {
        connection: Connection::embedded(embedded.router),
        store: Some(embedded.store),
    }
}

async fn embedded_in(
    settings: Settings,
    place: Place,
    typed: Option<Passphrase>,
) -> Result<Embedded, Phase> {
    let of = (settings.clone(), place.clone());
    let prepared = tokio::task::spawn_blocking(move || prepare(&of.0, &of.1, typed))
        .await
        .map_err(|error| Phase::Failed(trouble_of("internal", &error, None)))?;
    let (store_url, key) = prepared?;
    let embedded = once_it_is_free(store_url, key)
        .await
        .map_err(Phase::Failed)?;
    if let Err(error) = root_key::keep(&settings, &place, &embedded).await {
        tracing::warn!("the root key is not remembered: {error:#}");
    }
    Ok(embedded)
}

/// Opens the store; one that a program holds which is ending is waited for.
async fn once_it_is_free(store_url: StoreUrl, key: SealingKey) -> Result<Embedded, Trouble> {
    let mut tries = 0..STORE_TRIES;
    loop {
        match embedded::open(store_url.clone(), key.clone()).await {
            Err(trouble) if trouble.code == "store_in_use" && tries.next().is_some() => {
                tokio::time::sleep(STORE_WAIT).await;
            }
            opened => return opened,
        }
    }
}

/// What can be done only while blocking: folders, the keychain, stretching a passphrase.
fn prepare(
    settings: &Settings,
    place: &Place,
    typed: Option<Passphrase>,
) -> Result<(StoreUrl, SealingKey), Phase> {
    // What the program was started with concerns its own store alone.
    let (store, passphrase_file) = match place {
        Place::Store { path } => (StoreUrl::Sqlite(path.clone()), None),
        _ => (
            address(settings).map_err(Phase::Failed)?,
            settings.passphrase_file.as_deref(),
        ),
    };
    let store = match store {
        StoreUrl::Sqlite(path) => StoreUrl::file(&with_folder(&path).map_err(Phase::Failed)?),
        other => other,
    };
    let choice = key_choice(passphrase_file, &store, typed).map_err(Phase::Failed)?;
    let key = choice
        .sealing_key(&mut |bytes: &mut [u8]| SystemRandom.fill(bytes))
        .map_err(|error| without_key(&choice, &error))?;
    Ok((store, key))
}

fn address(settings: &Settings) -> Result<StoreUrl, Trouble> {
    match &settings.store {
        Some(url) => StoreUrl::parse(url).map_err(|error| {
            let fix = error.fix();
            trouble_of(error.code(), &error, fix)
        }),
        None => {
            let folder =
                data_folder().map_err(|error| trouble_of("store_url", error.as_ref(), None))?;
            Ok(StoreUrl::file(&folder.join("latchkey.db")))
        }
    }
}

/// The same file by its one canonical path, its folder made if it was missing.
fn with_folder(path: &Path) -> Result<PathBuf, Trouble> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let told = |error: std::io::Error| Trouble {
        code: "store_not_writable".to_owned(),
        sentences: vec![format!(
            "The folder {} cannot be used: {error}.",
            folder.display()
        )],
        fix: Some("Choose a folder that you may write to.".to_owned()),
    };
    make_folder(folder).map_err(told)?;
    Ok(folder
        .canonicalize()
        .map_err(told)?
        .join(path.file_name().unwrap_or_default()))
}

/// Makes a folder that only its owner may enter; one that is there stays as it is.
pub(crate) fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The sealed file, opened by a passphrase, in which the key of a database is kept on this computer.
///
/// # Errors
/// If the user has no folder for it.
pub(crate) fn sealed_file_of_database(
    database: &StoreUrl,
    passphrase: Passphrase,
) -> anyhow::Result<KeyPlace> {
    make_folder(&data_folder()?)?;
    let choice = key_choice(None, database, Some(passphrase));
    let choice = choice.map_err(|trouble| anyhow::anyhow!(trouble.sentences.join(": ")))?;
    Ok(choice.place()?)
}

fn key_choice(
    passphrase_file: Option<&Path>,
    store: &StoreUrl,
    typed: Option<Passphrase>,
) -> Result<KeyChoice, Trouble> {
    let passphrase = match (typed, passphrase_file) {
        (Some(typed), _) => Some(typed),
        (None, Some(path)) => Some(passphrase_in(path)?),
        (None, None) => None,
    };
    let (account, seal_file, store_exists) = match store {
        StoreUrl::Sqlite(path) => {
            let exists = std::fs::metadata(path).is_ok_and(|about| about.len() > 0);
            (path.display().to_string(), seal_file_of(path), exists)
        }
        StoreUrl::Postgres(_) => {
            let account = store.to_string();
            let folder =
                data_folder().map_err(|error| trouble_of("store_url", error.as_ref(), None))?;
            let name: String = account
                .chars()
                .map(|sign| {
                    if sign.is_ascii_alphanumeric() {
                        sign
                    } else {
                        '_'
                    }
                })
                .collect();
            (account, seal_file_of(&folder.join(name)), false)
        }
    };
    Ok(KeyChoice {
        account,
        seal_file,
        passphrase,
        store_exists,
        wait: KEYCHAIN_WAIT,
    })
}

fn passphrase_in(path: &Path) -> Result<Passphrase, Trouble> {
    let text = std::fs::read_to_string(path).map_err(|error| Trouble {
        code: "passphrase_file".to_owned(),
        sentences: vec![format!(
            "The passphrase file {} cannot be read: {error}.",
            path.display()
        )],
        fix: Some("Check the path, and that you may read the file.".to_owned()),
    })?;
    let line = text.lines().next().unwrap_or_default();
    Passphrase::new(line).map_err(|error| key_trouble(&error))
}

/// A missing or wrong passphrase is asked for; everything else is told.
fn without_key(choice: &KeyChoice, error: &KeyError) -> Phase {
    let sealed = choice.seal_file.exists();
    match error {
        KeyError::PassphraseNeeded { .. } => Phase::Passphrase {
            new: false,
            keychain: None,
            trouble: None,
        },
        KeyError::PassphraseWrong { .. } => Phase::Passphrase {
            new: false,
            keychain: None,
            trouble: Some(key_trouble(error)),
        },
        KeyError::PassphraseTooShort { .. } | KeyError::PassphraseTooLong { .. } => {
            Phase::Passphrase {
                new: !sealed,
                keychain: None,
                trouble: Some(key_trouble(error)),
            }
        }
        KeyError::KeychainAbsent(_) if !choice.store_exists => Phase::Passphrase {
            new: true,
            keychain: None,
            trouble: None,
        },
        // Not every session has somebody or something that could unlock it, so both ways are open.
        KeyError::KeychainLocked(_) | KeyError::KeychainSilent { .. } if !choice.store_exists => {
            Phase::Passphrase {
                new: true,
                keychain: Some(key_trouble(error)),
                trouble: None,
            }
        }
        _ => Phase::Failed(key_trouble(error)),
    }
}

fn key_trouble(error: &KeyError) -> Trouble {
    trouble_of(error.code(), error, Some(error.fix().to_owned()))
}

pub(crate) fn trouble_of(code: &str, error: &dyn Error, fix: Option<String>) -> Trouble {
    let mut sentences = vec![error.to_string()];
    let mut source = error.source();
    while let Some(error) = source {
        let sentence = error.to_string();
        // Some errors repeat their cause in their own sentence.
        if !sentences.iter().any(|told| told.contains(&sentence)) {
            sentences.push(sentence);
        }
        source = error.source();
    }
    Trouble {
        code: code.to_owned(),
        sentences,
        fix,
    }
}
