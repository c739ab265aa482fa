//! `latchkey doctor`: what is well and what is not, a line each, and what to do.

use std::fmt;

use anyhow::Result;
use latchkey_app::App;
use latchkey_domain::time::{Clock as _, Timestamp};
use latchkey_keys::KeyPlace;

use crate::ambient::SystemClock;
use crate::arguments::Doctor;
use crate::command::ledger;
use crate::opened;
use crate::place::Place;
use crate::told;

/// No program of this version ran before this day: an earlier clock is wrong.
const FIRST_DAY: &str = "2026-11-01";

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Ok,
    Warn,
    Fail,
}

struct Line {
    state: State,
    what: &'static str,
    text: String,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match self.state {
            State::Ok => "ok",
            State::Warn => "warn",
            State::Fail => "fail",
        };
        let text = self.text.replace('\n', "\n              ");
        write!(formatter, "{state:<5} {:<7} {text}", self.what)
    }
}

/// Looks at everything, and prints it as it goes.
pub(crate) async fn run(arguments: &Doctor) -> Result<bool> {
    let mut well = true;
    let mut tell = |line: Line| {
        well &= line.state != State::Fail;
        println!("{line}");
    };
    tell(ok(
        "program",
        format!("latchkey {}", env!("CARGO_PKG_VERSION")),
    ));
    tell(clock(SystemClock.now()));
    match Place::find(&arguments.store) {
        Err(error) => tell(failed("store", &error)),
        Ok(place) => look_at(&place, &mut tell).await,
    }
    Ok(well)
}

async fn look_at(place: &Place, tell: &mut impl FnMut(Line)) {
    match place.file() {
        Some(file) if !place.keys.store_exists => {
            let text = format!(
                "there is no store at {} yet; `latchkey serve` or the window makes one",
                file.display()
            );
            return tell(Line {
                state: State::Warn,
                what: "store",
                text,
            });
        }
        _ => tell(ok("place", place.store.to_string())),
    }
    match place.keys.place() {
        Ok(KeyPlace::Keychain { account, .. }) => {
            tell(ok(
                "keys",
                format!("in the keychain, as latchkey, {account}"),
            ));
        }
        Ok(KeyPlace::PassphraseFile { path, .. }) => {
            tell(ok(
                "keys",
                format!("sealed with a passphrase, in {}", path.display()),
            ));
        }
        Ok(KeyPlace::Memory) => tell(ok("keys", "in memory only".to_owned())),
        Err(error) => return tell(failed("keys", &error.into())),
    }
    match opened::open_at(place).await {
        Err(error) => {
            let in_use = error.chain().any(|cause| {
                matches!(
                    cause.downcast_ref(),
                    Some(latchkey_app::OpenError::Store(
                        latchkey_app::StoreError::InUse { .. }
                    ))
                )
            });
            let line = failed("store", &error);
            tell(if in_use {
                Line {
                    state: State::Warn,
                    ..line
                }
            } else {
                line
            });
        }
        Ok(vendors) => {
            tell(ok(
                "store",
                "opens, and its tables are of this version".to_owned(),
            ));
            let all = vendors.all();
            for app in all.iter() {
                tell(ledger_of(app, all.len()).await);
            }
            drop(all);
            vendors.close().await;
        }
    }
}

async fn ledger_of(app: &App, vendors: usize) -> Line {
    match ledger::report(app, None).await {
        Err(error) => failed("ledger", &error),
        Ok(report) => {
            let state = if report.ok { State::Ok } else { State::Fail };
            Line {
                state,
                what: "ledger",
                text: ledger::whose(app, vendors) + &ledger::sentence(&report),
            }
        }
    }
}

fn clock(now: Timestamp) -> Line {
    if Timestamp::parse(FIRST_DAY).is_some_and(|first| now < first) {
        let text = format!("it is {now}, which cannot be\n  what to do: Set the computer's clock.");
        return Line {
            state: State::Fail,
            what: "clock",
            text,
        };
    }
    ok("clock", format!("{now}"))
}

fn ok(what: &'static str, text: String) -> Line {
    Line {
        state: State::Ok,
        what,
        text,
    }
}

fn failed(what: &'static str, error: &anyhow::Error) -> Line {
    let text = told::chain(error);
    let text = text.strip_prefix("error: ").unwrap_or(&text).to_owned();
    Line {
        state: State::Fail,
        what,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_of_long_ago_is_a_failure() {
        assert!(clock(Timestamp::from_seconds(0)).state == State::Fail);
        assert!(clock(Timestamp::parse("2027-01-01").unwrap()).state == State::Ok);
    }
}
