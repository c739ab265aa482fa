//! The vendor: what is known of it, its name, locking it down in an emergency, whether some acts take two people, and
//! the rules of roles.

mod role_rule;
mod set;

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use ed25519_dalek::SigningKey as PrivateKey;
use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::ledger::Verb;
use latchkey_domain::reseller::Reseller;
use latchkey_domain::role_rule::{Kept, RoleRule};
use latchkey_domain::text::Name;
use latchkey_domain::user::{User, Whose};
use latchkey_domain::vendor::{Vendor, VendorRefusal};
use latchkey_domain::{Timestamp, VendorId};
use latchkey_store::filter::{PageRequest, ProductFilter};
use latchkey_store::{Batch, Need, Needs, StoreError};

use crate::act::{Act, Stop};
use crate::permission::Circumstances;
use crate::signing_key::certify;
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

pub(crate) use set::Set;

/// How long it is believed that the vendor is as it was found: other servers of the same store may have changed it.
const BELIEVED_MILLIS: i64 = 1_000;

/// What decisions have to know of the vendor, as it was found last.
pub(crate) struct Believed {
    locked_down: AtomicBool,
    two_people: AtomicBool,
    rules: RwLock<Arc<[RoleRule]>>,
    found_at: AtomicI64,
}

impl Believed {
    pub(crate) fn of(vendor: &Vendor, now: Timestamp) -> Self {
        Self {
            locked_down: AtomicBool::new(vendor.locked_down_at.is_some()),
            two_people: AtomicBool::new(vendor.two_people_at.is_some()),
            rules: RwLock::new(vendor.role_rules.clone().into()),
            found_at: AtomicI64::new(now.millis()),
        }
    }

    fn find(&self, vendor: &Vendor, now: Timestamp) {
        let (locked_down, two_people) = (vendor.locked_down_at, vendor.two_people_at);
        self.locked_down
            .store(locked_down.is_some(), Ordering::Release);
        self.two_people
            .store(two_people.is_some(), Ordering::Release);
        if *self.rules() != *vendor.role_rules {
            let mut rules = self.rules.write().unwrap_or_else(PoisonError::into_inner);
            *rules = vendor.role_rules.clone().into();
        }
        self.found_at.store(now.millis(), Ordering::Release);
    }

    /// The rules of roles.
    fn rules(&self) -> Arc<[RoleRule]> {
        let rules = self.rules.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&rules)
    }

    /// Whether whoever asks is to look again: one of those who come once it is worth it. A clock that was set back makes
    /// nothing last longer.
    fn is_to_be_found(&self, now: Timestamp) -> bool {
        let (now, found_at) = (now.millis(), self.found_at.load(Ordering::Acquire));
        !(0..BELIEVED_MILLIS).contains(&(now - found_at))
            && self
                .found_at
                .compare_exchange(found_at, now, Ordering::AcqRel, Ordering::Relaxed)
                .is_ok()
    }

    /// Has whoever comes next look again.
    pub(crate) fn forget(&self) {
        self.found_at.store(0, Ordering::Release);
    }

    /// What every decision about this actor has to know of it.
    pub(crate) fn circumstances(&self, actor: &Actor, now: Timestamp) -> Circumstances {
        let Kept { hours, network } = self.kept(actor, now);
        Circumstances {
            locked_down: self.locked_down.load(Ordering::Acquire),
            within_hours: hours,
            within_network: network,
            ..Circumstances::default()
        }
    }

    /// Whether some acts take two people.
    pub(crate) fn two_people(&self) -> bool {
        self.two_people.load(Ordering::Acquire)
    }
}

/// What is done to the vendor.
#[derive(Clone, Copy)]
pub(crate) enum Change {
    LockDown,
    LiftLockdown,
    RequireTwoPeople,
    EndTwoPeople,
}

impl Act for Change {
    type Value = VendorId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
        if let Self::RequireTwoPeople = self {
            needs.ask(Need::UsersOf(Whose::Vendor));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<VendorId, Stop<VendorId>> {
        let Some(mut vendor) = batch.vendor().cloned() else {
            return Err(Refused::from(StoreError::NoVendor).into());
        };
        let id = vendor.id;
        let verb = match self {
            Self::LockDown => {
                vendor.lock_down(batch.now())?;
                Verb::VendorLockDown
            }
            Self::LiftLockdown => {
                vendor.lift_lockdown()?;
                Verb::VendorLiftLockdown
            }
            Self::RequireTwoPeople => {
                vendor.require_two_people(batch.now())?;
                if batch.all::<User>().filter(|user| user.owns()).count() < 2 {
                    return Err(VendorRefusal::TwoOwnersMissing.into());
                }
                Verb::VendorRequireTwoPeople
            }
            Self::EndTwoPeople => {
                vendor.end_two_people()?;
                Verb::VendorEndTwoPeople
            }
        };
        batch.record(verb, vendor);
        Ok(id)
    }
}

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
        Ok(self.find_vendor().await?)
    }

    /// Whether the vendor has no product yet.
    pub async fn vendor_is_empty(&self, actor: &Actor) -> Result<bool, AppError> {
        self.permit(actor, Operation::GetMe)?;
        let one = PageRequest::uncounted(1, None);
        let all = ProductFilter::default();
        let products = self.store.product_list(self.scope.vendor_id, &all, one);
        Ok(products.await?.rows.is_empty())
    }

    /// The customer whose person the actor is; none for everybody else.
    pub async fn customer_of(&self, actor: &Actor) -> Result<Option<Customer>, AppError> {
        self.permit(actor, Operation::GetMe)?;
        let Some(id) = actor.reach.customer else {
            return Ok(None);
        };
        let found = self.store.customer_get(self.scope.vendor_id, id).await?;
        Ok(found.map(|view| view.customer))
    }

    /// The reseller whose person the actor is; none for everybody else.
    pub async fn reseller_of(&self, actor: &Actor) -> Result<Option<Reseller>, AppError> {
        self.permit(actor, Operation::GetMe)?;
        match actor.reach.reseller {
            Some(id) => Ok(self.store.reseller_get(self.scope.vendor_id, id).await?),
            None => Ok(None),
        }
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

    /// Locks the vendor down: nobody but owners may change anything until it is lifted. Other servers of the same store
    /// follow within two seconds.
    pub async fn vendor_lock_down(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
    ) -> Result<Changed<VendorId>, AppError> {
        self.change_vendor(
            actor,
            Operation::LockDownVendor,
            idempotency,
            Change::LockDown,
        )
        .await
    }

    /// Ends a lockdown.
    pub async fn vendor_lift_lockdown(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
    ) -> Result<Changed<VendorId>, AppError> {
        self.change_vendor(
            actor,
            Operation::LiftLockdown,
            idempotency,
            Change::LiftLockdown,
        )
        .await
    }

    /// Has some acts take two people from now on: one asks, another approves. It is ended by an approval alone.
    pub async fn vendor_require_two_people(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
    ) -> Result<Changed<VendorId>, AppError> {
        self.change_vendor(
            actor,
            Operation::RequireTwoPeople,
            idempotency,
            Change::RequireTwoPeople,
        )
        .await
    }

    async fn change_vendor(
        &self,
        actor: &Actor,
        operation: Operation,
        idempotency: Option<Idempotency>,
        change: Change,
    ) -> Result<Changed<VendorId>, AppError> {
        let done = self.act(actor, operation, idempotency, change).await;
        self.believed.forget();
        done
    }

    /// Looks how the vendor is, unless that was found out a moment ago.
    pub(crate) async fn look_at_vendor(&self) -> Result<(), StoreError> {
        if self.believed.is_to_be_found(self.now()) {
            let found = self.find_vendor().await;
            found.inspect_err(|_| self.believed.forget())?;
        }
        Ok(())
    }

    pub(crate) async fn find_vendor(&self) -> Result<Vendor, StoreError> {
        let now = self.now();
        let vendor = self.store.vendor_get(self.scope.vendor_id).await?;
        let vendor = vendor.ok_or(StoreError::NoVendor)?;
        self.believed.find(&vendor, now);
        Ok(vendor)
    }
}
