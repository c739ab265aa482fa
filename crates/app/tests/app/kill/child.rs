//! The program that is killed: this test binary, started again with an order in its environment.

#![expect(
    clippy::disallowed_methods,
    reason = "a child is told in its environment what to do"
)]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use latchkey_app::activation::{ActivateMachine, WhichLicense};
use latchkey_app::import::ImportOptions;
use latchkey_app::{App, AppConfig, SealingKey, StoreUrl};
use latchkey_domain::LicenseId;
use latchkey_domain::random::SeededRandom;
use latchkey_testkit::ManualClock;

/// Tells the child what to do: address of the store, license, work and number of the round, one on each line.
const ORDER: &str = "LATCHKEY_TEST_KILL_ORDER";
/// Lines of a list that the child imports: enough to be killed in the middle of it.
pub(super) const LINES: u32 = 3_000;

pub(super) async fn open(url: StoreUrl, seed: u64) -> App {
    let config = AppConfig {
        store_url: url,
        sealing_key: SealingKey::take(&mut [7; 32]),
        clock: Arc::new(ManualClock::at(latchkey_domain::Timestamp::from_millis(
            latchkey_testkit::app::TEST_NOW_MILLIS,
        ))),
        random: Arc::new(SeededRandom::new(seed)),
    };
    App::open(config).await.unwrap()
}

/// The child's work. Without an order there is none.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_that_is_killed() {
    let Ok(order) = std::env::var(ORDER) else {
        return;
    };
    let mut order = order.lines();
    let url = StoreUrl::parse(order.next().unwrap()).unwrap();
    let license_id: LicenseId = order.next().unwrap().parse().unwrap();
    let (work, round) = (
        order.next().unwrap(),
        order.next().unwrap().parse().unwrap(),
    );
    let app = Arc::new(open(url, 1_000 + round).await);
    // On a line of its own: the test harness has begun one.
    println!("\nopen");
    match work {
        "activate" => {
            let writers: Vec<_> = (0..8)
                .map(|at| tokio::spawn(activate(app.clone(), license_id, round, at)))
                .collect();
            for writer in writers {
                writer.await.unwrap();
            }
        }
        _ => import(&app, license_id, round).await,
    }
}

async fn activate(app: Arc<App>, license_id: LicenseId, round: u64, writer: u32) {
    let owner = app.owner();
    for at in 0_u32.. {
        let command = ActivateMachine {
            license: WhichLicense::Id(license_id),
            machine_code: format!("M-{round}-{writer}-{at}").parse().unwrap(),
            friendly_name: None,
        };
        let done = app
            .activation_activate(&owner, None, command)
            .await
            .unwrap();
        println!("done {}", done.value);
        if at % 3 == 2 {
            app.activation_deactivate(&owner, None, done.value)
                .await
                .unwrap();
        }
    }
}

async fn import(app: &App, license_id: LicenseId, round: u64) {
    for file in 0_u32.. {
        let lines: Vec<String> = (0..LINES)
            .map(|at| format!("F-{round}-{file}-{at}\tMachine {at}\n"))
            .collect();
        println!("importing {file}");
        let options = ImportOptions {
            dry_run: false,
            skip_refused: false,
        };
        app.activation_import(
            &app.owner(),
            None,
            license_id,
            lines.concat().as_bytes(),
            options,
        )
        .await
        .unwrap();
        println!("imported {file}");
    }
}

pub(super) fn start(url: &StoreUrl, license_id: LicenseId, work: &str, round: u64) -> Child {
    // An address shows itself without its password; the child needs the whole one.
    let address = match url {
        StoreUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        StoreUrl::Postgres(address) => address.clone(),
    };
    Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "kill::child::the_child_that_is_killed",
            "--nocapture",
            "--test-threads",
            "1",
        ])
        .env(ORDER, format!("{address}\n{license_id}\n{work}\n{round}"))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills the child some time after it has said this; answers with all it has said.
pub(super) fn kill_after(mut child: Child, said: &str, wait: Duration) -> Vec<String> {
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut heard = Vec::new();
    for line in lines.by_ref() {
        let line = line.unwrap();
        let now = line.starts_with(said);
        heard.push(line);
        if now {
            break;
        }
    }
    assert!(
        heard.last().is_some_and(|line| line.starts_with(said)),
        "the child ended before it was killed: {heard:?}"
    );
    let killer = std::thread::spawn(move || {
        std::thread::sleep(wait);
        child.kill().unwrap();
        child.wait().unwrap();
    });
    // What it had said before it died still stands in the pipe. The last line may be torn.
    heard.extend(lines.map_while(Result::ok));
    killer.join().unwrap();
    heard
}
