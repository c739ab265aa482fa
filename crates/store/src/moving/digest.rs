//! A table's rows, hashed in order: two tables with the same digest hold the same.

use sha2::{Digest as _, Sha256};

use super::{Cell, Cells};

/// What a table holds, in 32 bytes.
#[derive(Default)]
pub(super) struct TableDigest {
    hash: Sha256,
    rows: u64,
}

impl TableDigest {
    /// Takes the next rows in. Each value goes in with its kind and length, so that no two rows look alike.
    pub(super) fn take(&mut self, rows: &[Cells]) {
        self.rows += rows.len() as u64;
        for cell in rows.iter().flatten() {
            match cell {
                Cell::Null => self.hash.update([0]),
                Cell::Number(number) => {
                    self.hash.update([1]);
                    self.hash.update(number.to_be_bytes());
                }
                Cell::Text(text) => self.sized(2, text.as_bytes()),
                Cell::Bytes(bytes) => self.sized(3, bytes),
            }
        }
    }

    fn sized(&mut self, kind: u8, bytes: &[u8]) {
        self.hash.update([kind]);
        self.hash.update((bytes.len() as u64).to_be_bytes());
        self.hash.update(bytes);
    }

    /// How many rows it has taken in.
    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    /// Whether the other took in the same rows in the same order.
    pub(super) fn equals(self, other: Self) -> bool {
        self.rows == other.rows && self.hash.finalize() == other.hash.finalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(rows: &[Cells]) -> TableDigest {
        let mut digest = TableDigest::default();
        digest.take(rows);
        digest
    }

    #[test]
    fn the_same_rows_are_the_same_and_any_other_are_not() {
        let text = |text: &str| Cell::Text(text.into());
        let rows = [vec![Cell::Number(1), text("ab"), text("c"), Cell::Null]];
        assert!(digest(&rows).equals(digest(&rows)));
        for other in [
            vec![Cell::Number(2), text("ab"), text("c"), Cell::Null],
            vec![Cell::Number(1), text("a"), text("bc"), Cell::Null],
            vec![
                Cell::Number(1),
                Cell::Bytes(b"ab".to_vec()),
                text("c"),
                Cell::Null,
            ],
            vec![Cell::Number(1), text("ab"), text("c"), text("")],
        ] {
            assert!(
                !digest(&rows).equals(digest(std::slice::from_ref(&other))),
                "{other:?}"
            );
        }
        assert!(!digest(&rows).equals(digest(&[])));
    }
}
