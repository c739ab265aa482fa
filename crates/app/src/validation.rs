//! Asking whether a machine may use its license: what a licensed app does at each start, and a busy server hears most.

mod answer;
mod log;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use latchkey_domain::activation::{Activation, ActivationRefusal, ActivationState};
use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::feature::Feature;
use latchkey_domain::id::TypedId as _;
use latchkey_domain::license::{LicenseRefusal, LicenseState};
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::product::{Product, ProductRefusal};
use latchkey_domain::signing_key::{SigningKey, SigningKeyRefusal};
use latchkey_domain::text::{Code, MachineCode};
use latchkey_domain::validation::{Asked, Validation};
use latchkey_domain::{AccessTokenId, ActivationId, LicenseId, ProductId, SigningKeyId, Timestamp};
use latchkey_store::filter::{Page, PageRequest, ValidationFilter};
use latchkey_store::{Batch, Look, Need, Needs, StoreError, ValidationView};

pub use answer::AnswerSigner;
pub use latchkey_verify::ANSWER_SIGNATURE_HEADER;
pub(crate) use log::{Log, Pen, Seen};

use crate::permission::{narrowed, within_reach};
use crate::signing_key::issuer_for;
use crate::vault::{Vault, WrongSealingKey};
use crate::{App, AppError, Operation, Refused};

/// A machine that asks whether it may use a license.
#[derive(Debug, Clone)]
pub struct ValidateLicense {
    /// The license's key.
    pub license_key: LicenseKey,
    /// The machine's code.
    pub machine_code: MachineCode,
}

/// A feature that a license has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidFeature {
    /// What programs call it.
    pub code: Code,
    /// How much of it; none means any.
    pub limit: Option<u32>,
}

/// Whether a machine may use a license, and why not.
pub struct Validated {
    /// When it was decided.
    pub at: Timestamp,
    /// The license.
    pub license_id: LicenseId,
    /// What the license is.
    pub license_state: LicenseState,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it ends; none means never.
    pub expires_at: Option<Timestamp>,
    /// Whether only activated machines may use it.
    pub node_locked: bool,
    /// The license's product.
    pub product_id: ProductId,
    /// What programs call that product.
    pub product_code: Code,
    /// Why it may not; none if it may.
    pub refusal: Option<Refused>,
    /// The machine's activation, active or not.
    pub activation_id: Option<ActivationId>,
    /// When the machine's seat would have been freed, had it not asked now.
    pub reclaim_at: Option<Timestamp>,
    /// The features that the license has, by code.
    pub features: Vec<ValidFeature>,
}

/// What is known of the license and the machine.
struct Question {
    by: Actor,
    about: ValidateLicense,
}

/// What was found.
struct Found {
    validated: Validated,
    issuer: SigningKey,
    row: Validation,
    /// The activation, if it is to be noted that its machine was seen.
    seen: Option<ActivationId>,
}

impl Look for Question {
    type Answer = Result<Found, Refused>;

    fn needs(&self, batch: &Batch, needs: &mut Needs) {
        needs.ask(Need::SigningKeys);
        needs.ask(Need::LicenseKey(self.about.license_key.clone()));
        let Some(license) = batch.license_by_key(&self.about.license_key) else {
            return;
        };
        needs.ask(Need::Product(license.product_id));
        needs.ask(Need::FeaturesOf(license.product_id));
        needs.ask(Need::EntitlementsOf(license.id));
        let code = self.about.machine_code.clone();
        needs.ask(Need::MachineCode(license.customer_id, code));
        let machine = batch.machine_by_code(license.customer_id, &self.about.machine_code);
        if let Some(machine) = machine {
            needs.ask(Need::ActivationOf(license.id, machine.id));
            let activation = batch.activation_of(license.id, machine.id);
            if activation.is_some_and(|activation| activation.warned_at.is_some()) {
                needs.ask(Need::Customer(license.customer_id));
            }
        }
    }

    fn answer(&self, batch: &Batch) -> Self::Answer {
        let now = batch.now();
        let license = batch.license_by_key(&self.about.license_key);
        let license = license.ok_or(LicenseRefusal::NotFound)?;
        let operation = Operation::ValidateLicense;
        within_reach(&self.by, operation, batch.vendor_id(), license)
            .map_err(|out| out.or(LicenseRefusal::NotFound))?;
        let product = batch.get::<Product>(license.product_id);
        let product = product.ok_or(ProductRefusal::NotFound)?;
        let issuer = issuer_for(batch, product.id).ok_or(SigningKeyRefusal::NoIssuer)?;
        let machine = batch.machine_by_code(license.customer_id, &self.about.machine_code);
        let activation = machine.and_then(|machine| batch.activation_of(license.id, machine.id));
        let activation_id = activation.map(|activation| activation.id);
        let active = activation.filter(|it| it.state == ActivationState::Active);
        let returned = activation.filter(|it| it.returned_at().is_some());
        let customer = batch.get::<Customer>(license.customer_id);
        let reclaim = customer.and_then(|customer| customer.reclaim.as_ref());
        let reclaim_at = active.and_then(|active| active.freed_unless_seen(reclaim));
        let refusal = match license.holds(now) {
            Err(refusal) => Some(Refused::from(refusal)),
            Ok(()) if let Some(at) = returned.and_then(Activation::returned_at) => {
                Some(Refused::from(ActivationRefusal::Returned { at }))
            }
            Ok(()) if active.is_none() && license.node_locked => {
                Some(Refused::from(ActivationRefusal::NotActivated))
            }
            Ok(()) => None,
        };
        let row = Validation {
            at: now,
            license_id: license.id,
            customer_id: Some(license.customer_id),
            machine_code: self.about.machine_code.clone(),
            activation_id,
            access_token_id: token_of(&self.by),
            asked: Asked::Validate,
            refusal: refusal.as_ref().map(|refused| refused.code.to_owned()),
        };
        Ok(Found {
            validated: Validated {
                at: now,
                license_id: license.id,
                license_state: license.state(now),
                starts_at: license.starts_at,
                expires_at: license.expires_at,
                node_locked: license.node_locked,
                product_id: product.id,
                product_code: product.code.clone(),
                refusal,
                activation_id,
                reclaim_at,
                features: features(batch, license.id),
            },
            issuer: issuer.clone(),
            row,
            seen: active
                .or(returned)
                .filter(|activation| activation.is_news(now))
                .map(|activation| activation.id),
        })
    }
}

/// The access token that an actor is, if they are one.
pub(crate) fn token_of(actor: &Actor) -> Option<AccessTokenId> {
    (actor.role == Role::Token).then(|| AccessTokenId::from_uuid(actor.id.uuid()))
}

fn features(batch: &Batch, license_id: LicenseId) -> Vec<ValidFeature> {
    let granted = batch.all::<Entitlement>().filter(|entitlement| {
        entitlement.license_id == license_id && entitlement.state == EntitlementState::Granted
    });
    let mut features: Vec<ValidFeature> = granted
        .filter_map(|entitlement| {
            let feature = batch.get::<Feature>(entitlement.feature_id)?;
            Some(ValidFeature {
                code: feature.code.clone(),
                limit: entitlement.limit,
            })
        })
        .collect();
    features.sort_unstable_by(|one, other| one.code.as_str().cmp(other.code.as_str()));
    features
}

/// Issuer keys that were opened to sign answers. They stay open, as the ledger's key does: opening one takes longer than
/// signing with it.
#[derive(Default)]
pub(crate) struct Signers(Mutex<HashMap<SigningKeyId, Arc<AnswerSigner>>>);

impl Signers {
    fn of(&self, vault: &Vault, key: &SigningKey) -> Result<Arc<AnswerSigner>, WrongSealingKey> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(signer) = open.get(&key.id) {
            return Ok(Arc::clone(signer));
        }
        let signer = Arc::new(AnswerSigner::new(&vault.open(key)?)?);
        open.insert(key.id, Arc::clone(&signer));
        Ok(signer)
    }
}

/// Validations: what can be asked. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Says whether a machine may use a license, and hands out what signs that. That it was asked is logged, and that the
    /// machine was seen noted, a moment later and together with others: neither is recorded in the ledger, and a machine
    /// that loses power may lose the last moment of both.
    pub async fn license_validate(
        &self,
        actor: &Actor,
        about: ValidateLicense,
    ) -> Result<(Validated, Arc<AnswerSigner>), AppError> {
        self.permit(actor, Operation::ValidateLicense)?;
        let question = Question {
            by: actor.clone(),
            about,
        };
        let found = self.store.look(&self.scope, question).await??;
        let signer = self.signers.of(&self.vault, &found.issuer);
        let signer = signer.map_err(|error| StoreError::Damaged {
            what: format!("the signing key {}", found.issuer.id),
            reason: error.to_string(),
        })?;
        self.log.note(Seen::Machine {
            row: found.row,
            activation_id: found.seen,
        });
        Ok((found.validated, signer))
    }

    /// What machines asked, and what they were told, newest first.
    pub async fn validation_list(
        &self,
        actor: &Actor,
        filter: &ValidationFilter,
        page: PageRequest,
    ) -> Result<Page<ValidationView>, AppError> {
        self.permit(actor, Operation::ListValidations)?;
        self.validations(actor, filter, page).await
    }

    /// The same, to be taken away.
    pub async fn validation_export(
        &self,
        actor: &Actor,
        filter: &ValidationFilter,
        page: PageRequest,
    ) -> Result<Page<ValidationView>, AppError> {
        self.permit(actor, Operation::ExportValidationsCsv)?;
        self.validations(actor, filter, page).await
    }

    async fn validations(
        &self,
        actor: &Actor,
        filter: &ValidationFilter,
        page: PageRequest,
    ) -> Result<Page<ValidationView>, AppError> {
        let vendor_id = self.scope.vendor_id;
        let filter = narrowed(actor, filter);
        let page = self.store.validation_list(vendor_id, &filter, page);
        let mut page = page.await?;
        if actor.reach.is_held() {
            // With which of its access tokens a vendor asks is its own business.
            for row in &mut page.rows {
                row.validation.access_token_id = None;
                row.access_token_name = None;
            }
        }
        Ok(page)
    }
}
