//! The server program on a store that it filled itself.

use std::borrow::Cow;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Connection, Request};

/// The owner's account, and how many others there are.
pub(super) const EMAIL: &str = "owner@vendor.example";
const PEOPLE: usize = 40;
const PASSWORD: &str = "seven grey geese";

/// Activations that are asked about at most.
const SEATS_MAX: usize = 20_000;

/// Longest wait for the server to stop.
const STOPPING: Duration = Duration::from_secs(20);

/// A page of activations.
#[derive(Deserialize)]
struct Page {
    items: Vec<Seat>,
    next: Option<String>,
}

/// What a command answers.
#[derive(Deserialize)]
struct Made<T> {
    item: T,
}

/// What lets somebody in.
#[derive(Deserialize)]
struct SignedIn {
    token: String,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

#[derive(Deserialize)]
struct Issued {
    licenses: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    key: String,
}

/// A machine's seat on a license.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Seat {
    pub(super) license_key: String,
    pub(super) machine_code: String,
}

/// The program, with a passphrase of the bench's own.
fn latchkey(programs: &Path, folder: &Path, url: &str, verb: &str) -> Result<Command> {
    let passphrase = folder.join("passphrase");
    fs::write(&passphrase, "correct horse battery\n")?;
    let mut command = Command::new(programs.join("latchkey"));
    command
        .args([verb, "--store", url, "--passphrase-file"])
        .arg(passphrase)
        .env("HOME", folder)
        .env_remove("LATCHKEY_STORE");
    Ok(command)
}

/// Fills a store, and waits until it is on the disk: none of that is to be written while something is measured.
pub(super) fn seed(
    programs: &Path,
    folder: &Path,
    url: &str,
    licenses: usize,
    machines_each: usize,
) -> Result<()> {
    let seeded = latchkey(programs, folder, url, "seed")?
        .args(["--licenses", &licenses.to_string()])
        .args(["--activations-per-license", &machines_each.to_string()])
        .stdout(Stdio::null())
        .status()?;
    if !seeded.success() {
        bail!("the store for the server could not be filled");
    }
    Command::new("sync").status()?;
    Ok(())
}

/// Makes the owner's account; answers what lets them choose a password.
pub(super) fn make_owner(programs: &Path, folder: &Path, url: &str) -> Result<String> {
    let made = latchkey(programs, folder, url, "init")?
        .args(["--email", EMAIL])
        .output()?;
    let said = String::from_utf8(made.stdout)?;
    let (_, rest) = said
        .split_once("/welcome#")
        .context("`init` prints a link")?;
    Ok(rest.lines().next().unwrap_or_default().to_owned())
}

/// A running server.
pub(super) struct Server {
    child: Child,
    address: SocketAddr,
}

impl Server {
    pub(super) async fn start(programs: &Path, folder: &Path, url: &str) -> Result<Self> {
        let mut child = latchkey(programs, folder, url, "serve")?
            .args(["--listen", "127.0.0.1:0", "--behind-proxy"])
            .stdout(Stdio::piped())
            .spawn()?;
        let stdout = child.stdout.take().context("the server says something")?;
        let line = tokio::task::spawn_blocking(move || {
            let mut line = String::new();
            BufReader::new(stdout).read_line(&mut line).map(|_| line)
        });
        let line = line.await??;
        let (_, address) = line
            .trim()
            .split_once("http://")
            .with_context(|| format!("the server said: {line}"))?;
        let address = address.parse()?;
        Ok(Self { child, address })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Machines that are active.
    pub(super) async fn seats(&self) -> Result<Vec<Seat>> {
        let mut connection = Connection::open(self.address).await?;
        let (mut seats, mut after) = (Vec::new(), String::new());
        while seats.len() < SEATS_MAX {
            let path = format!("/v1/activations?state=active&limit=200{after}");
            let page: Page = serde_json::from_slice(connection.get(&path).await?)?;
            seats.extend(page.items);
            match page.next {
                Some(next) => after = format!("&after={next}"),
                None => break,
            }
        }
        Ok(seats)
    }

    /// Issues so many licenses that never run out or get full; answers their keys.
    pub(super) async fn issue(&self, count: usize) -> Result<Vec<String>> {
        let mut connection = Connection::open(self.address).await?;
        let product = json!({ "code": "roomy", "name": "Roomy" });
        let product = made(&mut connection, "/v1/products", &product).await?;
        let rules = json!({
            "term": { "kind": "perpetual" }, "seats_max": 1_000_000, "node_locked": true,
            "feature_ids": [], "license_file_days": 30,
        });
        let policy = json!({ "product_id": product, "name": "Roomy", "rules": rules });
        let policy = made(&mut connection, "/v1/policies", &policy).await?;
        let customer = json!({ "name": "Roomy" });
        let customer = made(&mut connection, "/v1/customers", &customer).await?;
        let many = json!({ "policy_id": policy, "customer_id": customer, "count": count });
        let issued = connection
            .ask("POST", &post("/v1/licenses/batch", &many))
            .await?;
        let issued: Made<Issued> = serde_json::from_slice(issued)?;
        Ok(issued.item.licenses.into_iter().map(|it| it.key).collect())
    }

    /// What it holds that stands in no file, and its program, in MiB (PSS without the map of the store's file).
    pub(super) fn memory(&self) -> Result<f64> {
        let rollup = fs::read_to_string(format!("/proc/{}/smaps_rollup", self.child.id()))?;
        let mib = |name: &str| {
            let rest = rollup.lines().find_map(|line| line.strip_prefix(name))?;
            let kib: f64 = rest.split_ascii_whitespace().next()?.parse().ok()?;
            Some(kib / 1024.0)
        };
        mib("Pss_Anon:").context("the server's memory is not found")
    }

    /// Accepts the owner's invitation, and invites everybody else.
    pub(super) async fn invite(&self, token: &str) -> Result<()> {
        let mut connection = Connection::open(self.address).await?;
        self.accept(&mut connection, token).await?;
        let owner = signed_in(&mut connection, EMAIL).await?;
        for number in 1..PEOPLE {
            let body = json!({ "email": email(number), "name": "Somebody", "role": "auditor" });
            let request = Request {
                authorization: format!("Bearer {owner}"),
                ..post("/v1/users", &body)
            };
            let invited = token_of(connection.ask("POST", &request).await?)?;
            self.accept(&mut connection, &invited).await?;
        }
        Ok(())
    }

    pub(super) async fn accept(&self, connection: &mut Connection, token: &str) -> Result<()> {
        let body = json!({ "token": token, "password": PASSWORD });
        let request = post("/v1/invitations/accept", &body);
        connection.ask("POST", &request).await.map(drop)
    }

    /// Has somebody sign in so often; answers how often it was done in that time.
    pub(super) async fn sign_in_steadily(&self, per_second: u32, lasting: Duration) -> Result<u32> {
        let mut rhythm = tokio::time::interval(Duration::from_secs(1) / per_second);
        let until = tokio::time::Instant::now() + lasting;
        let mut tasks = tokio::task::JoinSet::new();
        let mut numbers = 0..;
        while tokio::time::Instant::now() < until {
            rhythm.tick().await;
            let (address, number) = (self.address, numbers.next().unwrap_or(0));
            tasks.spawn(async move {
                let mut connection = Connection::open(address).await?;
                connection.ask("POST", &sign_in(number)).await?;
                anyhow::Ok(tokio::time::Instant::now())
            });
        }
        let mut done = 0;
        while let Some(task) = tasks.join_next().await {
            done += u32::from(task?? <= until);
        }
        Ok(done)
    }

    pub(super) async fn stop(mut self) -> Result<()> {
        let pid = self.child.id().to_string();
        Command::new("kill").args(["-TERM", &pid]).status()?;
        let stopped = tokio::task::spawn_blocking(move || self.child.wait());
        tokio::time::timeout(STOPPING, stopped)
            .await
            .context("the server does not stop")???;
        Ok(())
    }
}

/// Makes something; answers its id.
async fn made(connection: &mut Connection, path: &'static str, body: &Value) -> Result<String> {
    let answer = connection.ask("POST", &post(path, body)).await?;
    id_of(answer)
}

/// The id of what a command has made.
pub(super) fn id_of(answer: &[u8]) -> Result<String> {
    let answer: Made<Named> = serde_json::from_slice(answer)?;
    Ok(answer.item.id)
}

/// The token in the answer to an invitation.
pub(super) fn token_of(answer: &[u8]) -> Result<String> {
    let invited: Made<SignedIn> = serde_json::from_slice(answer)?;
    Ok(invited.item.token)
}

/// Has somebody sign in, each from an address of their own; answers the token of their session.
pub(super) async fn signed_in(connection: &mut Connection, email: &str) -> Result<String> {
    let body = json!({ "email": email, "password": PASSWORD, "kind": "program" });
    let [high, low] = email
        .bytes()
        .fold(0_u16, |sum, byte| {
            sum.wrapping_mul(31).wrapping_add(u16::from(byte))
        })
        .to_be_bytes();
    let request = Request {
        forwarded_for: format!("10.1.{high}.{low}"),
        ..post("/v1/sign-in", &body)
    };
    let answer = connection.ask("POST", &request).await?;
    let answer: SignedIn = serde_json::from_slice(answer)?;
    Ok(answer.token)
}

fn email(number: usize) -> String {
    match number % PEOPLE {
        0 => EMAIL.to_owned(),
        number => format!("person-{number}@vendor.example"),
    }
}

/// Somebody signs in, each from an address of their own.
fn sign_in(number: usize) -> Request {
    let body = json!({ "email": email(number), "password": PASSWORD, "kind": "program" });
    Request {
        forwarded_for: format!("10.0.0.{}", number % PEOPLE + 1),
        ..post("/v1/sign-in", &body)
    }
}

pub(super) fn post(path: impl Into<Cow<'static, str>>, body: &Value) -> Request {
    Request {
        path: path.into(),
        body: body.to_string(),
        ..Request::default()
    }
}
