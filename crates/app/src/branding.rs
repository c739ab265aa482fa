//! How the vendor's pages look to those who come by the network.

use latchkey_domain::VendorId;
use latchkey_domain::actor::Actor;
use latchkey_domain::branding::{Branding, Logo};
use latchkey_domain::ledger::Verb;
use latchkey_domain::vendor::Vendor;

use crate::vendor::Set;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// What is set in one go.
#[derive(Debug, Clone)]
pub struct SetBranding {
    /// How pages look; which logo it says does not count.
    pub branding: Branding,
    /// The logo: another, none any more, or left as it is.
    pub logo: Option<Option<Logo>>,
}

/// How pages look, with the picture.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BrandingView {
    /// How.
    pub branding: Branding,
    /// The logo's PNG.
    pub logo: Option<Vec<u8>>,
}

/// Branding: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// How pages look. Whoever reaches the vendor may ask, since the page of signing in looks so.
    pub async fn branding(&self, actor: &Actor) -> Result<BrandingView, AppError> {
        self.permit(actor, Operation::GetBranding)?;
        let vendor = self.find_vendor().await?;
        Ok(BrandingView {
            branding: vendor.branding.unwrap_or_default(),
            logo: vendor.logo,
        })
    }

    /// Sets how pages look.
    pub async fn branding_set(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        set: SetBranding,
    ) -> Result<Changed<VendorId>, AppError> {
        let SetBranding { branding, logo } = set;
        let set = move |vendor: &mut Vendor| {
            let before = vendor.branding.clone().unwrap_or_default();
            let mut branding = branding.clone();
            branding.logo = match &logo {
                None => before.logo.clone(),
                Some(logo) => logo.as_ref().map(Logo::digest),
            };
            if let Some(logo) = &logo {
                vendor.logo = logo.clone().map(Logo::into_bytes);
            }
            let differs = branding != before;
            vendor.branding = (!branding.is_plain()).then_some(branding);
            differs
        };
        let verb = Verb::VendorSetBranding;
        let act = Set { verb, set };
        self.act(actor, Operation::SetBranding, idempotency, act)
            .await
    }
}
