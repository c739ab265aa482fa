//! Tiles: runs of up to 256 stored hashes of one level, the unit in which hashes are loaded.

use super::{Hash, node_hash};

/// How many levels of the tree a tile spans.
pub const TILE_HEIGHT: u8 = 8;

/// How many hashes a complete tile has.
pub const TILE_WIDTH: u64 = 1 << TILE_HEIGHT;

/// Which stored hashes: of `level`, those with index `first()..first() + width`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    /// 0 for leaf hashes, else 8, 16, 24 and so on for [`super::StoredNode`]s of that level.
    pub level: u8,
    /// Its place among the tiles of its level.
    pub index: u64,
    /// How many hashes, 1 to 256; fewer than 256 only at the right edge of the tree.
    pub width: u16,
}

impl TileId {
    /// The index of its first hash among those of its level.
    pub fn first(&self) -> u64 {
        self.index * TILE_WIDTH
    }

    /// The tile that holds or computes the node `index` of `level`, as wide as a tree of
    /// `size` leaves lets it be.
    pub(super) fn holding(level: u8, index: u64, size: u64) -> Self {
        let base = level - level % TILE_HEIGHT;
        let tile = index >> (TILE_HEIGHT - level % TILE_HEIGHT);
        let stored = (size >> base)
            .saturating_sub(tile * TILE_WIDTH)
            .min(TILE_WIDTH);
        Self {
            level: base,
            index: tile,
            width: u16::try_from(stored).unwrap_or(0),
        }
    }
}

/// A loaded tile with every complete node above its hashes, up to the level below the next tile's.
#[derive(Debug, Clone)]
pub(super) struct Tile {
    levels: Vec<Vec<Hash>>,
}

impl Tile {
    pub(super) fn new(hashes: Vec<Hash>) -> Self {
        let mut levels = vec![hashes];
        while let Some(below) = levels.last()
            && below.len() > 1
            && levels.len() < usize::from(TILE_HEIGHT)
        {
            let (pairs, _) = below.as_chunks::<2>();
            let above = pairs
                .iter()
                .map(|[left, right]| node_hash(left, right))
                .collect();
            levels.push(above);
        }
        Self { levels }
    }

    pub(super) fn width(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    /// The node at `index` of this tile's own level `level`, if it is complete.
    pub(super) fn node(&self, level: u8, index: u64) -> Option<Hash> {
        self.levels
            .get(usize::from(level))?
            .get(usize::try_from(index).ok()?)
            .copied()
    }
}
