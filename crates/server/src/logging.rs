//! What is logged, and how: as text for people, or as one JSON object a line for programs.

use std::fmt;
use std::io::IsTerminal as _;
use std::str::FromStr;

use clap::ValueEnum;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::ParseError;

use crate::arguments::General;

/// What is logged without further ado.
const DEFAULT: &str = "warn";

/// These would show paths, queries and headers at their finest, and license keys stand in them.
const HELD_BACK: &[&str] = &["h2=info", "hyper=info", "hyper_util=info", "rustls=info"];

/// What is logged, in the words of `tracing`'s filters; known to be one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct LogFilter(String);

impl FromStr for LogFilter {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        EnvFilter::builder().parse(text)?;
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for LogFilter {
    type Error = ParseError;

    fn try_from(text: String) -> Result<Self, ParseError> {
        text.parse()
    }
}

impl Default for LogFilter {
    fn default() -> Self {
        Self(DEFAULT.to_owned())
    }
}

impl fmt::Display for LogFilter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl LogFilter {
    fn filter(&self) -> EnvFilter {
        HELD_BACK
            .iter()
            .filter_map(|directive| directive.parse().ok())
            .fold(EnvFilter::new(&self.0), EnvFilter::add_directive)
    }
}

/// How it is logged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// For programs.
    Json,
}

impl fmt::Display for LogFormat {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Text => "text",
            Self::Json => "json",
        })
    }
}

/// From now on it is logged, on standard error.
pub(crate) fn start(general: &General) {
    let filter = general.log.clone().unwrap_or_default().filter();
    let logging = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match general.log_format.unwrap_or_default() {
        LogFormat::Text => logging.with_ansi(std::io::stderr().is_terminal()).init(),
        LogFormat::Json => logging
            .json()
            .flatten_event(true)
            .with_span_list(false)
            .init(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_known_to_be_one_and_never_shows_what_is_sent() {
        for good in ["info", "warn,latchkey_store=debug", "trace"] {
            let filter = good.parse::<LogFilter>().unwrap().filter().to_string();
            assert!(filter.contains("h2=info"), "{good}: {filter}");
        }
        assert!("latchkey=loud".parse::<LogFilter>().is_err());
    }
}
