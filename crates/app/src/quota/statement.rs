//! The statement of a reseller's quota: its lines, what they add up to, and the same on paper.
//!
//! To a reseller's people it is said whose license a line is about where that customer is theirs: not of those that a
//! reseller below serves, and not any more of those that another reseller serves by now.

use latchkey_domain::actor::Actor;
use latchkey_domain::limits::STATEMENT_PDF_LINES_MAX;
use latchkey_domain::quota::MovementKind;
use latchkey_domain::text::Name;
use latchkey_domain::{TemplateId, Timestamp};
use latchkey_report::{
    FileName, Language, ReportError, Statement, StatementKind, StatementLine, StatementSum,
    statement_pdf,
};
use latchkey_store::filter::{Page, PageRequest, QuotaFilter};
use latchkey_store::{QuotaSum, QuotaView, StoreError};

use crate::{App, AppError, Operation};

/// What the movements of one template add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSums {
    /// The template.
    pub template_id: TemplateId,
    /// Its name.
    pub template_name: Name,
    /// Licenses that were granted.
    pub granted: i64,
    /// Licenses that went back unused with a template that was withdrawn.
    pub withdrawn: i64,
    /// Licenses that were granted on to resellers below.
    pub delegated: i64,
    /// Licenses that came back unused from resellers below.
    pub recalled: i64,
    /// Licenses that were issued.
    pub issued: u64,
    /// Renewals.
    pub renewed: u64,
    /// Licenses that were revoked in time.
    pub returned: u64,
    /// Licenses that were revoked too late for that.
    pub expired: u64,
}

impl TemplateSums {
    /// Puts together what was added up by template and kind.
    fn of(sums: Vec<QuotaSum>) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        for sum in sums {
            let id = sum.template_id;
            if all.last().is_none_or(|last| last.template_id != id) {
                all.push(Self {
                    template_id: id,
                    template_name: sum.template_name.clone(),
                    granted: 0,
                    withdrawn: 0,
                    delegated: 0,
                    recalled: 0,
                    issued: 0,
                    renewed: 0,
                    returned: 0,
                    expired: 0,
                });
            }
            let Some(last) = all.last_mut() else {
                continue;
            };
            match sum.kind {
                MovementKind::Grant => last.granted = sum.reseller,
                MovementKind::Withdraw => last.withdrawn = -sum.reseller,
                MovementKind::Delegate => last.delegated = sum.below,
                MovementKind::Recall => last.recalled = -sum.below,
                MovementKind::Consume => last.issued = sum.count,
                MovementKind::Renew => last.renewed = sum.count,
                MovementKind::Return => last.returned = sum.count,
                MovementKind::Expire => last.expired = sum.count,
            }
        }
        all
    }
}

/// A statement on paper, ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementDocument {
    /// The name to save it under.
    pub file_name: String,
    /// The document: PDF.
    pub pdf: Vec<u8>,
}

/// A line as this actor is told it.
fn told(actor: &Actor, mut view: QuotaView) -> QuotaView {
    let own = actor.reach.reseller;
    if own.is_some() && view.customer_reseller_id != own {
        view.movement.customer_id = None;
        view.customer_name = None;
        view.license_key = None;
    }
    view
}

/// The statement: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// The lines of a reseller's statement, oldest first.
    pub async fn statement_list(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        self.statement_page(actor, Operation::ListStatement, filter, page)
            .await
    }

    /// A page of a table of the statement, in the order of the list.
    pub async fn statement_table(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        self.statement_page(actor, Operation::ExportStatementCsv, filter, page)
            .await
    }

    async fn statement_page(
        &self,
        actor: &Actor,
        operation: Operation,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        self.permit(actor, operation)?;
        self.reseller_find(actor, operation, filter.reseller_id)
            .await?;
        self.statement_lines(actor, filter, page).await
    }

    async fn statement_lines(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
        page: PageRequest,
    ) -> Result<Page<QuotaView>, AppError> {
        let vendor_id = self.scope.vendor_id;
        let page = self.store.quota_list(vendor_id, filter, page).await?;
        Ok(page.map(|view| told(actor, view)))
    }

    /// What the lines of a statement add up to, by template.
    pub async fn statement_sums(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
    ) -> Result<Vec<TemplateSums>, AppError> {
        let operation = Operation::GetStatementSums;
        self.permit(actor, operation)?;
        self.reseller_find(actor, operation, filter.reseller_id)
            .await?;
        let sums = self.store.quota_sums(self.scope.vendor_id, filter).await?;
        Ok(TemplateSums::of(sums))
    }

    /// A statement on paper: what it adds up to, and its first [`STATEMENT_PDF_LINES_MAX`] lines.
    pub async fn statement_document(
        &self,
        actor: &Actor,
        filter: &QuotaFilter,
        language: Language,
    ) -> Result<StatementDocument, AppError> {
        let operation = Operation::ExportStatementPdf;
        self.permit(actor, operation)?;
        let vendor_id = self.scope.vendor_id;
        let vendor = self.store.vendor_get(vendor_id).await?;
        let reseller = self
            .reseller_find(actor, operation, filter.reseller_id)
            .await?;
        let sums = self.store.quota_sums(vendor_id, filter).await?;
        let page = PageRequest::uncounted(
            u32::try_from(STATEMENT_PDF_LINES_MAX).unwrap_or(u32::MAX),
            None,
        );
        let lines = self.statement_lines(actor, filter, page).await?.rows;
        let lines_in_all = sums.iter().map(|sum| sum.count).sum();
        let month = filter.between.map(|(from, _)| from.to_chrono());
        let named = month.map(|month| month.format("%Y-%m").to_string());
        let parts = [reseller.name.as_str(), named.as_deref().unwrap_or_default()];
        let file_name = FileName::new(&parts, "pdf").to_string();
        let statement = Statement {
            language,
            vendor: vendor.ok_or(StoreError::NoVendor)?.name.to_string(),
            reseller: reseller.name.to_string(),
            month,
            sums: TemplateSums::of(sums).iter().map(sum_said).collect(),
            lines: lines.into_iter().map(line_said).collect(),
            lines_in_all,
            made_at: self.now().to_chrono(),
        };
        // Fonts are unpacked and letters are shaped: more than a thread that answers requests should do at once.
        let written = tokio::task::spawn_blocking(move || statement_pdf(&statement)).await;
        let failed = |error: ReportError| StoreError::Unavailable {
            reason: error.to_string(),
        };
        Ok(StatementDocument {
            file_name,
            pdf: written.map_err(|_| StoreError::Closed)?.map_err(failed)?,
        })
    }
}

fn sum_said(sums: &TemplateSums) -> StatementSum {
    let count = |licenses: u64| i64::try_from(licenses).unwrap_or(i64::MAX);
    StatementSum {
        template: sums.template_name.to_string(),
        issued: count(sums.issued),
        renewed: count(sums.renewed),
        returned: count(sums.returned),
        expired: count(sums.expired),
        granted: sums.granted,
        withdrawn: sums.withdrawn,
        delegated: sums.delegated,
        recalled: sums.recalled,
    }
}

fn line_said(view: QuotaView) -> StatementLine {
    let movement = view.movement;
    let license = match view.license_key {
        Some(key) => Some(key.to_string()),
        None => movement.license_id.map(|id| id.to_string()),
    };
    let whose = view.customer_name.or(view.below_name);
    StatementLine {
        at: Timestamp::to_chrono(movement.at),
        kind: match movement.kind {
            MovementKind::Grant => StatementKind::Granted,
            MovementKind::Withdraw => StatementKind::Withdrawn,
            MovementKind::Delegate => StatementKind::Delegated,
            MovementKind::Recall => StatementKind::Recalled,
            MovementKind::Consume => StatementKind::Issued,
            MovementKind::Renew => StatementKind::Renewed,
            MovementKind::Return => StatementKind::Returned,
            MovementKind::Expire => StatementKind::Expired,
        },
        template: view.template_name.to_string(),
        license,
        customer: whose.map(|name| name.to_string()),
        left: movement.postings.reseller,
        entry: view.entry_index,
    }
}
