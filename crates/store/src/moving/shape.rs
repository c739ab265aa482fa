//! The tables of a store, without what their rows mean: their names, their columns, their values.

use crate::StoreError;

/// A table, and the columns its rows are copied in the order of.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) name: &'static str,
    pub(crate) order: &'static [&'static str],
}

const fn in_order_of_creation(name: &'static str) -> Known {
    Known {
        name,
        order: &["seq"],
    }
}

const fn ordered(name: &'static str, order: &'static [&'static str]) -> Known {
    Known { name, order }
}

/// All tables of a store; what a row refers to comes before it.
pub(crate) const TABLES: &[Known] = &[
    in_order_of_creation("vendor"),
    in_order_of_creation("product"),
    in_order_of_creation("feature"),
    in_order_of_creation("policy"),
    in_order_of_creation("policy_revision"),
    in_order_of_creation("reseller"),
    in_order_of_creation("template"),
    in_order_of_creation("customer"),
    in_order_of_creation("license"),
    in_order_of_creation("quota_movement"),
    in_order_of_creation("entitlement"),
    in_order_of_creation("machine"),
    in_order_of_creation("activation"),
    in_order_of_creation("signing_key"),
    in_order_of_creation("license_file"),
    in_order_of_creation("return_receipt"),
    in_order_of_creation("sign_up_link"),
    in_order_of_creation("admission"),
    in_order_of_creation("account"),
    in_order_of_creation("session"),
    in_order_of_creation("invitation"),
    in_order_of_creation("access_token"),
    in_order_of_creation("approval"),
    in_order_of_creation("passkey"),
    in_order_of_creation("webhook"),
    ordered("webhook_outbox", &["webhook_id"]),
    in_order_of_creation("webhook_delivery"),
    in_order_of_creation("webhook_attempt"),
    in_order_of_creation("letter"),
    in_order_of_creation("validation"),
    in_order_of_creation("ledger_entry"),
    ordered("customer_entry", &["customer_id", "idx"]),
    ordered("ledger_node", &["vendor_id", "level", "idx"]),
    ordered("ledger_head", &["vendor_id"]),
    ordered("idempotency", &["vendor_id", "key"]),
];

/// Tables that belong to a place and not to what is kept there, or are counted anew from the ledger.
pub(crate) const LEFT_BEHIND: &[&str] = &["_sqlx_migrations", "moved", "usage_day", "usage_head"];

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    Text,
    Bytes,
    Id,
    Truth,
}

/// A value on its way. An id is its bytes, true is 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    /// About how many bytes it takes.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Null => 0,
            Self::Number(_) => size_of::<i64>(),
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
        }
    }
}

/// A row on its way.
pub(crate) type Cells = Vec<Cell>;

/// A table as a database describes it.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) table: &'static Known,
    pub(crate) columns: Vec<(String, Kind)>,
}

impl Shape {
    /// The columns' names, as a list of SQL.
    pub(crate) fn list(&self) -> String {
        let quoted: Vec<String> = self.columns.iter().map(|(name, _)| quote(name)).collect();
        quoted.join(", ")
    }

    pub(crate) fn kind(&self, column: &str) -> Option<Kind> {
        let found = self.columns.iter().find(|(name, _)| name == column);
        found.map(|(_, kind)| *kind)
    }

    /// A row's value in a column, with its kind.
    pub(crate) fn value<'c>(&self, row: &'c Cells, column: &str) -> Option<(Kind, &'c Cell)> {
        let mut columns = self.columns.iter().zip(row);
        let found = columns.find(|((name, _), _)| name == column);
        found.map(|((_, kind), cell)| (*kind, cell))
    }

    pub(crate) fn damaged(&self, reason: impl std::fmt::Display) -> StoreError {
        StoreError::Damaged {
            what: format!("the table {}", self.table.name),
            reason: reason.to_string(),
        }
    }

    /// The same table on the other side, with its columns in the order of this one's.
    pub(super) fn beside(&self, other: &[Self]) -> Result<Self, StoreError> {
        let other = other
            .iter()
            .find(|shape| shape.table.name == self.table.name);
        let other = other.ok_or_else(|| self.damaged("the other store has no such table"))?;
        let columns = self.columns.iter().map(|(name, _)| {
            let kind = other.kind(name);
            let kind = kind.ok_or_else(|| self.damaged(format!("only one store has a {name}")));
            Ok((name.clone(), kind?))
        });
        let columns: Vec<_> = columns.collect::<Result<_, StoreError>>()?;
        if columns.len() != other.columns.len() {
            return Err(self.damaged("the stores have different columns"));
        }
        Ok(Self {
            table: self.table,
            columns,
        })
    }
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
