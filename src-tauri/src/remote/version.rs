//! Whether a window and a server of different versions understand each other.

use latchkey_api::VERSION;

/// The side that is to be updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Older {
    /// This window.
    Window,
    /// The server.
    Server,
}

/// Whether this window can work with a server of that version.
pub(super) fn fits(server: &str) -> Result<(), Older> {
    compared(VERSION, server)
}

/// The API keeps its meaning within a major version, and before the first within a minor one (Semantic Versioning 2.0.0,
/// §4). A version that is none comes from a server of times to come.
fn compared(window: &str, server: &str) -> Result<(), Older> {
    let (Some(window), Some(server)) = (epoch(window), epoch(server)) else {
        return Err(Older::Window);
    };
    match window.cmp(&server) {
        std::cmp::Ordering::Equal => Ok(()),
        std::cmp::Ordering::Less => Err(Older::Window),
        std::cmp::Ordering::Greater => Err(Older::Server),
    }
}

fn epoch(version: &str) -> Option<(u64, u64)> {
    let mut parts = version.split('.').map(|part| part.parse::<u64>().ok());
    let (major, minor) = (parts.next()??, parts.next()??);
    Some((major, if major == 0 { minor } else { 0 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_side_is_to_be_updated() {
        assert_eq!(fits(VERSION), Ok(()));
        for (window, server, found) in [
            ("0.1.0", "0.1.9", Ok(())),
            ("0.1.0", "0.2.0", Err(Older::Window)),
            ("0.2.0", "0.1.0", Err(Older::Server)),
            ("1.2.0", "1.9.1-rc.1", Ok(())),
            ("1.2.0", "2.0.0", Err(Older::Window)),
            ("1.2.0", "0.9.0", Err(Older::Server)),
            ("1.2.0", "someday", Err(Older::Window)),
        ] {
            assert_eq!(compared(window, server), found, "{window} {server}");
        }
    }
}
