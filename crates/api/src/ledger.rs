//! The ledger: every change, who made it, and the proof that none was altered.

pub mod as_of;
mod csv;
pub mod timeline;

use std::collections::BTreeMap;

use axum::Json;
use latchkey_app::{filter, ledger, view};
use latchkey_domain as domain;
use latchkey_domain::ledger::hex;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::ApiState;
use crate::answer::Answer;
use crate::caller::Caller;
use crate::extract::{List, PathIndex};
use crate::id::ChangeId;
use crate::mirror::mirror;
use crate::page::{Page, PageQuery};
use crate::problem::Problem;
use crate::time::Timestamp;
use crate::verb::Verb;

/// One recorded change of one thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LedgerEntry {
    /// Its place in the ledger; the first is 0, without gaps.
    #[schema(example = 41)]
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub verb: Verb,
    /// What kind of thing was changed.
    pub entity_kind: EntityKind,
    /// The thing's id.
    #[schema(example = "lic_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub entity_id: String,
    /// What a person calls the thing.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub entity_label: String,
    /// Who did it.
    #[schema(example = "Owner")]
    pub actor_name: String,
    /// Why they could; null where that was not recorded.
    #[schema(required)]
    pub permission: Option<LedgerPermission>,
    /// The request it was part of.
    pub change_id: ChangeId,
    /// Until when that request can be undone; null when it cannot.
    #[schema(required)]
    pub undo_until: Option<Timestamp>,
    /// True when that request was undone.
    pub undone: bool,
    /// The thing before; null when it is new.
    #[schema(required)]
    pub before: Option<BTreeMap<String, serde_json::Value>>,
    /// The thing after.
    #[schema(required)]
    pub after: Option<BTreeMap<String, serde_json::Value>>,
    /// The leaf's SHA-256 in the Merkle tree, in hex.
    #[schema(example = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d")]
    pub leaf: String,
}

/// Why somebody could make a change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LedgerPermission {
    /// The id of the operation they asked for.
    #[schema(example = "activate_machine")]
    pub operation: String,
    /// The ids of the policies that allowed it.
    #[schema(example = json!(["support_helps"]))]
    pub policies: Vec<String>,
}

/// What kinds of things the ledger records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// The vendor itself.
    Vendor,
    /// A product.
    Product,
    /// A feature.
    Feature,
    /// A policy.
    Policy,
    /// One revision of a policy.
    PolicyRevision,
    /// A customer.
    Customer,
    /// A license.
    License,
    /// An entitlement.
    Entitlement,
    /// A machine.
    Machine,
    /// An activation.
    Activation,
    /// A signing key.
    SigningKey,
    /// A license file.
    LicenseFile,
    /// A user.
    User,
    /// A session.
    Session,
    /// An invitation.
    Invitation,
    /// An access token.
    AccessToken,
    /// An approval.
    Approval,
    /// A reseller.
    Reseller,
    /// A template.
    Template,
    /// A movement of quota.
    QuotaMovement,
    /// A passkey.
    Passkey,
    /// A webhook.
    Webhook,
    /// A return receipt.
    ReturnReceipt,
    /// A sign-up link.
    SignUpLink,
    /// An admission.
    Admission,
}

mirror!(
    EntityKind = domain::EntityKind {
        Vendor,
        Product,
        Feature,
        Policy,
        PolicyRevision,
        Customer,
        License,
        Entitlement,
        Machine,
        Activation,
        SigningKey,
        LicenseFile,
        User,
        Session,
        Invitation,
        AccessToken,
        Approval,
        Reseller,
        Template,
        QuotaMovement,
        Passkey,
        Webhook,
        ReturnReceipt,
        SignUpLink,
        Admission,
    }
);

/// An entry with the proof that it stands in the ledger.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProvenEntry {
    /// The entry.
    pub entry: LedgerEntry,
    /// The proof.
    pub proof: InclusionProof,
}

impl From<ledger::LedgerEntryView> for LedgerEntry {
    fn from(entry: ledger::LedgerEntryView) -> Self {
        Self {
            index: entry.row.index,
            at: entry.row.at.into(),
            verb: entry.row.verb.into(),
            entity_kind: entry.row.entity.into(),
            entity_id: entry.entity_id,
            entity_label: entry.entity_label,
            actor_name: entry.actor_name,
            permission: entry.permission.map(Into::into),
            change_id: entry.row.change.into(),
            undo_until: entry.undo_until.map(Into::into),
            undone: entry.row.undone,
            before: entry.before.map(|fields| fields.into_iter().collect()),
            after: Some(entry.after.into_iter().collect()),
            leaf: hex(&entry.row.leaf),
        }
    }
}

impl From<domain::ledger::Permission> for LedgerPermission {
    fn from(permission: domain::ledger::Permission) -> Self {
        let domain::ledger::Permission {
            operation,
            policies,
        } = permission;
        Self {
            operation,
            policies,
        }
    }
}

impl From<ledger::ProvenEntry> for ProvenEntry {
    fn from(proven: ledger::ProvenEntry) -> Self {
        let proof = InclusionProof {
            tree_size: proven.head.size,
            hashes: proven.hashes.iter().map(|hash| hex(hash)).collect(),
            checkpoint: proven.head.checkpoint,
        };
        Self {
            entry: proven.entry.into(),
            proof,
        }
    }
}

impl From<view::LedgerHead> for Checkpoint {
    fn from(head: view::LedgerHead) -> Self {
        Self {
            note: head.checkpoint,
            size: head.size,
            root: hex(&head.root),
        }
    }
}

impl From<ledger::LedgerReport> for LedgerVerification {
    fn from(report: ledger::LedgerReport) -> Self {
        let ledger::LedgerReport {
            ok,
            entries,
            rows,
            root,
            first_problem,
            ..
        } = report;
        Self {
            ok,
            entries,
            rows,
            root,
            first_problem,
        }
    }
}

impl LedgerFilter {
    /// The filter that a list takes, in this order.
    fn ordered(&self, order: LedgerOrder) -> Result<filter::LedgerFilter, Problem> {
        let entity_id = self
            .entity_id
            .as_deref()
            .map(|text| ledger::entity_uuid(text).ok_or_else(not_recorded));
        Ok(filter::LedgerFilter {
            entity_id: entity_id.transpose()?,
            change_id: self.change_id.map(Into::into),
            reseller_id: None,
            oldest_first: order.sort == Some(LedgerSort::Oldest),
        })
    }
}

fn not_recorded() -> Problem {
    let detail = "This is not the id of anything the ledger records.";
    Problem::new("query_invalid", detail).field("/entity_id".into(), "field_invalid", detail.into())
}

/// An inclusion proof (RFC 6962) against a signed checkpoint.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InclusionProof {
    /// How many entries the tree has.
    #[schema(example = 42)]
    pub tree_size: u64,
    /// The hashes from the leaf's sibling up to the root's child, in hex.
    pub hashes: Vec<String>,
    /// The checkpoint of that tree.
    pub checkpoint: String,
}

/// Which entries are wanted.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LedgerFilter {
    /// Only those of this thing.
    #[param(required = false, example = "lic_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub entity_id: Option<String>,
    /// Only those of this change.
    #[param(required = false)]
    pub change_id: Option<ChangeId>,
}

/// How ledger entries are sorted.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LedgerOrder {
    /// Without it the newest come first.
    #[param(required = false)]
    pub sort: Option<LedgerSort>,
}

/// How ledger entries are sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LedgerSort {
    /// The newest first.
    Newest,
    /// The oldest first.
    Oldest,
}

/// The ledger's signed head.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Checkpoint {
    /// The signed note (C2SP), as it is.
    pub note: String,
    /// How many entries it covers.
    #[schema(example = 42)]
    pub size: u64,
    /// The Merkle root, in hex.
    pub root: String,
}

/// What recomputing the whole ledger found.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LedgerVerification {
    /// True when everything fits.
    pub ok: bool,
    /// Entries recomputed.
    #[schema(example = 42)]
    pub entries: u64,
    /// Rows of state compared with their last entry.
    #[schema(example = 30)]
    pub rows: u64,
    /// The Merkle root that came out, in hex.
    pub root: String,
    /// The first thing that does not fit; null when all fits.
    #[schema(required)]
    pub first_problem: Option<String>,
}

/// Lists ledger entries: of everything, of one thing, or of one change.
#[utoipa::path(get, path = "/v1/ledger/entries", tag = "ledger", params(PageQuery, LedgerFilter, LedgerOrder),
    responses((status = 200, description = "A page of entries.", body = Page<LedgerEntry>)))]
async fn list_ledger_entries(
    api: Caller,
    list: List<LedgerFilter, LedgerOrder>,
) -> Answer<Page<LedgerEntry>> {
    let filter = list.filter.ordered(list.sort)?;
    let page = api.app.ledger_list(&api.actor, &filter, list.page).await?;
    Ok(Json(Page::of(page, LedgerEntry::from)))
}

/// Shows a ledger entry with the proof that it stands in the ledger.
#[utoipa::path(get, path = "/v1/ledger/entries/{index}", tag = "ledger",
    params(("index" = u64, Path, description = "The entry's place; the first is 0.")),
    responses((status = 200, description = "The entry and its proof.", body = ProvenEntry)),
    extensions(("x-problems" = json!(["ledger_entry_not_found"]))))]
async fn get_ledger_entry(api: Caller, PathIndex(index): PathIndex) -> Answer<ProvenEntry> {
    Ok(Json(api.app.ledger_get(&api.actor, index).await?.into()))
}

/// Gives the ledger's signed head.
#[utoipa::path(get, path = "/v1/ledger/checkpoint", tag = "ledger",
    responses((status = 200, description = "The checkpoint.", body = Checkpoint)))]
async fn get_checkpoint(api: Caller) -> Answer<Checkpoint> {
    Ok(Json(api.app.checkpoint(&api.actor).await?.into()))
}

/// Recomputes the whole ledger and compares every row of state with its last entry.
#[utoipa::path(get, path = "/v1/ledger/verification", tag = "ledger",
    responses((status = 200, description = "What was found.", body = LedgerVerification)))]
async fn verify_ledger(api: Caller) -> Answer<LedgerVerification> {
    let check = ledger::LedgerCheck {
        root: None,
        progress: None,
    };
    Ok(Json(api.app.ledger_verify(&api.actor, check).await?.into()))
}

/// The routes of this file.
pub(crate) fn routes() -> OpenApiRouter<ApiState> {
    OpenApiRouter::new()
        .routes(routes!(list_ledger_entries))
        .routes(routes!(get_ledger_entry))
        .routes(routes!(get_checkpoint))
        .merge(as_of::routes())
        .routes(routes!(verify_ledger))
        .merge(csv::routes())
}
