//! The examples of the published formats, byte for byte.

use std::num::NonZeroUsize;

use latchkey_verify::PublicKey;
use latchkey_verify::checkpoint::{Checkpoint, CheckpointError};
use latchkey_verify::dsse::{DsseError, Envelope, pae};
use latchkey_verify::note::{NoteError, NoteKey, SignedNote};

/// github.com/secure-systems-lab/dsse, protocol.md.
#[test]
fn the_dsse_specification_s_example() {
    assert_eq!(
        pae("http://example.com/HelloWorld", b"hello world"),
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    );
    let envelope = Envelope::parse(
        br#"{"payload": "aGVsbG8gd29ybGQ=",
 "payloadType": "http://example.com/HelloWorld",
 "signatures": [{"sig": "A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA=="}]}"#,
    )
    .unwrap();
    // That example is signed with ECDSA, so no key of ours can have made it.
    let key = PublicKey::from_bytes([7; 32]);
    let refused = envelope.verify("http://example.com/HelloWorld", &[key], NonZeroUsize::MIN);
    assert_eq!(refused, Err(DsseError::UnknownKey));
}

/// c2sp.org/signed-note, and golang.org/x/mod/sumdb/note, from which it comes.
#[test]
fn the_signed_note_examples() {
    let examples = [
        (
            "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
            "This is an example message.\n",
            "\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
        ),
        (
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
            "\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
        ),
    ];
    for (vkey, text, signature) in examples {
        let key = NoteKey::from_vkey(vkey).unwrap();
        assert_eq!(key.to_vkey(), vkey);
        let note = format!("{text}\n{signature}");
        let keys = [key];
        assert_eq!(
            SignedNote::parse(&note).unwrap().verify(&keys),
            Ok((text, vec![0]))
        );
        let changed = note.replacen('i', "j", 1);
        let refused = SignedNote::parse(&changed).unwrap().verify(&keys);
        assert_eq!(refused, Err(NoteError::WrongSignature));
        assert_eq!(
            SignedNote::parse(&note).unwrap().verify(&[]),
            Err(NoteError::UnknownKey)
        );
    }
}

#[test]
fn a_note_with_signatures_of_strangers_is_accepted_for_the_one_that_is_known() {
    let note = "This is an example message.\n\n\u{2014} example.com/foo AAAAAAAA\n\u{2014} stranger Uw2QOkn8\n\u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let key =
        NoteKey::from_vkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    assert!(
        SignedNote::parse(note)
            .unwrap()
            .verify(&[key.unwrap()])
            .is_ok()
    );
}

#[test]
fn what_is_not_a_note_is_refused() {
    for text in [
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\n\n",
        "text\n\n- a AAAAAAAA\n",
        "text\n\n\u{2014} a AAAAAAAA",
        "text\n\n\u{2014} a+b AAAAAAAA\n",
        "text\n\n\u{2014} a AAAA\n",
        "text\n\n\u{2014} a !\n",
        "te\rxt\n\n\u{2014} a AAAAAAAA\n",
        "text\n\n\u{2014}  AAAAAAAA\n",
    ] {
        assert_eq!(
            SignedNote::parse(text),
            Err(NoteError::Malformed),
            "{text:?}"
        );
    }
    let many = |count: usize| format!("text\n\n{}", "\u{2014} a AAAAAAAA\n".repeat(count));
    assert!(SignedNote::parse(&many(16)).is_ok());
    assert_eq!(
        SignedNote::parse(&many(17)),
        Err(NoteError::TooManySignatures)
    );
}

/// c2sp.org/tlog-checkpoint.
#[test]
fn the_checkpoint_example() {
    let text =
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    let checkpoint = Checkpoint::parse(text).unwrap();
    assert_eq!(
        (checkpoint.origin.as_str(), checkpoint.size),
        ("example.com/behind-the-sofa", 20_852_163)
    );
    assert_eq!(checkpoint.to_text(), text);
    assert!(Checkpoint::parse(&format!("{text}extension\n")).is_ok());
    for bad in [
        text.replace("20852163", "020852163"),
        text.replace("20852163", "+20852163"),
        text.replace("20852163", ""),
        text.replace("CsUY", ""),
        format!("{text}\n"),
        text.trim_end().to_owned(),
        text.replace("20852163", "99999999999999999999"),
    ] {
        assert_eq!(
            Checkpoint::parse(&bad),
            Err(CheckpointError::Malformed),
            "{bad:?}"
        );
    }
}
