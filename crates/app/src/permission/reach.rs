//! How far an actor reaches: to which licenses, and to what of which customer. Lists are narrowed before they are read,
//! what is at hand is judged by the policies.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::license::License;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::reseller::Reseller;
use latchkey_domain::user::Whose;
use latchkey_domain::{ActorId, CustomerId, LicenseId, ProductId, ResellerId, VendorId};
use latchkey_store::filter::{
    ActivationFilter, AdmissionFilter, CustomerFilter, LicenseFilter, ResellerFilter,
    ValidationFilter,
};
use latchkey_store::{Batch, UsageFilter};

use super::judge::{Question, Verdict, judge};
use super::{Circumstances, Operation, PermissionRefusal};
use crate::{App, Refused};

/// The conditions that keep a customer's people to what their customer has, and a reseller's to what their reseller has;
/// see `policy/conditions.cedar`.
const OWN: [&str; 2] = ["own_customer", "own_reseller"];

/// What an operation is about, where it is at hand.
#[derive(Debug, Clone, Copy)]
pub enum About<'a> {
    /// A license, or what hangs on it.
    License(LicenseFacts<'a>),
    /// Something else that a customer has, or the customer itself; and whose customer it is, if a reseller's people may
    /// touch such a thing.
    Belonging(CustomerId, Option<ResellerId>),
    /// A user: of a customer or a reseller, or one of the vendor's own.
    Person(Whose),
    /// What a reseller has, or the reseller itself; and below which other that one stands, if its people may touch such a
    /// thing.
    Share(ResellerId, Option<ResellerId>),
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
    /// Which reseller issued it, if one did.
    pub reseller: Option<ResellerId>,
    /// Its key.
    pub key: &'a LicenseKey,
}

impl<'a> From<&'a License> for About<'a> {
    fn from(license: &'a License) -> Self {
        Self::License(LicenseFacts {
            id: license.id,
            product: license.product_id,
            customer: license.customer_id,
            reseller: license.reseller_id,
            key: &license.key,
        })
    }
}

impl From<&Reseller> for About<'_> {
    fn from(reseller: &Reseller) -> Self {
        Self::Share(reseller.id, reseller.parent_id)
    }
}

impl From<&Customer> for About<'_> {
    fn from(customer: &Customer) -> Self {
        Self::Belonging(customer.id, customer.reseller_id)
    }
}

/// Something is not within an actor's reach.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutOfReach {
    /// It is another customer's or another reseller's: to this actor it does not exist.
    #[error("this belongs to somebody else")]
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
        Verdict::No(against) if against.iter().any(|id| OWN.contains(&id.as_str())) => {
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

/// Whether an actor is told of what somebody did. A customer's and a reseller's people know of what they did themselves,
/// and of nothing else.
pub(crate) fn knows_of(actor: &Actor, by: ActorId) -> bool {
    !actor.reach.is_held() || actor.id == by
}

/// A filter that can be held to what one customer has, or one reseller.
pub(crate) trait Holdable: Clone {
    /// Selects only what this customer has.
    fn hold_to_customer(&mut self, customer: CustomerId);
    /// Selects only what this reseller has.
    fn hold_to_reseller(&mut self, reseller: ResellerId);
}

/// The filter as this actor may use it: a customer's people select from what their customer has, a reseller's from what
/// their reseller has.
pub(crate) fn narrowed<F: Holdable>(actor: &Actor, filter: &F) -> F {
    let mut filter = filter.clone();
    if let Some(customer) = actor.reach.customer {
        filter.hold_to_customer(customer);
    }
    if let Some(reseller) = actor.reach.reseller {
        filter.hold_to_reseller(reseller);
    }
    filter
}

/// Holds what a filter asks for to one; where it asks for another, nothing is selected, for two have nothing at once.
fn hold<I: PartialEq, R>(asked: &mut Option<I>, to: I, ids: &mut Option<Vec<R>>) {
    if asked.as_ref().is_some_and(|asked| *asked != to) {
        *ids = Some(Vec::new());
    }
    *asked = Some(to);
}

impl Holdable for LicenseFilter {
    fn hold_to_customer(&mut self, customer: CustomerId) {
        hold(&mut self.customer_id, customer, &mut self.ids);
    }

    fn hold_to_reseller(&mut self, reseller: ResellerId) {
        hold(&mut self.reseller_id, reseller, &mut self.ids);
    }
}

impl Holdable for ActivationFilter {
    fn hold_to_customer(&mut self, customer: CustomerId) {
        hold(&mut self.customer_id, customer, &mut self.ids);
    }

    fn hold_to_reseller(&mut self, reseller: ResellerId) {
        hold(&mut self.reseller_id, reseller, &mut self.ids);
    }
}

impl Holdable for ValidationFilter {
    fn hold_to_customer(&mut self, customer: CustomerId) {
        self.nothing |= self.customer_id.is_some_and(|asked| asked != customer);
        self.customer_id = Some(customer);
    }

    fn hold_to_reseller(&mut self, reseller: ResellerId) {
        self.nothing |= self.reseller_id.is_some_and(|asked| asked != reseller);
        self.reseller_id = Some(reseller);
    }
}

impl Holdable for UsageFilter {
    fn hold_to_customer(&mut self, customer: CustomerId) {
        self.nothing |= self.customer_id.is_some_and(|asked| asked != customer);
        self.customer_id = Some(customer);
    }

    fn hold_to_reseller(&mut self, reseller: ResellerId) {
        self.nothing |= self.reseller_id.is_some_and(|asked| asked != reseller);
        self.reseller_id = Some(reseller);
    }
}

impl Holdable for AdmissionFilter {
    fn hold_to_customer(&mut self, customer: CustomerId) {
        hold(&mut self.customer_id, customer, &mut self.ids);
    }

    fn hold_to_reseller(&mut self, _: ResellerId) {
        // They are the customer's own business.
        self.ids = Some(Vec::new());
    }
}

impl Holdable for CustomerFilter {
    fn hold_to_customer(&mut self, customer: CustomerId) {
        self.ids = Some(vec![customer]);
    }

    fn hold_to_reseller(&mut self, reseller: ResellerId) {
        hold(&mut self.reseller_id, reseller, &mut self.ids);
    }
}

impl Holdable for ResellerFilter {
    fn hold_to_customer(&mut self, _: CustomerId) {
        self.ids = Some(Vec::new());
    }

    fn hold_to_reseller(&mut self, reseller: ResellerId) {
        hold(&mut self.parent_id, reseller, &mut self.ids);
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
