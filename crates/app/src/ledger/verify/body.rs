//! An entry and its body as they are read to be checked: borrowed, nothing parsed that need not be.

use serde::Deserialize;
use serde_json::value::RawValue;

/// An entry; whatever else stands in one was not written by this program.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EntryText<'a> {
    pub(super) v: u32,
    pub(super) at: i64,
    pub(super) verb: &'a str,
    pub(super) entity: &'a str,
    pub(super) subject: &'a str,
    pub(super) version: u32,
    pub(super) change: &'a str,
    #[serde(default)]
    pub(super) undoes: Option<&'a str>,
    pub(super) actor: &'a str,
    pub(super) content: &'a str,
    #[serde(default)]
    pub(super) document: Option<&'a str>,
}

/// A body. Labels and names may have escapes in JSON and are passed over, ids have none.
#[derive(Deserialize)]
pub(super) struct BodyText<'a> {
    #[serde(borrow)]
    pub(super) actor: ActorText<'a>,
    pub(super) id: &'a str,
    pub(super) before: Option<&'a RawValue>,
    pub(super) after: &'a RawValue,
}

/// The actor in a body.
#[derive(Deserialize)]
pub(super) struct ActorText<'a> {
    pub(super) id: &'a str,
}

/// What a license file's state says of its document.
#[derive(Deserialize)]
pub(super) struct DocumentText<'a> {
    pub(super) document: &'a str,
}
