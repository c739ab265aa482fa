//! A row of steps, each timed, the failed ones named at the end with what to do.

use anyhow::{Result, bail};
use std::time::{Duration, Instant};

/// The steps of one command, as far as they have come.
#[derive(Default)]
pub(crate) struct Steps {
    done: Vec<Step>,
}

struct Step {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

enum Outcome {
    Passed,
    Failed { error: String, next: &'static str },
    Skipped { because: &'static str },
}

impl Steps {
    /// Runs a step unless one of those it needs did not pass. `next` says what a person does
    /// about a failure. The steps after it run all the same: one run shows all there is to mend.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        needs: &[&'static str],
        next: &'static str,
        run: impl FnOnce() -> Result<()>,
    ) {
        if let Some(because) = needs.iter().copied().find(|need| !self.passed(need)) {
            self.done.push(Step {
                name,
                took: Duration::ZERO,
                outcome: Outcome::Skipped { because },
            });
            return;
        }
        eprintln!("\n=== {name}");
        let start = Instant::now();
        let outcome = match run() {
            Ok(()) => Outcome::Passed,
            Err(error) => {
                eprintln!("{name} failed: {error:#}");
                Outcome::Failed {
                    error: format!("{error:#}"),
                    next,
                }
            }
        };
        self.done.push(Step {
            name,
            took: start.elapsed(),
            outcome,
        });
    }

    /// Whether a step has run and passed.
    pub(crate) fn passed(&self, name: &str) -> bool {
        self.done
            .iter()
            .any(|step| step.name == name && matches!(step.outcome, Outcome::Passed))
    }

    /// Prints a line for each step; an error if any failed.
    pub(crate) fn finish(self) -> Result<()> {
        println!("\n=== summary");
        for step in &self.done {
            println!("{}", step.line());
        }
        let failed: Vec<&str> = self
            .done
            .iter()
            .filter(|step| !matches!(step.outcome, Outcome::Passed))
            .map(|step| step.name)
            .collect();
        if failed.is_empty() {
            println!("All {} steps passed.", self.done.len());
            return Ok(());
        }
        bail!(
            "{} of {} steps did not pass: {}",
            failed.len(),
            self.done.len(),
            failed.join(", ")
        )
    }
}

impl Step {
    fn line(&self) -> String {
        let (name, seconds) = (self.name, self.took.as_secs_f64());
        match &self.outcome {
            Outcome::Passed => format!("  passed   {name:<20} {seconds:>7.1} s"),
            Outcome::Failed { error, next } => {
                let error = error.replace('\n', "\n           ");
                format!("  FAILED   {name:<20} {seconds:>7.1} s  {error}\n           -> {next}")
            }
            Outcome::Skipped { because } => {
                format!("  skipped  {name:<20}            needs \"{because}\"")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_skips_only_what_needs_it() {
        let mut steps = Steps::default();
        let mut ran = Vec::new();
        steps.step("build", &[], "mend the code", || {
            bail!("does not compile\nin two places")
        });
        steps.step("test", &["build"], "", || {
            ran.push("test");
            Ok(())
        });
        steps.step("format", &[], "", || {
            ran.push("format");
            Ok(())
        });
        assert_eq!(ran, ["format"]);
        let lines: Vec<String> = steps.done.iter().map(Step::line).collect();
        assert!(
            lines.iter().any(|line| line
                .ends_with("compile\n           in two places\n           -> mend the code")),
            "{lines:?}"
        );
        assert!(
            lines.iter().any(|line| line.contains("needs \"build\"")),
            "{lines:?}"
        );
        let error = steps.finish().unwrap_err().to_string();
        assert_eq!(error, "2 of 3 steps did not pass: build, test");
    }

    #[test]
    fn all_passed_is_no_error() {
        let mut steps = Steps::default();
        steps.step("one", &[], "", || Ok(()));
        assert!(steps.passed("one"));
        steps.finish().unwrap();
    }
}
