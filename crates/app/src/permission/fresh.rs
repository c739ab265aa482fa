//! What is sensitive asks people whether they have proved a moment ago who they are: a session that was left open, or
//! taken, does not do for it.
//!
//! It concerns people in a session alone. Access tokens and license keys have no second look to give, and whoever opens
//! a store that is theirs alone never signed in.

use latchkey_domain::Timestamp;
use latchkey_domain::actor::Actor;
use latchkey_domain::limits::FACTOR_FRESH_SECONDS;
use latchkey_domain::refusal::{Refusal, RefusalKind};

use super::Operation;
use crate::bulk::{BulkLicenses, LicenseAction};
use crate::{App, AppError, Refused};

/// What asks for a fresh factor: whatever lets somebody else in or keeps them out, what lets others issue, and the keys
/// that licenses rest on.
/// Revoking licenses in bulk asks for one as well, see [`App::fresh_for_bulk`].
const SENSITIVE: &[Operation] = &[
    Operation::CreateAccessToken,
    Operation::CreateUser,
    Operation::UpdateUser,
    Operation::DeactivateUser,
    Operation::ReactivateUser,
    Operation::InviteUser,
    Operation::ResetSecondFactor,
    Operation::BeginSecondFactor,
    Operation::RenewRecoveryCodes,
    Operation::EndSecondFactor,
    Operation::UnlinkSignInService,
    Operation::UnlinkUser,
    Operation::BeginPasskey,
    Operation::RemovePasskey,
    Operation::ResetPasskeys,
    Operation::CreateSigningKey,
    Operation::RotateSigningKey,
    Operation::RetireSigningKey,
    Operation::CompromiseSigningKey,
    Operation::RenameVendor,
    Operation::GrantTemplate,
    Operation::GrantQuota,
    Operation::InviteFirstManager,
    Operation::ReplaceReseller,
    // In an emergency nobody is asked before the doors are shut; only before they are opened again.
    Operation::LiftLockdown,
    Operation::RequireTwoPeople,
    Operation::SetRoleRule,
    Operation::CreateWebhook,
    Operation::UpdateWebhook,
    Operation::RotateWebhookSecret,
    Operation::RequestApproval,
    Operation::GiveApproval,
];

/// The factor that somebody gave in their session is too old for this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("you last signed in {} ago; this needs you to show again who you are", ago(*.seconds))]
pub(crate) struct FactorStale {
    /// How old it is.
    seconds: i64,
}

impl Refusal for FactorStale {
    fn code(&self) -> &'static str {
        "factor_stale"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Forbidden
    }

    fn fix(&self) -> Option<String> {
        Some(
            "Give your password once more, with a code if you have a second factor, or use a passkey, or sign in anew by \
             the sign-in service."
                .into(),
        )
    }
}

/// A time for people: in minutes, hours or days, whatever has more than one.
fn ago(seconds: i64) -> String {
    let minutes = seconds / 60;
    match (minutes / (24 * 60), minutes / 60) {
        (days @ 2.., _) => format!("{days} days"),
        (_, hours @ 2..) => format!("{hours} hours"),
        _ => format!("{minutes} minutes"),
    }
}

impl Operation {
    /// Whether it asks people for a factor that they gave a moment ago.
    #[must_use]
    pub fn is_sensitive(self) -> bool {
        SENSITIVE.contains(&self)
    }
}

/// Refuses a person whose factor is older than it may be.
fn fresh(actor: &Actor, now: Timestamp) -> Result<(), FactorStale> {
    let age = actor.proved_at.map(|at| now.seconds() - at.seconds());
    match age {
        Some(seconds) if seconds > FACTOR_FRESH_SECONDS => Err(FactorStale { seconds }),
        _ => Ok(()),
    }
}

impl App {
    /// Refuses a sensitive operation to a person whose factor is too old.
    pub(crate) fn fresh(&self, actor: &Actor, operation: Operation) -> Result<(), AppError> {
        if !operation.is_sensitive() {
            return Ok(());
        }
        self.fresh_now(actor)
    }

    /// Refuses a person whose factor is too old.
    pub(crate) fn fresh_now(&self, actor: &Actor) -> Result<(), AppError> {
        fresh(actor, self.now()).map_err(|stale| Refused::from(stale).into())
    }

    /// The same for what is done to many licenses: only taking them back is sensitive, and looking what it would do is
    /// not.
    pub(crate) fn fresh_for_bulk(
        &self,
        actor: &Actor,
        command: &BulkLicenses,
    ) -> Result<(), AppError> {
        if command.action != LicenseAction::Revoke || command.dry_run {
            return Ok(());
        }
        self.fresh_now(actor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_it_was_is_said_as_people_say_it() {
        let said = |seconds| FactorStale { seconds }.to_string();
        let expected =
            "you last signed in 25 minutes ago; this needs you to show again who you are";
        assert_eq!(said(25 * 60 + 59), expected);
        for (seconds, expected) in [
            (FACTOR_FRESH_SECONDS + 1, "5 minutes"),
            (119 * 60, "119 minutes"),
            (120 * 60, "2 hours"),
            (47 * 3600, "47 hours"),
            (48 * 3600, "2 days"),
        ] {
            assert!(said(seconds).contains(expected), "{seconds}");
        }
    }
}
