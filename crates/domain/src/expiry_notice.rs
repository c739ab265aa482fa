//! Notices before a license ends: at which numbers of days before, and in which language.

use serde::{Deserialize, Serialize};

use crate::letter::Language;
use crate::limits::{EXPIRY_NOTICE_DAYS_MAX, EXPIRY_NOTICES_MAX};
use crate::refusal::Refusal;

/// When notices are sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpiryNotices {
    /// How many days before the end, the most first; each once.
    pub days: Vec<u32>,
    /// In which language.
    pub language: Language,
}

impl ExpiryNotices {
    /// Notices so many days before the end; none for no days.
    ///
    /// # Errors
    /// [`ExpiryNoticeRefusal`] for too many of them, or for days that are none.
    pub fn new(
        mut days: Vec<u32>,
        language: Language,
    ) -> Result<Option<Self>, ExpiryNoticeRefusal> {
        days.sort_unstable_by(|a, b| b.cmp(a));
        days.dedup();
        if days.len() > EXPIRY_NOTICES_MAX {
            return Err(ExpiryNoticeRefusal::TooMany);
        }
        if days
            .iter()
            .any(|days| !(1..=EXPIRY_NOTICE_DAYS_MAX).contains(days))
        {
            return Err(ExpiryNoticeRefusal::Days);
        }
        Ok((!days.is_empty()).then_some(Self { days, language }))
    }
}

/// Why notices are not sent so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ExpiryNoticeRefusal {
    /// There are too many.
    #[error("there are at most {EXPIRY_NOTICES_MAX} notices before a license ends")]
    TooMany,
    /// A number of days is none that counts.
    #[error("a notice is sent 1 to {EXPIRY_NOTICE_DAYS_MAX} days before a license ends")]
    Days,
}

impl Refusal for ExpiryNoticeRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TooMany => "expiry_notice_limit",
            Self::Days => "expiry_notice_days",
        }
    }

    fn fix(&self) -> Option<String> {
        Some("Give a few numbers of days, such as 30, 7 and 1.".into())
    }

    fn pointer(&self) -> Option<&'static str> {
        Some("/days")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_sorted_each_once_and_within_a_year() {
        let new = |days: &[u32]| ExpiryNotices::new(days.to_vec(), Language::English);
        let days = new(&[1, 30, 7, 30]).unwrap().unwrap().days;
        assert_eq!(days, [30, 7, 1]);
        assert_eq!(new(&[]), Ok(None));
        assert_eq!(new(&[0]), Err(ExpiryNoticeRefusal::Days));
        assert!(new(&[EXPIRY_NOTICE_DAYS_MAX]).is_ok());
        assert_eq!(
            new(&[EXPIRY_NOTICE_DAYS_MAX + 1]),
            Err(ExpiryNoticeRefusal::Days)
        );
        let many: Vec<u32> = (1..).take(EXPIRY_NOTICES_MAX).collect();
        assert!(new(&many).is_ok());
        let more: Vec<u32> = (1..).take(EXPIRY_NOTICES_MAX + 1).collect();
        assert_eq!(new(&more), Err(ExpiryNoticeRefusal::TooMany));
    }
}
