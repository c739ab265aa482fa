//! The growing tree against the definition, through the verifier.

use latchkey_domain::merkle::{
    Frontier, Hash, MerkleError, TileCache, TileId, empty_root, leaf_hash, node_hash,
    verify_consistency, verify_inclusion,
};
use proptest::prelude::*;

use crate::kit::Ledger;

fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => empty_root(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
            node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

fn leaf(n: u64) -> Hash {
    leaf_hash(format!("entry {n}").as_bytes())
}

#[test]
fn the_root_is_that_of_the_definition_at_every_size_and_survives_being_kept() {
    let mut frontier = Frontier::default();
    let mut leaves = Vec::new();
    assert_eq!(frontier.root(), empty_root());
    for n in 0..300 {
        leaves.push(leaf(n));
        frontier.append(leaf(n)).unwrap();
        assert_eq!(frontier.root(), naive_root(&leaves), "size {}", n + 1);
        frontier = Frontier::from_bytes(&frontier.to_bytes()).unwrap();
        assert_eq!(frontier.size(), n + 1);
    }
}

#[test]
fn every_entry_is_proven_in_every_tree_of_up_to_300() {
    let ledger = Ledger::of_others(300);
    let mut cache = TileCache::default();
    let leaves: Vec<Hash> = (0..300).map(leaf).collect();
    for size in 1..=300 {
        let root = naive_root(&leaves[..usize::try_from(size).unwrap()]);
        ledger.load(&cache.missing_for_inclusion(0..size, size), &mut cache);
        ledger.load(&cache.missing_for_root(size), &mut cache);
        assert_eq!(cache.root(size).unwrap(), root);
        for index in 0..size {
            let proof = cache.inclusion_proof(index, size).unwrap();
            assert!(
                verify_inclusion(&leaf(index), index, size, &proof, &root),
                "{index} of {size}"
            );
        }
    }
}

#[test]
fn every_smaller_tree_of_up_to_300_is_proven_consistent() {
    let ledger = Ledger::of_others(300);
    let leaves: Vec<Hash> = (0..300).map(leaf).collect();
    let roots: Vec<Hash> = (0..=300).map(|size| naive_root(&leaves[..size])).collect();
    let mut cache = TileCache::default();
    for size in 0..=300_u64 {
        for old in 0..=size {
            ledger.load(&cache.missing_for_consistency(old, size), &mut cache);
            let proof = cache.consistency_proof(old, size).unwrap();
            let (old_root, root) = (
                roots[usize::try_from(old).unwrap()],
                roots[usize::try_from(size).unwrap()],
            );
            assert!(
                verify_consistency(old, &old_root, size, &root, &proof),
                "{old} in {size}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_tree_of_three_tile_levels_is_proven_anywhere(index in 0_u64..140_000, shorter in 0_u64..70_000) {
        thread_local!(static LEDGER: Ledger = Ledger::of_others(140_000));
        LEDGER.with(|ledger| {
            let size = 140_000 - shorter.min(140_000 - index - 1);
            let mut cache = TileCache::default();
            let tiles = cache.missing_for_inclusion(index..index + 1, size);
            prop_assert!(tiles.len() <= 6, "{} tiles for one proof", tiles.len());
            ledger.load(&tiles, &mut cache);
            let proof = cache.inclusion_proof(index, size).unwrap();
            ledger.load(&cache.missing_for_root(size), &mut cache);
            let root = cache.root(size).unwrap();
            if size == 140_000 {
                prop_assert_eq!(root, ledger.root());
            }
            prop_assert!(verify_inclusion(&leaf(index), index, size, &proof, &root));
            ledger.load(&cache.missing_for_consistency(size, 140_000), &mut cache);
            let proof = cache.consistency_proof(size, 140_000).unwrap();
            prop_assert!(verify_consistency(size, &root, 140_000, &ledger.root(), &proof));
            Ok(())
        })?;
    }

    #[test]
    fn bytes_that_are_no_frontier_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        if let Ok(frontier) = Frontier::from_bytes(&bytes) {
            prop_assert_eq!(frontier.to_bytes(), bytes);
        }
    }
}

#[test]
fn what_a_proof_lacks_is_named() {
    let mut cache = TileCache::default();
    let id = TileId {
        level: 0,
        index: 0,
        width: 3,
    };
    assert_eq!(cache.missing_for_inclusion(0..1, 3), [id]);
    assert_eq!(
        cache.inclusion_proof(0, 3),
        Err(MerkleError::TileMissing(id))
    );
    assert_eq!(
        cache.insert(id, vec![leaf(0)]),
        Err(MerkleError::TileWidth { id, found: 1 })
    );
    assert_eq!(
        cache.inclusion_proof(3, 3),
        Err(MerkleError::OutOfRange { index: 3, size: 3 })
    );
    cache.insert(id, vec![leaf(0), leaf(1), leaf(2)]).unwrap();
    assert!(cache.missing_for_inclusion(0..3, 3).is_empty());
    assert_eq!(
        cache.inclusion_proof(2, 3).unwrap(),
        [node_hash(&leaf(0), &leaf(1))]
    );
}

#[test]
fn a_tile_that_has_grown_is_loaded_again() {
    let ledger = Ledger::of_others(10);
    let mut cache = TileCache::default();
    ledger.load(&cache.missing_for_inclusion(0..5, 5), &mut cache);
    assert_eq!(
        cache.missing_for_inclusion(0..10, 10),
        [TileId {
            level: 0,
            index: 0,
            width: 10
        }]
    );
    ledger.load(&cache.missing_for_inclusion(0..10, 10), &mut cache);
    assert!(
        cache.missing_for_inclusion(0..5, 5).is_empty(),
        "a wider tile serves a smaller tree"
    );
    let proof = cache.inclusion_proof(4, 5).unwrap();
    assert!(verify_inclusion(
        &leaf(4),
        4,
        5,
        &proof,
        &cache.root(5).unwrap()
    ));
}
