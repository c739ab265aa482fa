//! Customers.

mod timeline;

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::product::Archival;
use latchkey_domain::reseller::{Reseller, ResellerRefusal};
use latchkey_domain::text::{EmailAddress, Name, Reference};
use latchkey_domain::{CustomerId, ResellerId};
use latchkey_store::filter::{CustomerFilter, Page, PageRequest};
use latchkey_store::{Batch, CustomerView, Need, Needs};

use crate::act::{Act, Stop};
use crate::permission::{About, narrowed, within_reach_in};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What a new customer is made of.
#[derive(Debug, Clone)]
pub struct CreateCustomer {
    /// What people call it.
    pub name: Name,
    /// Where to write to.
    pub email: Option<EmailAddress>,
    /// The vendor's own number for it.
    pub reference: Option<Reference>,
    /// Whose customer it is to be, if a reseller's; a reseller's own people create theirs anyway.
    pub reseller_id: Option<ResellerId>,
}

/// What to change of a customer; what is none stays.
#[derive(Debug, Clone, Default)]
pub struct UpdateCustomer {
    /// What people call it.
    pub name: Option<Name>,
    /// Where to write to; the inner none removes it.
    pub email: Option<Option<EmailAddress>>,
    /// The vendor's own number for it; the inner none removes it.
    pub reference: Option<Option<Reference>>,
}

fn ask_reference(reference: Option<&Reference>, needs: &mut Needs) {
    if let Some(reference) = reference {
        needs.ask(Need::CustomerReference(reference.clone()));
    }
}

/// Refuses a reference that somebody gives who is not the vendor's: it would tell which ones are taken.
fn may_refer(batch: &Batch, reference: Option<&Reference>) -> Result<(), CustomerRefusal> {
    let held = batch.actor().is_some_and(|actor| actor.reach.is_held());
    if held && reference.is_some() {
        Err(CustomerRefusal::ReferenceNotYours)
    } else {
        Ok(())
    }
}

/// Refuses a reference that another customer has.
pub(crate) fn reference_free(
    batch: &Batch,
    reference: Option<&Reference>,
    of: Option<CustomerId>,
) -> Result<(), CustomerRefusal> {
    let Some(reference) = reference else {
        return Ok(());
    };
    match batch.customer_by_reference(reference) {
        Some(customer) if Some(customer.id) != of => Err(CustomerRefusal::ReferenceTaken {
            reference: reference.to_string(),
        }),
        _ => Ok(()),
    }
}

impl Act for CreateCustomer {
    type Value = CustomerId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        ask_reference(self.reference.as_ref(), needs);
        if let Some(id) = self.reseller_id {
            needs.ask(Need::Reseller(id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<CustomerId, Stop<CustomerId>> {
        if let Some(id) = self.reseller_id {
            within_reach_in(batch, Operation::CreateCustomer, About::Share(id, None))
                .map_err(|out| out.or(ResellerRefusal::NotFound))?;
            let reseller = batch.get::<Reseller>(id);
            reseller.ok_or(ResellerRefusal::NotFound)?.in_use()?;
        }
        may_refer(batch, self.reference.as_ref())?;
        reference_free(batch, self.reference.as_ref(), None)?;
        let id = CustomerId::generate(batch.now(), &*batch.random());
        let customer = Customer {
            id,
            name: self.name.clone(),
            email: self.email.clone(),
            reference: self.reference.clone(),
            reseller_id: self.reseller_id,
            controlled_activation: false,
            reclaim: None,
            state: Archival::Active,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::CustomerCreate, customer);
        Ok(id)
    }
}

struct Update {
    id: CustomerId,
    update: UpdateCustomer,
}

impl Act for Update {
    type Value = CustomerId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Customer(self.id));
        ask_reference(self.update.reference.iter().flatten().next(), needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<CustomerId, Stop<CustomerId>> {
        let before = batch
            .get::<Customer>(self.id)
            .ok_or(CustomerRefusal::NotFound)?;
        within_reach_in(batch, Operation::UpdateCustomer, before)
            .map_err(|out| out.or(CustomerRefusal::NotFound))?;
        let mut customer = before.clone();
        if let Some(name) = &self.update.name {
            customer.name = name.clone();
        }
        if let Some(email) = &self.update.email {
            customer.email = email.clone();
        }
        if let Some(reference) = &self.update.reference {
            may_refer(batch, reference.as_ref())?;
            reference_free(batch, reference.as_ref(), Some(self.id))?;
            customer.reference = reference.clone();
        }
        if &customer != before {
            batch.record(Verb::CustomerUpdate, customer);
        }
        Ok(self.id)
    }
}

/// Archives or unarchives a customer.
struct EditCustomer {
    id: CustomerId,
    verb: Verb,
    edit: fn(&mut Customer) -> Result<(), CustomerRefusal>,
}

impl Act for EditCustomer {
    type Value = CustomerId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Customer(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<CustomerId, Stop<CustomerId>> {
        let mut customer = batch
            .get::<Customer>(self.id)
            .ok_or(CustomerRefusal::NotFound)?
            .clone();
        (self.edit)(&mut customer)?;
        batch.record(self.verb, customer);
        Ok(self.id)
    }
}

/// Customers: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Creates a customer.
    pub async fn customer_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: CreateCustomer,
    ) -> Result<Changed<CustomerId>, AppError> {
        let command = CreateCustomer {
            reseller_id: command.reseller_id.or(actor.reach.reseller),
            ..command
        };
        self.act(actor, Operation::CreateCustomer, idempotency, command)
            .await
    }

    /// Changes what is said about a customer.
    pub async fn customer_update(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: CustomerId,
        update: UpdateCustomer,
    ) -> Result<Changed<CustomerId>, AppError> {
        self.act(
            actor,
            Operation::UpdateCustomer,
            idempotency,
            Update { id, update },
        )
        .await
    }

    /// Puts a customer away; its licenses stay as they are.
    pub async fn customer_archive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: CustomerId,
    ) -> Result<Changed<CustomerId>, AppError> {
        let act = EditCustomer {
            id,
            verb: Verb::CustomerArchive,
            edit: Customer::archive,
        };
        self.act(actor, Operation::ArchiveCustomer, idempotency, act)
            .await
    }

    /// Takes a customer into use again.
    pub async fn customer_unarchive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: CustomerId,
    ) -> Result<Changed<CustomerId>, AppError> {
        let act = EditCustomer {
            id,
            verb: Verb::CustomerUnarchive,
            edit: Customer::unarchive,
        };
        self.act(actor, Operation::UnarchiveCustomer, idempotency, act)
            .await
    }

    /// One customer, with the number of its licenses.
    pub async fn customer_get(
        &self,
        actor: &Actor,
        id: CustomerId,
    ) -> Result<CustomerView, AppError> {
        self.permit(actor, Operation::GetCustomer)?;
        let customer = self.store.customer_get(self.scope.vendor_id, id).await?;
        customer
            .filter(|view| self.reaches(actor, Operation::GetCustomer, &view.customer))
            .ok_or_else(|| Refused::from(CustomerRefusal::NotFound).into())
    }

    /// Customers, sorted as the filter says.
    pub async fn customer_list(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, AppError> {
        self.permit(actor, Operation::ListCustomers)?;
        self.customer_page(&narrowed(actor, filter), page).await
    }

    /// A page of a table of all that the filter selects, in the order of the list.
    pub async fn customer_table(
        &self,
        actor: &Actor,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, AppError> {
        self.permit(actor, Operation::ExportCustomersCsv)?;
        self.customer_page(&narrowed(actor, filter), page).await
    }

    async fn customer_page(
        &self,
        filter: &CustomerFilter,
        page: PageRequest,
    ) -> Result<Page<Customer>, AppError> {
        Ok(self
            .store
            .customer_list(self.scope.vendor_id, filter, page)
            .await?)
    }
}
