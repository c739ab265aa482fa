//! Setting something of the vendor's: one act for all that is no more than that.

use latchkey_domain::VendorId;
use latchkey_domain::ledger::Verb;
use latchkey_domain::vendor::Vendor;
use latchkey_store::{Batch, Need, Needs, StoreError};

use crate::Refused;
use crate::act::{Act, Stop};

/// Sets something.
pub(crate) struct Set<F> {
    /// How it is recorded.
    pub(crate) verb: Verb,
    /// Sets it, and answers whether it is another than before.
    pub(crate) set: F,
}

impl<F: Fn(&mut Vendor) -> bool + Send + Sync + 'static> Act for Set<F> {
    type Value = VendorId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
    }

    fn decide(&self, batch: &mut Batch) -> Result<VendorId, Stop<VendorId>> {
        let Some(mut vendor) = batch.vendor().cloned() else {
            return Err(Refused::from(StoreError::NoVendor).into());
        };
        let id = vendor.id;
        if (self.set)(&mut vendor) {
            batch.record(self.verb, vendor);
        }
        Ok(id)
    }
}
