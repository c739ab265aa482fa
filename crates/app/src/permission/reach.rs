//! How far an actor reaches: to which licenses, and to what of which customer. Lists are narrowed before they are read,
//! what is at hand is judged by the policies.

use latchkey_domain::actor::Actor;
use latchkey_domain::license::License;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::{ActorId, CustomerId, LicenseId, ProductId, VendorId};
use latchkey_store::Batch;
use latchkey_store::filter::{ActivationFilter, LicenseFilter};

use super::judge::{Question, Verdict, judge};
use super::{Circumstances, Operation, PermissionRefusal};
use crate::{App, Refused};

/// The condition that keeps a customer's people to what their customer has; see `policy/conditions.cedar`.
const OWN_CUSTOMER: &str = "own_customer";

/// What an operation is about, where it is at hand.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A license, or what hangs on it.
    License(LicenseFacts<'a>),
    /// Something else that a customer has, or the customer itself.
    Belonging(CustomerId),
    /// A user: of a customer, or one of the vendor's own.
    Person(Option<CustomerId>),
}

/// What permission has to know of a license.
#[derive(Debug, Clone, Copy)]
pub struct LicenseFacts<'a> {
    /// Names it.
    pub id: LicenseId,
    /// Its product.
    pub product: ProductId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Its key.
    pub key: &'a LicenseKey,
}

impl<'a> From<&'a License> for About<'a> {
    fn from(license: &'a License) -> Self {
        Self::License(LicenseFacts {
            id: license.id,
            product: license.product_id,
            customer: license.customer_id,
            key: &license.key,
        })
    }
}

/// Something is not within an actor's reach.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutOfReach {
    /// It is another customer's: to this actor it does not exist.
    #[error("this belongs to another customer")]
    Foreign,
    /// They know of it, and may not.
    #[error(transparent)]
    Refused(#[from] PermissionRefusal),
}

impl OutOfReach {
    /// How the actor is told: as if it did not exist, or why not.
    pub(crate) fn or(self, missing: impl Into<Refused>) -> Refused {
        match self {
            Self::Foreign => missing.into(),
            Self::Refused(refusal) => refusal.into(),
        }
    }
}

/// Refuses what is not within an actor's reach; `vendor` is whose it is.
///
/// # Errors
/// [`OutOfReach`].
pub fn within_reach<'a>(
    actor: &Actor,
    operation: Operation,
    vendor: VendorId,
    about: impl Into<About<'a>>,
) -> Result<(), OutOfReach> {
    let verdict = judge(Question {
        actor,
        operation,
        vendor,
        about: Some(about.into()),
        // Of these it was asked before whether the actor may do it at all.
        circumstances: Circumstances::default(),
    });
    match verdict {
        Verdict::Yes(_) => Ok(()),
        Verdict::No(against) if against.iter().any(|id| id == OWN_CUSTOMER) => {
            Err(OutOfReach::Foreign)
        }
        Verdict::No(against) => Err(PermissionRefusal::of(actor, &against).into()),
    }
}

/// The same for whoever does the present work of a batch.
///
/// # Errors
/// [`OutOfReach`].
pub(crate) fn within_reach_in<'a>(
    batch: &Batch,
    operation: Operation,
    about: impl Into<About<'a>>,
) -> Result<(), OutOfReach> {
    match batch.actor() {
        Some(actor) => within_reach(actor, operation, batch.vendor_id(), about),
        None => Err(PermissionRefusal::Locked.into()),
    }
}

/// Whether an actor is told of what somebody did. A customer's people know of what they did themselves, and of nothing
/// else.
pub(crate) fn knows_of(actor: &Actor, by: ActorId) -> bool {
    actor.reach.customer.is_none() || actor.id == by
}

/// A filter that can be held to what one customer has.
pub(crate) trait OfCustomer: Clone {
    /// Selects only what this customer has.
    fn hold_to(&mut self, customer: CustomerId);
}

/// The filter as this actor may use it: a customer's people select from what their customer has.
pub(crate) fn narrowed<F: OfCustomer>(actor: &Actor, filter: &F) -> F {
    let mut filter = filter.clone();
    if let Some(customer) = actor.reach.customer {
        filter.hold_to(customer);
    }
    filter
}

impl OfCustomer for LicenseFilter {
    fn hold_to(&mut self, customer: CustomerId) {
        if self.customer_id.is_some_and(|asked| asked != customer) {
            // What two customers have at once.
            self.ids = Some(Vec::new());
        }
        self.customer_id = Some(customer);
    }
}

impl OfCustomer for ActivationFilter {
    fn hold_to(&mut self, customer: CustomerId) {
        if self.customer_id.is_some_and(|asked| asked != customer) {
            self.ids = Some(Vec::new());
        }
        self.customer_id = Some(customer);
    }
}

impl App {
    /// Whether something is there for this actor.
    pub(crate) fn reaches<'a>(
        &self,
        actor: &Actor,
        operation: Operation,
        about: impl Into<About<'a>>,
    ) -> bool {
        within_reach(actor, operation, self.scope.vendor_id, about).is_ok()
    }
}
