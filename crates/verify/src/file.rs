//! The license file as a whole: the order in which its parts are checked.

use std::num::NonZeroUsize;

use crate::base64;
use crate::dsse::{DsseError, Envelope};
use crate::json::{self, JsonError, Object};
use crate::ledger::LedgerProof;
use crate::scanned::{SCANNED_LICENSE_FILE, unpacked};
use crate::{
    CLOCK_TOLERANCE_SECONDS, Document, Grants, KeyRole, KeyState, LICENSE_PAYLOAD_TYPE, PublicKey,
    Refusal, RootKey, TrustBundle, TrustedKey,
};

/// The value of `format` in a license file.
pub const FILE_FORMAT: &str = "latchkey-license-file/1";

/// The largest file that is read.
pub const MAX_FILE_BYTES: usize = 64 * 1024;

const KNOWN_MEMBERS: [&str; 4] = ["format", "ledger", "license", "trust"];

/// Which machine asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Machine<'a> {
    /// This one, by its machine code.
    Code(&'a str),
    /// This one, by its machine code, with the public key of the pair that it keeps, if it keeps one.
    /// A file that names another key for it is refused, or one that names a key where it has none: so
    /// a file that was given back ends where its key was destroyed.
    CodeAndKey(&'a str, Option<&'a PublicKey>),
    /// Nobody yet: says what the file grants, and to which machines, without comparing.
    /// For tools that show files; an application that is licensed passes its code.
    NotChecked,
}

/// Says what a license file grants, or why it is refused. The time is in seconds since 1970.
/// The text of a QR code with a license file counts as the file.
///
/// First the trust bundle is checked with the root key, then the license with the issuer keys
/// of that bundle, then the checkpoint with its ledger keys, then the proof that the license
/// is recorded under that checkpoint; then key states, times and machine.
pub fn verify_license_file(
    file: &[u8],
    root: &RootKey,
    now_unix_seconds: i64,
    machine: Machine<'_>,
) -> Result<Grants, Refusal> {
    if file.len() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge);
    }
    let file = unpacked(file, SCANNED_LICENSE_FILE).ok_or(Refusal::Scanned)?;
    let sections = read(&file)?;
    let trust = TrustBundle::verify(
        &section_envelope(&sections, "trust", Document::TrustBundle)?,
        root,
    )
    .map_err(|error| Refusal::envelope(Document::TrustBundle, error))?;
    if let Some(key) = trust
        .keys_of(KeyRole::Root)
        .find(|key| key.public_key == *root.public_key())
        && key.state == KeyState::Compromised
    {
        return Err(Refusal::RootCompromised);
    }

    let license = section_envelope(&sections, "license", Document::License)?;
    let issuers: Vec<&TrustedKey> = trust.keys_of(KeyRole::Issuer).collect();
    let keys: Vec<PublicKey> = issuers.iter().map(|key| key.public_key.clone()).collect();
    let (payload, signers) = license
        .verify(LICENSE_PAYLOAD_TYPE, &keys, NonZeroUsize::MIN)
        .map_err(|error| Refusal::envelope(Document::License, error))?;

    let proof = section(&sections, "ledger")
        .and_then(LedgerProof::parse)
        .map_err(|error| Refusal::Malformed {
            document: Document::File,
            error,
        })?;
    proof.verify(payload, &trust)?;

    let grants = Grants::parse(payload, proof.index).map_err(|error| Refusal::Malformed {
        document: Document::License,
        error,
    })?;
    check_signers(
        &grants,
        signers
            .iter()
            .filter_map(|signer| issuers.get(*signer).copied()),
    )?;
    if grants.vendor.id != trust.vendor.id {
        return Err(Refusal::OtherVendor);
    }
    check_times(&grants, now_unix_seconds)?;
    check_machine(&grants, machine)?;
    Ok(grants)
}

fn read(file: &[u8]) -> Result<Object<'_>, Refusal> {
    let malformed = |error| Refusal::Malformed {
        document: Document::File,
        error,
    };
    let sections = json::parse_object(file).map_err(malformed)?;
    let format = sections.text("format").map_err(malformed)?;
    if format != FILE_FORMAT {
        return Err(Refusal::OtherFormat {
            found: format.chars().take(64).collect(),
        });
    }
    sections.check_critical(&KNOWN_MEMBERS).map_err(malformed)?;
    Ok(sections)
}

fn section<'s, 'a>(
    sections: &'s Object<'a>,
    name: &'static str,
) -> Result<&'s Object<'a>, JsonError> {
    sections.object(name)
}

fn section_envelope(
    sections: &Object<'_>,
    name: &'static str,
    document: Document,
) -> Result<Envelope, Refusal> {
    section(sections, name)
        .map_err(DsseError::Malformed)
        .and_then(Envelope::from_object)
        .map_err(|error| Refusal::envelope(document, error))
}

/// One signer that may sign for this product at this index is enough; otherwise the first
/// signer's fault is the reason.
fn check_signers<'a>(
    grants: &Grants,
    signers: impl Iterator<Item = &'a TrustedKey>,
) -> Result<(), Refusal> {
    let mut refusal = None;
    for key in signers {
        let fault = match (&key.product_id, key.void_from()) {
            (Some(product), _) if *product != grants.product.id => Refusal::OtherProduct {
                key: key.id.clone(),
            },
            (_, Some(from_index)) if grants.ledger_index >= from_index => Refusal::KeyVoid {
                document: Document::License,
                key: key.id.clone(),
                from_index,
            },
            _ => return Ok(()),
        };
        refusal.get_or_insert(fault);
    }
    Err(refusal.unwrap_or(Refusal::Envelope {
        document: Document::License,
        error: DsseError::UnknownKey,
    }))
}

fn check_times(grants: &Grants, now: i64) -> Result<(), Refusal> {
    let soon = now.saturating_add(CLOCK_TOLERANCE_SECONDS);
    if grants.issued_at > soon {
        return Err(Refusal::ClockBehind {
            issued_at: grants.issued_at,
        });
    }
    if grants.starts_at > soon {
        return Err(Refusal::NotStarted {
            starts_at: grants.starts_at,
        });
    }
    if let Some(expires_at) = grants.expires_at.filter(|expires_at| now >= *expires_at) {
        return Err(Refusal::LicenseExpired { expires_at });
    }
    if now >= grants.file_expires_at {
        return Err(Refusal::FileExpired {
            expires_at: grants.file_expires_at,
        });
    }
    Ok(())
}

fn check_machine(grants: &Grants, machine: Machine<'_>) -> Result<(), Refusal> {
    let (code, key) = match machine {
        Machine::NotChecked => return Ok(()),
        Machine::Code(code) => (code, None),
        Machine::CodeAndKey(code, key) => (code, Some(key)),
    };
    let bound = grants.node_locked || !grants.machines.is_empty();
    let named = grants.machines.iter().find(|machine| machine.code == code);
    if bound && named.is_none() {
        return Err(Refusal::OtherMachine);
    }
    let named_key = named.and_then(|machine| machine.key.as_deref());
    if let (Some(named), Some(key)) = (named_key, key)
        && key.is_none_or(|key| base64::encode(key.as_bytes()) != named)
    {
        return Err(Refusal::OtherMachineKey);
    }
    Ok(())
}
