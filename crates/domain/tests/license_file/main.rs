//! License files from the writer's side: the tree behind them, the golden files, OpenSSL.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails where it stands"
)]

mod cases;
mod golden;
mod kit;
mod openssl;
mod speed;
mod tree;
