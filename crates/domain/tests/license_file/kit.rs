//! A vendor with fixed keys and a ledger in memory: makes the same license files every time.

use std::collections::HashMap;

use ed25519_dalek::SigningKey;
use latchkey_domain::checkpoint::{self, Checkpoint};
use latchkey_domain::dsse::SignedEnvelope;
use latchkey_domain::ledger::{Entry, hex};
use latchkey_domain::license_file::{
    CustomerPart, FeaturePart, LedgerSection, LicenseFilePayload, LicensePart, MachinePart,
    PolicyPart, ProductPart, TrustBundlePayload, TrustKeyPart, VendorPart, Version1, assemble,
};
use latchkey_domain::merkle::{Frontier, Hash, TileCache, TileId, leaf_hash};
use sha2::{Digest as _, Sha256};

/// 21 September 2026, the day on which all these files are made.
pub(crate) const NOW: i64 = 1_790_000_000;
/// Seconds in a day.
pub(crate) const DAY: i64 = 86_400;
const VENDOR_ID: &str = "vnd_01k5nq3v8r0000000000000001";
const PRODUCT_ID: &str = "prd_01k5nq3v8r0000000000000002";

/// The hashes that a store would keep.
#[derive(Default)]
pub(crate) struct Ledger {
    frontier: Frontier,
    stored: HashMap<u8, Vec<Hash>>,
}

impl Ledger {
    /// A ledger of so many entries of other things.
    pub(crate) fn of_others(count: u64) -> Self {
        let mut ledger = Self::default();
        (0..count).for_each(|n| ledger.append(format!("entry {n}").as_bytes()));
        ledger
    }

    /// Appends an entry.
    pub(crate) fn append(&mut self, entry: &[u8]) {
        let leaf = leaf_hash(entry);
        self.stored.entry(0).or_default().push(leaf);
        for node in self.frontier.append(leaf).unwrap() {
            let level = self.stored.entry(node.level).or_default();
            assert_eq!(level.len() as u64, node.index, "nodes are stored in order");
            level.push(node.hash);
        }
    }

    /// How many entries it has.
    pub(crate) fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Its root.
    pub(crate) fn root(&self) -> Hash {
        self.frontier.root()
    }

    /// Loads tiles, as a store would with one query each.
    pub(crate) fn load(&self, tiles: &[TileId], cache: &mut TileCache) {
        for id in tiles {
            let first = usize::try_from(id.first()).unwrap();
            let hashes = self.stored[&id.level][first..first + usize::from(id.width)].to_vec();
            cache.insert(*id, hashes).unwrap();
        }
    }
}

/// A vendor's keys and what they vouch for.
pub(crate) struct Vendor {
    /// The root key.
    pub(crate) root: SigningKey,
    /// The key that signs license files.
    pub(crate) issuer: SigningKey,
    /// The key that signs checkpoints.
    pub(crate) ledger: SigningKey,
    /// What the root key signs.
    pub(crate) trust: TrustBundlePayload,
    /// The origin in checkpoints.
    pub(crate) origin: String,
}

/// A key from a fixed seed.
pub(crate) fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

/// A key as it stands in a trust bundle.
pub(crate) fn trust_key(id: &str, role: &'static str, key: &SigningKey) -> TrustKeyPart {
    use base64::Engine as _;
    TrustKeyPart {
        id: id.to_owned(),
        product_id: None,
        public_key: base64::engine::general_purpose::STANDARD
            .encode(key.verifying_key().as_bytes()),
        role,
        state: "active",
        void_from_index: None,
    }
}

impl Default for Vendor {
    fn default() -> Self {
        let (root, issuer, ledger) = (key(1), key(2), key(3));
        let origin = checkpoint::ledger_origin(VENDOR_ID.parse().unwrap());
        let trust = TrustBundlePayload {
            critical: vec![],
            issued_at: NOW - 30 * DAY,
            keys: vec![
                trust_key("key_01k5nq3v8r0000000000000004", "root", &root),
                trust_key("key_01k5nq3v8r0000000000000005", "issuer", &issuer),
                trust_key("key_01k5nq3v8r0000000000000006", "ledger", &ledger),
            ],
            ledger_origin: origin.clone(),
            vendor: vendor_part(),
            version: Version1,
        };
        Self {
            root,
            issuer,
            ledger,
            trust,
            origin,
        }
    }
}

fn vendor_part() -> VendorPart {
    VendorPart {
        id: VENDOR_ID.into(),
        name: "Acme Instruments".into(),
    }
}

/// A license for two machines, with names that are not ASCII.
pub(crate) fn bound_license() -> LicenseFilePayload {
    let machine = |code: &str, name: &str| MachinePart {
        code: code.into(),
        friendly_name: name.into(),
        key: None,
    };
    LicenseFilePayload {
        critical: vec![],
        customer: CustomerPart {
            name: "Müller & Söhne \"Präzision\" GmbH".into(),
        },
        expires_at: Some(NOW + 365 * DAY),
        features: vec![
            FeaturePart {
                code: "export".into(),
                limit: None,
            },
            FeaturePart {
                code: "users".into(),
                limit: Some(25),
            },
        ],
        file_expires_at: NOW + 90 * DAY,
        file_id: "fil_01k5nq3v8r0000000000000007".into(),
        issued_at: NOW,
        license: LicensePart {
            id: "lic_01k5nq3v8r0000000000000003".into(),
            key_hint: "7QX2M".into(),
        },
        machines: vec![
            machine("4C4C4544-0051-3510", "Prüfstand 1"),
            machine("4C4C4544-0051-3511", "計測室"),
        ],
        node_locked: true,
        policy: PolicyPart { revision: 3 },
        product: ProductPart {
            code: "cad".into(),
            id: PRODUCT_ID.into(),
            name: "Acme CAD".into(),
        },
        seats_max: 5,
        starts_at: NOW - DAY,
        vendor: vendor_part(),
        version: Version1,
    }
}

/// A license without end for any machine.
pub(crate) fn open_license() -> LicenseFilePayload {
    LicenseFilePayload {
        expires_at: None,
        features: vec![],
        machines: vec![],
        node_locked: false,
        ..bound_license()
    }
}

/// The ledger entry that records a license file.
pub(crate) fn entry(payload: &[u8]) -> Vec<u8> {
    let entry = Entry {
        v: 1,
        at: NOW * 1000,
        verb: "license_file.export".into(),
        entity: "license_file".into(),
        subject: hex(&Sha256::digest("subject")),
        version: 1,
        change: "chg_01k5nq3v8r0000000000000008".into(),
        undoes: None,
        actor: hex(&Sha256::digest("actor")),
        content: hex(&Sha256::digest("content")),
        document: Some(hex(&Sha256::digest(payload))),
    };
    serde_json::to_vec(&entry).unwrap()
}

impl Vendor {
    /// Makes the file: signs, records in the ledger, follows it with other entries, proves.
    pub(crate) fn export(
        &self,
        license: &LicenseFilePayload,
        mut ledger: Ledger,
        others_after: u64,
    ) -> String {
        let (envelope, payload) = license.sign(&self.issuer).unwrap();
        let (index, entry) = (ledger.size(), entry(&payload));
        ledger.append(&entry);
        (0..others_after).for_each(|n| ledger.append(format!("later {n}").as_bytes()));
        let note = self.checkpoint(&ledger);
        let mut cache = TileCache::default();
        ledger.load(
            &cache.missing_for_inclusion(index..index + 1, ledger.size()),
            &mut cache,
        );
        let hashes = cache.inclusion_proof(index, ledger.size()).unwrap();
        let section = LedgerSection {
            index,
            entry: &entry,
            hashes: &hashes,
            checkpoint: &note,
        };
        assemble(&envelope, &self.trust_bundle(), &section).unwrap()
    }

    /// The signed trust bundle.
    pub(crate) fn trust_bundle(&self) -> SignedEnvelope {
        self.trust.sign(&self.root).unwrap()
    }

    /// The signed head of the ledger.
    pub(crate) fn checkpoint(&self, ledger: &Ledger) -> String {
        let head = Checkpoint {
            origin: self.origin.clone(),
            size: ledger.size(),
            root: ledger.root(),
        };
        checkpoint::sign(&head, &self.ledger).unwrap()
    }
}
