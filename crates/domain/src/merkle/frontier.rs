//! The frontier: the roots of the complete subtrees a tree consists of, largest first.

use super::tile::TILE_HEIGHT;
use super::{Hash, MerkleError, empty_root, node_hash};

/// No tree grows beyond this, so that sizes always fit a signed 64-bit column.
const MAX_SIZE: u64 = 1 << 62;

/// What appending to a tree needs to know of it: at most 62 hashes whatever its size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

/// A node that has become complete and is to be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredNode {
    /// Its height above the leaves: 8, 16, 24 and so on.
    pub level: u8,
    /// Its place among the nodes of its level.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

impl Frontier {
    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf hash. Gives the nodes that are to be stored with it: mostly none, one for
    /// each 256th leaf, two for each 65,536th.
    pub fn append(&mut self, leaf: Hash) -> Result<Vec<StoredNode>, MerkleError> {
        if self.size >= MAX_SIZE {
            return Err(MerkleError::Full);
        }
        let mut stored = Vec::new();
        let mut hash = leaf;
        let (mut level, mut index) = (0_u8, self.size);
        // An odd place means that the subtree to the left is complete and last in the list.
        while index & 1 == 1 {
            let left = self.roots.pop().ok_or(MerkleError::FrontierDamaged)?;
            hash = node_hash(&left, &hash);
            level += 1;
            index >>= 1;
            if level.is_multiple_of(TILE_HEIGHT) {
                stored.push(StoredNode { level, index, hash });
            }
        }
        self.roots.push(hash);
        self.size += 1;
        Ok(stored)
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        match roots.next() {
            None => empty_root(),
            Some(last) => roots.fold(*last, |right, left| node_hash(left, &right)),
        }
    }

    /// The bytes to keep: the size, big-endian, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        self.roots
            .iter()
            .for_each(|hash| bytes.extend_from_slice(hash));
        bytes
    }

    /// Reads kept bytes; the number of hashes must fit the size.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MerkleError> {
        let (size, rest) = bytes
            .split_first_chunk::<8>()
            .ok_or(MerkleError::FrontierDamaged)?;
        let size = u64::from_be_bytes(*size);
        let (roots, remainder) = rest.as_chunks::<32>();
        let fits = u32::try_from(roots.len()).is_ok_and(|count| count == size.count_ones());
        if !fits || !remainder.is_empty() || size > MAX_SIZE {
            return Err(MerkleError::FrontierDamaged);
        }
        Ok(Self {
            size,
            roots: roots.to_vec(),
        })
    }
}
