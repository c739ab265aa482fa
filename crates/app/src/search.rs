//! One field that finds any record: what the command palette asks.

use latchkey_domain::actor::Actor;
use latchkey_domain::customer::Customer;
use latchkey_domain::license_key::LicenseKey;
use latchkey_domain::product::Product;
use latchkey_domain::text::fold;
use latchkey_store::filter::{
    ActivationFilter, CustomerFilter, LicenseFilter, PageRequest, PolicyFilter, ProductFilter,
};
use latchkey_store::{ActivationView, LicenseView, PolicyView, StoreError};

use crate::permission::narrowed;
use crate::{App, AppError, Operation};

/// So many records of each kind are answered, at most; of activations so many by name, and so many by code.
pub const FOUND_PER_KIND_MAX: u32 = 5;

/// What was found, the newest first in each kind.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// Licenses whose key begins so.
    pub licenses: Vec<LicenseView>,
    /// Customers with the text in name, e-mail address or reference.
    pub customers: Vec<Customer>,
    /// Activations with the text in the machine's friendly name; then those of machines whose code begins so.
    pub activations: Vec<ActivationView>,
    /// Products with the text in name or code.
    pub products: Vec<Product>,
    /// Policies with the text in the name.
    pub policies: Vec<PolicyView>,
}

const PAGE: PageRequest = PageRequest::uncounted(FOUND_PER_KIND_MAX, None);

impl App {
    /// Finds records of all kinds by a text; `text` is trimmed and not empty.
    ///
    /// # Errors
    /// Without permission, or those of the store.
    pub async fn search(&self, actor: &Actor, text: &str) -> Result<Found, AppError> {
        self.permit(actor, Operation::Search)?;
        let fragment = Some(fold(text));
        if actor.reach.is_held() {
            // Neither has products and policies of their own, and a customer's people have no customers.
            let (licenses, activations, customers) = tokio::try_join!(
                self.licenses_by_key(actor, text),
                self.activations_by_machine(actor, text),
                self.customers_by_name(actor, fragment),
            )?;
            return Ok(Found {
                licenses,
                activations,
                customers,
                ..Found::default()
            });
        }
        let products = ProductFilter {
            fragment: fragment.clone(),
            ..ProductFilter::default()
        };
        let policies = PolicyFilter {
            fragment,
            ..PolicyFilter::default()
        };
        let vendor_id = self.scope.vendor_id;
        let (licenses, activations, customers, products, found_policies) = tokio::try_join!(
            self.licenses_by_key(actor, text),
            self.activations_by_machine(actor, text),
            self.customers_by_name(actor, policies.fragment.clone()),
            self.store.product_list(vendor_id, &products, PAGE),
            self.store.policy_list(vendor_id, &policies, PAGE),
        )?;
        Ok(Found {
            licenses,
            customers,
            activations,
            products: products.rows,
            policies: found_policies.rows,
        })
    }

    /// None for a customer's people: what they have is one customer's.
    async fn customers_by_name(
        &self,
        actor: &Actor,
        fragment: Option<String>,
    ) -> Result<Vec<Customer>, StoreError> {
        if actor.reach.customer.is_some() {
            return Ok(Vec::new());
        }
        let filter = CustomerFilter {
            fragment,
            ..CustomerFilter::default()
        };
        let (vendor_id, filter) = (self.scope.vendor_id, narrowed(actor, &filter));
        let page = self.store.customer_list(vendor_id, &filter, PAGE).await?;
        Ok(page.rows)
    }

    /// None for a text that no key begins with.
    async fn licenses_by_key(
        &self,
        actor: &Actor,
        text: &str,
    ) -> Result<Vec<LicenseView>, StoreError> {
        let Ok(prefix) = LicenseKey::canonical_prefix(text) else {
            return Ok(Vec::new());
        };
        let filter = LicenseFilter {
            key_prefix: Some(prefix),
            ..LicenseFilter::default()
        };
        let filter = narrowed(actor, &filter);
        let page = self
            .store
            .license_list(self.scope.vendor_id, &filter, self.now(), PAGE)
            .await?;
        Ok(page.rows)
    }

    async fn activations_by_machine(
        &self,
        actor: &Actor,
        text: &str,
    ) -> Result<Vec<ActivationView>, StoreError> {
        let by_name = ActivationFilter {
            fragment: Some(fold(text)),
            ..ActivationFilter::default()
        };
        let by_code = ActivationFilter {
            machine_code_prefix: Some(text.to_owned()),
            ..ActivationFilter::default()
        };
        let vendor_id = self.scope.vendor_id;
        let (by_name, by_code) = (narrowed(actor, &by_name), narrowed(actor, &by_code));
        let (by_name, by_code) = tokio::try_join!(
            self.store.activation_list(vendor_id, &by_name, PAGE),
            self.store.activation_list(vendor_id, &by_code, PAGE),
        )?;
        let mut found = by_name.rows;
        for view in by_code.rows {
            let known = found
                .iter()
                .any(|other| other.activation.id == view.activation.id);
            if !known {
                found.push(view);
            }
        }
        Ok(found)
    }
}
