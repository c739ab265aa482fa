//! What was read of a row, by the names of the fields.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize, Serializer};

/// The fields of a row: few, by name, and each name once. A list of a hundred thousand rows has as many of these, so they are as
/// small as can be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "BTreeMap<String, String>")]
pub struct RowFields(Vec<(Cow<'static, str>, String)>);

impl RowFields {
    /// The value of a field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let field = self.0.iter().find(|(known, _)| known == name);
        field.map(|(_, value)| value.as_str())
    }

    /// Adds fields that came of the row.
    pub(super) fn extend(&mut self, others: Vec<(&'static str, String)>) {
        let others = others.into_iter();
        self.0
            .extend(others.map(|(name, value)| (Cow::Borrowed(name), value)));
        self.0.sort_by(|(one, _), (other, _)| one.cmp(other));
    }
}

impl From<Vec<(&'static str, String)>> for RowFields {
    fn from(given: Vec<(&'static str, String)>) -> Self {
        let mut fields = Self(Vec::with_capacity(given.len()));
        fields.extend(given);
        fields
    }
}

impl From<BTreeMap<String, String>> for RowFields {
    fn from(given: BTreeMap<String, String>) -> Self {
        let owned = given.into_iter();
        Self(owned.map(|(name, value)| (name.into(), value)).collect())
    }
}

impl From<RowFields> for BTreeMap<String, String> {
    fn from(fields: RowFields) -> Self {
        let owned = fields.0.into_iter();
        owned.map(|(name, value)| (name.into(), value)).collect()
    }
}

impl Serialize for RowFields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}
