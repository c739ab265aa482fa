//! Every module says in its first line what it is.

use super::{Finding, Tree};

/// Checks the first line of every Rust file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    tree.rust()
        .filter(|(_, text)| !text.starts_with("//! ") && !text.trim().is_empty())
        .map(|(path, _)| {
            let what = "a module begins with `//!`: what it is and what it must not know";
            Finding::new(path, 1, what)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_without_an_introduction_is_found() {
        let tree = Tree::of(&[
            ("a.rs", "//! Says what it is.\n"),
            ("b.rs", "use std::fmt;\n"),
            ("c.rs", "#![forbid(unsafe_code)]\n//! Too late.\n"),
        ]);
        let paths: Vec<String> = check(&tree)
            .into_iter()
            .map(|finding| finding.path)
            .collect();
        assert_eq!(paths, ["b.rs", "c.rs"]);
    }
}
