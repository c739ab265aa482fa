//! Notices before a license ends: a letter to whoever has it, and an event for webhooks.
//!
//! That a notice was sent stands with the license, and its entry in the ledger is the event; the letter is written down with
//! it. So it is sent once, by whichever server of the store came first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use latchkey_domain::actor::{Actor, Role};
use latchkey_domain::expiry_notice::ExpiryNotices;
use latchkey_domain::id::TypedId as _;
use latchkey_domain::ledger::Verb;
use latchkey_domain::license::License;
use latchkey_domain::limits::PAGE_ROWS_MAX;
use latchkey_domain::user::Whose;
use latchkey_domain::vendor::Vendor;
use latchkey_domain::{ChangeId, CustomerId, LicenseId, ResellerId, VendorId};
use latchkey_store::filter::{LicenseFilter, PageRequest};
use latchkey_store::{Batch, JobContext, LicenseView, Need, Needs, Work};
use tokio::sync::watch;

use crate::mail::{Expiring, Language, expiring};
use crate::vendor::Set;
use crate::{App, AppError, Changed, Idempotency, Operation};

/// How often it is looked which licenses are about to end.
const LOOKED_EVERY: Duration = Duration::from_secs(60);

/// Licenses that are noted together: what one customer has of them stands in one letter.
const TOGETHER: u32 = 2_000;

/// Notes of licenses that they are about to end, and writes to whoever has them; answers of how many that had not been said.
struct Note {
    ids: Vec<LicenseId>,
    days: u32,
    letters: Vec<Telling>,
    language: Language,
    vendor: Vendor,
    /// Where those who have an account see them.
    link: String,
}

/// Who is told of which licenses.
#[derive(Default)]
struct Telling {
    readers: Vec<String>,
    licenses: Vec<LicenseView>,
}

impl Work for Note {
    type Answer = usize;
    type Refused = ();

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        for id in &self.ids {
            needs.ask(Need::License(*id));
        }
    }

    fn decide(&self, batch: &mut Batch) -> Result<usize, ()> {
        let mut noted = BTreeSet::new();
        for id in &self.ids {
            let Some(mut license) = batch.get::<License>(*id).cloned() else {
                continue;
            };
            if license.notice(self.days, batch.now()) {
                batch.record(Verb::LicenseExpiring, license);
                noted.insert(*id);
            }
        }
        for Telling { readers, licenses } in &self.letters {
            let licenses = licenses
                .iter()
                .filter(|view| noted.contains(&view.license.id));
            let licenses: Vec<&LicenseView> = licenses.collect();
            for to in readers.iter().filter(|_| !licenses.is_empty()) {
                let letter = Expiring {
                    to,
                    vendor: &self.vendor,
                    licenses: &licenses,
                    link: &self.link,
                };
                batch.post(expiring(self.language, &letter));
            }
        }
        Ok(noted.len())
    }
}

/// When notices are sent, and whether letters are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticesView {
    /// When; none if they are not.
    pub notices: Option<ExpiryNotices>,
    /// Whether this program sends letters.
    pub sends_mail: bool,
}

/// Notices: what can be asked and done. Errors are refusals of the rules, of permission, or the store's.
#[expect(clippy::missing_errors_doc, reason = "said once above for all of them")]
impl App {
    /// When notices before a license ends are sent.
    pub async fn expiry_notices(&self, actor: &Actor) -> Result<NoticesView, AppError> {
        self.permit(actor, Operation::GetExpiryNotices)?;
        Ok(NoticesView {
            notices: self.find_vendor().await?.expiry_notices,
            sends_mail: self.mail.is_some(),
        })
    }

    /// Sets when notices before a license ends are sent; none ends them.
    pub async fn expiry_notices_set(
        &self,
        actor: &Actor,
        idempotency: Option<Idempotency>,
        notices: Option<ExpiryNotices>,
    ) -> Result<Changed<VendorId>, AppError> {
        let set = move |vendor: &mut Vendor| {
            let differs = vendor.expiry_notices != notices;
            vendor.expiry_notices.clone_from(&notices);
            differs
        };
        let verb = Verb::VendorSetExpiryNotices;
        let act = Set { verb, set };
        self.act(actor, Operation::SetExpiryNotices, idempotency, act)
            .await
    }

    /// Sends notices until it is told to stop.
    pub async fn expiry_notices_run(self: Arc<Self>, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            if let Err(error) = self.expiry_notices_send().await {
                tracing::warn!(%error, "notices before licenses end were not sent");
            }
            tokio::select! {
                () = tokio::time::sleep(LOOKED_EVERY) => {}
                // The sender lives as long as the program: an error means to stop as well.
                _ = stopped.wait_for(|asked| *asked) => break,
            }
        }
    }

    /// Sends the notices that are due at this moment; what [`App::expiry_notices_run`] does all the time.
    pub async fn expiry_notices_send(&self) -> Result<(), AppError> {
        let vendor = self.find_vendor().await?;
        let Some(notices) = vendor.expiry_notices.clone() else {
            return Ok(());
        };
        // The fewest days first: who is told of the last day is not told of the last week as well.
        for days in notices.days.iter().rev() {
            while self.note(&vendor, notices.language, *days).await? > 0 {}
        }
        Ok(())
    }

    /// Notes some of the licenses that are about to end; answers of how many that had not been said.
    async fn note(
        &self,
        vendor: &Vendor,
        language: Language,
        days: u32,
    ) -> Result<usize, AppError> {
        let now = self.now();
        let ids = self
            .store
            .licenses_expiring(self.scope.vendor_id, days, now, TOGETHER)
            .await?;
        if ids.is_empty() {
            return Ok(0);
        }
        let ids: Vec<LicenseId> = ids.into_iter().map(LicenseId::from_uuid).collect();
        let mut work = Note {
            ids,
            days,
            letters: Vec::new(),
            language,
            vendor: vendor.clone(),
            link: String::new(),
        };
        if let Some(mail) = &self.mail {
            work.letters = self.tellings(&work.ids).await?;
            work.link = mail.page("/licenses");
        }
        let context = JobContext::unasked(self.itself(), ChangeId::generate(now, &*self.random));
        let outcome = self.store.write(&self.scope, context, work).await?;
        Ok(outcome.result.unwrap_or_default())
    }

    /// Who has these licenses.
    async fn tellings(&self, ids: &[LicenseId]) -> Result<Vec<Telling>, AppError> {
        let (vendor_id, now) = (self.scope.vendor_id, self.now());
        let page = PageRequest::uncounted(PAGE_ROWS_MAX, None);
        let mut of_whom: BTreeMap<(Option<ResellerId>, CustomerId), Telling> = BTreeMap::new();
        for ids in ids.chunks(PAGE_ROWS_MAX as usize) {
            let filter = LicenseFilter {
                ids: Some(ids.to_vec()),
                ..LicenseFilter::default()
            };
            for view in self
                .store
                .license_list(vendor_id, &filter, now, page)
                .await?
                .rows
            {
                let whose = (view.license.reseller_id, view.license.customer_id);
                of_whom.entry(whose).or_default().licenses.push(view);
            }
        }
        for ((reseller, customer), telling) in &mut of_whom {
            telling.readers = match reseller {
                Some(id) => {
                    self.readers(Whose::Reseller(*id), Role::ResellerManager)
                        .await?
                }
                None => self.customers_readers(*customer).await?,
            };
        }
        Ok(of_whom.into_values().collect())
    }

    /// The addresses of a customer: its own, and those of its administrators who can sign in.
    pub(crate) async fn customers_readers(&self, id: CustomerId) -> Result<Vec<String>, AppError> {
        let customer = self.store.customer_get(self.scope.vendor_id, id).await?;
        let own = customer.and_then(|view| view.customer.email);
        let mut readers: Vec<String> = own.iter().map(|email| email.as_str().to_owned()).collect();
        for address in self
            .readers(Whose::Customer(id), Role::CustomerAdmin)
            .await?
        {
            if !readers
                .iter()
                .any(|known| known.eq_ignore_ascii_case(&address))
            {
                readers.push(address);
            }
        }
        Ok(readers)
    }

    async fn readers(&self, of: Whose, role: Role) -> Result<Vec<String>, AppError> {
        // There are no more of them than a page has rows.
        let page = PageRequest::uncounted(PAGE_ROWS_MAX, None);
        let users = self.store.user_list(self.scope.vendor_id, of, page).await?;
        let users = users.rows.into_iter();
        let users = users.filter(|user| user.role == role && user.active().is_ok());
        Ok(users.map(|user| user.email.to_string()).collect())
    }
}
