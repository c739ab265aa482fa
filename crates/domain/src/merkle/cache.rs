//! Proofs from loaded tiles. Neighbouring proofs share tiles and inner nodes, so ten thousand
//! of them cost little more than one.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use super::tile::{TILE_WIDTH, Tile};
use super::{Hash, MerkleError, TileId, empty_root, node_hash};

/// The tiles that have been loaded, and what was computed from them.
#[derive(Debug, Clone, Default)]
pub struct TileCache {
    tiles: HashMap<(u8, u64), Tile>,
    /// Roots of the incomplete right part of a tree, by first leaf and tree size.
    edges: HashMap<(u64, u64), Hash>,
}

/// A step on the way from the root to a leaf: what stands beside the way.
enum Sibling {
    /// A complete subtree.
    Node(u8, u64),
    /// All leaves from this one to the end of the tree.
    Edge(u64),
}

impl TileCache {
    /// The tiles still to be loaded before the inclusion of each of these entries can be
    /// proven in the tree of `size` entries.
    pub fn missing_for_inclusion(&self, entries: Range<u64>, size: u64) -> Vec<TileId> {
        let mut missing = BTreeSet::new();
        let mut index = entries.start;
        while index < entries.end.min(size) {
            // All leaves of one tile need the same tiles.
            for sibling in siblings(index, size) {
                self.note_missing(&sibling, size, &mut missing);
            }
            index = (index / TILE_WIDTH + 1) * TILE_WIDTH;
        }
        missing.into_iter().collect()
    }

    /// The tiles still to be loaded before [`Self::root`] can be computed.
    pub fn missing_for_root(&self, size: u64) -> Vec<TileId> {
        let mut missing = BTreeSet::new();
        self.note_missing(&Sibling::Edge(0), size, &mut missing);
        missing.into_iter().collect()
    }

    /// The tiles still to be loaded before [`Self::consistency_proof`] can be computed.
    pub fn missing_for_consistency(&self, old_size: u64, size: u64) -> Vec<TileId> {
        let mut missing = BTreeSet::new();
        for sibling in consistency_path(old_size, size) {
            self.note_missing(&sibling, size, &mut missing);
        }
        missing.into_iter().collect()
    }

    /// Takes the hashes of a tile, in order.
    pub fn insert(&mut self, id: TileId, hashes: Vec<Hash>) -> Result<(), MerkleError> {
        if hashes.len() != usize::from(id.width) {
            return Err(MerkleError::TileWidth {
                id,
                found: hashes.len(),
            });
        }
        self.tiles.insert((id.level, id.index), Tile::new(hashes));
        Ok(())
    }

    /// The root of the tree of `size` entries.
    pub fn root(&mut self, size: u64) -> Result<Hash, MerkleError> {
        if size == 0 {
            Ok(empty_root())
        } else {
            self.edge(0, size)
        }
    }

    /// The proof that the entry at `index` is in the tree of `size` entries, leaf side first.
    pub fn inclusion_proof(&mut self, index: u64, size: u64) -> Result<Vec<Hash>, MerkleError> {
        if index >= size {
            return Err(MerkleError::OutOfRange { index, size });
        }
        let path = siblings(index, size);
        path.iter()
            .rev()
            .map(|sibling| self.sibling(sibling, size))
            .collect()
    }

    /// The proof that the tree of `old_size` entries is the beginning of that of `size`.
    pub fn consistency_proof(
        &mut self,
        old_size: u64,
        size: u64,
    ) -> Result<Vec<Hash>, MerkleError> {
        if old_size > size {
            return Err(MerkleError::OutOfRange {
                index: old_size,
                size,
            });
        }
        let path = consistency_path(old_size, size);
        path.iter()
            .rev()
            .map(|sibling| self.sibling(sibling, size))
            .collect()
    }

    fn sibling(&mut self, sibling: &Sibling, size: u64) -> Result<Hash, MerkleError> {
        match *sibling {
            Sibling::Node(level, index) => self.node(level, index, size),
            Sibling::Edge(first) => self.edge(first, size),
        }
    }

    fn node(&self, level: u8, index: u64, size: u64) -> Result<Hash, MerkleError> {
        let id = TileId::holding(level, index, size);
        let (inner, within) = (
            level - id.level,
            index - ((id.index * TILE_WIDTH) >> (level - id.level)),
        );
        let tile = self.tiles.get(&(id.level, id.index));
        tile.and_then(|tile| tile.node(inner, within))
            .ok_or(MerkleError::TileMissing(id))
    }

    fn edge(&mut self, first: u64, size: u64) -> Result<Hash, MerkleError> {
        if let Some(hash) = self.edges.get(&(first, size)) {
            return Ok(*hash);
        }
        let mut hash = None;
        for (level, index) in subtrees(first, size).into_iter().rev() {
            let left = self.node(level, index, size)?;
            hash = Some(hash.map_or(left, |right| node_hash(&left, &right)));
        }
        let hash = hash.ok_or(MerkleError::OutOfRange { index: first, size })?;
        self.edges.insert((first, size), hash);
        Ok(hash)
    }

    fn note_missing(&self, sibling: &Sibling, size: u64, missing: &mut BTreeSet<TileId>) {
        let nodes = match *sibling {
            Sibling::Node(level, index) => vec![(level, index)],
            Sibling::Edge(first) if self.edges.contains_key(&(first, size)) => Vec::new(),
            Sibling::Edge(first) => subtrees(first, size),
        };
        for (level, index) in nodes {
            let id = TileId::holding(level, index, size);
            let held = self.tiles.get(&(id.level, id.index)).map_or(0, Tile::width);
            if held < usize::from(id.width) {
                missing.insert(id);
            }
        }
    }
}

/// The complete subtrees, largest first, that the leaves `first..size` consist of. `first` is a
/// multiple of the largest power of two that does not exceed their number.
fn subtrees(first: u64, size: u64) -> Vec<(u8, u64)> {
    let mut nodes = Vec::new();
    let mut at = first;
    while at < size {
        let level = (size - at).ilog2();
        nodes.push((u8::try_from(level).unwrap_or(u8::MAX), at >> level));
        at += 1 << level;
    }
    nodes
}

/// What stands beside the way from the root to a leaf (RFC 6962, 2.1.1), root side first.
fn siblings(index: u64, size: u64) -> Vec<Sibling> {
    let mut path = Vec::new();
    let (mut first, mut end) = (0, size);
    while end - first > 1 {
        let level = (end - first - 1).ilog2();
        let middle = first + (1 << level);
        if index < middle {
            path.push(right_of(middle, end, size));
            end = middle;
        } else {
            path.push(complete(first, level));
            first = middle;
        }
    }
    path
}

/// The nodes of a consistency proof (RFC 6962, 2.1.2), root side first.
fn consistency_path(old_size: u64, size: u64) -> Vec<Sibling> {
    let mut path = Vec::new();
    if old_size == 0 || old_size >= size {
        return path;
    }
    let (mut first, mut end) = (0, size);
    // Down to the subtree that ends where the old tree ends.
    while end != old_size {
        let level = (end - first - 1).ilog2();
        let middle = first + (1 << level);
        if old_size <= middle {
            path.push(right_of(middle, end, size));
            end = middle;
        } else {
            path.push(complete(first, level));
            first = middle;
        }
    }
    // That subtree itself, unless it is the whole old tree, which the verifier has.
    if first != 0 {
        path.push(right_of(first, end, size));
    }
    path
}

/// The leaves `first..end` as a sibling: complete, unless they are the tree's right edge.
fn right_of(first: u64, end: u64, size: u64) -> Sibling {
    if end == size {
        Sibling::Edge(first)
    } else {
        complete(first, (end - first).ilog2())
    }
}

fn complete(first: u64, level: u32) -> Sibling {
    Sibling::Node(u8::try_from(level).unwrap_or(u8::MAX), first >> level)
}
