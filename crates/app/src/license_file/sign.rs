//! Writes and signs license files, on as many threads as are worth it.

use std::collections::HashMap;

use ed25519_dalek::SigningKey as PrivateKey;
use latchkey_domain::ledger::hex;
use latchkey_domain::license_file::{
    CustomerPart, LicenseFile, LicenseFilePayload, LicensePart, MachinePart, PolicyPart,
    ProductPart, VendorPart, Version1,
};
use latchkey_domain::random::bytes_16;
use latchkey_domain::{LicenseFileId, Random, Salt, SigningKeyId, Timestamp};
use latchkey_store::StoreError;
use sha2::{Digest, Sha256};

use super::draft::{Basis, Draft};

/// Files that are worth a thread of their own.
const FILES_PER_THREAD_MIN: usize = 100;

/// Threads at most.
const THREADS_MAX: usize = 4;

/// A signed file, and what it rests on.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    pub(super) file: LicenseFile,
    pub(super) basis: Basis,
}

/// What all files of an export have in common.
pub(super) struct Common {
    pub(super) vendor: VendorPart,
    pub(super) now: Timestamp,
    pub(super) valid_days: Option<u32>,
    pub(super) keys: HashMap<SigningKeyId, PrivateKey>,
}

/// Signs all drafts, in their order.
pub(super) fn sign_all(
    drafts: &[Draft],
    common: &Common,
    random: &dyn Random,
) -> Result<Vec<Signed>, StoreError> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads
        .min(THREADS_MAX)
        .min(drafts.len() / FILES_PER_THREAD_MIN)
        .max(1);
    let share = drafts.len().div_ceil(threads).max(1);
    let each = |drafts: &[Draft]| -> Result<Vec<Signed>, StoreError> {
        drafts
            .iter()
            .map(|draft| sign(draft, common, random))
            .collect()
    };
    std::thread::scope(|scope| {
        let each = &each;
        let running: Vec<_> = drafts
            .chunks(share)
            .map(|share| scope.spawn(move || each(share)))
            .collect();
        let mut signed = Vec::with_capacity(drafts.len());
        for thread in running {
            signed.extend(thread.join().map_err(|_| StoreError::Closed)??);
        }
        Ok(signed)
    })
}

fn sign(draft: &Draft, common: &Common, random: &dyn Random) -> Result<Signed, StoreError> {
    let Draft {
        license,
        product,
        issuer,
        machines,
        ..
    } = draft;
    let failed = |reason: String| StoreError::Damaged {
        what: "a license file".into(),
        reason,
    };
    let key = common
        .keys
        .get(&issuer.id)
        .ok_or_else(|| failed("its key was not opened".into()))?;
    let id = LicenseFileId::generate(common.now, random);
    let expires_at = end(common, draft);
    let payload = LicenseFilePayload {
        critical: Vec::new(),
        customer: CustomerPart {
            name: draft.customer_name.clone(),
        },
        expires_at: license.expires_at.map(Timestamp::seconds),
        features: draft.features.clone(),
        file_expires_at: expires_at.seconds(),
        file_id: id.to_string(),
        issued_at: common.now.seconds(),
        license: LicensePart {
            id: license.id.to_string(),
            key_hint: license.key.hint().to_owned(),
        },
        machines: machines
            .iter()
            .map(|(machine, key)| MachinePart {
                code: machine.code.to_string(),
                friendly_name: machine.friendly_name.to_string(),
                key: key.clone(),
            })
            .collect(),
        node_locked: license.node_locked,
        policy: PolicyPart {
            revision: license.policy_revision,
        },
        product: ProductPart {
            code: product.code.to_string(),
            id: product.id.to_string(),
            name: product.name.to_string(),
        },
        seats_max: license.seats_max,
        starts_at: license.starts_at.seconds(),
        vendor: common.vendor.clone(),
        version: Version1,
    };
    let (envelope, bytes) = payload
        .sign(key)
        .map_err(|error| failed(error.to_string()))?;
    let file = LicenseFile {
        id,
        license_id: license.id,
        product_id: license.product_id,
        customer_id: license.customer_id,
        signing_key_id: issuer.id,
        machine_ids: machines.iter().map(|(machine, _)| machine.id).collect(),
        issued_at: common.now,
        expires_at,
        document: hex(&Sha256::digest(bytes)),
        version: 0,
        salt: Salt(bytes_16(random)),
        ledger_index: 0,
        envelope: envelope.to_json(),
    };
    Ok(Signed {
        file,
        basis: draft.basis.clone(),
    })
}

/// When the file ends: after its days, and never later than the license. In whole seconds, as it is written.
fn end(common: &Common, draft: &Draft) -> Timestamp {
    let days = common.valid_days.unwrap_or(draft.license.license_file_days);
    let end = common.now.plus_days(days);
    let end = draft
        .license
        .expires_at
        .map_or(end, |license_end| license_end.min(end));
    Timestamp::from_seconds(end.seconds())
}
