//! Issues licenses from a table.

use std::collections::HashMap;

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::{Customer, CustomerRefusal};
use latchkey_domain::import::{LicenseColumn, LicenseRow, license_rows, parse_table};
use latchkey_domain::license::IssueTerms;
use latchkey_domain::policy::{Policy, PolicyRefusal, PolicyRevision, PolicyState};
use latchkey_domain::product::Product;
use latchkey_domain::refusal::RefusalKind;
use latchkey_domain::text::{Name, Reference, fold};
use latchkey_domain::{CustomerId, PolicyId};
use latchkey_store::{Batch, Need, Needs};

use super::customer::{ambiguous, by_name};
use super::{Fields, ImportOptions, ImportOutcome, ImportReport, Parsed, Verdict, columns_of, end};
use crate::act::{Act, Stop};
use crate::license::{Issued, issue_into};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

impl App {
    /// Issues a license for each row of a table. A row names the customer by reference or name, and the policy by name.
    /// Each row is a license of its own, also if another row says the same.
    ///
    /// # Errors
    /// If the actor may not, the file or the mapping of its columns cannot be read, or (unless they are to be skipped)
    /// any row is refused.
    pub async fn license_import(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        columns: Option<&str>,
        bytes: &[u8],
        options: ImportOptions,
    ) -> Result<Changed<ImportReport>, AppError> {
        self.permit(actor, Operation::ImportLicenses)?;
        let table = parse_table(bytes).map_err(Refused::from)?;
        let columns = columns_of::<LicenseColumn>(&table, columns).map_err(Refused::from)?;
        let rows = license_rows(&table, &columns);
        let table = Parsed {
            encoding: table.encoding,
            columns: Some(table.headers),
            rows,
        };
        self.act(
            actor,
            Operation::ImportLicenses,
            idempotency,
            ImportLicenses { table, options },
        )
        .await
    }
}

struct ImportLicenses {
    table: Parsed<LicenseRow>,
    options: ImportOptions,
}

impl Fields for LicenseRow {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut fields = vec![
            ("customer", self.customer.to_string()),
            ("policy", self.policy.to_string()),
        ];
        fields.extend(terms(self.terms));
        fields
    }
}

/// What the report says of a row's terms.
pub(super) fn terms(terms: IssueTerms) -> impl Iterator<Item = (&'static str, String)> {
    let seats = terms.seats_max.map(|seats| ("seats", seats.to_string()));
    let expires = terms.expires_at.map(|at| ("expires", at.to_string()));
    seats.into_iter().chain(expires)
}

/// What the report says of a license that was issued, or would be: a dry run's keys are nobody's.
pub(super) fn issued(license: &Issued, options: ImportOptions) -> Verdict {
    let verdict = Verdict::new(ImportOutcome::Create);
    if options.dry_run {
        return verdict;
    }
    verdict
        .with("license_id", license.id.to_string())
        .with("license_key", license.key.to_string())
}

impl Act for ImportLicenses {
    type Value = ImportReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        for row in self.table.readable() {
            needs.ask(Need::PolicyNamed(fold(row.policy.as_str())));
            ask_for_customer(&row.customer, needs);
        }
        for policy in batch.all::<Policy>() {
            needs.ask(Need::PolicyRevision(policy.revision_id));
            needs.ask(Need::Product(policy.product_id));
            needs.ask(Need::FeaturesOf(policy.product_id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<ImportReport, Stop<ImportReport>> {
        let (customers, policies) = (by_name(batch), policies_by_name(batch));
        let report = self.table.decide(batch, self.options, |batch, _, row| {
            let customer_id = customer(batch, &customers, &row.customer, |_| true)?;
            let (policy, revision) = policy(batch, &policies, &row.policy)?;
            let license = issue_into(batch, &policy, &revision, customer_id, row.terms)?;
            Ok(issued(&license, self.options))
        });
        end(report, self.options)
    }
}

fn policies_by_name(batch: &Batch) -> HashMap<String, Vec<PolicyId>> {
    let mut by_name: HashMap<String, Vec<PolicyId>> = HashMap::new();
    for policy in batch.all::<Policy>() {
        by_name
            .entry(fold(policy.name.as_str()))
            .or_default()
            .push(policy.id);
    }
    by_name
}

/// Asks for the customer that a row names.
pub(super) fn ask_for_customer(named: &Name, needs: &mut Needs) {
    needs.ask(Need::CustomerNamed(fold(named.as_str())));
    if let Ok(reference) = Reference::parse(named.as_str()) {
        needs.ask(Need::CustomerReference(reference));
    }
}

/// The customer that a row names, by reference, else by name, among those that can be meant: of others it is not told
/// that there are any.
pub(super) fn customer(
    batch: &Batch,
    by_name: &HashMap<String, Vec<CustomerId>>,
    named: &Name,
    can_be_meant: impl Fn(&Customer) -> bool,
) -> Result<CustomerId, Refused> {
    let reference = Reference::parse(named.as_str()).ok();
    let customer = reference.and_then(|reference| batch.customer_by_reference(&reference));
    if let Some(customer) = customer.filter(|customer| can_be_meant(customer)) {
        customer.in_use()?;
        return Ok(customer.id);
    }
    let ids = by_name
        .get(&fold(named.as_str()))
        .map_or(&[][..], Vec::as_slice);
    let all: Vec<&Customer> = ids
        .iter()
        .filter_map(|id| batch.get::<Customer>(*id))
        .filter(|customer| can_be_meant(customer))
        .collect();
    let in_use: Vec<&Customer> = all
        .iter()
        .copied()
        .filter(|customer| customer.in_use().is_ok())
        .collect();
    match (in_use.as_slice(), all.first()) {
        ([customer], _) => Ok(customer.id),
        ([], Some(archived)) => Err(CustomerRefusal::Archived {
            name: archived.name.to_string(),
        }
        .into()),
        ([], None) => Err(Refused {
            kind: RefusalKind::NotFound,
            code: "customer_not_found",
            sentence: format!("no customer has the name or reference “{named}”"),
            fix: Some("Import the customers first, or correct the name.".into()),
            pointer: None,
            context: None,
        }),
        (several, _) => Err(ambiguous(named.as_str(), several.len())),
    }
}

/// The policy that a row names, with its newest revision.
fn policy(
    batch: &Batch,
    by_name: &HashMap<String, Vec<PolicyId>>,
    named: &Name,
) -> Result<(Policy, PolicyRevision), Refused> {
    let ids = by_name
        .get(&fold(named.as_str()))
        .map_or(&[][..], Vec::as_slice);
    let all: Vec<&Policy> = ids
        .iter()
        .filter_map(|id| batch.get::<Policy>(*id))
        .collect();
    let in_use: Vec<&Policy> = all
        .iter()
        .copied()
        .filter(|policy| policy.state == PolicyState::Active)
        .collect();
    let policy = match (in_use.as_slice(), all.first()) {
        ([policy], _) => *policy,
        ([], Some(retired)) => {
            return Err(PolicyRefusal::Retired {
                name: retired.name.to_string(),
            }
            .into());
        }
        ([], None) => {
            return Err(refused(
                RefusalKind::NotFound,
                "policy_not_found",
                format!("no policy is called “{named}”"),
                "Create the policy first, or correct the name.",
            ));
        }
        (several, _) => {
            return Err(refused(
                RefusalKind::Conflict,
                "policy_ambiguous",
                format!("{} policies are called “{named}”", several.len()),
                "Retire those that are not meant, or create one with a name of its own.",
            ));
        }
    };
    if let Some(product) = batch.get::<Product>(policy.product_id) {
        product.in_use()?;
    }
    let revision = batch
        .get::<PolicyRevision>(policy.revision_id)
        .ok_or(PolicyRefusal::NotFound)?;
    Ok((policy.clone(), revision.clone()))
}

fn refused(kind: RefusalKind, code: &'static str, sentence: String, fix: &str) -> Refused {
    Refused {
        kind,
        code,
        sentence,
        fix: Some(fix.to_owned()),
        pointer: None,
        context: None,
    }
}
