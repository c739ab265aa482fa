//! What each vendor is given to serve people: letters, a sign-in service, passkeys, a way for
//! webhooks. Each has its own address.

use std::sync::Arc;

use latchkey_app::App;
use latchkey_app::mail::Mail;
use latchkey_app::sign_in_service::SignInService;
use latchkey_app::webhook::PostMessages;
use latchkey_domain::vendor::VendorUrl;

use crate::arguments::Serve;
use crate::told::Told;
use crate::{mail, oidc, webhook};

/// What the settings say of it.
pub(crate) struct Equipment {
    /// The address of a vendor that has none of its own.
    url: Option<String>,
    mail: Option<Mail>,
    service: Option<SignInService>,
    webhooks: Arc<dyn PostMessages>,
}

impl Equipment {
    /// Reads it from the settings.
    pub(crate) fn configured(arguments: &Serve) -> Result<Self, Told> {
        let url = arguments.mail.url.clone();
        Ok(Self {
            mail: mail::configured(&arguments.mail)?,
            service: oidc::configured(&arguments.oidc, url.as_deref())?,
            webhooks: webhook::configured(&arguments.webhook)?,
            url,
        })
    }

    /// Gives a vendor its own.
    pub(crate) fn fit(&self, app: App) -> App {
        let url = app.url().map(ToString::to_string);
        let url = url.or_else(|| self.url.clone());
        let mut app = app
            .with_passkeys(latchkey_webauthn::at(url.as_deref()))
            .with_webhooks(Arc::clone(&self.webhooks));
        if let (Some(mail), Some(url)) = (&self.mail, &url) {
            app = app.with_mail(mail.at(url));
        }
        match &self.service {
            Some(service) if self.is_served(app.url()) => app.with_sign_in_service(service.clone()),
            _ => app,
        }
    }

    /// Whether the sign-in service is for whom is reached there. It vouches for the people of one vendor: whoever runs it
    /// could let anybody in.
    fn is_served(&self, url: Option<&VendorUrl>) -> bool {
        let own = self.url.as_deref().map(VendorUrl::parse);
        url.is_none_or(|url| own == Some(Ok(url.clone())))
    }
}
