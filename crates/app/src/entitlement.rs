//! Entitlements of licenses.

use latchkey_domain::actor::Actor;
use latchkey_domain::entitlement::{Entitlement, EntitlementRefusal, EntitlementState};
use latchkey_domain::feature::{Feature, FeatureRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::{License, LicenseRefusal, LicenseStanding};
use latchkey_domain::{EntitlementId, FeatureId, LicenseId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, EntitlementView, Need, Needs};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation};

/// A license's right to a feature, to be granted.
#[derive(Debug, Clone)]
pub struct GrantEntitlement {
    /// Whose right.
    pub license_id: LicenseId,
    /// The right to what.
    pub feature_id: FeatureId,
    /// How much of it; none means without limit.
    pub limit: Option<u32>,
}

impl Act for GrantEntitlement {
    type Value = EntitlementId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::License(self.license_id));
        needs.ask(Need::Feature(self.feature_id));
        needs.ask(Need::EntitlementsOf(self.license_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<EntitlementId, Stop<EntitlementId>> {
        let license = batch
            .get::<License>(self.license_id)
            .ok_or(LicenseRefusal::NotFound)?;
        if license.standing == LicenseStanding::Revoked {
            return Err(LicenseRefusal::Revoked.into());
        }
        let feature = batch
            .get::<Feature>(self.feature_id)
            .ok_or(FeatureRefusal::NotFound)?;
        let name = feature.name.to_string();
        if feature.product_id != license.product_id {
            return Err(FeatureRefusal::OtherProduct { name }.into());
        }
        feature.in_use()?;
        if self.limit == Some(0) {
            return Err(EntitlementRefusal::LimitZero.into());
        }
        let existing = batch
            .all::<Entitlement>()
            .find(|entitlement| {
                entitlement.license_id == self.license_id
                    && entitlement.feature_id == self.feature_id
            })
            .cloned();
        let entitlement = match existing {
            Some(granted)
                if granted.state == EntitlementState::Granted && granted.limit == self.limit =>
            {
                return Err(EntitlementRefusal::Granted { feature: name }.into());
            }
            Some(existing) => Entitlement {
                limit: self.limit,
                state: EntitlementState::Granted,
                ..existing
            },
            None => granted(batch, self.license_id, self.feature_id, self.limit),
        };
        let id = entitlement.id;
        batch.record(Verb::EntitlementGrant, entitlement);
        Ok(id)
    }
}

/// A new entitlement, not yet recorded.
pub(crate) fn granted(
    batch: &Batch,
    license_id: LicenseId,
    feature_id: FeatureId,
    limit: Option<u32>,
) -> Entitlement {
    Entitlement {
        id: EntitlementId::generate(batch.now(), &*batch.random()),
        license_id,
        feature_id,
        limit,
        state: EntitlementState::Granted,
        created_at: batch.now(),
        version: 0,
        salt: batch.salt(),
    }
}

struct WithdrawEntitlement {
    id: EntitlementId,
}

impl Act for WithdrawEntitlement {
    type Value = LicenseId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Entitlement(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<LicenseId, Stop<LicenseId>> {
        let mut entitlement = batch
            .get::<Entitlement>(self.id)
            .ok_or(EntitlementRefusal::NotFound)?
            .clone();
        if entitlement.state == EntitlementState::Withdrawn {
            return Err(EntitlementRefusal::Withdrawn.into());
        }
        let license_id = entitlement.license_id;
        entitlement.state = EntitlementState::Withdrawn;
        batch.record(Verb::EntitlementWithdraw, entitlement);
        Ok(license_id)
    }
}

/// Entitlements: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Gives a license the right to a feature, or another limit of it.
    pub async fn entitlement_grant(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: GrantEntitlement,
    ) -> Result<Changed<EntitlementId>, AppError> {
        self.act(actor, Operation::GrantEntitlement, idempotency, command)
            .await
    }

    /// Takes back a license's right to a feature; answers with the license.
    pub async fn entitlement_withdraw(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: EntitlementId,
    ) -> Result<Changed<LicenseId>, AppError> {
        self.act(
            actor,
            Operation::WithdrawEntitlement,
            idempotency,
            WithdrawEntitlement { id },
        )
        .await
    }

    /// The entitlements of a license, newest first.
    pub async fn entitlement_list(
        &self,
        actor: &Actor,
        license_id: LicenseId,
        page: PageRequest,
    ) -> Result<Page<EntitlementView>, AppError> {
        self.permit(actor, Operation::ListEntitlements)?;
        self.license_get(actor, license_id).await?;
        Ok(self
            .store
            .entitlement_list(self.scope.vendor_id, license_id, page)
            .await?)
    }
}
