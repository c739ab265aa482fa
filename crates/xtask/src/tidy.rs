//! The workspace's invariants (ARCHITECTURE.md), checked from manifests, imports and text.
//!
//! Each rule is a function from the tree of files to findings, with a test that shows it can
//! fail. Exceptions are listed beside their rule with a reason, and an exception that nothing
//! needs any more is a finding too, so the lists only shrink.

mod catalogue;
mod manifests;
mod modules;
mod names;
mod rust_imports;
mod sizes;
mod text;
mod tree;
mod ui_imports;
mod ui_packages;

pub(crate) use tree::Tree;

/// Something that breaks an invariant, and where.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    what: String,
}

impl Finding {
    fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}:{}: {}", self.path, self.line, self.what)
    }
}

type Rule = fn(&Tree) -> Vec<Finding>;

const RULES: &[Rule] = &[
    manifests::check,
    rust_imports::check,
    modules::check,
    names::check,
    text::check,
    sizes::check,
    ui_imports::check,
    ui_packages::check,
    catalogue::check,
];

/// Every finding in this tree, in the order of files and lines.
pub(crate) fn findings(tree: &Tree) -> Vec<Finding> {
    let mut findings: Vec<Finding> = RULES.iter().flat_map(|rule| rule(tree)).collect();
    findings.sort();
    findings
}
