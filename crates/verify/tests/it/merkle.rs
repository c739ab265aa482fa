//! Merkle proofs: published vectors, the naive tree, and an independent implementation.

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use latchkey_verify::merkle::{Hash, empty_root, leaf_hash, verify_consistency, verify_inclusion};
use proptest::prelude::*;

use crate::naive;
use crate::sample::unhex;

/// The tree that the Certificate Transparency projects test with.
const LEAVES: [&str; 8] = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
];
const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

fn hash(hex: &str) -> Hash {
    unhex(hex).try_into().unwrap()
}

fn numbered(count: usize) -> Vec<Hash> {
    (0..count).map(|n| leaf_hash(&n.to_be_bytes())).collect()
}

#[test]
fn the_published_tree_has_its_published_roots_and_proofs() {
    let leaves: Vec<Hash> = LEAVES.iter().map(|leaf| leaf_hash(&unhex(leaf))).collect();
    assert_eq!(
        empty_root(),
        hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    );
    for (size, root) in (1..).zip(ROOTS) {
        assert_eq!(naive::root(&leaves[..size]), hash(root), "size {size}");
    }
    let path = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    .map(hash);
    assert!(verify_inclusion(&leaves[0], 0, 8, &path, &hash(ROOTS[7])));
    let proof = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    .map(hash);
    assert!(verify_consistency(
        6,
        &hash(ROOTS[5]),
        8,
        &hash(ROOTS[7]),
        &proof
    ));
    assert!(!verify_consistency(
        6,
        &hash(ROOTS[4]),
        8,
        &hash(ROOTS[7]),
        &proof
    ));
    let proof = [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ]
    .map(hash);
    assert!(verify_consistency(
        2,
        &hash(ROOTS[1]),
        5,
        &hash(ROOTS[4]),
        &proof
    ));
}

#[test]
fn every_entry_of_a_small_tree_is_proven_and_at_no_other_index() {
    for size in 1..=64 {
        let leaves = numbered(size);
        let root = naive::root(&leaves);
        for index in 0..size {
            let proof = naive::inclusion(index, &leaves);
            for claimed in 0..=size as u64 {
                let accepted =
                    verify_inclusion(&leaves[index], claimed, size as u64, &proof, &root);
                assert_eq!(
                    accepted,
                    claimed == index as u64,
                    "{index} claimed as {claimed} of {size}"
                );
            }
        }
    }
}

#[test]
fn an_independent_implementation_agrees() {
    let mut tree = MemoryBackedTree::<sha2::Sha256, Vec<u8>>::new();
    let mut leaves: Vec<Hash> = Vec::new();
    for n in 0..130_usize {
        tree.push(n.to_be_bytes().to_vec());
        leaves.push(leaf_hash(&n.to_be_bytes()));
        let root: Hash = tree.root().as_bytes().as_slice().try_into().unwrap();
        assert_eq!(root, naive::root(&leaves));
        for index in 0..=n {
            let theirs = tree.prove_inclusion(index);
            let (proof, _) = theirs.as_bytes().as_chunks::<32>();
            assert_eq!(proof, naive::inclusion(index, &leaves));
            assert!(verify_inclusion(
                &leaves[index],
                index as u64,
                n as u64 + 1,
                proof,
                &root
            ));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn consistency_is_proven_between_any_two_sizes(new in 0_usize..300, old in 0_usize..300) {
        let leaves = numbered(new);
        let old = old.min(new);
        let proof = if old == 0 { Vec::new() } else { naive::consistency(old, &leaves) };
        let (old_root, new_root) = (naive::root(&leaves[..old]), naive::root(&leaves));
        prop_assert!(verify_consistency(old as u64, &old_root, new as u64, &new_root, &proof));
        if old != new && old != 0 {
            prop_assert!(!verify_consistency(old as u64, &new_root, new as u64, &new_root, &proof));
            prop_assert!(!verify_consistency(old as u64 - 1, &old_root, new as u64, &new_root, &proof));
        }
    }

    #[test]
    fn a_changed_proof_never_verifies(
        size in 1_usize..300, index in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(),
        bit in 0_u8..8, cut in any::<bool>(),
    ) {
        let leaves = numbered(size);
        let index = index.index(size);
        let root = naive::root(&leaves);
        let mut proof = naive::inclusion(index, &leaves);
        prop_assert!(verify_inclusion(&leaves[index], index as u64, size as u64, &proof, &root));
        if proof.is_empty() || cut {
            if proof.pop().is_none() { proof.push(root); }
        } else {
            let at = at.index(proof.len() * 32);
            proof[at / 32][at % 32] ^= 1 << bit;
        }
        prop_assert!(!verify_inclusion(&leaves[index], index as u64, size as u64, &proof, &root));
    }
}
