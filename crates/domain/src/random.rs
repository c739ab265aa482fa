//! Randomness as an argument, so that rules stay pure and tests repeatable.

use std::sync::Mutex;

use sha2::{Digest, Sha256};

/// A source of random bytes. Programs pass the operating system's; tests pass [`SeededRandom`].
pub trait Random: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}

/// Sixteen random bytes, for salts and blinding values.
#[must_use]
pub fn bytes_16(random: &dyn Random) -> [u8; 16] {
    let mut bytes = [0; 16];
    random.fill(&mut bytes);
    bytes
}

/// A repeatable source for tests and demo data: SHA-256 over a seed and a counter. Never for keys that matter.
pub struct SeededRandom {
    seed: u64,
    counter: Mutex<u64>,
}

impl SeededRandom {
    /// A source that gives the same bytes for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            counter: Mutex::new(0),
        }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) {
        let mut counter = self
            .counter
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            *counter += 1;
            let block = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(counter.to_be_bytes())
                .finalize();
            for (to, from) in chunk.iter_mut().zip(block) {
                *to = from;
            }
        }
    }
}
