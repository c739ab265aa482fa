//! A license's certificate: what is read for it. How it looks is the business of `latchkey_report`.

use latchkey_domain::LicenseId;
use latchkey_domain::actor::Actor;
use latchkey_domain::entitlement::EntitlementState;
use latchkey_domain::id::TypedId;
use latchkey_domain::ledger::hex;
use latchkey_domain::license::LicenseState;
use latchkey_domain::limits::FEATURES_PER_PRODUCT_MAX;
use latchkey_report::{
    Certificate, CertificateFeature, CertificateProof, CertificateState, FileName, Language,
    certificate_pdf,
};
use latchkey_store::StoreError;
use latchkey_store::filter::{LedgerFilter, PageRequest};

use crate::{App, AppError, Operation};

/// A certificate, ready to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenseCertificate {
    /// The name to save it under.
    pub file_name: String,
    /// The document: PDF.
    pub pdf: Vec<u8>,
}

impl App {
    /// A license's certificate, as the license is now.
    ///
    /// # Errors
    /// If there is no such license, the actor may not, or the store fails.
    pub async fn license_certificate(
        &self,
        actor: &Actor,
        id: LicenseId,
        language: Language,
    ) -> Result<LicenseCertificate, AppError> {
        self.permit(actor, Operation::GetLicenseCertificate)?;
        let vendor_id = self.scope.vendor_id;
        let vendor = self.store.vendor_get(vendor_id).await?;
        let view = self
            .license_find(actor, Operation::GetLicenseCertificate, id)
            .await?;
        let features = self.certificate_features(id).await?;
        let proof = self.certificate_proof(id).await?;
        let now = self.now();
        let license = view.license;
        let state = match license.state(now) {
            LicenseState::Active => CertificateState::Active,
            LicenseState::Suspended => CertificateState::Suspended,
            LicenseState::Expired => CertificateState::Expired,
            LicenseState::Revoked => CertificateState::Revoked,
        };
        let customer = view.customer_name.to_string();
        let product = view.product_name.to_string();
        let parts = [customer.as_str(), &product, license.key.hint()];
        let file_name = FileName::new(&parts, "pdf").to_string();
        let certificate = Certificate {
            language,
            vendor: vendor.ok_or(StoreError::NoVendor)?.name.to_string(),
            product,
            customer,
            key: license.key.to_string(),
            license_id: license.id.to_string(),
            state,
            policy: view.policy_name.to_string(),
            revision: license.policy_revision,
            starts_at: license.starts_at.to_chrono(),
            expires_at: license.expires_at.map(|at| at.to_chrono()),
            issued_at: license.issued_at.to_chrono(),
            seats: license.seats_max,
            node_locked: license.node_locked,
            license_file_days: license.license_file_days,
            features,
            proof,
            made_at: now.to_chrono(),
        };
        // Fonts are unpacked and letters are shaped: more than a thread that answers requests should do at once.
        let written = tokio::task::spawn_blocking(move || certificate_pdf(&certificate)).await;
        let pdf = written.map_err(|_| StoreError::Closed)?;
        let failed = |error: latchkey_report::ReportError| StoreError::Unavailable {
            reason: error.to_string(),
        };
        Ok(LicenseCertificate {
            file_name,
            pdf: pdf.map_err(failed)?,
        })
    }

    async fn certificate_features(
        &self,
        id: LicenseId,
    ) -> Result<Vec<CertificateFeature>, StoreError> {
        let page = PageRequest::uncounted(
            u32::try_from(FEATURES_PER_PRODUCT_MAX).unwrap_or(u32::MAX),
            None,
        );
        let found = self
            .store
            .entitlement_list(self.scope.vendor_id, id, page)
            .await?;
        let granted = found
            .rows
            .into_iter()
            .filter(|view| view.entitlement.state == EntitlementState::Granted);
        let mut features: Vec<CertificateFeature> = granted
            .map(|view| CertificateFeature {
                name: view.feature_name.to_string(),
                limit: view.entitlement.limit,
            })
            .collect();
        features.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(features)
    }

    async fn certificate_proof(&self, id: LicenseId) -> Result<CertificateProof, StoreError> {
        let vendor_id = self.scope.vendor_id;
        let filter = LedgerFilter {
            entity_id: Some(id.uuid()),
            ..LedgerFilter::default()
        };
        let page = PageRequest::uncounted(1, None);
        // The head is read last, so that it covers the entry.
        let newest = self.store.ledger_list(vendor_id, &filter, page).await?;
        let head = self.ledger_head().await?;
        let entry = newest.rows.first().ok_or_else(|| StoreError::Damaged {
            what: "the table ledger_entry".into(),
            reason: format!("nothing is recorded about {id}"),
        })?;
        Ok(CertificateProof {
            entry: entry.index,
            entries: head.size,
            root: hex(&head.root),
        })
    }
}
