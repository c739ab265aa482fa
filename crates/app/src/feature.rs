//! Features of products.

use latchkey_domain::actor::Actor;
use latchkey_domain::feature::{Feature, FeatureRefusal};
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::FEATURES_PER_PRODUCT_MAX;
use latchkey_domain::product::{Archival, Product, ProductRefusal};
use latchkey_domain::text::{Code, Name};
use latchkey_domain::{FeatureId, ProductId};
use latchkey_store::filter::{Page, PageRequest};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What a new feature is made of.
#[derive(Debug, Clone)]
pub struct CreateFeature {
    /// Whose feature it is.
    pub product_id: ProductId,
    /// What programs call it.
    pub code: Code,
    /// What people call it.
    pub name: Name,
}

impl Act for CreateFeature {
    type Value = FeatureId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Product(self.product_id));
        needs.ask(Need::FeaturesOf(self.product_id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<FeatureId, Stop<FeatureId>> {
        batch
            .get::<Product>(self.product_id)
            .ok_or(ProductRefusal::NotFound)?
            .in_use()?;
        let mut siblings = 0;
        for feature in batch
            .all::<Feature>()
            .filter(|feature| feature.product_id == self.product_id)
        {
            if feature.code == self.code {
                return Err(FeatureRefusal::CodeTaken {
                    code: self.code.to_string(),
                }
                .into());
            }
            siblings += 1;
        }
        if siblings >= FEATURES_PER_PRODUCT_MAX {
            return Err(FeatureRefusal::TooMany.into());
        }
        let id = FeatureId::generate(batch.now(), &*batch.random());
        let feature = Feature {
            id,
            product_id: self.product_id,
            code: self.code.clone(),
            name: self.name.clone(),
            state: Archival::Active,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::FeatureCreate, feature);
        Ok(id)
    }
}

/// Changes one feature.
struct EditFeature {
    id: FeatureId,
    verb: Verb,
    edit: fn(&mut Feature) -> Result<(), FeatureRefusal>,
}

impl Act for EditFeature {
    type Value = FeatureId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Feature(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<FeatureId, Stop<FeatureId>> {
        let mut feature = batch
            .get::<Feature>(self.id)
            .ok_or(FeatureRefusal::NotFound)?
            .clone();
        (self.edit)(&mut feature)?;
        batch.record(self.verb, feature);
        Ok(self.id)
    }
}

/// Features: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Creates a feature of a product.
    pub async fn feature_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: CreateFeature,
    ) -> Result<Changed<FeatureId>, AppError> {
        self.act(actor, Operation::CreateFeature, idempotency, command)
            .await
    }

    /// Puts a feature away.
    pub async fn feature_archive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: FeatureId,
    ) -> Result<Changed<FeatureId>, AppError> {
        let act = EditFeature {
            id,
            verb: Verb::FeatureArchive,
            edit: Feature::archive,
        };
        self.act(actor, Operation::ArchiveFeature, idempotency, act)
            .await
    }

    /// Takes a feature into use again.
    pub async fn feature_unarchive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: FeatureId,
    ) -> Result<Changed<FeatureId>, AppError> {
        let act = EditFeature {
            id,
            verb: Verb::FeatureUnarchive,
            edit: Feature::unarchive,
        };
        self.act(actor, Operation::UnarchiveFeature, idempotency, act)
            .await
    }

    /// One feature.
    pub async fn feature_get(&self, actor: &Actor, id: FeatureId) -> Result<Feature, AppError> {
        self.permit(actor, Operation::ListFeatures)?;
        let feature = self.store.feature_get(self.scope.vendor_id, id).await?;
        feature.ok_or_else(|| Refused::from(FeatureRefusal::NotFound).into())
    }

    /// The features of a product, newest first.
    pub async fn feature_list(
        &self,
        actor: &Actor,
        product_id: ProductId,
        page: PageRequest,
    ) -> Result<Page<Feature>, AppError> {
        self.permit(actor, Operation::ListFeatures)?;
        self.product_get(actor, product_id).await?;
        Ok(self
            .store
            .feature_list(self.scope.vendor_id, product_id, page)
            .await?)
    }
}
