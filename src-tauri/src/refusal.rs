//! What a command answers when it cannot do what was asked: `PlatformError` in the page.

use serde::Serialize;

use crate::connection::{SendError, told};
use crate::place::ServerAddress;
use crate::start::Trouble;
use crate::words::capitalised;

/// The most bytes of a file, or of a request's body, that pass between page and program.
/// `MAX_FILE_BYTES` in `ui/src/platform/types.ts` is the same.
pub(crate) const MAX_FILE_BYTES: u64 = 64 * 1024 * 1024;

/// A refusal: a stable code, a sentence, and what would help.
#[derive(Debug, Serialize, thiserror::Error)]
#[error("{detail}")]
pub(crate) struct Refusal {
    code: &'static str,
    detail: String,
    fix: Option<String>,
}

impl Refusal {
    fn new(code: &'static str, detail: String, fix: impl Into<String>) -> Self {
        Self {
            code,
            detail,
            fix: Some(fix.into()),
        }
    }

    /// The stable name of it.
    #[cfg(test)]
    pub(crate) fn code(&self) -> &'static str {
        self.code
    }

    /// The same, for the pages before a store is open.
    pub(crate) fn into_trouble(self) -> Trouble {
        Trouble {
            code: self.code.to_owned(),
            sentences: vec![self.detail],
            fix: self.fix,
        }
    }

    /// What was typed is no server's address.
    pub(crate) fn server_address(typed: &str) -> Self {
        Self::new(
            "server_address",
            format!("“{typed}” is not the address of a server."),
            "Write it as the browser shows it, such as https://licenses.vendor.example.",
        )
    }

    /// A server elsewhere, without TLS.
    pub(crate) fn server_address_plain(typed: &str) -> Self {
        Self::new(
            "server_address_plain",
            format!("{typed} would send passwords and keys over the network in the clear."),
            "Use the https:// address. Plain http:// is for a server on this computer alone.",
        )
    }

    /// Something answers there that is no Latchkey server.
    pub(crate) fn no_server(address: &ServerAddress) -> Self {
        Self::new(
            "server_unknown",
            format!("What answers at {address} is not a Latchkey server."),
            "Check the address and its port.",
        )
    }

    /// Nothing answers there.
    pub(crate) fn server_unreachable(address: &ServerAddress, cause: &str) -> Self {
        Self::new(
            "server_unreachable",
            format!("The server {address} does not answer: {cause}."),
            "Check the address and your network, then try again.",
        )
    }

    /// Its certificate is none that this computer trusts.
    pub(crate) fn certificate_untrusted(
        address: &ServerAddress,
        cause: &rustls::CertificateError,
    ) -> Self {
        Self::new(
            "server_certificate_untrusted",
            format!("This computer does not trust the certificate of {address}: {cause}."),
            "Add the server anew under Connections, and compare the certificate's fingerprint with the one that whoever \
             runs the server tells you.",
        )
    }

    /// Its certificate is another than the one that was pinned.
    pub(crate) fn certificate_changed(address: &ServerAddress) -> Self {
        Self::new(
            "server_certificate_changed",
            format!("The server {address} shows another certificate than the one you have pinned."),
            "Ask whoever runs the server whether it was renewed. If so, add the server anew under Connections and compare \
             the new fingerprint; if not, do not sign in.",
        )
    }

    /// The server is of a newer version than this window can work with.
    pub(crate) fn server_newer(address: &ServerAddress, server: &str, window: &str) -> Self {
        Self::new(
            "server_newer",
            format!("The server {address} runs Latchkey {server}, and this window is {window}."),
            "Update Latchkey on this computer.",
        )
    }

    /// The server is of an older version than this window can work with.
    pub(crate) fn server_older(address: &ServerAddress, server: &str, window: &str) -> Self {
        Self::new(
            "server_older",
            format!("The server {address} runs Latchkey {server}, and this window is {window}."),
            "Ask whoever runs the server to update it, or use a window of its version.",
        )
    }

    /// A connection that is not in the list.
    pub(crate) fn connection_unknown(id: &str) -> Self {
        Self::new(
            "connection_unknown",
            format!("There is no connection “{id}” in the list."),
            "Look at the list again: another window may have changed it.",
        )
    }

    /// The connection is the one in use.
    pub(crate) fn connection_in_use() -> Self {
        Self::new(
            "connection_in_use",
            "This connection is in use.".to_owned(),
            "Open another one first.",
        )
    }

    /// The open store cannot be moved from here.
    pub(crate) fn store_not_here() -> Self {
        Self::new(
            "move_not_here",
            "There is no open store on this computer to be moved.".to_owned(),
            "Open the store first. What is on a server is moved there, with `latchkey move`.",
        )
    }

    /// What was typed is no database's address.
    pub(crate) fn database_address() -> Self {
        Self::new(
            "database_address",
            "This is not the address of a database.".to_owned(),
            "Write it as postgres://user:password@host/name.",
        )
    }

    /// Nothing can be listened to on this computer.
    pub(crate) fn browser_not_awaited(error: &std::io::Error) -> Self {
        Self::new(
            "browser_not_awaited",
            format!("The window cannot wait for the browser: {error}."),
            "Try again, or sign in with your password.",
        )
    }

    /// The browser does not open.
    pub(crate) fn browser_not_opened() -> Self {
        Self::new(
            "browser_not_opened",
            "The browser of this computer does not open.".to_owned(),
            "Choose a default browser in the settings of the desktop, and try again.",
        )
    }

    /// The person does not wait for it any more, or begins anew.
    pub(crate) fn browser_cancelled() -> Self {
        Self::new(
            "browser_cancelled",
            "The browser is not waited for any more.".to_owned(),
            "Begin anew.",
        )
    }

    /// The browser did not come back in time.
    pub(crate) fn browser_late() -> Self {
        Self::new(
            "browser_late",
            "Nobody signed in in the browser in time.".to_owned(),
            "Begin anew, and confirm on the page that opens.",
        )
    }

    /// The person let nobody in.
    pub(crate) fn browser_declined() -> Self {
        Self::new(
            "browser_declined",
            "In the browser, the window was not let in.".to_owned(),
            "Begin anew, and choose to sign in the app.",
        )
    }

    /// What somebody below refused, with its sentence and what would help.
    pub(crate) fn of(
        code: &'static str,
        error: &dyn std::error::Error,
        fix: Option<String>,
    ) -> Self {
        Self {
            code,
            detail: capitalised(&told(error)),
            fix,
        }
    }

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

impl From<SendError> for Refusal {
    fn from(error: SendError) -> Self {
        match error {
            SendError::Broken(detail) => Self::bridge(detail),
            SendError::Unreachable(detail) => Self {
                code: "unreachable",
                detail,
                fix: None,
            },
            SendError::Refused(refusal) => refusal,
        }
    }
}
