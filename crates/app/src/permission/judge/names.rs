//! What Cedar calls things.

use cedar_policy::{
    Context, EntityId, EntityTypeName, EntityUid, ParseErrors, RestrictedExpression,
};

use crate::permission::Circumstances;

pub(super) fn uid(kind: &EntityTypeName, id: &(impl ToString + ?Sized)) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id.to_string()))
}

pub(super) fn entity(kind: &EntityTypeName, id: &(impl ToString + ?Sized)) -> RestrictedExpression {
    RestrictedExpression::new_entity_uid(uid(kind, id))
}

/// The names of the schema, which need not be read each time.
pub(super) struct Names {
    pub(super) user: EntityTypeName,
    pub(super) access_token: EntityTypeName,
    pub(super) key_holder: EntityTypeName,
    pub(super) stranger: EntityTypeName,
    pub(super) role: EntityTypeName,
    pub(super) scope: EntityTypeName,
    pub(super) action: EntityTypeName,
    pub(super) vendor: EntityTypeName,
    pub(super) product: EntityTypeName,
    pub(super) license: EntityTypeName,
    pub(super) customer: EntityTypeName,
    pub(super) belonging: EntityTypeName,
    pub(super) person: EntityTypeName,
    pub(super) reseller: EntityTypeName,
    pub(super) share: EntityTypeName,
}

impl Names {
    pub(super) fn new() -> Result<Self, ParseErrors> {
        Ok(Self {
            user: "User".parse()?,
            access_token: "AccessToken".parse()?,
            key_holder: "KeyHolder".parse()?,
            stranger: "Stranger".parse()?,
            role: "Role".parse()?,
            scope: "Scope".parse()?,
            action: "Action".parse()?,
            vendor: "Vendor".parse()?,
            product: "Product".parse()?,
            license: "License".parse()?,
            customer: "Customer".parse()?,
            belonging: "Belonging".parse()?,
            person: "Person".parse()?,
            reseller: "Reseller".parse()?,
            share: "Share".parse()?,
        })
    }
}

/// The circumstances in Cedar's terms.
pub(super) fn context(circumstances: Circumstances) -> Option<Context> {
    let Circumstances {
        locked_down,
        takes_two,
        approved,
        within_hours,
        within_network,
        viewing,
    } = circumstances;
    let facts = [
        ("locked_down", locked_down),
        ("takes_two", takes_two),
        ("approved", approved),
        ("within_hours", within_hours),
        ("within_network", within_network),
        ("viewing", viewing),
    ];
    let facts = facts.map(|(name, is)| (name.to_owned(), RestrictedExpression::new_bool(is)));
    Context::from_pairs(facts).ok()
}
