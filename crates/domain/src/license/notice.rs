//! The notice that a license is about to end.

use super::{License, LicenseStanding};
use crate::Timestamp;

/// The last notice that was sent of a license.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noticed {
    /// Of which end: a license that was renewed has another one.
    pub expires_at: Timestamp,
    /// How many days before it.
    pub days: u32,
}

impl License {
    /// Notes that it is about to end, so many days before or fewer. Answers whether a notice is due: the license holds, was
    /// issued before that day, and nothing was said of it, or only earlier.
    pub fn notice(&mut self, days: u32, now: Timestamp) -> bool {
        let Some(expires_at) = self.expires_at else {
            return false;
        };
        let from = expires_at.plus_millis(-i64::from(days) * crate::time::DAY_MILLIS);
        let within = now >= from && now < expires_at;
        let said = self
            .noticed
            .is_some_and(|said| said.expires_at == expires_at && said.days <= days);
        if self.standing != LicenseStanding::Active || !within || self.issued_at > from || said {
            return false;
        }
        self.noticed = Some(Noticed { expires_at, days });
        true
    }
}
