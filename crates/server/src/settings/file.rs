//! The configuration file: TOML, one setting a line. What is not known is refused.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use latchkey_store::{StoreError, StoreUrl};
use serde::Deserialize;
use toml::Spanned;

use crate::logging::{LogFilter, LogFormat};
use crate::told::Told;

/// A file that was read.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) text: String,
    pub(super) found: Found,
}

/// All settings there are. What they mean is said at the flags of the same names.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Found {
    pub(super) store: Option<Spanned<StoreAddress>>,
    pub(super) passphrase_file: Option<Spanned<PathBuf>>,
    pub(super) listen: Option<Spanned<SocketAddr>>,
    pub(super) tls_certificate: Option<Spanned<PathBuf>>,
    pub(super) tls_key: Option<Spanned<PathBuf>>,
    pub(super) behind_proxy: Option<Spanned<bool>>,
    pub(super) metrics_listen: Option<Spanned<SocketAddr>>,
    pub(super) mail: Option<Spanned<String>>,
    pub(super) mail_from: Option<Spanned<String>>,
    pub(super) url: Option<Spanned<String>>,
    pub(super) oidc_issuer: Option<Spanned<String>>,
    pub(super) oidc_client_id: Option<Spanned<String>>,
    pub(super) oidc_client_secret_file: Option<Spanned<PathBuf>>,
    pub(super) oidc_name: Option<Spanned<String>>,
    pub(super) webhook_private_networks: Option<Spanned<bool>>,
    pub(super) log: Option<Spanned<LogFilter>>,
    pub(super) log_format: Option<Spanned<LogFormat>>,
}

/// The address of a store, known to be one.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct StoreAddress(pub(super) String);

impl TryFrom<String> for StoreAddress {
    type Error = StoreError;

    fn try_from(text: String) -> Result<Self, StoreError> {
        StoreUrl::parse(&text).map(|_| Self(text))
    }
}

/// Reads it. Paths in it that do not begin with a slash begin at its folder.
pub(super) fn read(path: &Path) -> Result<File, Told> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Told::new(
            "config_unreadable",
            format!(
                "the configuration file {} cannot be read: {error}",
                path.display()
            ),
            "Check the path given by --config or LATCHKEY_CONFIG, and that you may read the file.",
        )
    })?;
    let mut found = parse(&text).map_err(|fault| {
        Told::new(
            "config_invalid",
            format!("{}, line {}: {}", path.display(), fault.line, fault.what),
            "Correct the line or remove it. `latchkey config` shows all settings, and `latchkey \
             help serve` says what they mean.",
        )
    })?;
    found.begin_at(path.parent().unwrap_or(Path::new("")));
    Ok(File {
        path: path.to_owned(),
        text,
        found,
    })
}

/// What is wrong with a file, and where.
#[derive(Debug)]
struct Fault {
    line: usize,
    what: String,
}

/// Only the message is kept: the parser's own account of an error shows the whole line, and a
/// password may stand in it.
fn parse(text: &str) -> Result<Found, Fault> {
    toml::from_str(text).map_err(|error: toml::de::Error| Fault {
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        what: error.message().trim().replace('\n', ", "),
    })
}

/// The number of the line in which a byte stands.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

impl Found {
    fn begin_at(&mut self, folder: &Path) {
        let paths = [
            &mut self.passphrase_file,
            &mut self.tls_certificate,
            &mut self.tls_key,
            &mut self.oidc_client_secret_file,
        ];
        for path in paths.into_iter().flatten() {
            *path.get_mut() = folder.join(path.get_ref());
        }
        if let Some(store) = &mut self.store
            && let Ok(StoreUrl::Sqlite(path)) = StoreUrl::parse(&store.get_ref().0)
        {
            store.get_mut().0 = StoreUrl::file(&folder.join(path)).to_string();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn fault(text: &str) -> Fault {
        parse(text).unwrap_err()
    }

    #[test]
    fn what_is_not_known_is_refused_with_its_line() {
        let unknown = fault("# settings\nlog = \"info\"\nlistn = \"127.0.0.1:1\"\n");
        assert_eq!(unknown.line, 3);
        assert!(
            unknown.what.contains("unknown field `listn`"),
            "{unknown:?}"
        );
        assert!(
            unknown.what.contains("`listen`"),
            "it says what there is: {unknown:?}"
        );
        assert_eq!(fault("log = \"info\"\n\n[tls]\nkey = \"a\"\n").line, 3);
    }

    #[test]
    fn a_bad_value_is_refused_with_its_line_and_without_showing_a_password() {
        for bad in [
            "listen = \"here\"",
            "listen = 7878",
            "behind_proxy = \"yes\"",
            "log_format = \"xml\"",
            "log = \"latchkey=loud\"",
            "store = \"mysql://latchkey:hunter2@db/latchkey\"",
            "store = \"postgres://latchkey:hunter2@db/latchkey",
            "store = 'a'\nstore = 'b'",
        ] {
            let fault = fault(&format!("# one\n# two\n{bad}\n"));
            assert!(matches!(fault.line, 3..=4), "{bad}: {fault:?}");
            assert!(
                !fault.what.is_empty() && !fault.what.contains("hunter2"),
                "{fault:?}"
            );
        }
    }

    #[test]
    fn paths_begin_at_the_files_folder() {
        let text = "store = 'sqlite:data/a.db'\ntls_key = 'k.pem'\ntls_certificate = '/c.pem'\n";
        let mut found = parse(text).unwrap();
        found.begin_at(Path::new("/etc/latchkey"));
        assert_eq!(
            found.store.unwrap().get_ref().0,
            "sqlite:/etc/latchkey/data/a.db"
        );
        assert_eq!(
            found.tls_key.unwrap().get_ref(),
            Path::new("/etc/latchkey/k.pem")
        );
        assert_eq!(
            found.tls_certificate.unwrap().get_ref(),
            Path::new("/c.pem")
        );
    }

    /// A line of the example that is a setting, shown or commented out.
    fn setting(line: &str) -> Option<&str> {
        let line = line.trim_start_matches("# ");
        let (name, _) = line.split_once(" = ")?;
        let plain = name
            .bytes()
            .all(|sign| sign.is_ascii_lowercase() || sign == b'_');
        plain.then_some(line)
    }

    #[test]
    fn the_example_shows_every_setting_and_all_of_it_can_be_used() {
        let example = include_str!("../../../../dist/latchkey.toml");
        assert!(parse(example).is_ok(), "{:?}", parse(example));
        // Some are shown in several ways: each is one, and of each the last is taken.
        let mut lines = BTreeMap::new();
        for line in example.lines().filter_map(setting) {
            assert!(parse(line).is_ok(), "{line}: {:?}", parse(line));
            lines.insert(line.split_once(' ').unwrap().0, line);
        }
        let lines: Vec<&str> = lines.into_values().collect();
        let found = parse(&lines.join("\n")).unwrap();
        let shown = format!("{found:?}");
        assert!(
            !shown.contains("None"),
            "not in dist/latchkey.toml: {shown}"
        );
    }
}
