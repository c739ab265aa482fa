//! What becomes of the plainer entities when their creation is undone.

use latchkey_domain::Timestamp;
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::feature::Feature;
use latchkey_domain::ledger::Verb;
use latchkey_domain::policy::Policy;
use latchkey_domain::product::Product;
use latchkey_domain::reseller::Reseller;
use latchkey_store::Batch;

use super::Undoable;
use crate::Refused;

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

impl Undoable for Entitlement {
    fn closed(mut self, _: Timestamp) -> Result<Option<Self>, Refused> {
        self.state = EntitlementState::Withdrawn;
        Ok(Some(self))
    }
}
