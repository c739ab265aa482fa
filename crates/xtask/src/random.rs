//! Random text for throw-away passwords and passphrases, from the kernel.

use anyhow::{Context, Result};
use std::io::Read;

/// `bytes` random bytes in hexadecimal.
pub(crate) fn hex(bytes: usize) -> Result<String> {
    let mut buffer = vec![0; bytes];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut buffer))
        .context("reading /dev/urandom")?;
    Ok(buffer.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn two_are_never_the_same() {
        let (one, two) = (super::hex(16).unwrap(), super::hex(16).unwrap());
        assert_eq!(one.len(), 32);
        assert_ne!(one, two);
    }
}
