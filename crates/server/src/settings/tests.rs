//! Which of several values counts, and what is said of where it came from.

use clap::{CommandFactory as _, FromArgMatches as _};

use super::*;

fn completed(words: &[&str]) -> (Arguments, Origins) {
    let words = ["latchkey"].iter().chain(words);
    let matches = Arguments::command().get_matches_from(words);
    let mut arguments = Arguments::from_arg_matches(&matches).unwrap();
    let origins = complete(&mut arguments, &matches).unwrap();
    (arguments, origins)
}

#[test]
fn the_file_counts_where_no_flag_says_otherwise() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("latchkey.toml");
    let text =
        "listen = '127.0.0.1:1'\nbehind_proxy = true\nlog = 'info'\nstore = 'sqlite:/a.db'\n";
    std::fs::write(&path, text).unwrap();
    let file = path.to_str().unwrap();
    let (arguments, origins) = completed(&["serve", "--config", file, "--listen", "127.0.0.1:2"]);
    let Command::Serve(serve) = arguments.command else {
        panic!("serve was meant");
    };
    assert_eq!(serve.web.listen, Some("127.0.0.1:2".parse().unwrap()));
    assert_eq!(origins["listen"], Origin::Flag("--listen".to_owned()));
    assert_eq!(serve.web.behind_proxy, Some(true));
    assert_eq!(
        origins["behind_proxy"],
        Origin::File {
            path: path.clone(),
            line: 2
        }
    );
    assert_eq!(serve.web.tls_key, None);
    assert!(!origins.contains_key("tls_key"));

    // Whatever the command, the store is the configured one, and flags may stand before it.
    let before = ["--config", file, "--log", "debug", "ledger", "verify"];
    let (mut arguments, origins) = completed(&before);
    assert_eq!(
        arguments.command.store().unwrap().store.as_deref(),
        Some("sqlite:/a.db")
    );
    assert_eq!(origins["log"], Origin::Flag("--log".to_owned()));
}
