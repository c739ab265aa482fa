//! Running the program in a home of the test's own, and reading what it says.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};
use std::time::Duration;

use latchkey_store::StoreUrl;
use latchkey_testkit::Database;

use crate::built;
use crate::home::Home;

/// How often a program is looked at until it must have ended: half a minute.
const TRIES: u32 = 3_000;

/// What a command said.
pub(crate) struct Said {
    /// Its exit code.
    pub(crate) code: Option<i32>,
    /// On its standard output.
    pub(crate) out: String,
    /// On its standard error.
    pub(crate) err: String,
}

impl Said {
    /// Checks the exit code; shows what was said if it is another.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "stdout:\n{}\nstderr:\n{}",
            self.out,
            self.err
        );
        self
    }
}

/// The program in a session without a keychain, with a passphrase file.
pub(crate) fn command(home: &Home, arguments: &[&str]) -> Command {
    let mut command = bare(home, arguments);
    command.env("LATCHKEY_PASSPHRASE_FILE", home.passphrase_file());
    command
}

/// The program in a session without a keychain, and without a passphrase.
pub(crate) fn bare(home: &Home, arguments: &[&str]) -> Command {
    let mut command = Command::new(built::program("latchkey"));
    home.enter_without_keychain(&mut command);
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs it to its end.
pub(crate) fn run(home: &Home, arguments: &[&str]) -> Said {
    said(&mut command(home, arguments))
}

/// Runs a command to its end.
pub(crate) fn said(command: &mut Command) -> Said {
    let output = command.output().unwrap();
    Said {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// Where a database on PostgreSQL is, as a flag says it.
pub(crate) fn address(database: &Database) -> String {
    match database.url() {
        StoreUrl::Postgres(address) => address.clone(),
        StoreUrl::Sqlite(path) => panic!("{} is a file", path.display()),
    }
}

/// A server that runs.
pub(crate) struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    /// Its address, such as `http://127.0.0.1:40123`.
    pub(crate) address: String,
}

impl Server {
    /// Starts it on a free port and waits until it listens.
    pub(crate) fn start(home: &Home) -> Self {
        Self::start_with(home, &[])
    }

    /// Starts it with further flags.
    pub(crate) fn start_with(home: &Home, flags: &[&str]) -> Self {
        let words = [&["serve", "--listen", "127.0.0.1:0"], flags].concat();
        Self::start_as(&mut command(home, &words))
    }

    /// Starts a command that serves.
    pub(crate) fn start_as(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on ").unwrap_or_else(|| {
            panic!("the server's first line is {line:?}");
        });
        let address = address.trim_end().to_owned();
        Self {
            child,
            out,
            address,
        }
    }

    /// The next line it prints.
    pub(crate) fn line(&mut self) -> String {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// An address on it.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// Sends a signal, such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill")
            .arg(format!("-{name}"))
            .arg(self.child.id().to_string())
            .status()
            .unwrap();
        assert!(status.success());
    }

    /// Waits for its end; answers how it ended and what else it printed.
    pub(crate) fn ends(mut self) -> (ExitStatus, String) {
        let mut tries = 0;
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            tries += 1;
            assert!(tries < TRIES, "the server does not end");
            std::thread::sleep(Duration::from_millis(10));
        };
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.out, &mut rest).unwrap();
        (status, rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
