//! The passphrase-sealed file: argon2id stretches the passphrase, XChaCha20-Poly1305 seals the key.
//!
//! The file is JSON. From the passphrase come 40 bytes: 32 open the key, 8 stand in the file as
//! `check`, which tells a wrong passphrase from a damaged file. The parameters are bounded when
//! read, so that an altered file can neither weaken a new one nor exhaust the machine; they are
//! also bound to the sealed key as associated data.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read as _, Write as _};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::Random;
use crate::error::KeyError;
use crate::passphrase::Passphrase;
use crate::seal::{SealingKey, open, seal};

const FORMAT: &str = "latchkey-seal-v1";
const KDF: &str = "argon2id";

/// What a new file is made with: about a fifth of a second on a small machine.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const LANES: u32 = 1;

/// What a file may ask for.
const MEMORY_KIB_ALLOWED: RangeInclusive<u32> = 19 * 1024..=1024 * 1024;
const PASSES_ALLOWED: RangeInclusive<u32> = 2..=16;
const LANES_ALLOWED: RangeInclusive<u32> = 1..=4;

const SALT_BYTES: usize = 16;
const CHECK_BYTES: usize = 8;

/// The most bytes a sealed file has; ours has some 400.
const MAX_FILE_BYTES: u64 = 4096;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SealFile {
    format: String,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    check: String,
    sealed: String,
}

/// The key in the file; `None` when there is no file.
pub(crate) fn find(path: &Path, passphrase: &Passphrase) -> Result<Option<SealingKey>, KeyError> {
    let text = match read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(source) => {
            return Err(KeyError::SealFileUnreadable {
                path: path.to_owned(),
                source,
            });
        }
    };
    let file = serde_json::from_slice(&text).map_err(|error| damaged(path, &error.to_string()))?;
    unseal(path, &file, passphrase).map(Some)
}

/// Seals a new key into a file that is not there yet; answers the key that the file holds, which
/// is another program's if that was quicker.
pub(crate) fn keep(
    path: &Path,
    passphrase: &Passphrase,
    key: SealingKey,
    random: Random<'_>,
) -> Result<SealingKey, KeyError> {
    passphrase.check_new()?;
    let failed = |source| KeyError::SealFileNotWritten {
        path: path.to_owned(),
        source,
    };
    let file = sealed(passphrase, &key, random).map_err(failed)?;
    let mut text = serde_json::to_vec_pretty(&file).map_err(|error| failed(error.into()))?;
    text.push(b'\n');
    let mut unique = [0; 8];
    random(&mut unique);
    write_new(path, &text, u64::from_le_bytes(unique)).map_err(failed)?;
    drop(key);
    // Whoever wrote it: what counts is what the file opens to.
    find(path, passphrase)?.ok_or_else(|| {
        failed(std::io::Error::new(
            ErrorKind::NotFound,
            "the new file is gone",
        ))
    })
}

fn sealed(
    passphrase: &Passphrase,
    key: &SealingKey,
    random: Random<'_>,
) -> std::io::Result<SealFile> {
    let mut salt = [0; SALT_BYTES];
    random(&mut salt);
    let mut file = SealFile {
        format: FORMAT.to_owned(),
        kdf: KDF.to_owned(),
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: LANES,
        salt: BASE64.encode(salt),
        check: String::new(),
        sealed: String::new(),
    };
    let (opening, check) = stretch(&file, &salt, passphrase).map_err(std::io::Error::other)?;
    file.check = BASE64.encode(check);
    file.sealed = BASE64.encode(seal(&opening, aad(&file).as_bytes(), key.expose(), random));
    Ok(file)
}

fn unseal(path: &Path, file: &SealFile, passphrase: &Passphrase) -> Result<SealingKey, KeyError> {
    if file.format != FORMAT || file.kdf != KDF {
        return Err(damaged(
            path,
            "it has a format that this version does not know",
        ));
    }
    for (name, value, allowed) in [
        ("memory_kib", file.memory_kib, MEMORY_KIB_ALLOWED),
        ("passes", file.passes, PASSES_ALLOWED),
        ("lanes", file.lanes, LANES_ALLOWED),
    ] {
        if !allowed.contains(&value) {
            let (least, most) = allowed.into_inner();
            let what = format!("{name} is {value}, which is not between {least} and {most}");
            return Err(damaged(path, &what));
        }
    }
    let salt: [u8; SALT_BYTES] = bytes(path, "salt", &file.salt)?;
    let expected: [u8; CHECK_BYTES] = bytes(path, "check", &file.check)?;
    let sealed = BASE64
        .decode(&file.sealed)
        .map_err(|_| damaged(path, "sealed is not base64"))?;
    let (opening, check) =
        stretch(file, &salt, passphrase).map_err(|error| damaged(path, &error.to_string()))?;
    // Its value is public, so comparing it in constant time would hide nothing.
    if check != expected {
        return Err(KeyError::PassphraseWrong {
            path: path.to_owned(),
        });
    }
    let key = open(&opening, aad(file).as_bytes(), &sealed)
        .map_err(|error| damaged(path, &error.to_string()))?;
    let mut key: [u8; 32] = key
        .as_slice()
        .try_into()
        .map_err(|_| damaged(path, "the key has a wrong length"))?;
    Ok(SealingKey::take(&mut key))
}

/// The key that opens the file, and its check.
fn stretch(
    file: &SealFile,
    salt: &[u8],
    passphrase: &Passphrase,
) -> Result<(SealingKey, [u8; CHECK_BYTES]), argon2::Error> {
    let mut output = Zeroizing::new([0; 32 + CHECK_BYTES]);
    let params = Params::new(file.memory_kib, file.passes, file.lanes, Some(output.len()))?;
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(
        passphrase.bytes(),
        salt,
        output.as_mut_slice(),
    )?;
    let mut key = Zeroizing::new([0; 32]);
    let mut check = [0; CHECK_BYTES];
    let (for_key, for_check) = output.split_at(32);
    key.copy_from_slice(for_key);
    check.copy_from_slice(for_check);
    Ok((SealingKey::take(&mut key), check))
}

fn aad(file: &SealFile) -> String {
    let SealFile {
        format,
        kdf,
        memory_kib,
        passes,
        lanes,
        salt,
        check,
        sealed: _,
    } = file;
    format!("{format} {kdf} {memory_kib} {passes} {lanes} {salt} {check}")
}

fn bytes<const N: usize>(path: &Path, name: &str, text: &str) -> Result<[u8; N], KeyError> {
    BASE64
        .decode(text)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| damaged(path, &format!("{name} is not {N} bytes in base64")))
}

fn damaged(path: &Path, what: &str) -> KeyError {
    KeyError::SealFileDamaged {
        path: path.to_owned(),
        what: what.to_owned(),
    }
}

fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(path)?
        .take(MAX_FILE_BYTES)
        .read_to_end(&mut text)?;
    Ok(text)
}

/// Writes a whole file that only its owner may read, or none: first under another name, then
/// linked to its own, which fails where there already is one. A file that is there stays.
fn write_new(path: &Path, text: &[u8], unique: u64) -> std::io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{unique:016x}.new"));
    let unfinished = PathBuf::from(name);
    let result = write_synced(&unfinished, text).and_then(|()| {
        match fs::hard_link(&unfinished, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
            // Some file systems have no links. There the last step can be seen half done, by
            // nobody but a second first start at the very same moment.
            Err(_) => write_synced(path, text),
            Ok(()) => Ok(()),
        }
    });
    let cleaned = fs::remove_file(&unfinished);
    result?;
    cleaned?;
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn write_synced(path: &Path, text: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(text)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::place::{KeyPlace, find, sealing_key};

    fn random() -> impl FnMut(&mut [u8]) {
        let mut next = 40_u8;
        move |buffer| {
            for byte in buffer {
                next = next.wrapping_mul(5).wrapping_add(7);
                *byte = next;
            }
        }
    }

    struct Home {
        folder: tempfile::TempDir,
    }

    impl Home {
        fn new() -> Self {
            Self {
                folder: tempfile::tempdir().unwrap(),
            }
        }

        fn path(&self) -> PathBuf {
            self.folder.path().join("latchkey.db.seal")
        }

        fn place(&self, passphrase: &str) -> KeyPlace {
            KeyPlace::PassphraseFile {
                path: self.path(),
                passphrase: Passphrase::new(passphrase).unwrap(),
            }
        }
    }

    const PASSPHRASE: &str = "correct horse battery";

    #[test]
    fn the_same_passphrase_gives_the_same_key_again() {
        let home = Home::new();
        let place = home.place(PASSPHRASE);
        assert!(find(&place).unwrap().is_none());
        let made = sealing_key(&place, &mut random()).unwrap();
        let again = sealing_key(&place, &mut |_: &mut [u8]| panic!("nothing new is made")).unwrap();
        assert_eq!(made.expose(), again.expose());
        assert_eq!(
            fs::read_dir(home.folder.path()).unwrap().count(),
            1,
            "nothing is left behind"
        );
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_may_read_the_file_and_the_key_is_not_in_it() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = Home::new();
        let key = sealing_key(&home.place(PASSPHRASE), &mut random()).unwrap();
        assert_eq!(
            fs::metadata(home.path()).unwrap().permissions().mode() & 0o777,
            0o600
        );
        let text = fs::read_to_string(home.path()).unwrap();
        assert!(!text.contains(&BASE64.encode(key.expose())));
    }

    #[test]
    fn a_wrong_passphrase_is_told_from_a_damaged_file() {
        let home = Home::new();
        sealing_key(&home.place(PASSPHRASE), &mut random()).unwrap();
        let error = find(&home.place("correct horse batterie")).unwrap_err();
        assert_eq!(error.code(), "passphrase_wrong");

        let whole = fs::read_to_string(home.path()).unwrap();
        for (from, to) in [
            ("latchkey-seal-v1", "latchkey-seal-v2"),
            ("\"memory_kib\": 65536", "\"memory_kib\": 8"),
            ("\"memory_kib\": 65536", "\"memory_kib\": 4000000000"),
            ("\"passes\": 3", "\"passes\": 1"),
            ("\"sealed\": \"", "\"sealed\": \"AAAA"),
            ("\"salt\": \"", "\"salt\": \"AAAA"),
            ("{", "{\"extra\": 1,"),
            ("}", ""),
        ] {
            fs::write(home.path(), whole.replacen(from, to, 1)).unwrap();
            let error = find(&home.place(PASSPHRASE)).unwrap_err();
            assert_eq!(error.code(), "seal_file_damaged", "{from} -> {to}: {error}");
        }
    }

    #[test]
    fn a_short_passphrase_makes_no_file() {
        let home = Home::new();
        let error = sealing_key(&home.place("seven77"), &mut random()).unwrap_err();
        assert_eq!(error.code(), "passphrase_too_short");
        assert!(!home.path().exists());
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let home = Home::new();
        let place = KeyPlace::PassphraseFile {
            path: home.folder.path().join("missing/latchkey.db.seal"),
            passphrase: Passphrase::new(PASSPHRASE).unwrap(),
        };
        let error = sealing_key(&place, &mut random()).unwrap_err();
        assert_eq!(error.code(), "seal_file_not_written");
        assert!(error.to_string().contains("missing"), "{error}");
    }

    #[test]
    fn two_programs_that_start_at_once_get_the_same_key() {
        let home = Home::new();
        let place = home.place(PASSPHRASE);
        let keys: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4_u8)
                .map(|seed| {
                    let place = &place;
                    scope.spawn(move || {
                        let mut next = seed;
                        let mut random = |buffer: &mut [u8]| {
                            for byte in buffer {
                                next = next.wrapping_mul(5).wrapping_add(3);
                                *byte = next;
                            }
                        };
                        *sealing_key(place, &mut random).unwrap().expose()
                    })
                })
                .collect();
            threads
                .into_iter()
                .map(|thread| thread.join().unwrap())
                .collect()
        });
        assert!(keys.iter().all(|key| key == &keys[0]));
    }
}
