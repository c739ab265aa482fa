//! That ten thousand proofs share their work; counted, not timed.

use latchkey_domain::merkle::TileCache;

use crate::kit::Ledger;

#[test]
fn ten_thousand_neighbouring_proofs_load_some_forty_tiles() {
    let ledger = Ledger::of_others(30_000);
    let mut cache = TileCache::default();
    let entries = 15_000..25_000;
    let tiles = cache.missing_for_inclusion(entries.clone(), ledger.size());
    assert!(tiles.len() <= 45, "{} tiles", tiles.len());
    ledger.load(&tiles, &mut cache);
    for index in entries {
        cache.inclusion_proof(index, ledger.size()).unwrap();
    }
}
