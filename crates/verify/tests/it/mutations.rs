//! No altered file is ever accepted with other grants: exhaustively for single bits, and for
//! random edits.

use latchkey_verify::checkpoint::Checkpoint;
use latchkey_verify::dsse::Envelope;
use latchkey_verify::note::{NoteKey, SignedNote};
use latchkey_verify::{Grants, Machine, RootKey, verify_license_file};
use proptest::prelude::*;

use crate::golden;

/// Accepted files, each with its root key, time and machine, and what they grant.
struct Original {
    name: String,
    file: Vec<u8>,
    root: RootKey,
    now: i64,
    grants: Grants,
}

fn originals() -> Vec<Original> {
    golden::accepted()
        .map(|case| Original {
            grants: case.verify().unwrap(),
            name: case.name,
            file: case.file,
            root: case.root,
            now: case.now,
        })
        .collect()
}

impl Original {
    fn check(&self, altered: &[u8]) -> bool {
        match verify_license_file(altered, &self.root, self.now, Machine::NotChecked) {
            Ok(grants) => {
                assert_eq!(
                    grants, self.grants,
                    "an altered file was accepted with other grants"
                );
                true
            }
            Err(_) => false,
        }
    }
}

/// Whether a place is inside the member name "keyid", the one thing in a file that may read
/// otherwise: an absent key id means that every key is tried.
fn in_key_id_name(file: &[u8], at: usize) -> bool {
    (at.saturating_sub(6)..at).any(|start| file[start..].starts_with(b"\"keyid\""))
}

/// Two threads share the bits of each file; the other accepted files differ from these two in
/// nothing that matters here.
#[test]
fn no_single_bit_can_be_flipped_to_other_grants() {
    let all = originals();
    let exhaustive = ["first-entry", "issuer-of-product-void-later"];
    for original in all
        .iter()
        .filter(|original| exhaustive.contains(&original.name.as_str()))
    {
        std::thread::scope(|scope| {
            for half in 0..2 {
                scope.spawn(move || {
                    let mut altered = original.file.clone();
                    for at in (half..altered.len()).step_by(2) {
                        for bit in 0..8 {
                            altered[at] ^= 1 << bit;
                            let accepted = original.check(&altered);
                            altered[at] ^= 1 << bit;
                            assert!(
                                !accepted || in_key_id_name(&original.file, at),
                                "{}: bit {bit} of byte {at} can be flipped",
                                original.name
                            );
                        }
                    }
                });
            }
        });
    }
    assert_eq!(
        all.iter()
            .filter(|o| exhaustive.contains(&o.name.as_str()))
            .count(),
        2
    );
}

fn altered(file: &[u8], edits: &[(prop::sample::Index, u8, Edit)]) -> Vec<u8> {
    let mut bytes = file.to_vec();
    for (at, byte, edit) in edits {
        let at = at.index(bytes.len().max(1));
        match edit {
            Edit::Set if at < bytes.len() => bytes[at] = *byte,
            Edit::Insert => bytes.insert(at, *byte),
            Edit::Remove if at < bytes.len() => drop(bytes.remove(at)),
            Edit::Cut => bytes.truncate(at),
            Edit::Repeat => {
                let tail = bytes[at.saturating_sub(usize::from(*byte))..at].to_vec();
                bytes.splice(at..at, tail);
            }
            _ => (),
        }
    }
    bytes
}

#[derive(Debug, Clone, Copy)]
enum Edit {
    Set,
    Insert,
    Remove,
    Cut,
    Repeat,
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, u8, Edit)>> {
    let edit = prop_oneof![
        6 => Just(Edit::Set), 3 => Just(Edit::Insert), 3 => Just(Edit::Remove),
        1 => Just(Edit::Cut), 1 => Just(Edit::Repeat),
    ];
    let byte = prop_oneof![
        any::<u8>(),
        prop::sample::select(b"{}[]\":,0123456789AZaz+/=\\- \n".to_vec())
    ];
    prop::collection::vec((any::<prop::sample::Index>(), byte, edit), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_are_never_accepted_with_other_grants(edits in edits()) {
        thread_local!(static ORIGINALS: Vec<Original> = originals());
        ORIGINALS.with(|originals| for original in originals {
            original.check(&altered(&original.file, &edits));
        });
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), text in "\\PC{0,200}") {
        let root = RootKey::from_bytes(crate::sample::root().verifying_key().to_bytes()).unwrap();
        prop_assert!(verify_license_file(&bytes, &root, 0, Machine::NotChecked).is_err());
        prop_assert!(verify_license_file(text.as_bytes(), &root, i64::MAX, Machine::Code(&text)).is_err());
        let _ = Envelope::parse(&bytes);
        let _ = SignedNote::parse(&text);
        let _ = Checkpoint::parse(&text);
        let _ = NoteKey::from_vkey(&text);
        let _ = RootKey::parse(&text);
        let _ = RootKey::from_pem(&text);
    }

    #[test]
    fn json_like_texts_never_panic(text in r#"([\{\}\[\]":,0-9a-z\\ .eE-]|"format":"latchkey-license-file/1"|"license":|"trust":){0,80}"#) {
        let root = RootKey::from_bytes(crate::sample::root().verifying_key().to_bytes()).unwrap();
        prop_assert!(verify_license_file(text.as_bytes(), &root, i64::MIN, Machine::NotChecked).is_err());
    }
}
