//! Creates and updates customers from a table.

use std::collections::HashMap;

use latchkey_domain::CustomerId;
use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::import::{
    CustomerColumn, CustomerRow, RowError, RowProblem, customer_rows, parse_table,
};
use latchkey_domain::ledger::Verb;
use latchkey_domain::product::Archival;
use latchkey_domain::refusal::RefusalKind;
use latchkey_domain::text::fold;
use latchkey_store::{Batch, Need, Needs};

use super::{Fields, ImportOptions, ImportOutcome, ImportReport, Parsed, Verdict, columns_of, end};
use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

impl App {
    /// Creates and updates customers from a table. A row is about the customer with its reference, else about the one
    /// with its name. What a row leaves out stays as it is.
    ///
    /// # Errors
    /// If the actor may not, the file or the mapping of its columns cannot be read, or (unless they are to be skipped)
    /// any row is refused.
    pub async fn customer_import(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        columns: Option<&str>,
        bytes: &[u8],
        options: ImportOptions,
    ) -> Result<Changed<ImportReport>, AppError> {
        self.permit(actor, Operation::ImportCustomers)?;
        let table = parse_table(bytes).map_err(Refused::from)?;
        let columns = columns_of::<CustomerColumn>(&table, columns).map_err(Refused::from)?;
        let rows = customer_rows(&table, &columns);
        let table = Parsed {
            encoding: table.encoding,
            columns: Some(table.headers),
            rows,
        };
        self.act(
            actor,
            Operation::ImportCustomers,
            idempotency,
            ImportCustomers { table, options },
        )
        .await
    }
}

struct ImportCustomers {
    table: Parsed<CustomerRow>,
    options: ImportOptions,
}

impl Fields for CustomerRow {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![("name", self.name.to_string())];
        fields.extend(
            self.email
                .as_ref()
                .map(|email| ("email", email.to_string())),
        );
        fields.extend(
            self.reference
                .as_ref()
                .map(|reference| ("reference", reference.to_string())),
        );
        fields
    }
}

impl Act for ImportCustomers {
    type Value = ImportReport;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for row in self.table.readable() {
            needs.ask(Need::CustomerNamed(fold(row.name.as_str())));
            if let Some(reference) = &row.reference {
                needs.ask(Need::CustomerReference(reference.clone()));
            }
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ImportReport, Stop<ImportReport>> {
        let mut book = Book {
            by_name: by_name(batch),
            lines: HashMap::new(),
        };
        let report = self.table.decide(batch, self.options, |batch, line, row| {
            book.enter(batch, line, row)
        });
        end(report, self.options)
    }
}

/// The customers that a batch knows, by folded name, oldest first.
pub(super) fn by_name(batch: &Batch) -> HashMap<String, Vec<CustomerId>> {
    let mut by_name: HashMap<String, Vec<CustomerId>> = HashMap::new();
    for customer in batch.all::<Customer>() {
        by_name
            .entry(fold(customer.name.as_str()))
            .or_default()
            .push(customer.id);
    }
    for ids in by_name.values_mut() {
        ids.sort_unstable();
    }
    by_name
}

/// Several customers have the name.
pub(super) fn ambiguous(name: &str, count: usize) -> Refused {
    Refused {
        kind: RefusalKind::Conflict,
        code: "customer_ambiguous",
        sentence: format!("{count} customers are called “{name}”"),
        fix: Some("Give the customer's reference.".into()),
        pointer: None,
        context: None,
    }
}

/// Customers as the rows so far have left them.
struct Book {
    by_name: HashMap<String, Vec<CustomerId>>,
    /// The line that was about a customer.
    lines: HashMap<CustomerId, usize>,
}

impl Book {
    fn enter(
        &mut self,
        batch: &mut Batch,
        line: usize,
        row: &CustomerRow,
    ) -> Result<Verdict, Refused> {
        let Some(known) = self.find(batch, row)?.cloned() else {
            let customer = create(batch, row);
            self.lines.insert(customer.id, line);
            self.by_name
                .entry(fold(customer.name.as_str()))
                .or_default()
                .push(customer.id);
            batch.record(Verb::CustomerCreate, customer);
            return Ok(Verdict::new(ImportOutcome::Create));
        };
        let mut customer = known.clone();
        customer.name = row.name.clone();
        customer.email = row.email.clone().or(customer.email);
        customer.reference = row.reference.clone().or(customer.reference);
        if let Some(first_line) = self.lines.get(&known.id).copied() {
            let problem = if customer == known {
                return Ok(Verdict::duplicate(
                    &RowProblem::Duplicate { first_line }.into(),
                ));
            } else {
                RowProblem::Conflict {
                    what: "customer",
                    first_line,
                    first: said(&known),
                    here: said(&customer),
                }
            };
            return Err(RowError::from(problem).into());
        }
        self.lines.insert(customer.id, line);
        // A list that names a customer says that it is one: also after an earlier import of the list was undone.
        let archived = known.state == Archival::Archived;
        if archived {
            batch.record(
                Verb::CustomerUnarchive,
                Customer {
                    state: Archival::Active,
                    reseller_id: None,
                    ..known.clone()
                },
            );
            customer.state = Archival::Active;
        }
        if said(&customer) == said(&known) {
            let unchanged = Verdict::new(ImportOutcome::Unchanged);
            let taken = |_| Verdict::new(ImportOutcome::Update).because("was archived".into());
            return Ok(archived.then_some(()).map_or(unchanged, taken));
        }
        let was = format!(
            "was {}{}",
            said(&known),
            if archived { ", archived" } else { "" }
        );
        let name = fold(customer.name.as_str());
        if name != fold(known.name.as_str()) {
            self.by_name
                .entry(fold(known.name.as_str()))
                .or_default()
                .retain(|id| *id != known.id);
            self.by_name.entry(name).or_default().push(customer.id);
        }
        batch.record(Verb::CustomerUpdate, customer);
        Ok(Verdict::new(ImportOutcome::Update).because(was))
    }

    /// The customer that a row is about. One with the name and another reference is another customer.
    fn find<'a>(
        &self,
        batch: &'a Batch,
        row: &CustomerRow,
    ) -> Result<Option<&'a Customer>, Refused> {
        if let Some(customer) = row
            .reference
            .as_ref()
            .and_then(|reference| batch.customer_by_reference(reference))
        {
            return Ok(Some(customer));
        }
        let ids = self
            .by_name
            .get(&fold(row.name.as_str()))
            .map_or(&[][..], Vec::as_slice);
        let mut meant = ids
            .iter()
            .filter_map(|id| batch.get::<Customer>(*id))
            .filter(|customer| row.reference.is_none() || customer.reference.is_none());
        let Some(first) = meant.next() else {
            return Ok(None);
        };
        match meant.count() {
            0 => Ok(Some(first)),
            others => Err(ambiguous(row.name.as_str(), others + 1)),
        }
    }
}

fn create(batch: &Batch, row: &CustomerRow) -> Customer {
    Customer {
        id: CustomerId::generate(batch.now(), &*batch.random()),
        name: row.name.clone(),
        email: row.email.clone(),
        reference: row.reference.clone(),
        controlled_activation: false,
        reclaim: None,
        state: Archival::Active,
        reseller_id: None,
        created_at: batch.now(),
        version: 0,
        salt: batch.salt(),
    }
}

fn said(customer: &Customer) -> String {
    let mut said = customer.name.to_string();
    if let Some(email) = &customer.email {
        said.push_str(&format!(", {email}"));
    }
    if let Some(reference) = &customer.reference {
        said.push_str(&format!(", {reference}"));
    }
    said
}
