//! The vendor: the tenant that owns products, keys and the ledger.

mod url;

use serde::{Deserialize, Serialize};

use crate::actor::Role;
use crate::branding::Branding;
use crate::entity::entity;
use crate::expiry_notice::ExpiryNotices;
use crate::letter::{Language, LetterKind, LetterText};
use crate::refusal::{Refusal, RefusalKind};
use crate::role_rule::RoleRule;
use crate::text::Name;
use crate::{ActorId, Salt, Timestamp, VendorId};

pub use url::{VendorUrl, VendorUrlError};

/// A vendor, with its current trust bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vendor {
    /// Names it.
    pub id: VendorId,
    /// What it is called; stands in license files.
    pub name: Name,
    /// The owner: who acts in a store that is theirs alone, and the owner's account once there is one.
    pub owner_id: ActorId,
    /// Version of the trust bundle; grows by one with each change of keys.
    pub trust_version: u32,
    /// SHA-256 of the trust bundle's payload, in hex.
    pub trust_digest: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// Since when nobody but owners may change anything; none unless it is locked down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locked_down_at: Option<Timestamp>,
    /// Since when some acts take two people; none if one may do everything alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub two_people_at: Option<Timestamp>,
    /// The rules of roles by hours and networks, one for a role at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub role_rules: Vec<RoleRule>,
    /// The address under which people reach it, where one was given: needed where a server has several vendors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<VendorUrl>,
    /// When notices before a license ends are sent; none if they are not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiry_notices: Option<ExpiryNotices>,
    /// What letters say where it is not what the program says; one for a kind and a language at most.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub letter_texts: Vec<LetterText>,
    /// How its pages look to those who come by the network; none if as the program has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub branding: Option<Branding>,
    /// How often it was recorded.
    pub version: u32,
    /// Salt of its ledger commitments.
    #[serde(skip)]
    pub salt: Salt,
    /// The signed trust bundle: a DSSE envelope in JSON.
    #[serde(skip)]
    pub trust_bundle: String,
    /// The picture that [`Branding::logo`] is the digest of: a PNG.
    #[serde(skip)]
    pub logo: Option<Vec<u8>>,
}

entity!(Vendor, VendorId, label: |vendor| vendor.name.to_string(), carry: [trust_bundle, logo]);

/// Why a vendor refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VendorRefusal {
    /// It is locked down already.
    #[error("the vendor is locked down already")]
    LockedDown,
    /// There is nothing to lift.
    #[error("the vendor is not locked down")]
    NotLockedDown,
    /// Some acts take two people already.
    #[error("two people are asked for already")]
    TwoPeopleAlready,
    /// Nothing takes two people.
    #[error("nothing takes two people here")]
    OnePerson,
    /// Nobody could approve what the other asks for.
    #[error("it takes two owners who can sign in, so that one can approve what the other asks for")]
    TwoOwnersMissing,
}

impl Refusal for VendorRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::LockedDown => "vendor_locked_down_already",
            Self::NotLockedDown => "vendor_not_locked_down",
            Self::TwoPeopleAlready => "two_people_already",
            Self::OnePerson => "two_people_not_asked_for",
            Self::TwoOwnersMissing => "two_owners_missing",
        }
    }

    fn kind(&self) -> RefusalKind {
        RefusalKind::Conflict
    }

    fn fix(&self) -> Option<String> {
        match self {
            Self::LockedDown => Some("Lift the lockdown when the emergency is over.".into()),
            Self::OnePerson => Some("Do it without an approval.".into()),
            Self::TwoOwnersMissing => Some(
                "Make somebody else an owner first, and wait until they have signed in.".into(),
            ),
            Self::NotLockedDown | Self::TwoPeopleAlready => None,
        }
    }
}

impl Vendor {
    /// Keeps everybody but owners from changing anything.
    ///
    /// # Errors
    /// [`VendorRefusal::LockedDown`] if it is so already.
    pub fn lock_down(&mut self, now: Timestamp) -> Result<(), VendorRefusal> {
        if self.locked_down_at.is_some() {
            return Err(VendorRefusal::LockedDown);
        }
        self.locked_down_at = Some(now);
        Ok(())
    }

    /// Has some acts take two people from now on. Whether there are two owners is checked by the caller.
    ///
    /// # Errors
    /// [`VendorRefusal::TwoPeopleAlready`].
    pub fn require_two_people(&mut self, now: Timestamp) -> Result<(), VendorRefusal> {
        if self.two_people_at.is_some() {
            return Err(VendorRefusal::TwoPeopleAlready);
        }
        self.two_people_at = Some(now);
        Ok(())
    }

    /// Has one person do everything alone again.
    ///
    /// # Errors
    /// [`VendorRefusal::OnePerson`] if it is so.
    pub fn end_two_people(&mut self) -> Result<(), VendorRefusal> {
        self.two_people_at
            .take()
            .map(drop)
            .ok_or(VendorRefusal::OnePerson)
    }

    /// Gives a role this rule in place of the one it had; one that says nothing is none. Answers whether it is another.
    pub fn set_rule(&mut self, rule: RoleRule) -> bool {
        let before = self.role_rules.clone();
        self.role_rules.retain(|known| known.role != rule.role);
        if !rule.is_empty() {
            self.role_rules.push(rule);
        }
        let place = |rule: &RoleRule| Role::ALL.iter().position(|role| *role == rule.role);
        self.role_rules.sort_by_key(place);
        self.role_rules != before
    }

    /// What letters of a kind say in a language.
    #[must_use]
    pub fn letter_text(&self, kind: LetterKind, language: Language) -> LetterText {
        let own = self
            .letter_texts
            .iter()
            .find(|text| text.kind == kind && text.language == language);
        own.cloned()
            .unwrap_or_else(|| LetterText::standard(kind, language))
    }

    /// Has letters say this from now on; what the program says itself is not kept. Answers whether it is another.
    pub fn set_letter_text(&mut self, text: LetterText) -> bool {
        let before = self.letter_texts.clone();
        let (kind, language) = (text.kind, text.language);
        self.letter_texts
            .retain(|known| known.kind != kind || known.language != language);
        if text != LetterText::standard(kind, language) {
            self.letter_texts.push(text);
        }
        let place = |text: &LetterText| {
            let kind = LetterKind::ALL.iter().position(|kind| *kind == text.kind);
            (kind, text.language.as_str())
        };
        self.letter_texts.sort_by_key(place);
        self.letter_texts != before
    }

    /// Ends a lockdown.
    ///
    /// # Errors
    /// [`VendorRefusal::NotLockedDown`] if there is nothing to end.
    pub fn lift_lockdown(&mut self) -> Result<(), VendorRefusal> {
        self.locked_down_at
            .take()
            .map(drop)
            .ok_or(VendorRefusal::NotLockedDown)
    }
}
