//! Golden files: every released version must accept and refuse exactly these, for ever.
//!
//! `accept/NAME.lkl` stands beside `NAME.txt` with lines `now:`, `machine:` and the grants as
//! JSON; `refuse/NAME.txt` has `code:` instead. `root.pem` is the key for all but the cases
//! that name another. `cargo run -p latchkey-domain --example golden` adds new ones.

use std::fs;
use std::path::{Path, PathBuf};

use latchkey_verify::{Grants, Machine, Refusal, RootKey, verify_license_file};

pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) file: Vec<u8>,
    pub(crate) root: RootKey,
    pub(crate) now: i64,
    machine: Option<String>,
    /// The code of the refusal, or the grants.
    expected: String,
}

impl Case {
    fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path.with_extension("txt")).unwrap();
        let (head, expected) = text.split_once("\n\n").unwrap();
        let field = |name: &str| {
            head.lines()
                .find_map(|line| line.strip_prefix(name))
                .map(|v| v.trim().to_owned())
        };
        let root = field("root:").unwrap();
        let pem = fs::read_to_string(folder().join(root)).unwrap();
        Self {
            name: path.file_stem().unwrap().to_string_lossy().into_owned(),
            file: fs::read(path).unwrap(),
            root: RootKey::from_pem(&pem).unwrap(),
            now: field("now:").unwrap().parse().unwrap(),
            machine: field("machine:"),
            expected: expected.trim_end().to_owned(),
        }
    }

    pub(crate) fn verify(&self) -> Result<Grants, Refusal> {
        let machine = self
            .machine
            .as_deref()
            .map_or(Machine::NotChecked, Machine::Code);
        verify_license_file(&self.file, &self.root, self.now, machine)
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

fn cases(kind: &str) -> impl Iterator<Item = Case> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder().join(kind))
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    let files = paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "lkl"));
    files.map(|path| Case::read(&path))
}

pub(crate) fn accepted() -> impl Iterator<Item = Case> {
    cases("accept")
}

#[test]
fn golden_files_are_accepted_with_exactly_these_grants() {
    let mut count = 0;
    for case in accepted() {
        let grants = case
            .verify()
            .unwrap_or_else(|refusal| panic!("{} was refused: {refusal}", case.name));
        assert_eq!(
            serde_json::to_string_pretty(&grants).unwrap(),
            case.expected,
            "{}",
            case.name
        );
        count += 1;
    }
    assert!(count >= 4, "the golden files are missing");
}

#[test]
fn golden_files_are_refused_for_exactly_this_reason() {
    let mut count = 0;
    for case in cases("refuse") {
        match case.verify() {
            Ok(_) => panic!("{} was accepted", case.name),
            Err(refusal) => assert_eq!(
                format!("{}\n{refusal}.\n{}.", refusal.code(), refusal.fix()),
                case.expected,
                "{}",
                case.name
            ),
        }
        count += 1;
    }
    assert!(count >= 10, "the golden files are missing");
}
