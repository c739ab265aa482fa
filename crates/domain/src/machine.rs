//! A machine: a device of a customer, known by its machine code; its friendly name is for people.

use serde::{Deserialize, Serialize};

use crate::entity::entity;
use crate::refusal::{Refusal, RefusalKind};
use crate::text::{FriendlyName, MachineCode};
use crate::{CustomerId, MachineId, Salt, Timestamp};

/// A device. It belongs to one customer, so that the names one customer gives are nobody else's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Machine {
    /// Names it.
    pub id: MachineId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// What the app reports; unique within the customer.
    pub code: MachineCode,
    /// What people call it.
    pub friendly_name: FriendlyName,
    /// When it was first seen.
    pub created_at: Timestamp,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
}

entity!(Machine, MachineId, label: |machine| machine.friendly_name.to_string());

/// Why a machine refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MachineRefusal {
    /// No such machine.
    #[error("this machine does not exist")]
    NotFound,
    /// It has that name already.
    #[error("the machine is already called “{name}”")]
    Unchanged {
        /// The name.
        name: String,
    },
}

impl Refusal for MachineRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "machine_not_found",
            Self::Unchanged { .. } => "machine_unchanged",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            Self::Unchanged { .. } => RefusalKind::Conflict,
        }
    }
}
