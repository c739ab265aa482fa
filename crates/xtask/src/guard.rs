//! A shell script that starts something and stops it once we are gone.
//!
//! The script lives in its own process group and reads a pipe that only we hold open. However we
//! end (success, an error, Ctrl-C, even SIGKILL) the pipe closes, and the script cleans up.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

/// Something that runs in the background until this is dropped.
pub(crate) struct Guard {
    child: Child,
}

/// What the script said of itself: `name=value` lines before `ready`.
pub(crate) type Facts = BTreeMap<String, String>;

impl Guard {
    /// Starts the script and waits until it prints `ready`. What it prints before are its facts;
    /// what it writes to its error output is for the person.
    pub(crate) fn start(
        what: &str,
        script: &str,
        environment: &[(&str, &str)],
    ) -> Result<(Self, Facts)> {
        let mut child = Command::new("sh")
            .args(["-c", script, what])
            .envs(environment.iter().copied())
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("starting {what}"))?;
        let output = child.stdout.take().context("a piped output is there")?;
        let guard = Self { child };
        let mut facts = Facts::new();
        for line in BufReader::new(output).lines() {
            let line = line.with_context(|| format!("reading what {what} says"))?;
            if line == "ready" {
                return Ok((guard, facts));
            }
            if let Some((name, value)) = line.split_once('=') {
                facts.insert(name.to_owned(), value.to_owned());
            }
        }
        bail!("{what} did not start; the reason stands above")
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // The script has its own time limits, and a failure to stop is reported by itself.
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_reports_facts_and_cleans_up_when_dropped() {
        let mark = std::env::temp_dir().join(format!("latchkey-guard-{}", std::process::id()));
        let script = r#"trap 'rm "$MARK"' EXIT; echo >"$MARK"; echo port=17; echo ready; cat"#;
        let environment = [("MARK", mark.to_str().unwrap())];
        let (guard, facts) = Guard::start("a test", script, &environment).unwrap();
        assert_eq!(facts.get("port").map(String::as_str), Some("17"));
        assert!(mark.exists());
        drop(guard);
        assert!(!mark.exists(), "the script did not clean up");
    }

    #[test]
    fn a_script_that_ends_early_is_an_error() {
        let error = Guard::start("a broken thing", "exit 1", &[]).err().unwrap();
        assert!(error.to_string().contains("a broken thing"), "{error}");
    }
}
