//! An activation: the binding of a license to a machine, using a seat.

use serde::{Deserialize, Serialize};

use crate::entity::{closed_enum, entity};
use crate::license::License;
use crate::machine::Machine;
use crate::machine_key::MachineKey;
use crate::refusal::{Refusal, RefusalKind};
use crate::return_limit::{Giving, ReturnLimit};
use crate::text::{FriendlyName, fold};
use crate::{
    ActivationId, ChangeId, CustomerId, LicenseId, MachineId, ProductId, ReturnReceiptId, Salt,
    Timestamp,
};

closed_enum! {
    /// Whether an activation uses a seat.
    ActivationState {
        /// It uses a seat.
        Active = "active",
        /// Its seat was given back.
        Deactivated = "deactivated",
    }
}

/// How exactly it is known when a machine was last heard of.
pub const SEEN_WITHIN_MILLIS: i64 = 5 * 60 * 1_000;

/// The binding of a license to a machine. There is at most one for each pair; activating again revives it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Activation {
    /// Names it.
    pub id: ActivationId,
    /// The license.
    pub license_id: LicenseId,
    /// The machine.
    pub machine_id: MachineId,
    /// The license's customer at the time; a projection for lists.
    pub customer_id: CustomerId,
    /// The license's product; a projection for lists.
    pub product_id: ProductId,
    /// Whether it uses a seat.
    pub state: ActivationState,
    /// When it was last activated.
    pub activated_at: Timestamp,
    /// When its seat was given back.
    pub deactivated_at: Option<Timestamp>,
    /// Whether giving it back counts against the license's limit on returns.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub return_counts: bool,
    /// The public key that its license files are bound to, if the machine has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub machine_key: Option<MachineKey>,
    /// The receipt with which its seat came back, if it was by one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_receipt_id: Option<ReturnReceiptId>,
    /// Whether its seat is kept, however long the machine is not seen.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub kept: bool,
    /// The change by which the program freed its seat, if it did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reclaimed_in: Option<ChangeId>,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// When the app last reported. Changes often and is not recorded in the ledger.
    #[serde(skip)]
    pub last_seen_at: Timestamp,
    /// The machine's friendly name in [`search_name`] form; a projection for search.
    #[serde(skip)]
    pub name_folded: String,
    /// When it was said that the seat will be freed, if it was and nothing was heard since.
    #[serde(skip)]
    pub warned_at: Option<Timestamp>,
    /// When the seat will be freed then.
    #[serde(skip)]
    pub reclaim_at: Option<Timestamp>,
    /// Until when a license file for the machine holds, or held.
    #[serde(skip)]
    pub offline_until: Option<Timestamp>,
}

entity!(Activation, ActivationId, label: |activation| activation.name_folded.trim_end_matches('\u{3}').to_owned(), carry: [last_seen_at, name_folded, warned_at, reclaim_at, offline_until]);

/// A friendly name in the form in which it is searched: folded, with two closing marks, so that every character of it
/// begins a trigram.
#[must_use]
pub fn search_name(name: &FriendlyName) -> String {
    format!("{}\u{3}\u{3}", fold(name.as_str()))
}

impl Default for Timestamp {
    fn default() -> Self {
        Self::from_millis(0)
    }
}

/// Why an activation refuses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActivationRefusal {
    /// No such activation.
    #[error("this activation does not exist")]
    NotFound,
    /// All seats are taken.
    #[error("all {seats_max} seats of this license are in use")]
    SeatsExhausted {
        /// How many there are.
        seats_max: u32,
    },
    /// It was deactivated before.
    #[error("this machine is deactivated already")]
    Deactivated,
    /// The machine has given its license back, with a receipt.
    #[error("this machine gave its license back on {}", at.to_chrono().format("%-d %B %Y"))]
    Returned {
        /// When the receipt was brought.
        at: Timestamp,
    },
    /// No more seats may be given back for now.
    #[error("{used} of {} returns in {} days are used", limit.max, limit.days)]
    ReturnsExhausted {
        /// The limit.
        limit: ReturnLimit,
        /// How many are used.
        used: u32,
        /// When the next one comes free again.
        free_at: Timestamp,
    },
    /// The machine is not activated on the license.
    #[error("this machine is not activated on this license")]
    NotActivated,
}

impl Refusal for ActivationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "activation_not_found",
            Self::SeatsExhausted { .. } => "seats_exhausted",
            Self::Deactivated => "activation_deactivated",
            Self::Returned { .. } => "machine_returned",
            Self::ReturnsExhausted { .. } => "returns_exhausted",
            Self::NotActivated => "machine_not_activated",
        }
    }

    fn kind(&self) -> RefusalKind {
        match self {
            Self::NotFound => RefusalKind::NotFound,
            _ => RefusalKind::Conflict,
        }
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::NotFound => Some("Look it up in the list of activations.".into()),
            Self::SeatsExhausted { .. } => {
                Some("Deactivate a machine that is no longer used, or get more seats.".into())
            }
            Self::Deactivated => None,
            Self::Returned { .. } => Some(
                "Whoever looks after the license can activate the machine anew, and gives it a new license file."
                    .into(),
            ),
            Self::ReturnsExhausted { free_at, .. } => Some(format!(
                "One is free again on {}. The vendor can deactivate the machine before.",
                free_at.to_chrono().format("%-d %B %Y")
            )),
            Self::NotActivated => Some("Activate the machine first.".into()),
        }
    }
}

impl Activation {
    /// Binds a machine to a license, taking a seat. Whether the license holds is checked by the caller.
    ///
    /// # Errors
    /// [`ActivationRefusal::SeatsExhausted`].
    pub fn activate(
        id: ActivationId,
        salt: Salt,
        license: &mut License,
        machine: &Machine,
        now: Timestamp,
    ) -> Result<Self, ActivationRefusal> {
        take_seat(license)?;
        Ok(Self {
            id,
            license_id: license.id,
            machine_id: machine.id,
            customer_id: license.customer_id,
            product_id: license.product_id,
            state: ActivationState::Active,
            activated_at: now,
            deactivated_at: None,
            return_counts: false,
            machine_key: None,
            return_receipt_id: None,
            kept: false,
            reclaimed_in: None,
            version: 0,
            salt,
            last_seen_at: now,
            name_folded: search_name(&machine.friendly_name),
            warned_at: None,
            reclaim_at: None,
            offline_until: None,
        })
    }

    /// Takes a seat again after it was given back.
    ///
    /// # Errors
    /// [`ActivationRefusal::SeatsExhausted`].
    pub fn reactivate(
        &mut self,
        license: &mut License,
        now: Timestamp,
    ) -> Result<(), ActivationRefusal> {
        take_seat(license)?;
        self.state = ActivationState::Active;
        self.activated_at = now;
        self.deactivated_at = None;
        self.return_counts = false;
        self.machine_key = None;
        self.return_receipt_id = None;
        self.reclaimed_in = None;
        self.offline_until = None;
        self.seen(now);
        Ok(())
    }

    /// When its license was given back with a receipt, if it was and still is.
    #[must_use]
    pub fn returned_at(&self) -> Option<Timestamp> {
        self.return_receipt_id.and(self.deactivated_at)
    }

    /// Whether it is worth writing down that the machine is heard of: where that changes something, or was not known to
    /// within [`SEEN_WITHIN_MILLIS`]. Machines that ask all the time would otherwise keep the store busy with nothing new.
    #[must_use]
    pub fn is_news(&self, now: Timestamp) -> bool {
        let returned = self.returned_at().is_some() && !self.is_seen_after_return();
        let known_until = self.last_seen_at.plus_millis(SEEN_WITHIN_MILLIS);
        self.warned_at.is_some() || returned || known_until <= now
    }

    /// Whether the machine was heard of after it had given its license back.
    #[must_use]
    pub fn is_seen_after_return(&self) -> bool {
        self.returned_at().is_some_and(|at| self.last_seen_at > at)
    }

    /// Gives the seat back.
    ///
    /// # Errors
    /// [`ActivationRefusal::Deactivated`] if it was before, [`ActivationRefusal::ReturnsExhausted`] if it would be one
    /// return too many.
    pub fn deactivate(
        &mut self,
        license: &mut License,
        giving: Giving,
        now: Timestamp,
    ) -> Result<(), ActivationRefusal> {
        if self.state == ActivationState::Deactivated {
            return Err(ActivationRefusal::Deactivated);
        }
        self.return_counts = count_return(license, giving, now)?;
        free_seat(license);
        self.state = ActivationState::Deactivated;
        self.deactivated_at = Some(now);
        self.kept = false;
        self.unwarn();
        Ok(())
    }
}

/// Counts a return against a license's limit, if there is one and this return counts; answers whether it does.
fn count_return(
    license: &mut License,
    giving: Giving,
    now: Timestamp,
) -> Result<bool, ActivationRefusal> {
    let (Some(limit), Giving::Counted) = (license.returns, giving) else {
        return Ok(false);
    };
    let standing = limit.used(&license.returned_at, now);
    if standing.left == 0 {
        return Err(ActivationRefusal::ReturnsExhausted {
            limit,
            used: standing.used,
            free_at: standing.next_free_at.unwrap_or(now),
        });
    }
    license.returned_at = limit.counted(&license.returned_at, now);
    license.returned_at.push(now);
    Ok(true)
}

/// Takes a return back that was counted at `at`: it did not happen.
pub fn uncount_return(license: &mut License, at: Timestamp) {
    let place = license.returned_at.iter().position(|made| *made == at);
    if let Some(place) = place {
        license.returned_at.swap_remove(place);
    }
}

/// Takes a seat of a license.
///
/// # Errors
/// [`ActivationRefusal::SeatsExhausted`].
pub fn take_seat(license: &mut License) -> Result<(), ActivationRefusal> {
    if license.seats_used >= license.seats_max {
        return Err(ActivationRefusal::SeatsExhausted {
            seats_max: license.seats_max,
        });
    }
    license.seats_used += 1;
    Ok(())
}

/// Gives a seat of a license back.
pub fn free_seat(license: &mut License) {
    license.seats_used = license.seats_used.saturating_sub(1);
}
