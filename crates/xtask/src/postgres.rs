//! A throw-away PostgreSQL cluster from Debian's package: the tests' second database.

use crate::guard::Guard;
use crate::{paths, random};
use anyhow::{Context, Result};
use std::net::TcpListener;
use std::path::PathBuf;

/// The variable that tells the tests where the cluster is.
pub(crate) const VARIABLE: &str = "LATCHKEY_TEST_POSTGRES";

/// How often another program may take our port between finding it free and using it.
const ATTEMPTS: usize = 3;

/// A running cluster; dropped, it stops and leaves nothing behind.
pub(crate) struct Postgres {
    url: String,
    _guard: Guard,
}

impl Postgres {
    /// Starts a cluster that loses everything in a power cut, which is what makes tests quick.
    pub(crate) fn start() -> Result<Self> {
        Self::start_with("off")
    }

    /// Starts a cluster that keeps what it has confirmed: what the bench measures.
    pub(crate) fn start_durable() -> Result<Self> {
        Self::start_with("on")
    }

    fn start_with(fsync: &str) -> Result<Self> {
        let folder = programs()?;
        let folder = folder
            .to_str()
            .context("the path of PostgreSQL's programs is no UTF-8")?;
        let mut attempt = 1;
        loop {
            match try_start(folder, fsync) {
                Err(error) if attempt < ATTEMPTS => eprintln!("{error:#}; trying again"),
                result => return result,
            }
            attempt += 1;
        }
    }

    /// Where tests find it: a superuser who may create databases.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

fn try_start(programs: &str, fsync: &str) -> Result<Postgres> {
    let port = TcpListener::bind("127.0.0.1:0")?
        .local_addr()?
        .port()
        .to_string();
    let password = random::hex(16)?;
    let mut environment = vec![
        ("PG_BIN", programs),
        ("PG_PORT", port.as_str()),
        ("PG_PASSWORD", password.as_str()),
        ("PG_FSYNC", fsync),
    ];
    let memory = paths::memory().filter(|_| fsync == "off");
    environment.extend(memory.map(|folder| ("TMPDIR", folder)));
    let (guard, _) = Guard::start(
        "a PostgreSQL cluster",
        include_str!("postgres.sh"),
        &environment,
    )?;
    let url = format!("postgres://postgres:{password}@127.0.0.1:{port}/postgres");
    Ok(Postgres { url, _guard: guard })
}

/// Debian keeps each version's programs apart; the newest will do.
pub(crate) fn programs() -> Result<PathBuf> {
    let base = "/usr/lib/postgresql";
    let newest = std::fs::read_dir(base)
        .with_context(|| format!("PostgreSQL is not installed: {base} is missing"))?
        .flatten()
        .filter(|entry| entry.path().join("bin/initdb").exists())
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .with_context(|| format!("no version of PostgreSQL's server in {base}"))?;
    Ok(PathBuf::from(base).join(newest.to_string()).join("bin"))
}
