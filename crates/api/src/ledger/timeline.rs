//! A line of a timeline: what the ledger has of somebody's acts or things, without what it says of them.

use latchkey_app::ledger;
use latchkey_domain::actor::Role;
use serde::Serialize;
use utoipa::ToSchema;

use super::EntityKind;
use crate::csv::csv_row;
use crate::id::ChangeId;
use crate::time::Timestamp;
use crate::verb::Verb;

/// Something that was done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimelineEntry {
    /// Its place in the vendor's ledger.
    #[schema(example = 41)]
    pub index: u64,
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub verb: Verb,
    /// To what kind of thing.
    pub entity_kind: EntityKind,
    /// The thing's id.
    #[schema(example = "lic_01jd8x7v9q7p3m5k2n4r6t8w0a")]
    pub entity_id: String,
    /// What a person called the thing then.
    #[schema(example = "0A1B2-C3D4E-5F6G7-8H9J0-KMNPQ")]
    pub entity_label: String,
    /// On whose side it was done.
    pub actor_side: ActorSide,
    /// Who did it; empty where that is not told.
    #[schema(example = "Ina")]
    pub actor_name: String,
    /// The request it was part of.
    pub change_id: ChangeId,
    /// True when that request was undone.
    pub undone: bool,
}

/// On whose side somebody acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ActorSide {
    /// One of the vendor's people, or the vendor's program.
    Vendor,
    /// One of a reseller's people.
    Reseller,
    /// One of the customer's people.
    Customer,
    /// An app, or a script with an access token.
    App,
}

impl From<Role> for ActorSide {
    fn from(role: Role) -> Self {
        match role {
            Role::Owner | Role::Admin | Role::Support | Role::Auditor | Role::Stranger => {
                Self::Vendor
            }
            Role::CustomerAdmin | Role::CustomerViewer => Self::Customer,
            Role::ResellerManager | Role::ResellerAgent => Self::Reseller,
            Role::Token | Role::KeyHolder => Self::App,
        }
    }
}

impl From<ledger::LedgerEntryView> for TimelineEntry {
    fn from(entry: ledger::LedgerEntryView) -> Self {
        Self {
            index: entry.row.index,
            at: entry.row.at.into(),
            verb: entry.row.verb.into(),
            entity_kind: entry.row.entity.into(),
            entity_id: entry.entity_id,
            entity_label: entry.entity_label,
            actor_side: entry.actor_role.into(),
            actor_name: entry.actor_name,
            change_id: entry.row.change.into(),
            undone: entry.row.undone,
        }
    }
}

csv_row!(TimelineEntry {
    index,
    at,
    verb,
    entity_kind,
    entity_id,
    entity_label,
    actor_side,
    actor_name,
    change_id,
    undone,
});
