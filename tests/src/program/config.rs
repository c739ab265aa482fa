//! `latchkey config` and the configuration file: what counts over what, what is hidden, what is
//! refused.

use crate::home::Home;
use crate::program::harness::{Server, bare, command, said};

#[test]
fn a_flag_counts_over_the_environment_and_that_over_the_file() {
    let home = Home::new();
    let file = home.write(
        "latchkey.toml",
        "listen = '127.0.0.1:1001'\nmetrics_listen = '127.0.0.1:1002'\nlog = 'info'\n\
         tls_key = 'keys/tls.key'\n",
    );
    let mut asked = bare(&home, &["config", "--listen", "127.0.0.1:3001"]);
    asked
        .env("LATCHKEY_CONFIG", &file)
        .env("LATCHKEY_LISTEN", "127.0.0.1:2001")
        .env("LATCHKEY_METRICS_LISTEN", "127.0.0.1:2002");
    let said = said(&mut asked).exits(0);
    let (file, key) = (file.display(), home.path("keys/tls.key"));
    let store = home.store();
    for line in [
        format!("store = \"sqlite:{}\"  # default", store.display()),
        "# passphrase_file is not set".to_owned(),
        "listen = \"127.0.0.1:3001\"  # flag, --listen".to_owned(),
        "metrics_listen = \"127.0.0.1:2002\"  # environment, LATCHKEY_METRICS_LISTEN".to_owned(),
        "# tls_certificate is not set".to_owned(),
        format!("tls_key = \"{}\"  # {file}, line 4", key.display()),
        "behind_proxy = false  # default".to_owned(),
        "# mail is not set".to_owned(),
        "# mail_from is not set".to_owned(),
        "# url is not set".to_owned(),
        "# oidc_issuer is not set".to_owned(),
        "# oidc_client_id is not set".to_owned(),
        "# oidc_client_secret_file is not set".to_owned(),
        "# oidc_name is not set".to_owned(),
        "webhook_private_networks = false  # default".to_owned(),
        format!("log = \"info\"  # {file}, line 3"),
        "log_format = \"text\"  # default".to_owned(),
    ] {
        assert!(
            said.out.lines().any(|shown| shown == line),
            "{line}\n{}",
            said.out
        );
    }
    assert_eq!(said.out.lines().count(), 17, "{}", said.out);
    assert!(!store.exists(), "nothing was opened");
}

#[test]
fn no_secret_is_shown() {
    let home = Home::new();
    let passphrase = home.passphrase_file();
    let file = home.write(
        "latchkey.toml",
        "store = 'postgres://latchkey:hunter2@db.example/latchkey?password=hunter2'\n",
    );
    let file = file.to_str().unwrap();
    for format in ["text", "json"] {
        let mut asked = command(&home, &["config", "--config", file, "--log", "trace"]);
        let said = said(asked.args(["--log-format", format])).exits(0);
        assert!(
            said.out
                .contains("postgres://latchkey:***@db.example/latchkey"),
            "{}",
            said.out
        );
        assert!(
            said.out.contains(passphrase.to_str().unwrap()),
            "{}",
            said.out
        );
        for secret in ["hunter2", crate::home::PASSPHRASE] {
            assert!(!said.out.contains(secret), "{}", said.out);
            assert!(!said.err.contains(secret), "{}", said.err);
        }
    }
}

#[test]
fn what_is_wrong_in_the_file_is_told_with_its_line_and_what_to_do() {
    let home = Home::new();
    for (text, line, named) in [
        (
            "log = 'info'\nlistn = '127.0.0.1:1'\n",
            2,
            "unknown field `listn`",
        ),
        ("\n\nlisten = 'everywhere'\n", 3, "socket address"),
        ("log_format = 'xml'\n", 1, "xml"),
        (
            "store = 'postgres//u:hunter2@db'\n",
            1,
            "not the address of a store",
        ),
        ("log = 'info'\nlog = 'warn'\n", 2, "duplicate key"),
        ("behind_proxy = maybe\n", 1, ""),
    ] {
        let file = home.write("latchkey.toml", text);
        let file = file.to_str().unwrap();
        for words in [
            &["config"][..],
            &["serve"],
            &["ledger", "verify"],
            &["doctor"],
        ] {
            let words = [&["--config", file], words].concat();
            let said = said(&mut command(&home, &words)).exits(2);
            for part in [
                &format!("latchkey.toml, line {line}: ")[..],
                named,
                "[config_invalid]",
                "what to do: Correct the line",
            ] {
                assert!(said.err.contains(part), "{part}\n{}", said.err);
            }
            assert!(!said.err.contains("hunter2"), "{}", said.err);
        }
    }
    let missing = said(&mut bare(&home, &["config", "--config", "nowhere.toml"])).exits(2);
    assert!(
        missing.err.contains("[config_unreadable]"),
        "{}",
        missing.err
    );
    assert!(!home.store().exists(), "nothing was opened");
}

#[tokio::test]
async fn the_server_does_what_the_file_says() {
    let home = Home::new();
    let passphrase = home.passphrase_file();
    let file = home.write(
        "latchkey.toml",
        format!(
            "store = 'sqlite:elsewhere/site.db'\nlisten = '127.0.0.1:0'\npassphrase_file = '{}'\n",
            passphrase.display()
        ),
    );
    let file = file.to_str().unwrap();
    let server = Server::start_as(&mut bare(&home, &["serve", "--config", file]));
    assert!(home.path("elsewhere/site.db").exists());
    let health = reqwest::get(server.at("/healthz")).await.unwrap();
    assert_eq!(health.text().await.unwrap(), "ok");
    // Every other command finds the same store.
    let said = said(&mut bare(&home, &["doctor", "--config", file])).exits(0);
    assert!(said.out.contains("elsewhere/site.db"), "{}", said.out);
}
