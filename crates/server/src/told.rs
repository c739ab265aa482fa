//! How a failure is told on a terminal: what, because of what, and what to do.

use std::fmt;

use latchkey_app::moving::MoveError;
use latchkey_app::vendors::VendorsError;
use latchkey_app::{AppError, OpenError};
use latchkey_domain::refusal::Refusal as _;
use latchkey_keys::KeyError;
use latchkey_store::StoreError;

/// A failure of this program's own, with what to do.
#[derive(Debug, thiserror::Error)]
#[error("{sentence}")]
pub(crate) struct Told {
    code: &'static str,
    sentence: String,
    fix: String,
}

impl Told {
    /// A failure with its stable code.
    pub(crate) fn new(
        code: &'static str,
        sentence: impl fmt::Display,
        fix: impl fmt::Display,
    ) -> Self {
        Self {
            code,
            sentence: sentence.to_string(),
            fix: fix.to_string(),
        }
    }
}

/// The whole chain of a failure, a line for each cause, and what to do about it.
pub(crate) fn chain(error: &anyhow::Error) -> String {
    let mut lines: Vec<String> = Vec::new();
    for cause in error.chain() {
        let sentence = cause.to_string();
        // Some errors repeat their cause in their own sentence.
        if !lines.iter().any(|line| line.contains(&sentence)) {
            lines.push(sentence);
        }
    }
    let mut text = format!("error: {}", lines.join("\n  because: "));
    if let Some(code) = error.chain().find_map(code) {
        text += &format!(" [{code}]");
    }
    if let Some(fix) = error.chain().find_map(fix) {
        text += &format!("\n  what to do: {fix}");
    }
    text
}

type Cause = dyn std::error::Error + 'static;

fn code(cause: &Cause) -> Option<&str> {
    None.or_else(|| cause.downcast_ref::<Told>().map(|error| error.code))
        .or_else(|| cause.downcast_ref::<KeyError>().map(KeyError::code))
        .or_else(|| cause.downcast_ref::<MoveError>().map(MoveError::code))
        .or_else(|| cause.downcast_ref::<OpenError>().map(OpenError::code))
        .or_else(|| cause.downcast_ref::<VendorsError>().map(VendorsError::code))
        .or_else(|| cause.downcast_ref::<StoreError>().map(|error| error.code()))
        .or_else(|| cause.downcast_ref::<AppError>().map(|error| error.code()))
}

fn fix(cause: &Cause) -> Option<String> {
    None.or_else(|| cause.downcast_ref::<Told>().map(|error| error.fix.clone()))
        .or_else(|| cause.downcast_ref::<KeyError>().map(key_fix))
        .or_else(|| cause.downcast_ref::<MoveError>().and_then(MoveError::fix))
        .or_else(|| cause.downcast_ref::<OpenError>().and_then(OpenError::fix))
        .or_else(|| {
            cause
                .downcast_ref::<VendorsError>()
                .and_then(VendorsError::fix)
        })
        .or_else(|| {
            cause
                .downcast_ref::<StoreError>()
                .and_then(|error| error.fix())
        })
        .or_else(|| cause.downcast_ref::<AppError>().and_then(app_fix))
}

fn app_fix(error: &AppError) -> Option<String> {
    match error {
        AppError::Refused(refused) => refused.fix.clone(),
        AppError::Store(error) => error.fix(),
    }
}

fn key_fix(error: &KeyError) -> String {
    match error {
        KeyError::KeychainAbsent(_)
        | KeyError::KeychainLocked(_)
        | KeyError::KeychainSilent { .. }
        | KeyError::PassphraseNeeded { .. } => {
            format!("{} On this command: --passphrase-file FILE.", error.fix())
        }
        _ => error.fix().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Context as _;

    use super::*;

    #[test]
    fn a_failure_is_told_with_its_causes_its_code_and_what_to_do() {
        let error = Told::new("no_disk", "the disk is gone", "Plug it in.");
        let error = Err::<(), _>(error)
            .context("the backup was not written")
            .unwrap_err();
        assert_eq!(
            chain(&error),
            "error: the backup was not written\n  because: the disk is gone [no_disk]\n  \
             what to do: Plug it in."
        );
    }
}
