//! The program that is killed while it moves a store: this test binary, started again with an order in its environment.

#![expect(
    clippy::disallowed_methods,
    reason = "a child is told in its environment what to do"
)]

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use latchkey_app::StoreUrl;
use latchkey_app::moving::MoveStep;

use super::move_with;

/// Tells the child what to do: from where, to where, and at which step it waits to be killed, one on each line.
const ORDER: &str = "LATCHKEY_TEST_MOVE_ORDER";

/// What the child says when it waits.
const HERE: &str = "here it waits";

/// The child's work. Without an order there is none.
#[tokio::test(flavor = "multi_thread")]
async fn the_child_that_moves_a_store() {
    let Ok(order) = std::env::var(ORDER) else {
        return;
    };
    let mut order = order.lines();
    let mut url = || StoreUrl::parse(order.next().unwrap()).unwrap();
    let (from, to) = (url(), url());
    let step = order.next().unwrap().to_owned();
    let waits = move |now: MoveStep| {
        let now = match now {
            MoveStep::Copied { table, rows, of } if rows == of => format!("copied {table}"),
            MoveStep::Verified { .. } => "verified".into(),
            MoveStep::Copied { .. } => return,
        };
        if now == step {
            // On a line of its own: the test harness has begun one.
            println!("\n{HERE}");
            loop {
                std::thread::park();
            }
        }
    };
    move_with((&from, &to), 7, &waits).await.unwrap();
}

/// Kills a child with SIGKILL when it has come to this step.
pub(super) fn kill_at(step: &str, from: &StoreUrl, to: &StoreUrl) {
    // An address shows itself without its password; the child needs the whole one.
    let address = |url: &StoreUrl| match url {
        StoreUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        StoreUrl::Postgres(address) => address.clone(),
    };
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "moving::child::the_child_that_moves_a_store",
            "--nocapture",
            "--test-threads",
            "1",
        ])
        .env(ORDER, format!("{}\n{}\n{step}", address(from), address(to)))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let waits = lines.any(|line| line.is_ok_and(|line| line == HERE));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(waits, "the child ended before it came to: {step}");
}
