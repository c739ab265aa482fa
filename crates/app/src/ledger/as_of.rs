//! Looking back: what a record was at a moment of the past, as the ledger has it, and what belonged to it then.

use latchkey_domain::activation::ActivationState;
use latchkey_domain::actor::Actor;
use latchkey_domain::id::TypedId;
use latchkey_domain::{CustomerId, EntityKind, LicenseId, Timestamp};
use latchkey_store::StoreError;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::{LedgerEntryView, entity_uuid, read};
use crate::{App, AppError, Operation};

/// So many parts of a record are looked through, the oldest first.
const PARTS_LOOKED_AT_MAX: u32 = 10_000;

/// So many parts are answered.
pub const PARTS_MAX: usize = 200;

/// A record as it was.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordAsOf {
    /// The entry that made it so; none if it was not there yet.
    pub entry: Option<LedgerEntryView>,
    /// What belonged to it: a license's active seats, or a customer's licenses. None for other records.
    pub parts: Option<PartsAsOf>,
}

/// What belonged to a record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PartsAsOf {
    /// How many there were.
    pub count: usize,
    /// The first [`PARTS_MAX`], by the name people call them.
    pub items: Vec<PartAsOf>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq)]
pub struct PartAsOf {
    /// Its id as text.
    pub id: String,
    /// What people called it then: a machine's friendly name, or a license's key.
    pub name: String,
    /// It, as the ledger has it.
    pub record: Map<String, Value>,
}

impl App {
    /// A record as it was at a moment; the text is any entity's id. None for a text that is no id.
    ///
    /// # Errors
    /// Without permission, or those of the store.
    pub async fn record_as_of(
        &self,
        actor: &Actor,
        id: &str,
        at: Timestamp,
    ) -> Result<Option<RecordAsOf>, AppError> {
        self.permit(actor, Operation::GetRecordAsOf)?;
        let Some(uuid) = entity_uuid(id) else {
            return Ok(None);
        };
        let entry = self.as_of(&[uuid], at).await?.pop();
        let parts = match entry.as_ref().map(|entry| entry.row.entity) {
            Some(EntityKind::License) => Some(self.seats_as_of(uuid, at).await?),
            Some(EntityKind::Customer) => Some(self.licenses_as_of(uuid, id, at).await?),
            _ => None,
        };
        Ok(Some(RecordAsOf { entry, parts }))
    }

    async fn as_of(&self, ids: &[Uuid], at: Timestamp) -> Result<Vec<LedgerEntryView>, StoreError> {
        let rows = self
            .store
            .ledger_as_of(self.scope.vendor_id, ids, at)
            .await?;
        let now = self.now();
        rows.into_iter().map(|row| read(row, now)).collect()
    }

    async fn seats_as_of(&self, license: Uuid, at: Timestamp) -> Result<PartsAsOf, StoreError> {
        let license_id = LicenseId::from_uuid(license);
        let ids = self
            .store
            .activation_ids_of(self.scope.vendor_id, license_id, PARTS_LOOKED_AT_MAX)
            .await?;
        let mut active = self.as_of(&ids, at).await?;
        active.retain(|entry| text(&entry.after, "state") == ActivationState::Active.as_str());
        let count = active.len();
        active.truncate(PARTS_MAX);
        let machines: Vec<Uuid> = active
            .iter()
            .filter_map(|entry| entity_uuid(text(&entry.after, "machine_id")))
            .collect();
        let machines = self.as_of(&machines, at).await?;
        let mut items: Vec<_> = active
            .into_iter()
            .map(|entry| {
                let id = text(&entry.after, "machine_id");
                let machine = machines.iter().find(|machine| machine.entity_id == id);
                let name = machine.map(|machine| text(&machine.after, "friendly_name"));
                PartAsOf {
                    name: name.unwrap_or_default().to_owned(),
                    id: entry.entity_id,
                    record: entry.after,
                }
            })
            .collect();
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(PartsAsOf { count, items })
    }

    async fn licenses_as_of(
        &self,
        customer: Uuid,
        id: &str,
        at: Timestamp,
    ) -> Result<PartsAsOf, StoreError> {
        let vendor_id = self.scope.vendor_id;
        let customer_id = CustomerId::from_uuid(customer);
        let mut ids = self
            .store
            .license_ids_of(vendor_id, customer_id, PARTS_LOOKED_AT_MAX)
            .await?;
        // Those that went to another customer since were this one's then.
        let transferred = self
            .store
            .licenses_transferred_after(vendor_id, at, PARTS_LOOKED_AT_MAX)
            .await?;
        ids.extend(transferred);
        ids.sort_unstable();
        ids.dedup();
        let mut held = self.as_of(&ids, at).await?;
        held.retain(|entry| text(&entry.after, "customer_id") == id);
        let count = held.len();
        let mut items: Vec<_> = held
            .into_iter()
            .take(PARTS_MAX)
            .map(|entry| PartAsOf {
                name: text(&entry.after, "key").to_owned(),
                id: entry.entity_id,
                record: entry.after,
            })
            .collect();
        items.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(PartsAsOf { count, items })
    }
}

fn text<'m>(record: &'m Map<String, Value>, member: &str) -> &'m str {
    record
        .get(member)
        .and_then(Value::as_str)
        .unwrap_or_default()
}
