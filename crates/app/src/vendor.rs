//! The vendor: whose store it is.

use ed25519_dalek::SigningKey as PrivateKey;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::text::Name;
use latchkey_domain::vendor::Vendor;
use latchkey_store::{Batch, Need, Needs, StoreError};

use crate::act::{Act, Stop};
use crate::signing_key::certify;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// Gives the vendor another name, and has the root certify it.
struct Rename {
    name: Name,
    root: PrivateKey,
}

impl Act for Rename {
    type Value = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
        needs.ask(Need::SigningKeys);
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Stop<()>> {
        if batch
            .vendor()
            .is_some_and(|vendor| vendor.name == self.name)
        {
            return Ok(());
        }
        let rename = |vendor: &mut Vendor| vendor.name = self.name.clone();
        Ok(certify(batch, &self.root, Verb::VendorRename, rename)?)
    }
}

/// The vendor: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// The vendor.
    pub async fn vendor(&self, actor: &Actor) -> Result<Vendor, AppError> {
        self.permit(actor, Operation::GetMe)?;
        let vendor = self.store.vendor_get(self.scope.vendor_id).await?;
        vendor.ok_or(AppError::Store(StoreError::NoVendor))
    }

    /// Gives the vendor another name. It stands in the trust bundle, which the root key signs anew, and in license files
    /// from now on; those exported before keep the old one, and verify as before.
    pub async fn vendor_rename(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        name: Name,
    ) -> Result<Changed<()>, AppError> {
        let operation = Operation::RenameVendor;
        let root = self.open_root(actor, operation).await?;
        self.act(actor, operation, idempotency, Rename { name, root })
            .await
    }
}
