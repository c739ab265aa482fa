//! RFC 6962 as its text defines it: recursive, slow, and plainly right.

use latchkey_verify::merkle::{Hash, empty_root, node_hash};

/// The largest power of two below `n`.
fn split(n: usize) -> usize {
    n.next_power_of_two() / 2
}

/// MTH of section 2.1, over leaf hashes.
pub(crate) fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node_hash(&root(left), &root(right))
        }
    }
}

/// PATH of section 2.1.1.
pub(crate) fn inclusion(index: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() <= 1 {
        return Vec::new();
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, sibling) = if index < left.len() {
        (inclusion(index, left), root(right))
    } else {
        (inclusion(index - left.len(), right), root(left))
    };
    path.push(sibling);
    path
}

/// PROOF of section 2.1.2.
pub(crate) fn consistency(old: usize, leaves: &[Hash]) -> Vec<Hash> {
    subproof(old, leaves, true)
}

fn subproof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
    if old == leaves.len() {
        return if whole {
            Vec::new()
        } else {
            vec![root(leaves)]
        };
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    let (mut path, sibling) = if old <= left.len() {
        (subproof(old, left, whole), root(right))
    } else {
        (subproof(old - left.len(), right, false), root(left))
    };
    path.push(sibling);
    path
}
