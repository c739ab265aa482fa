//! The ledger's RFC 6962 tree while it grows: appending with a frontier, proving from tiles.
//!
//! Nothing here reads a store. A [`Frontier`] is the little state that appending needs and is
//! kept on the ledger's head row. A [`TileCache`] says which stored hashes a proof needs, is
//! given them, and then proves. Stored are the leaf hashes and, for each run of 256 nodes that
//! becomes complete, their root: nodes of level 8, 16, 24 and so on.

mod cache;
mod frontier;
mod tile;

pub use cache::TileCache;
pub use frontier::{Frontier, StoredNode};
pub use latchkey_verify::merkle::{
    Hash, empty_root, leaf_hash, node_hash, verify_consistency, verify_inclusion,
};
use thiserror::Error;
pub use tile::{TILE_HEIGHT, TILE_WIDTH, TileId};

/// Why a tree operation is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MerkleError {
    /// The bytes of a stored frontier are not one.
    #[error("the stored tree head is damaged")]
    FrontierDamaged,
    /// The tree has as many leaves as it can hold.
    #[error("the tree is full")]
    Full,
    /// An index beyond the tree, or a tree larger than another.
    #[error("entry {index} does not exist in a tree of {size} entries")]
    OutOfRange {
        /// The index asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A tile with another number of hashes than its id says.
    #[error("tile {} of level {} should have {} hashes and has {found}", id.index, id.level, id.width)]
    TileWidth {
        /// The tile.
        id: TileId,
        /// How many hashes came.
        found: usize,
    },
    /// A tile that has not been given to the cache.
    #[error("tile {} of level {} has not been loaded", .0.index, .0.level)]
    TileMissing(TileId),
}
