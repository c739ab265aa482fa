//! The ledger: reading it, proving an entry, and checking all of it. What it is and what it proves is described in
//! `docs/ledger.md`.

pub mod as_of;
mod proof;
mod verify;

use latchkey_domain as d;
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::change::undo_until;
use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::{BodyRead, Permission};
use latchkey_domain::refusal::{Refusal, RefusalKind};
use latchkey_domain::{EntityKind, Timestamp};
use latchkey_store::filter::{LedgerFilter, Page, PageRequest};
use latchkey_store::{LedgerHead, LedgerRow, StoreError};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use uuid::Uuid;

pub(crate) use proof::Prover;
pub use verify::{LedgerCheck, LedgerReport, Progress};

use crate::{App, AppError, Operation, Refused};

/// A ledger entry with what was said in it.
#[derive(Debug, Clone, PartialEq)]
pub struct LedgerEntryView {
    /// The entry as it lies in its table.
    pub row: LedgerRow,
    /// The entity's id as text.
    pub entity_id: String,
    /// What a person called the entity at the time.
    pub entity_label: String,
    /// Who did it; empty where whoever asks is not told.
    pub actor_name: String,
    /// What they were.
    pub actor_role: Role,
    /// Why they could; none where it was not recorded.
    pub permission: Option<Permission>,
    /// Until when its change can be undone; none if it cannot, or was.
    pub undo_until: Option<Timestamp>,
    /// The entity before; none if it was not there.
    pub before: Option<Map<String, Value>>,
    /// The entity afterwards.
    pub after: Map<String, Value>,
}

/// An entry with the proof that it stands in the ledger.
#[derive(Debug, Clone, PartialEq)]
pub struct ProvenEntry {
    /// The entry.
    pub entry: LedgerEntryView,
    /// The hashes beside the way from the leaf to the root, leaf side first (RFC 6962 §2.1.1).
    pub hashes: Vec<[u8; 32]>,
    /// The head that the way ends under.
    pub head: LedgerHead,
}

/// Why the ledger refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LedgerRefusal {
    /// No such entry.
    #[error("the ledger has no entry with this index yet")]
    NotFound,
}

impl Refusal for LedgerRefusal {
    fn code(&self) -> &'static str {
        "ledger_entry_not_found"
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::NotFound
    }

    fn fix(&self) -> Option<String> {
        Some("Entries are counted from 0, without gaps; look at the ledger's size.".into())
    }
}

/// The ledger: what can be asked. Errors are refusals of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Ledger entries, sorted as the filter says.
    pub async fn ledger_list(
        &self,
        actor: &Actor,
        filter: &LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.permit(actor, Operation::ListLedgerEntries)?;
        self.ledger_page(filter, page).await
    }

    /// A page of a table of all that the filter selects, in the order of the list.
    pub async fn ledger_table(
        &self,
        actor: &Actor,
        filter: &LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        self.permit(actor, Operation::ExportLedgerEntriesCsv)?;
        self.ledger_page(filter, page).await
    }

    pub(crate) async fn ledger_page(
        &self,
        filter: &LedgerFilter,
        page: PageRequest,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        let vendor_id = self.scope.vendor_id;
        let page = self.store.ledger_list(vendor_id, filter, page).await?;
        self.ledger_views(page)
    }

    /// Rows of the ledger, read.
    pub(crate) fn ledger_views(
        &self,
        page: Page<LedgerRow>,
    ) -> Result<Page<LedgerEntryView>, AppError> {
        let Page { rows, next, count } = page;
        let now = self.now();
        let rows = rows.into_iter().map(|row| read(row, now));
        Ok(Page {
            rows: rows.collect::<Result<_, _>>()?,
            next,
            count,
        })
    }

    /// One ledger entry, with the proof that it stands in the ledger.
    pub async fn ledger_get(&self, actor: &Actor, index: u64) -> Result<ProvenEntry, AppError> {
        self.permit(actor, Operation::GetLedgerEntry)?;
        let vendor_id = self.scope.vendor_id;
        let not_found = || AppError::from(Refused::from(LedgerRefusal::NotFound));
        let row = self.store.ledger_get(vendor_id, index).await?;
        let entry = read(row.ok_or_else(not_found)?, self.now())?;
        let mut prover = self.prover().await?;
        let hashes = prover.inclusion(&self.store, index).await?;
        Ok(ProvenEntry {
            entry,
            hashes,
            head: prover.into_head(),
        })
    }

    /// The ledger's signed head.
    pub async fn checkpoint(&self, actor: &Actor) -> Result<LedgerHead, AppError> {
        self.permit(actor, Operation::GetCheckpoint)?;
        Ok(self.ledger_head().await?)
    }

    pub(crate) async fn ledger_head(&self) -> Result<LedgerHead, StoreError> {
        let head = self.store.ledger_head(self.scope.vendor_id).await?;
        head.ok_or_else(|| StoreError::Damaged {
            what: "the table ledger_head".into(),
            reason: "the ledger has no head".into(),
        })
    }

    /// Proves entries against the head of this moment.
    pub(crate) async fn prover(&self) -> Result<Prover, StoreError> {
        Ok(Prover::new(self.scope.vendor_id, self.ledger_head().await?))
    }
}

fn read(row: LedgerRow, now: Timestamp) -> Result<LedgerEntryView, StoreError> {
    let body: BodyRead<'_> = serde_json::from_str(&row.body)?;
    let object = |raw: &RawValue| serde_json::from_str::<Map<String, Value>>(raw.get());
    let until = undo_until(row.at);
    let open = row.verb.reversible() && !row.undone && now <= until;
    Ok(LedgerEntryView {
        entity_id: id_text(row.entity, row.entity_id),
        entity_label: body.label,
        actor_name: body.actor.name,
        actor_role: body.actor.role,
        permission: body.permission,
        undo_until: open.then_some(until),
        before: body.before.map(object).transpose()?,
        after: object(body.after)?,
        row,
    })
}

/// An entity's id as text.
pub(crate) fn id_text(kind: EntityKind, uuid: Uuid) -> String {
    match kind {
        EntityKind::Vendor => d::VendorId::from_uuid(uuid).to_string(),
        EntityKind::Product => d::ProductId::from_uuid(uuid).to_string(),
        EntityKind::Feature => d::FeatureId::from_uuid(uuid).to_string(),
        EntityKind::Policy => d::PolicyId::from_uuid(uuid).to_string(),
        EntityKind::PolicyRevision => d::PolicyRevisionId::from_uuid(uuid).to_string(),
        EntityKind::Customer => d::CustomerId::from_uuid(uuid).to_string(),
        EntityKind::License => d::LicenseId::from_uuid(uuid).to_string(),
        EntityKind::Entitlement => d::EntitlementId::from_uuid(uuid).to_string(),
        EntityKind::Machine => d::MachineId::from_uuid(uuid).to_string(),
        EntityKind::Activation => d::ActivationId::from_uuid(uuid).to_string(),
        EntityKind::SigningKey => d::SigningKeyId::from_uuid(uuid).to_string(),
        EntityKind::LicenseFile => d::LicenseFileId::from_uuid(uuid).to_string(),
        EntityKind::User => d::ActorId::from_uuid(uuid).to_string(),
        EntityKind::Session => d::SessionId::from_uuid(uuid).to_string(),
        EntityKind::Invitation => d::InvitationId::from_uuid(uuid).to_string(),
        EntityKind::AccessToken => d::AccessTokenId::from_uuid(uuid).to_string(),
        EntityKind::Approval => d::ApprovalId::from_uuid(uuid).to_string(),
        EntityKind::Reseller => d::ResellerId::from_uuid(uuid).to_string(),
        EntityKind::Template => d::TemplateId::from_uuid(uuid).to_string(),
        EntityKind::QuotaMovement => d::QuotaMovementId::from_uuid(uuid).to_string(),
        EntityKind::Passkey => d::PasskeyId::from_uuid(uuid).to_string(),
        EntityKind::Webhook => d::WebhookId::from_uuid(uuid).to_string(),
        EntityKind::ReturnReceipt => d::ReturnReceiptId::from_uuid(uuid).to_string(),
        EntityKind::SignUpLink => d::SignUpLinkId::from_uuid(uuid).to_string(),
        EntityKind::Admission => d::AdmissionId::from_uuid(uuid).to_string(),
    }
}

/// The UUID in the text of any entity's id, for [`LedgerFilter::entity_id`].
#[must_use]
pub fn entity_uuid(text: &str) -> Option<Uuid> {
    fn uuid<I: TypedId + std::str::FromStr>(text: &str) -> Option<Uuid> {
        text.parse::<I>().ok().map(TypedId::uuid)
    }
    match d::ledger::kind_of_id(text)? {
        EntityKind::Vendor => uuid::<d::VendorId>(text),
        EntityKind::Product => uuid::<d::ProductId>(text),
        EntityKind::Feature => uuid::<d::FeatureId>(text),
        EntityKind::Policy => uuid::<d::PolicyId>(text),
        EntityKind::PolicyRevision => uuid::<d::PolicyRevisionId>(text),
        EntityKind::Customer => uuid::<d::CustomerId>(text),
        EntityKind::License => uuid::<d::LicenseId>(text),
        EntityKind::Entitlement => uuid::<d::EntitlementId>(text),
        EntityKind::Machine => uuid::<d::MachineId>(text),
        EntityKind::Activation => uuid::<d::ActivationId>(text),
        EntityKind::SigningKey => uuid::<d::SigningKeyId>(text),
        EntityKind::LicenseFile => uuid::<d::LicenseFileId>(text),
        EntityKind::User => uuid::<d::ActorId>(text),
        EntityKind::Session => uuid::<d::SessionId>(text),
        EntityKind::Invitation => uuid::<d::InvitationId>(text),
        EntityKind::AccessToken => uuid::<d::AccessTokenId>(text),
        EntityKind::Approval => uuid::<d::ApprovalId>(text),
        EntityKind::Reseller => uuid::<d::ResellerId>(text),
        EntityKind::Template => uuid::<d::TemplateId>(text),
        EntityKind::QuotaMovement => uuid::<d::QuotaMovementId>(text),
        EntityKind::Passkey => uuid::<d::PasskeyId>(text),
        EntityKind::Webhook => uuid::<d::WebhookId>(text),
        EntityKind::ReturnReceipt => uuid::<d::ReturnReceiptId>(text),
        EntityKind::SignUpLink => uuid::<d::SignUpLinkId>(text),
        EntityKind::Admission => uuid::<d::AdmissionId>(text),
    }
}
