//! What becomes of the plainer entities, and of activations, when their creation is undone.

use latchkey_domain::Timestamp;
use latchkey_domain::activation::{
    Activation, ActivationState, free_seat, take_seat, uncount_return,
};
use latchkey_domain::admission::{Admission, AdmissionState};
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::feature::Feature;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal};
use latchkey_domain::policy::Policy;
use latchkey_domain::product::Product;
use latchkey_domain::reseller::Reseller;
use latchkey_store::Batch;

use super::Undoable;
use crate::permission::within_reach_in;
use crate::{Operation, Refused};

impl Undoable for Product {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.archive()?;
        Ok(Some(self))
    }
}

impl Undoable for Feature {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.archive()?;
        Ok(Some(self))
    }
}

impl Undoable for Policy {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.retire()?;
        Ok(Some(self))
    }
}

impl Undoable for Customer {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.archive()?;
        Ok(Some(self))
    }

    fn put_back(batch: &mut Batch, _: &Self, restored: Self) -> Result<(), Refused> {
        crate::customer::reference_free(batch, restored.reference.as_ref(), Some(restored.id))?;
        batch.record(Verb::ChangeUndo, restored);
        Ok(())
    }
}

impl Undoable for Reseller {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.archive()?;
        Ok(Some(self))
    }
}

impl Undoable for Admission {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.state = AdmissionState::Withdrawn;
        Ok(Some(self))
    }
}

impl Undoable for Entitlement {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.state = EntitlementState::Withdrawn;
        Ok(Some(self))
    }
}

impl Undoable for Activation {
    fn closed(mut self, now: Timestamp) -> Result<Option<Self>, Refused> {
        if self.state == ActivationState::Deactivated {
            return Ok(None);
        }
        self.state = ActivationState::Deactivated;
        self.deactivated_at = Some(now);
        Ok(Some(self))
    }

    fn put_back(batch: &mut Batch, current: &Self, restored: Self) -> Result<(), Refused> {
        let mut license = batch
            .get::<License>(current.license_id)
            .ok_or(LicenseRefusal::NotFound)?
            .clone();
        // The license may belong to somebody else by now.
        within_reach_in(batch, Operation::UndoChange, &license)
            .map_err(|out| out.or(LicenseRefusal::NotFound))?;
        match (current.state, restored.state) {
            (ActivationState::Deactivated, ActivationState::Active) => {
                take_seat(&mut license)?;
                if let Some(at) = current.deactivated_at.filter(|_| current.return_counts) {
                    uncount_return(&mut license, at);
                }
            }
            (ActivationState::Active, ActivationState::Deactivated) => free_seat(&mut license),
            _ => {}
        }
        batch.touch(license);
        batch.record(Verb::ChangeUndo, restored);
        Ok(())
    }
}
