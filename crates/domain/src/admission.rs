//! An admission: whether a machine may be activated on the licenses of a customer who controls that.
//!
//! A customer's administrators may say that only machines which they have admitted are activated. A machine that they do
//! not know waits in their list from when it first asks. How often it has asked is counted and not recorded.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::limits::ADMISSIONS_WAITING_MAX;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::{FriendlyName, MachineCode};
use crate::{AdmissionId, CustomerId, LicenseId, Random, Salt, Timestamp};

closed_enum! {
    /// Whether a machine may be activated.
    AdmissionState {
        /// It has asked, and nobody has decided.
        Waiting = "waiting",
        /// It may.
        Admitted = "admitted",
        /// It may not.
        Refused = "refused",
        /// What was said of it was taken back: it is not known.
        Withdrawn = "withdrawn",
    }
}

/// Whether a machine may be activated on the licenses of a customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admission {
    /// Names it.
    pub id: AdmissionId,
    /// Whose licenses.
    pub customer_id: CustomerId,
    /// Which machine; unique within the customer.
    pub machine_code: MachineCode,
    /// What people call it, if anybody has said.
    pub friendly_name: Option<FriendlyName>,
    /// The license that it asked for first; none if it was admitted beforehand.
    pub license_id: Option<LicenseId>,
    /// Whether it may.
    pub state: AdmissionState,
    /// When it first asked, or was admitted.
    pub created_at: Timestamp,
    /// When somebody decided.
    pub decided_at: Option<Timestamp>,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// When it last asked, and was not admitted.
    #[serde(skip)]
    pub asked_at: Option<Timestamp>,
    /// How often it has asked so.
    #[serde(skip)]
    pub asks: u32,
}

entity!(Admission, AdmissionId, label: Admission::called, carry: [asked_at, asks]);

impl Admission {
    /// One of a machine that nothing was said of.
    #[must_use]
    pub fn new(
        customer_id: CustomerId,
        machine_code: MachineCode,
        friendly_name: Option<FriendlyName>,
        now: Timestamp,
        random: &dyn Random,
    ) -> Self {
        Self {
            id: AdmissionId::generate(now, random),
            customer_id,
            machine_code,
            friendly_name,
            license_id: None,
            state: AdmissionState::Withdrawn,
            created_at: now,
            decided_at: None,
            version: 0,
            salt: Salt(crate::random::bytes_16(random)),
            asked_at: None,
            asks: 0,
        }
    }

    /// What people call the machine; its code, if nobody has said.
    #[must_use]
    pub fn called(&self) -> String {
        match &self.friendly_name {
            Some(name) => name.to_string(),
            None => self.machine_code.to_string(),
        }
    }

    /// Counts that it asked, and was not admitted.
    pub fn count(&mut self, now: Timestamp) {
        self.asks = self.asks.saturating_add(1);
        self.asked_at = Some(now);
    }

    /// Lets it wait for somebody to decide.
    pub fn wait(&mut self, license_id: LicenseId) {
        self.state = AdmissionState::Waiting;
        self.license_id = Some(license_id);
        self.decided_at = None;
    }

    /// Decides: to [`AdmissionState::Admitted`] or [`AdmissionState::Refused`]. Answers whether that is something new.
    pub fn decide(&mut self, state: AdmissionState, now: Timestamp) -> bool {
        let is_new = self.state != state;
        if is_new {
            self.state = state;
            self.decided_at = Some(now);
        }
        is_new
    }
}

/// Why a machine is not activated, or not admitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AdmissionRefusal {
    /// No such admission.
    #[error("this machine is not in the list")]
    NotFound,
    /// Nobody has admitted the machine.
    #[error("only admitted machines are activated here, and this one is not")]
    NotAdmitted,
    /// Nobody has admitted it, and it waits from now on.
    #[error("only admitted machines are activated here, and this one is not yet")]
    Waits,
    /// Nobody has admitted it, and no more machines can wait.
    #[error("only admitted machines are activated here, and this one is not")]
    Full,
    /// Somebody has refused it.
    #[error("only admitted machines are activated here, and this one was refused")]
    Refused,
}

impl Refusal for AdmissionRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "admission_not_found",
            Self::NotAdmitted | Self::Waits | Self::Full | Self::Refused => "machine_not_admitted",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        Some(match self {
            Self::NotFound => "Look it up in the list of admitted machines.".into(),
            Self::NotAdmitted => "Admit the machine first.".into(),
            Self::Waits => {
                "Ask your administrator to admit this machine; it waits in their list.".into()
            }
            Self::Full => format!(
                "Ask your administrator to admit this machine; {ADMISSIONS_WAITING_MAX} others wait already, so it is not \
                 in their list."
            ),
            Self::Refused => "Ask your administrator, if this machine should be activated.".into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn a_machine_waits_and_is_decided_about() {
        let (now, random) = (Timestamp::from_millis(1), SeededRandom::new(3));
        let customer = CustomerId::generate(now, &random);
        let license = LicenseId::generate(now, &random);
        let code = "M-1".parse().unwrap();
        let mut one = Admission::new(customer, code, None, now, &random);
        assert_eq!(one.called(), "M-1");
        one.wait(license);
        one.count(now);
        one.count(now.plus_millis(5));
        assert_eq!((one.asks, one.asked_at), (2, Some(now.plus_millis(5))));
        assert!(one.decide(AdmissionState::Refused, now));
        assert!(!one.decide(AdmissionState::Refused, now.plus_millis(9)));
        assert_eq!(one.decided_at, Some(now));
        assert!(one.decide(AdmissionState::Admitted, now.plus_millis(9)));
        one.asks = u32::MAX;
        one.count(now);
        assert_eq!(one.asks, u32::MAX, "counted no further");
    }
}
