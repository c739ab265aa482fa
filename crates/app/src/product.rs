//! Products.

use latchkey_domain::ProductId;
use latchkey_domain::actor::Actor;
use latchkey_domain::ledger::Verb;
use latchkey_domain::product::{Archival, Product, ProductRefusal};
use latchkey_domain::text::{Code, Name};
use latchkey_store::filter::{Page, PageRequest, ProductFilter};
use latchkey_store::{Batch, Need, Needs};

use crate::act::{Act, Stop};
use crate::{App, AppError, Changed, Idempotency, Operation, Refused};

/// What a new product is made of.
#[derive(Debug, Clone)]
pub struct CreateProduct {
    /// What programs call it.
    pub code: Code,
    /// What people call it.
    pub name: Name,
}

impl Act for CreateProduct {
    type Value = ProductId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::ProductCode(self.code.clone()));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ProductId, Stop<ProductId>> {
        if batch
            .all::<Product>()
            .any(|product| product.code == self.code)
        {
            return Err(ProductRefusal::CodeTaken {
                code: self.code.to_string(),
            }
            .into());
        }
        let id = ProductId::generate(batch.now(), &*batch.random());
        let product = Product {
            id,
            code: self.code.clone(),
            name: self.name.clone(),
            state: Archival::Active,
            created_at: batch.now(),
            version: 0,
            salt: batch.salt(),
        };
        batch.record(Verb::ProductCreate, product);
        Ok(id)
    }
}

type Edit = fn(&mut Product, Option<&Name>) -> Result<(), ProductRefusal>;

/// Changes one product.
struct EditProduct {
    id: ProductId,
    verb: Verb,
    name: Option<Name>,
    edit: Edit,
}

impl Act for EditProduct {
    type Value = ProductId;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Product(self.id));
    }

    fn decide(&self, batch: &mut Batch) -> Result<ProductId, Stop<ProductId>> {
        let before = batch
            .get::<Product>(self.id)
            .ok_or(ProductRefusal::NotFound)?;
        let mut product = before.clone();
        (self.edit)(&mut product, self.name.as_ref())?;
        if &product != before {
            batch.record(self.verb, product);
        }
        Ok(self.id)
    }
}

/// Products: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// Creates a product.
    pub async fn product_create(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        command: CreateProduct,
    ) -> Result<Changed<ProductId>, AppError> {
        self.act(actor, Operation::CreateProduct, idempotency, command)
            .await
    }

    /// Gives a product another name.
    pub async fn product_rename(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ProductId,
        name: Name,
    ) -> Result<Changed<ProductId>, AppError> {
        let edit: Edit = |product, name| {
            if let Some(name) = name {
                product.name = name.clone();
            }
            Ok(())
        };
        let act = EditProduct {
            id,
            verb: Verb::ProductRename,
            name: Some(name),
            edit,
        };
        self.act(actor, Operation::RenameProduct, idempotency, act)
            .await
    }

    /// Puts a product away.
    pub async fn product_archive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ProductId,
    ) -> Result<Changed<ProductId>, AppError> {
        let act = EditProduct {
            id,
            verb: Verb::ProductArchive,
            name: None,
            edit: |product, _| product.archive(),
        };
        self.act(actor, Operation::ArchiveProduct, idempotency, act)
            .await
    }

    /// Takes a product into use again.
    pub async fn product_unarchive(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        id: ProductId,
    ) -> Result<Changed<ProductId>, AppError> {
        let act = EditProduct {
            id,
            verb: Verb::ProductUnarchive,
            name: None,
            edit: |product, _| product.unarchive(),
        };
        self.act(actor, Operation::UnarchiveProduct, idempotency, act)
            .await
    }

    /// One product.
    pub async fn product_get(&self, actor: &Actor, id: ProductId) -> Result<Product, AppError> {
        self.permit(actor, Operation::GetProduct)?;
        let product = self.store.product_get(self.scope.vendor_id, id).await?;
        product.ok_or_else(|| Refused::from(ProductRefusal::NotFound).into())
    }

    /// Products, newest first.
    pub async fn product_list(
        &self,
        actor: &Actor,
        filter: &ProductFilter,
        page: PageRequest,
    ) -> Result<Page<Product>, AppError> {
        self.permit(actor, Operation::ListProducts)?;
        Ok(self
            .store
            .product_list(self.scope.vendor_id, filter, page)
            .await?)
    }
}
