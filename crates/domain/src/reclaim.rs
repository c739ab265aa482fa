//! Reclaim: seats that nobody uses are freed after a while, unless somebody says otherwise.
//!
//! A customer's administrators say after how many days without a sign of life a seat counts as idle, and how long its
//! machine is warned before the seat is freed. Only machines that ask the server can show that they live: one without a
//! network, which has a key or a license file that still holds, is left alone.

use serde::{Deserialize, Serialize};

use crate::activation::{Activation, ActivationState};
use crate::limits::{RECLAIM_IDLE_DAYS_MAX, RECLAIM_WARNING_DAYS_MAX};
use crate::refusal::{Refusal, RefusalKind};
use crate::time::DAY_MILLIS;
use crate::{ChangeId, Timestamp};

/// How long after its time a seat is freed at the earliest, in milliseconds: until then all that was heard of its machine
/// is noted, on every server.
pub const RECLAIM_PATIENCE_MILLIS: i64 = 60_000;

/// When the idle seats of a customer are freed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reclaim {
    /// Days without a sign of life after which a seat counts as idle.
    pub idle_days: u32,
    /// Days from the warning until the seat is freed.
    pub warning_days: u32,
    /// Since when it is so: what was warned before is warned again.
    pub since: Timestamp,
}

impl Reclaim {
    /// Frees seats that are idle for so many days, after so many days of warning.
    ///
    /// # Errors
    /// [`ReclaimRefusal`] for a number of days that is none.
    pub fn new(
        idle_days: u32,
        warning_days: u32,
        since: Timestamp,
    ) -> Result<Self, ReclaimRefusal> {
        if !(1..=RECLAIM_IDLE_DAYS_MAX).contains(&idle_days) {
            return Err(ReclaimRefusal::IdleDays);
        }
        if !(1..=RECLAIM_WARNING_DAYS_MAX).contains(&warning_days) {
            return Err(ReclaimRefusal::WarningDays);
        }
        Ok(Self {
            idle_days,
            warning_days,
            since,
        })
    }

    /// Whether it says the same as another, since whenever.
    #[must_use]
    pub fn says(&self, other: &Self) -> bool {
        (self.idle_days, self.warning_days) == (other.idle_days, other.warning_days)
    }
}

impl Activation {
    /// The last sign of life: the machine was heard of, or has had a license file that holds without a server.
    #[must_use]
    pub fn idle_since(&self) -> Timestamp {
        let files = self.offline_until.unwrap_or(self.last_seen_at);
        self.last_seen_at.max(files)
    }

    /// Notes that the machine was heard of. Whoever was warned has shown that the seat is used.
    pub fn seen(&mut self, at: Timestamp) {
        self.last_seen_at = at;
        self.unwarn();
    }

    /// Notes that the machine has a license file that holds until then.
    pub fn has_file(&mut self, until: Timestamp) {
        self.offline_until = self.offline_until.max(Some(until));
        self.unwarn();
    }

    /// Takes a warning back.
    pub fn unwarn(&mut self) {
        self.warned_at = None;
        self.reclaim_at = None;
    }

    /// Until when the machine has to be heard of, if the seat is freed otherwise.
    #[must_use]
    pub fn freed_unless_seen(&self, reclaim: Option<&Reclaim>) -> Option<Timestamp> {
        self.announced(reclaim?.since)
    }

    /// When the seat will be freed, if that was announced, not before this moment, and still stands.
    #[must_use]
    pub fn announced(&self, since: Timestamp) -> Option<Timestamp> {
        let stands = self.state == ActivationState::Active
            && !self.kept
            && self.machine_key.is_none()
            && self.warned_at.is_some_and(|warned| warned >= since);
        self.reclaim_at.filter(|_| stands)
    }

    /// Warns that the seat will be freed. Answers whether that is due, and was not said.
    pub fn warn(&mut self, reclaim: &Reclaim, now: Timestamp) -> bool {
        let idle = self.idle_since().plus_days(reclaim.idle_days) <= now;
        let spared = self.kept || self.machine_key.is_some();
        if self.state != ActivationState::Active
            || !idle
            || spared
            || self.freed_unless_seen(Some(reclaim)).is_some()
        {
            return false;
        }
        self.warned_at = Some(now);
        self.reclaim_at = Some(now.plus_days(reclaim.warning_days));
        true
    }

    /// Whether the seat is to be freed now.
    #[must_use]
    pub fn is_due(&self, reclaim: Option<&Reclaim>, now: Timestamp) -> bool {
        self.freed_unless_seen(reclaim)
            .is_some_and(|at| at.plus_millis(RECLAIM_PATIENCE_MILLIS) <= now)
    }

    /// Keeps the seat from being freed for being idle.
    ///
    /// # Errors
    /// [`ReclaimRefusal::Kept`], or [`ReclaimRefusal::NotActive`].
    pub fn keep(&mut self) -> Result<(), ReclaimRefusal> {
        if self.state != ActivationState::Active {
            return Err(ReclaimRefusal::NotActive);
        }
        if self.kept {
            return Err(ReclaimRefusal::Kept);
        }
        self.kept = true;
        self.unwarn();
        Ok(())
    }

    /// Lets the seat be freed again for being idle.
    ///
    /// # Errors
    /// [`ReclaimRefusal::NotKept`].
    pub fn unkeep(&mut self) -> Result<(), ReclaimRefusal> {
        if !self.kept {
            return Err(ReclaimRefusal::NotKept);
        }
        self.kept = false;
        Ok(())
    }

    /// The change by which the program freed the seat, and when, if it did and that still stands.
    #[must_use]
    pub fn reclaimed(&self) -> Option<(ChangeId, Timestamp)> {
        self.reclaimed_in.zip(self.deactivated_at)
    }

    /// How many whole days nothing was heard of the machine.
    #[must_use]
    pub fn idle_days(&self, now: Timestamp) -> u32 {
        let days = (now.millis() - self.idle_since().millis()) / DAY_MILLIS;
        u32::try_from(days).unwrap_or(0)
    }
}

/// Why idle seats are not handled so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReclaimRefusal {
    /// A number of idle days that is none.
    #[error("a seat counts as idle after 1 to {RECLAIM_IDLE_DAYS_MAX} days")]
    IdleDays,
    /// A number of days of warning that is none.
    #[error("a machine is warned 1 to {RECLAIM_WARNING_DAYS_MAX} days before its seat is freed")]
    WarningDays,
    /// The seat is kept already.
    #[error("this seat is kept already")]
    Kept,
    /// The seat is not kept.
    #[error("this seat is not kept")]
    NotKept,
    /// The machine has no seat.
    #[error("this machine is deactivated, and has no seat to keep")]
    NotActive,
}

impl Refusal for ReclaimRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::IdleDays => "reclaim_idle_days",
            Self::WarningDays => "reclaim_warning_days",
            Self::Kept => "seat_kept",
            Self::NotKept => "seat_not_kept",
            Self::NotActive => "activation_deactivated",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::IdleDays | Self::WarningDays => RefusalKind::Invalid,
            Self::Kept | Self::NotKept | Self::NotActive => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::IdleDays => {
                Some("Give a number of days, such as 90; none at all ends it.".into())
            }
            Self::WarningDays => Some("Give a number of days, such as 14.".into()),
            Self::NotActive => Some("Activate the machine first.".into()),
            Self::Kept | Self::NotKept => None,
        }
    }

    fn pointer(&self) -> Option<&'static str> {
        match self {
            Self::IdleDays => Some("/idle_days"),
            Self::WarningDays => Some("/warning_days"),
            Self::Kept | Self::NotKept | Self::NotActive => None,
        }
    }
}

#[cfg(test)]
mod tests;
