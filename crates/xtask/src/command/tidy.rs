//! `cargo xtask tidy`: prints what breaks an invariant of the workspace.

use crate::{paths, tidy};
use anyhow::{Result, bail};

/// Checks the clone this program was built from.
pub(crate) fn run() -> Result<()> {
    let tree = tidy::Tree::read(paths::root())?;
    let findings = tidy::findings(&tree);
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        println!("{} files are tidy.", tree.len());
        return Ok(());
    }
    bail!("{} findings in {} files", findings.len(), tree.len())
}
