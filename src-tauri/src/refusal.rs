//! What a command answers when it cannot do what was asked: `PlatformError` in the page.

use serde::Serialize;

/// The most bytes of a file, or of a request's body, that pass between page and program.
/// `MAX_FILE_BYTES` in `ui/src/platform/types.ts` is the same.
pub(crate) const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A refusal: a stable code, a sentence, and what would help.
#[derive(Debug, Serialize)]
pub(crate) struct Refusal {
    code: &'static str,
    detail: String,
    fix: Option<String>,
}

impl Refusal {
    /// The page asked for something it never should; a mistake of ours.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "so that it stands in `map_err`"
    )]
    pub(crate) fn bridge(detail: impl ToString) -> Self {
        Self {
            code: "bridge_failed",
            detail: detail.to_string(),
            fix: None,
        }
    }

    /// A file above the limit.
    pub(crate) fn too_large(name: &str, size: u64) -> Self {
        const MEBIBYTE: u64 = 1024 * 1024;
        let (size, most) = (size.div_ceil(MEBIBYTE), MAX_FILE_BYTES / MEBIBYTE);
        Self {
            code: "file_too_large",
            detail: format!("{name} has {size} MiB; the limit is {most} MiB."),
            fix: Some("Split the file and take the parts one after the other.".to_owned()),
        }
    }

    /// A file that cannot be read.
    pub(crate) fn unreadable(name: &str, error: &std::io::Error) -> Self {
        Self {
            code: "file_unreadable",
            detail: format!("{name} cannot be read: {error}."),
            fix: Some(
                "Check that it is a file, that it still exists and that you may read it."
                    .to_owned(),
            ),
        }
    }

    /// A file that cannot be written.
    pub(crate) fn not_written(name: &str, error: &std::io::Error) -> Self {
        Self {
            code: "file_not_written",
            detail: format!("{name} cannot be written: {error}."),
            fix: Some("Choose another folder, or make room on the disk.".to_owned()),
        }
    }
}
