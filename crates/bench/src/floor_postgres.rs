//! Activating on PostgreSQL, beside pgbench running the statements of one activation, one activation a commit, from as
//! many clients, in the same database, without any ledger.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use latchkey_app::StoreUrl;

use crate::Arguments;
use crate::ground::{CALLERS, Ground, MACHINES_PER_LICENSE};
use crate::report::{Report, Row, Target};

const SCRIPT: &str = include_str!("floor_postgres.sql");
const DATABASE: &str = "latchkey_bench";

/// An empty database on the bench's server, and pgbench for it.
pub(crate) struct Floor {
    programs: PathBuf,
    script: PathBuf,
    address: String,
}

impl Floor {
    /// Makes the database anew; none where there is no server.
    pub(crate) fn prepare(arguments: &Arguments) -> Result<Option<Self>> {
        let (Some(server), Some(programs)) = (&arguments.postgres, &arguments.postgres_programs)
        else {
            eprintln!("PostgreSQL is left out: `cargo xtask bench` starts one");
            return Ok(None);
        };
        let (base, _) = server
            .rsplit_once('/')
            .context("the server's address ends with a database")?;
        let psql = |arguments: &[&str]| {
            run(Command::new(programs.join("psql"))
                .args(["-v", "ON_ERROR_STOP=1"])
                .args(arguments)
                .arg(server))
        };
        let drop = format!("DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)");
        psql(&["-q", "-c", &drop])?;
        psql(&["-q", "-c", &format!("CREATE DATABASE {DATABASE}")])?;
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let set = psql(&["-Atc", &format!("SHOW {setting}")])?;
            if set.trim() != "on" {
                bail!(
                    "the PostgreSQL server is not durable: {setting} is {}",
                    set.trim()
                );
            }
        }
        let script = arguments.report.join("floor_postgres.sql");
        std::fs::write(&script, SCRIPT)?;
        Ok(Some(Self {
            programs: programs.clone(),
            script,
            address: format!("{base}/{DATABASE}"),
        }))
    }

    /// The database's address.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// Has PostgreSQL look at what is there, and write to its files what waits for that.
    pub(crate) fn vacuum(&self) -> Result<()> {
        let psql = self.programs.join("psql");
        let settle = ["-q", "-c", "VACUUM ANALYZE", "-c", "CHECKPOINT"];
        run(Command::new(psql).args(settle).arg(&self.address))?;
        Ok(())
    }

    /// Where the newest so many licenses stand, in the order of creation.
    pub(crate) fn newest(&self, licenses: usize) -> Result<RangeInclusive<usize>> {
        let psql = self.programs.join("psql");
        let last =
            run(Command::new(psql).args(["-Atc", "SELECT max(seq) FROM license", &self.address]))?;
        let last: usize = last.trim().parse()?;
        Ok(last + 1 - licenses..=last)
    }

    /// Runs the script on these licenses for some seconds; answers how many a second.
    pub(crate) fn run(&self, licenses: RangeInclusive<usize>, seconds: u32) -> Result<f64> {
        let (clients, seconds) = (CALLERS.to_string(), seconds.to_string());
        let (first, last) = licenses.into_inner();
        let said = run(Command::new(self.programs.join("pgbench"))
            .args(["-n", "-M", "prepared", "-j", "2"])
            .args(["-c", &clients, "-T", &seconds])
            .args(["-D", &format!("first={first}")])
            .args(["-D", &format!("last={last}"), "-f"])
            .arg(&self.script)
            .arg(&self.address))?;
        let rate = said
            .lines()
            .find_map(|line| line.strip_prefix("tps = "))
            .and_then(|rest| rest.split(' ').next());
        Ok(rate
            .with_context(|| format!("pgbench said: {said}"))?
            .parse()?)
    }
}

pub(crate) async fn measure(report: &mut Report, arguments: &Arguments) -> Result<()> {
    let Some(floor) = Floor::prepare(arguments)? else {
        return Ok(());
    };
    let mut ground = Ground::new(StoreUrl::parse(floor.address())?, false).await?;
    let sizes: &[(usize, usize)] = if arguments.quick {
        &[(10_000, 3)]
    } else {
        &[(10_000, 5), (100_000, 5)]
    };
    for (rows, runs) in sizes {
        ground
            .grow(rows / MACHINES_PER_LICENSE, MACHINES_PER_LICENSE)
            .await?;
        floor.vacuum()?;
        let licenses = 1..=ground.licenses.len();
        ground.activate(3_200).await?;
        floor.run(licenses.clone(), 1)?;
        let (mut ours, mut peer) = (Vec::new(), Vec::new());
        for _ in 0..*runs {
            ours.push(ground.activate(12_800).await?);
            peer.push(floor.run(licenses.clone(), 3)?);
        }
        let name = format!("postgres: activate, {CALLERS} callers, {rows} rows");
        report.add(
            Row::new(name, "/s", ours, Target::AtLeastAndTimes(5_000.0, 3.0))
                .beside("pgbench, one commit each, no ledger", peer),
        )?;
    }
    ground.close().await?;
    Ok(())
}

fn run(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::piped()).output()?;
    if !output.status.success() {
        bail!(
            "{:?} failed: {}",
            command.get_program(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(String::from_utf8(output.stdout)?)
}
