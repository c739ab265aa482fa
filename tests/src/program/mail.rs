//! Letters arrive at a real mail server, also one that was away when they were written.

mod away;

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use reqwest::Client;
use serde_json::{Value, json};

use crate::home::Home;
use crate::program::harness::{Server, run};

const FROM: &str = "Latchkey <no-reply@vendor.example>";

/// Debian's own: another one on the path does not have the mail server.
const PYTHON: &str = "/usr/bin/python3";

/// How often it is looked for a letter: half a minute.
const TRIES: u32 = 300;

/// A mail server (Debian's aiosmtpd) that keeps what it takes in a maildir.
struct MailServer {
    child: Child,
    folder: PathBuf,
}

impl MailServer {
    fn start(home: &Home, port: u16) -> Self {
        let folder = home.path("mail");
        let child = Command::new(PYTHON)
            .args(["-m", "aiosmtpd", "--nosetuid", "--listen"])
            .arg(format!("127.0.0.1:{port}"))
            .args(["--class", "aiosmtpd.handlers.Mailbox"])
            .arg(&folder)
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("python3 does not start ({error}): install python3-aiosmtpd")
            });
        Self { child, folder }
    }

    /// Waits until it has so many letters; answers what each says, headers first.
    async fn letters(&self, count: usize) -> Vec<String> {
        for _ in 0..TRIES {
            let found = files(&self.folder.join("new"));
            if found.len() >= count {
                assert_eq!(found.len(), count);
                return found.iter().map(|file| said(file)).collect();
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("there are not {count} letters in {}", self.folder.display());
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn files(folder: &std::path::Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<_> = listed.map(|file| file.path()).collect();
    files.sort_by_key(|file| file.metadata().and_then(|about| about.modified()).ok());
    files
}

/// A letter as a mail program shows it.
fn said(file: &std::path::Path) -> String {
    const SHOW: &str = "import email, email.policy, sys\n\
        letter = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)\n\
        print('From:', letter['from']); print('To:', letter['to']); print('Subject:', letter['subject'])\n\
        print(letter.get_content())";
    let output = Command::new(PYTHON)
        .args(["-c", SHOW])
        .arg(file)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// What stands behind the `#` of the link in a letter.
fn secret(letter: &str) -> String {
    let (_, rest) = letter
        .split_once("https://licenses.example/welcome#")
        .unwrap_or_else(|| panic!("no link in {letter}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

#[tokio::test]
async fn who_is_invited_or_has_lost_a_password_gets_a_link_by_e_mail() {
    let home = Home::new();
    let init = [
        "init",
        "--email",
        "olga@vendor.example",
        "--vendor",
        "Nordlicht",
    ];
    let link = run(&home, &init).exits(0).out;
    let owner = link
        .lines()
        .nth(1)
        .unwrap()
        .rsplit_once('#')
        .unwrap()
        .1
        .to_owned();
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let place = format!("smtp://127.0.0.1:{port}");
    let url = "https://licenses.example/";
    let server = Server::start_with(
        &home,
        &["--mail", &place, "--mail-from", FROM, "--url", url],
    );
    let client = Client::new();
    let post = async |path: &str, token: &str, body: Value| {
        let request = client.post(server.at(path)).bearer_auth(token);
        let request = request.header("accept-language", "de-AT,en;q=0.5");
        let answer = request.json(&body).send().await.unwrap();
        (
            answer.status().as_u16(),
            answer.json::<Value>().await.unwrap(),
        )
    };
    let accept = async |token: &str, password: &str| {
        let accept = json!({ "token": token, "password": password });
        post("/v1/invitations/accept", "", accept).await.0
    };
    let sign_in = async |email: &str, password: &str| {
        let program = json!({ "email": email, "password": password, "kind": "program" });
        let (status, answer) = post("/v1/sign-in", "", program).await;
        assert_eq!(status, 200, "{answer}");
        answer["token"].as_str().unwrap().to_owned()
    };
    assert_eq!(accept(&owner, "seven grey geese").await, 200);
    let olga = sign_in("olga@vendor.example", "seven grey geese").await;

    // The mail server is away; it is tried again.
    let bob = json!({ "email": "bob@vendor.example", "name": "Bob Möller", "role": "support" });
    let (status, invited) = post("/v1/users", &olga, bob).await;
    assert_eq!(
        (status, &invited["item"]["mailed"]),
        (200, &json!(true)),
        "{invited}"
    );
    let mail = MailServer::start(&home, port);
    let letters = mail.letters(1).await;
    for part in [
        "From: Latchkey <no-reply@vendor.example>",
        "To: bob@vendor.example",
        "Subject: Ihr Konto für die Lizenzen von Nordlicht",
        "Guten Tag Bob Möller,",
    ] {
        assert!(letters[0].contains(part), "{part}: {}", letters[0]);
    }
    assert_eq!(invited["item"]["token"], json!(secret(&letters[0])));
    assert_eq!(accept(&secret(&letters[0]), "eight grey geese").await, 200);
    sign_in("bob@vendor.example", "eight grey geese").await;

    // Whether there is an account is not told, and nobody else gets a letter.
    let mut answers = Vec::new();
    for email in ["nobody@vendor.example", "no address", "Bob@Vendor.example"] {
        answers.push(post("/v1/password-reset", "", json!({ "email": email })).await);
    }
    assert_eq!(answers[0], (200, json!({ "link_days": 3 })));
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let letters = mail.letters(2).await;
    assert!(
        letters[1].contains("Subject: Ein neues Passwort"),
        "{}",
        letters[1]
    );
    sign_in("bob@vendor.example", "eight grey geese").await;
    assert_eq!(accept(&secret(&letters[1]), "nine grey geese").await, 200);
    assert_eq!(accept(&secret(&letters[1]), "nine grey geese").await, 404);
    sign_in("bob@vendor.example", "nine grey geese").await;
}

#[tokio::test]
async fn letters_can_be_tried_out_in_a_folder_and_settings_that_do_not_fit_are_told() {
    let home = Home::new();
    let init = ["init", "--email", "olga@vendor.example"];
    run(&home, &init).exits(0);
    let folder = home.path("letters");
    std::fs::create_dir(&folder).unwrap();
    let place = format!("file:{}", folder.display());
    let url = "https://licenses.example";
    let server = Server::start_with(
        &home,
        &["--mail", &place, "--mail-from", FROM, "--url", url],
    );
    let asked = json!({ "email": "olga@vendor.example" });
    let asked = Client::new()
        .post(server.at("/v1/password-reset"))
        .json(&asked);
    assert_eq!(asked.send().await.unwrap().status(), 200);
    for tries in 0.. {
        if let [letter] = &files(&folder)[..] {
            let letter = said(letter);
            assert!(
                letter.contains("somebody asked for a new password"),
                "{letter}"
            );
            break;
        }
        assert!(tries < TRIES, "no letter is there");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(server);

    let smtp = "smtp://latchkey:hunter2@mail.example";
    for (flags, code) in [
        (
            &["--mail", &place, "--mail-from", FROM][..],
            "mail_incomplete",
        ),
        (&["--mail-from", FROM, "--url", url], "mail_incomplete"),
        (
            &["--mail", smtp, "--mail-from", FROM, "--url", url],
            "mail_unusable",
        ),
        (
            &["--mail", &place, "--mail-from", "me", "--url", url],
            "mail_unusable",
        ),
    ] {
        let words = [&["serve", "--listen", "127.0.0.1:0"], flags].concat();
        let said = run(&home, &words).exits(2);
        assert!(said.err.contains(&format!("[{code}]")), "{}", said.err);
        assert!(!said.err.contains("hunter2"), "{}", said.err);
    }
    let shown = run(
        &home,
        &["config", "--mail", "smtps://latchkey:hunter2@mail.example"],
    )
    .exits(0);
    assert!(
        shown.out.contains("smtps://latchkey:***@mail.example"),
        "{}",
        shown.out
    );
}

#[tokio::test]
async fn without_a_mail_server_a_lost_password_takes_an_owner() {
    let home = Home::new();
    run(&home, &["init", "--email", "olga@vendor.example"]).exits(0);
    let server = Server::start(&home);
    let asked = json!({ "email": "olga@vendor.example" });
    let asked = Client::new()
        .post(server.at("/v1/password-reset"))
        .json(&asked);
    let answer = asked.send().await.unwrap();
    assert_eq!(answer.status(), 409);
    let problem: Value = answer.json().await.unwrap();
    assert_eq!(problem["code"], "mail_not_set_up");
}
