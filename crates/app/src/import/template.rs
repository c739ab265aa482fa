//! Issues licenses of a template from a table, within its quota.

use latchkey_domain::TemplateId;
use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::import::{ShareColumn, ShareRow, parse_table, share_rows};
use latchkey_domain::template::{Template, TemplateRefusal};
use latchkey_store::{Batch, Needs};

use super::customer::by_name;
use super::license::{ask_for_customer, customer, issued, terms};
use super::{Fields, ImportOptions, ImportReport, Parsed, columns_of, end};
use crate::act::{Act, Stop};
use crate::permission::{About, within_reach_in};
use crate::template::{ask_to_issue, issue_from};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

impl App {
    /// Issues a license from a template for each row of a table, within the quota: all of them, or none where any row is
    /// refused, unless those are to be skipped. A row names a customer of the reseller, and may say seats and end within
    /// the template's bounds.
    ///
    /// # Errors
    /// If the actor may not, the file or the mapping of its columns cannot be read, or a row is refused.
    pub async fn license_import_from_template(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: TemplateId,
        (columns, bytes): (Option<&str>, &[u8]),
        options: ImportOptions,
    ) -> Result<Changed<ImportReport>, AppError> {
        let operation = Operation::ImportFromTemplate;
        self.permit(actor, operation)?;
        let table = parse_table(bytes).map_err(Refused::from)?;
        let columns = columns_of::<ShareColumn>(&table, columns).map_err(Refused::from)?;
        let rows = share_rows(&table, &columns);
        let table = Parsed {
            encoding: table.encoding,
            columns: Some(table.headers),
            rows,
        };
        let act = ImportFromTemplate { id, table, options };
        self.act(actor, operation, idempotency, act).await
    }
}

struct ImportFromTemplate {
    id: TemplateId,
    table: Parsed<ShareRow>,
    options: ImportOptions,
}

impl Fields for ShareRow {
    fn fields(&self) -> Vec<(&'static str, String)> {
        let customer = [("customer", self.customer.to_string())];
        customer.into_iter().chain(terms(self.terms)).collect()
    }
}

impl Act for ImportFromTemplate {
    type Value = ImportReport;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        for row in self.table.readable() {
            ask_for_customer(&row.customer, needs);
        }
        ask_to_issue(self.id, batch, needs);
    }

    fn decide(&self, batch: &mut Batch) -> Result<ImportReport, Stop<ImportReport>> {
        let operation = Operation::ImportFromTemplate;
        let template = batch.get::<Template>(self.id);
        let reseller_id = template.ok_or(TemplateRefusal::NotFound)?.reseller_id;
        within_reach_in(batch, operation, About::Share(reseller_id, None))
            .map_err(|out| out.or(TemplateRefusal::NotFound))?;
        let customers = by_name(batch);
        let report = self.table.decide(batch, self.options, |batch, _, row| {
            let theirs = |customer: &Customer| customer.reseller_id == Some(reseller_id);
            let customer_id = customer(batch, &customers, &row.customer, theirs)?;
            let license = issue_from(batch, operation, self.id, customer_id, row.terms)?;
            Ok(issued(&license, self.options))
        });
        end(report, self.options)
    }
}
