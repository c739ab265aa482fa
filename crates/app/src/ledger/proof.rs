//! Inclusion proofs against one head. Tiles that were loaded once serve all later proofs.

use std::ops::Range;

use latchkey_domain::VendorId;
use latchkey_domain::merkle::{MerkleError, TileCache};
use latchkey_store::{LedgerHead, Store, StoreError};

/// Proves entries against one head.
pub(crate) struct Prover {
    vendor_id: VendorId,
    head: LedgerHead,
    tiles: TileCache,
}

impl Prover {
    pub(crate) fn new(vendor_id: VendorId, head: LedgerHead) -> Self {
        Self {
            vendor_id,
            head,
            tiles: TileCache::default(),
        }
    }

    pub(crate) fn head(&self) -> &LedgerHead {
        &self.head
    }

    pub(crate) fn into_head(self) -> LedgerHead {
        self.head
    }

    /// Loads what the proofs of these entries need.
    pub(crate) async fn load(
        &mut self,
        store: &Store,
        entries: Range<u64>,
    ) -> Result<(), StoreError> {
        for id in self.tiles.missing_for_inclusion(entries, self.head.size) {
            let (first, width) = (id.first(), u32::from(id.width));
            let hashes = match id.level {
                0 => store.ledger_leaves(self.vendor_id, first, width).await?,
                level => {
                    store
                        .ledger_nodes(self.vendor_id, u32::from(level), first, width)
                        .await?
                }
            };
            self.tiles.insert(id, hashes).map_err(damaged)?;
        }
        Ok(())
    }

    /// The proof of one entry, loading what it needs.
    pub(crate) async fn inclusion(
        &mut self,
        store: &Store,
        index: u64,
    ) -> Result<Vec<[u8; 32]>, StoreError> {
        self.load(store, index..index.saturating_add(1)).await?;
        self.proof(index)
    }

    /// The proof of an entry for which everything was loaded.
    pub(crate) fn proof(&mut self, index: u64) -> Result<Vec<[u8; 32]>, StoreError> {
        let proof = self.tiles.inclusion_proof(index, self.head.size);
        proof.map_err(damaged)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "given to map_err")]
fn damaged(error: MerkleError) -> StoreError {
    StoreError::Damaged {
        what: "the ledger's tree".into(),
        reason: error.to_string(),
    }
}
