//! The desktop window against an empty Tauri window: how soon it paints, how soon its first list can be used, and how
//! much memory it holds. Both are started by WebKitWebDriver, so what the driver costs, both pay.

use std::collections::HashMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use thirtyfour::{Capabilities, WebDriver};

use crate::report::{Report, Row, Target};

/// How long a window may take until it counts as not coming.
const PATIENCE: Duration = Duration::from_secs(60);

/// After the list is there: what is loaded behind it is part of the window.
const SETTLING: Duration = Duration::from_secs(2);

/// Milliseconds since 1970 of the first contentful paint (W3C Paint Timing), 0 before it.
const PAINTED_AT: &str = "const [paint] = performance.getEntriesByName('first-contentful-paint'); \
    return paint ? performance.timeOrigin + paint.startTime : 0;";

/// Whether a list with a record in it is there.
const LIST_IS_THERE: &str = "return document.querySelector('[role=row] [role=cell]') !== null;";

/// One start of one program, in milliseconds since it was asked for, and in MiB.
struct Start {
    painted: f64,
    usable: f64,
    memory: f64,
}

pub(crate) async fn measure(report: &mut Report, programs: &Path, quick: bool) -> Result<()> {
    let runs = if quick { 3 } else { 7 };
    let home = tempfile::tempdir()?;
    let seeded = at_home(Command::new(programs.join("latchkey")), home.path())
        .args(["seed", "--licenses", "3000"])
        .stdout(Stdio::null())
        .status()?;
    if !seeded.success() {
        bail!("the store for the window could not be filled");
    }
    let ours = programs.join("latchkey-desktop");
    let empty = programs.join("examples/empty_window");
    // Both warm up once, then take turns.
    start(home.path(), &ours, true).await?;
    start(home.path(), &empty, false).await?;
    let (mut window, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        window.push(start(home.path(), &ours, true).await?);
        bare.push(start(home.path(), &empty, false).await?);
    }
    let all = |starts: &[Start], of: fn(&Start) -> f64| starts.iter().map(of).collect::<Vec<_>>();
    for (name, unit, of, peer) in [
        (
            "window: first paint",
            "ms",
            (|start| start.painted) as fn(&Start) -> f64,
            (|start| start.painted) as fn(&Start) -> f64,
        ),
        (
            "window: first usable list, of 3,000 licenses",
            "ms",
            |start| start.usable,
            |start| start.painted,
        ),
        (
            "window: memory, all processes (PSS)",
            "MiB",
            |start| start.memory,
            |start| start.memory,
        ),
    ] {
        report.add(
            Row::new(name, unit, all(&window, of), Target::AtMostTimes(1.3))
                .beside("an empty Tauri window", all(&bare, peer)),
        )?;
    }
    Ok(())
}

/// Starts a program, waits for its first paint and, if there is to be one, its list.
async fn start(home: &Path, program: &Path, list: bool) -> Result<Start> {
    let driver = Driver::start(home).await?;
    let mut capabilities = Capabilities::new();
    let options = serde_json::json!({ "binary": program });
    capabilities.set("webkitgtk:browserOptions", options)?;
    let asked = now_ms();
    let page = WebDriver::new(&driver.address, capabilities)
        .await
        .context("the window does not open")?;
    let measured = tokio::time::timeout(PATIENCE, async {
        // The first page of the real window may be another than the one with the list.
        let painted = loop {
            let at = page.execute(PAINTED_AT, Vec::new()).await;
            match at.map(|at| at.json().as_f64().unwrap_or(0.0)) {
                Ok(at) if at > 0.0 => break at,
                _ => tokio::time::sleep(Duration::from_millis(2)).await,
            }
        };
        if !list {
            return (painted, painted);
        }
        loop {
            let there = page.execute(LIST_IS_THERE, Vec::new()).await;
            if there.is_ok_and(|there| there.json().as_bool() == Some(true)) {
                return (painted, now_ms());
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    });
    let (painted, usable) = measured.await.context("the window shows nothing")?;
    tokio::time::sleep(SETTLING).await;
    let memory = descendants_pss_mib(driver.child.id())?;
    page.quit().await?;
    Ok(Start {
        painted: painted - asked,
        usable: usable - asked,
        memory,
    })
}

fn now_ms() -> f64 {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    since.as_secs_f64() * 1000.0
}

/// Lets a command live in a home of its own.
fn at_home(mut command: Command, home: &Path) -> Command {
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("data"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"));
    command
}

/// A WebKitWebDriver of one start; dropped, it stops.
struct Driver {
    child: Child,
    address: String,
}

impl Driver {
    async fn start(home: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = at_home(Command::new("WebKitWebDriver"), home)
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .context("WebKitWebDriver does not start: install webkit2gtk-driver")?;
        let driver = Self {
            child,
            address: format!("http://127.0.0.1:{port}"),
        };
        let answers = tokio::time::timeout(PATIENCE, async {
            while tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .is_err()
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        });
        answers.await.context("WebKitWebDriver does not answer")?;
        Ok(driver)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What the processes below one hold together: each page of memory counted once, shared ones by their share.
fn descendants_pss_mib(root: u32) -> Result<f64> {
    let mut parents = HashMap::new();
    for entry in fs::read_dir("/proc")?.flatten() {
        let Ok(pid) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        // `pid (name) state parent …`
        let parent = fs::read_to_string(entry.path().join("stat"))
            .ok()
            .and_then(|stat| {
                let (_, rest) = stat.rsplit_once(')')?;
                rest.split_ascii_whitespace().nth(1)?.parse::<u32>().ok()
            });
        parents.extend(parent.map(|parent| (pid, parent)));
    }
    let is_below = |pid: u32| {
        std::iter::successors(parents.get(&pid), |parent| parents.get(parent))
            .any(|above| *above == root)
    };
    let kib: f64 = parents
        .keys()
        .filter(|pid| is_below(**pid))
        .filter_map(|pid| {
            let path = PathBuf::from(format!("/proc/{pid}/smaps_rollup"));
            let rollup = fs::read_to_string(path).ok()?;
            let line = rollup.lines().find(|line| line.starts_with("Pss:"))?;
            line.split_ascii_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .sum();
    if kib == 0.0 {
        bail!("the window's processes are not found");
    }
    Ok(kib / 1024.0)
}
