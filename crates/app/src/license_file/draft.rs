//! Drafts of license files: what each is to say, looked up in what a batch knows.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use latchkey_domain::activation::{Activation, ActivationState};
use latchkey_domain::customer::Customer;
use latchkey_domain::entitlement::{Entitlement, EntitlementState};
use latchkey_domain::feature::Feature;
use latchkey_domain::license::License;
use latchkey_domain::license_file::{FeaturePart, LicenseFileRefusal};
use latchkey_domain::limits::MACHINES_PER_LICENSE_FILE_MAX;
use latchkey_domain::machine::Machine;
use latchkey_domain::machine_key::MachineKey;
use latchkey_domain::product::{Product, ProductRefusal};
use latchkey_domain::signing_key::{SigningKey, SigningKeyRefusal};
use latchkey_domain::{ActivationId, EntitlementId, LicenseId, ProductId};
use latchkey_store::Batch;

use crate::Refused;
use crate::signing_key::issuer_for;

/// What one file is to say.
pub(super) struct Draft {
    pub(super) license: License,
    pub(super) product: Arc<Product>,
    pub(super) customer_name: String,
    pub(super) features: Vec<FeaturePart>,
    /// Each with the key that its file is bound to.
    pub(super) machines: Vec<(Machine, Option<MachineKey>)>,
    pub(super) issuer: Arc<SigningKey>,
    pub(super) basis: Basis,
}

/// What a file rests on, each with its version: if any of it has changed, the file is not recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) license: u32,
    pub(super) entitlements: Vec<(EntitlementId, u32)>,
    pub(super) activations: Vec<(ActivationId, u32)>,
}

/// What the batch knows of each license.
pub(super) struct ByLicense<'a> {
    entitlements: HashMap<LicenseId, Vec<&'a Entitlement>>,
    activations: HashMap<LicenseId, Vec<&'a Activation>>,
}

impl<'a> ByLicense<'a> {
    pub(super) fn of(batch: &'a Batch) -> Self {
        let mut known = Self {
            entitlements: HashMap::new(),
            activations: HashMap::new(),
        };
        for entitlement in batch.all::<Entitlement>() {
            if entitlement.state == EntitlementState::Granted {
                let of_license = known.entitlements.entry(entitlement.license_id);
                of_license.or_default().push(entitlement);
            }
        }
        for activation in batch.all::<Activation>() {
            if activation.state == ActivationState::Active {
                let of_license = known.activations.entry(activation.license_id);
                of_license.or_default().push(activation);
            }
        }
        known
            .entitlements
            .values_mut()
            .for_each(|list| list.sort_unstable_by_key(|e| e.id));
        known
            .activations
            .values_mut()
            .for_each(|list| list.sort_unstable_by_key(|a| a.id));
        known
    }

    /// The entitlements that a license has, each with its version.
    pub(super) fn granted(&self, id: LicenseId) -> Vec<(EntitlementId, u32)> {
        let granted = self.entitlements.get(&id).into_iter().flatten();
        granted
            .map(|entitlement| (entitlement.id, entitlement.version))
            .collect()
    }

    pub(super) fn active(&self, id: LicenseId) -> &[&'a Activation] {
        self.activations.get(&id).map_or(&[], Vec::as_slice)
    }
}

/// Drafts files; what many of them have in common is looked up once.
pub(super) struct Drafter<'a> {
    batch: &'a Batch,
    known: ByLicense<'a>,
    products: HashMap<ProductId, (Arc<Product>, Arc<SigningKey>)>,
}

impl<'a> Drafter<'a> {
    pub(super) fn new(batch: &'a Batch) -> Self {
        Self {
            batch,
            known: ByLicense::of(batch),
            products: HashMap::new(),
        }
    }

    /// The files of one license: bound to its active machines if it is node-locked, as many files as that takes; else
    /// one that is bound to none.
    pub(super) fn drafts(
        &mut self,
        license: &License,
        known: &ByLicense<'_>,
    ) -> Result<Vec<Draft>, Refused> {
        license.holds(self.batch.now())?;
        if !license.node_locked {
            return Ok(vec![self.draft(license, &[])?]);
        }
        let activations = known.active(license.id);
        if activations.is_empty() {
            return Err(LicenseFileRefusal::NeedsMachine.into());
        }
        let files = activations.chunks(MACHINES_PER_LICENSE_FILE_MAX);
        files
            .map(|activations| self.draft(license, activations))
            .collect()
    }

    pub(super) fn draft(
        &mut self,
        license: &License,
        activations: &[&Activation],
    ) -> Result<Draft, Refused> {
        let (product, issuer) = self.product(license.product_id)?;
        let customer = self.batch.get::<Customer>(license.customer_id);
        let machines = activations.iter().filter_map(|activation| {
            let machine = self.batch.get::<Machine>(activation.machine_id)?;
            Some((machine.clone(), activation.machine_key.clone()))
        });
        let entitlements = self.known.entitlements.get(&license.id);
        // By code, so that the same license always gives the same list.
        let features: BTreeMap<String, FeaturePart> = entitlements
            .into_iter()
            .flatten()
            .filter_map(|entitlement| {
                let feature = self.batch.get::<Feature>(entitlement.feature_id)?;
                let code = feature.code.to_string();
                let limit = entitlement.limit;
                Some((code.clone(), FeaturePart { code, limit }))
            })
            .collect();
        Ok(Draft {
            license: license.clone(),
            product,
            issuer,
            customer_name: customer
                .map(|customer| customer.name.to_string())
                .unwrap_or_default(),
            features: features.into_values().collect(),
            machines: machines.collect(),
            basis: Basis {
                license: license.version,
                entitlements: self.known.granted(license.id),
                activations: activations.iter().map(|a| (a.id, a.version)).collect(),
            },
        })
    }

    fn product(&mut self, id: ProductId) -> Result<(Arc<Product>, Arc<SigningKey>), Refused> {
        if let Some((product, issuer)) = self.products.get(&id) {
            return Ok((Arc::clone(product), Arc::clone(issuer)));
        }
        let product = self.batch.get::<Product>(id);
        let product = product.ok_or(ProductRefusal::NotFound)?;
        let issuer = issuer_for(self.batch, id).ok_or(SigningKeyRefusal::NoIssuer)?;
        let found = (Arc::new(product.clone()), Arc::new(issuer.clone()));
        self.products.insert(id, found.clone());
        Ok(found)
    }
}
