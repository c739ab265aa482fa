//! The text files of a clone: those that are committed, or would be.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::path::Path;

/// All text files by their path from the root, with `/` between folders.
pub(crate) struct Tree {
    files: BTreeMap<String, String>,
}

/// One line of a file, without what is of no concern to a rule about code.
pub(super) struct Line<'a> {
    pub(super) number: usize,
    pub(super) text: &'a str,
}

impl Tree {
    /// Reads what git knows or would know; ignored and binary files are left out.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let mut git = crate::process::command("git");
        git.current_dir(root);
        // A clone owned by somebody else is read all the same: nothing in it is executed.
        git.args(["-c", "safe.directory=*", "ls-files", "-z"]);
        let listed =
            crate::process::output(git.args(["--cached", "--others", "--exclude-standard"]))
                .context("asking git which files there are")?;
        let mut files = BTreeMap::new();
        for path in listed.split_terminator('\0') {
            // A file may be deleted and not yet committed so, and a binary is no text.
            if let Ok(text) = std::fs::read_to_string(root.join(path)) {
                files.insert(path.to_owned(), text);
            }
        }
        Ok(Self { files })
    }

    /// How many files there are.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }

    pub(super) fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    pub(super) fn ending<'a>(
        &'a self,
        ends: &'a [&str],
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.all()
            .filter(|(path, _)| ends.iter().any(|end| path.ends_with(end)))
    }

    pub(super) fn rust(&self) -> impl Iterator<Item = (&str, &str)> {
        self.ending(&[".rs"])
    }

    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Self {
            files: files.iter().map(owned).collect(),
        }
    }
}

/// The lines of a Rust file that are code: no comment lines.
pub(super) fn code(text: &str) -> impl Iterator<Item = Line<'_>> {
    lines(text).filter(|line| !line.text.trim_start().starts_with("//"))
}

/// The lines of code before the file's own tests.
pub(super) fn code_without_tests(text: &str) -> impl Iterator<Item = Line<'_>> {
    code(text).take_while(|line| line.text != "#[cfg(test)]")
}

/// All lines, numbered from 1.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().enumerate().map(|(index, text)| Line {
        number: index + 1,
        text,
    })
}

/// Whether a line of Rust names this crate or module as the head of a path.
pub(super) fn names(line: &str, name: &str) -> bool {
    let identifier = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(at, _)| {
        let before = line.get(..at).unwrap_or_default();
        let after = line.get(at + name.len()..).unwrap_or_default();
        let starts =
            !before.ends_with(identifier) && !before.ends_with("::") && !before.ends_with('.');
        let path = after.starts_with("::");
        let import = before.trim_start().starts_with("use ") && after.starts_with([';', ' ', ',']);
        let quoted = before.matches('"').count() % 2 == 1;
        starts && (path || import) && !quoted
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_head_of_a_path() {
        assert!(names("use sqlx::Row;", "sqlx"));
        assert!(names("    sqlx::query(\"\")", "sqlx"));
        assert!(names("use sqlx;", "sqlx"));
        assert!(names("fn f(_: &sqlx::Pool) {}", "sqlx"));
        assert!(!names("use my_sqlx::Row;", "sqlx"));
        assert!(!names("let sqlx_url = 1;", "sqlx"));
        assert!(!names("crate::sqlx::open()", "sqlx"));
        assert!(!names("// sqlx is good", "sqlx"));
        assert!(
            !names(&format!("say({q}use sqlx::Row{q})", q = '"'), "sqlx"),
            "words in quotes"
        );
    }

    #[test]
    fn code_is_what_is_neither_comment_nor_test() {
        let text = "//! about\nuse a;\n/// doc\nfn f() {}\n#[cfg(test)]\nmod tests { use b; }\n";
        let numbers = |lines: Vec<Line<'_>>| lines.iter().map(|l| l.number).collect::<Vec<_>>();
        assert_eq!(numbers(code(text).collect()), [2, 4, 5, 6]);
        assert_eq!(numbers(code_without_tests(text).collect()), [2, 4]);
    }
}
