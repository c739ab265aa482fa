//! The vendors of one store, told apart by the address that people reach them at. Each has its own ledger, keys, people
//! and sessions; what they share is the database and the machine.
//!
//! Who runs the server adds vendors; it is no operation of the API, in which everybody is somebody of one vendor.

mod error;

use std::sync::{Arc, PoisonError, RwLock};

pub use error::VendorsError;
use latchkey_domain::ledger::Verb;
use latchkey_domain::limits::VENDORS_MAX;
use latchkey_domain::text::{EmailAddress, Name};
use latchkey_domain::vendor::{Vendor, VendorUrl};
use latchkey_domain::{ChangeId, VendorId};
use latchkey_store::{Batch, JobContext, Need, Needs, StoreError, Work};

use crate::app::close;
use crate::open::Ground;
use crate::user::Invited;
use crate::{App, AppConfig, AppError, Changed, OpenError};

/// What a vendor's use cases are given once they are open: how letters go, who vouches for people.
type Fit = Box<dyn Fn(App) -> App + Send + Sync>;

/// All vendors of a store, oldest first.
type Known = Arc<Vec<Arc<App>>>;

/// The vendors of one store.
pub struct Vendors {
    /// None where the one vendor is all there is.
    ground: Option<(Ground, Fit)>,
    known: RwLock<Known>,
}

/// A vendor to be added.
#[derive(Debug, Clone)]
pub struct NewVendor {
    /// What it is called.
    pub name: Name,
    /// The address under which people reach it, which no other has.
    pub url: VendorUrl,
    /// What its owner signs in with.
    pub owner_email: EmailAddress,
    /// What people call its owner.
    pub owner_name: Name,
}

impl Vendors {
    /// Opens a store with all its vendors; the first time, makes the first of them. Each is given what it needs by
    /// `fit`, which may ask for its address.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open(
        config: AppConfig,
        fit: impl Fn(App) -> App + Send + Sync + 'static,
    ) -> Result<Self, OpenError> {
        let ground = Ground::open(config).await?;
        ground.first_vendor().await?;
        let fit: Fit = Box::new(fit);
        let known = open_all(&ground, &fit, &[]).await?;
        Ok(Self {
            ground: Some((ground, fit)),
            known: RwLock::new(Arc::new(known)),
        })
    }

    /// One vendor, reached at every address: the store is its own.
    #[must_use]
    pub fn one(app: Arc<App>) -> Self {
        Self {
            ground: None,
            known: RwLock::new(Arc::new(vec![app])),
        }
    }

    /// All of them, as they were found last; oldest first, at least one.
    #[must_use]
    pub fn all(&self) -> Known {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks which vendors there are: another program may have added one, or given one another address. Who serves them
    /// does so now and then. While the store does not answer, those that were found are believed in.
    pub async fn look(&self) -> Known {
        if let Some((ground, fit)) = &self.ground {
            match open_all(ground, fit, &self.all()).await {
                Ok(found) => self.keep(|_| found),
                Err(error) => {
                    tracing::warn!(%error, "which vendors there are could not be found out");
                }
            }
        }
        self.all()
    }

    /// Whose request it is that was sent to this host. A vendor that is alone is reached at every host; of several, each
    /// at its own and nowhere else.
    #[must_use]
    pub fn at(&self, host: Option<&str>) -> Option<Arc<App>> {
        match self.all().as_slice() {
            [only] => Some(Arc::clone(only)),
            several => {
                let is_at = |app: &&Arc<App>| {
                    app.url()
                        .zip(host)
                        .is_some_and(|(url, host)| url.is_at(host))
                };
                several.iter().find(is_at).cloned()
            }
        }
    }

    /// The vendor that somebody means who says its address, or nothing.
    ///
    /// # Errors
    /// [`VendorsError::NotHere`]; and [`VendorsError::Unclear`] if nothing is said and there are several.
    pub fn meant(&self, url: Option<&VendorUrl>) -> Result<Arc<App>, VendorsError> {
        let all = self.all();
        match (all.as_slice(), url) {
            ([only], _) => Ok(Arc::clone(only)),
            (_, None) => Err(VendorsError::Unclear),
            (several, Some(url)) => several
                .iter()
                .find(|app| app.url() == Some(url))
                .cloned()
                .ok_or_else(|| VendorsError::NotHere { url: url.clone() }),
        }
    }

    /// Answers if the store does.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn ping(&self) -> Result<(), AppError> {
        match self.all().first() {
            Some(app) => app.ping().await,
            None => Err(StoreError::NoVendor.into()),
        }
    }

    /// Adds a vendor with its owner, who is invited.
    ///
    /// # Errors
    /// See [`VendorsError`].
    pub async fn add(&self, new: NewVendor) -> Result<Changed<Invited>, VendorsError> {
        let Some((ground, fit)) = &self.ground else {
            return Err(VendorsError::TooMany);
        };
        let vendors = ground.store.vendor_all().await.map_err(OpenError::from)?;
        if vendors.len() >= VENDORS_MAX {
            return Err(VendorsError::TooMany);
        }
        if let Some(vendor) = vendors.into_iter().find(|vendor| vendor.url.is_none()) {
            let Vendor { name, id, .. } = vendor;
            return Err(VendorsError::UrlMissing { name, id });
        }
        let NewVendor {
            name,
            url,
            owner_email,
            owner_name,
        } = new;
        let Some(vendor) = ground.found(name, Some(url.clone())).await? else {
            return Err(VendorsError::UrlTaken { url });
        };
        let app = fit(App::of_vendor(ground, vendor).await?);
        let invited = app.owner_create(owner_email, owner_name).await?;
        self.keep(|known| known.iter().cloned().chain([Arc::new(app)]).collect());
        Ok(invited)
    }

    /// Gives a vendor another address. Who is signed in at the old one signs in anew; passkeys belong to the old one.
    ///
    /// # Errors
    /// See [`VendorsError`].
    pub async fn relocate(&self, id: VendorId, url: VendorUrl) -> Result<(), VendorsError> {
        let all = self.all();
        let app = all.iter().find(|app| app.vendor_id() == id);
        let app = app.ok_or(VendorsError::NotFound { id })?;
        let now = app.now();
        let context = JobContext::unasked(app.owner(), ChangeId::generate(now, &*app.random));
        let work = Relocate { url: url.clone() };
        let outcome = app.store.write(&app.scope, context, work).await;
        match outcome.map_err(AppError::from)?.result {
            Ok(()) => {
                self.look().await;
                Ok(())
            }
            Err(Taken) => Err(VendorsError::UrlTaken { url }),
        }
    }

    /// Finishes what was accepted for all of them, and closes the store.
    pub async fn close(self) {
        let Self { ground, known, .. } = self;
        let known = known.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut store = ground.map(|(ground, _)| ground.store);
        for app in Arc::into_inner(known).unwrap_or_default() {
            match Arc::into_inner(app) {
                Some(app) => store = Some(app.end().await),
                None => tracing::warn!("a request still runs; the store closes with the program"),
            }
        }
        if let Some(store) = store {
            close(store).await;
        }
    }

    fn keep(&self, change: impl FnOnce(&[Arc<App>]) -> Vec<Arc<App>>) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        *known = Arc::new(change(&known));
    }
}

/// Opens all vendors of a store, but for those that are open and reached where they were.
async fn open_all(
    ground: &Ground,
    fit: &Fit,
    known: &[Arc<App>],
) -> Result<Vec<Arc<App>>, OpenError> {
    let mut all = Vec::new();
    for vendor in ground.store.vendor_all().await? {
        let is_it =
            |app: &&Arc<App>| app.vendor_id() == vendor.id && app.url() == vendor.url.as_ref();
        let app = match known.iter().find(is_it) {
            Some(app) => Arc::clone(app),
            None => Arc::new(fit(App::of_vendor(ground, vendor).await?)),
        };
        all.push(app);
    }
    Ok(all)
}

/// Another vendor is reached there.
struct Taken;

/// Gives the vendor another address.
struct Relocate {
    url: VendorUrl,
}

impl Work for Relocate {
    type Answer = ();
    type Refused = Taken;

    fn needs(&self, _: &Batch, needs: &mut Needs) {
        needs.ask(Need::Vendor);
        needs.ask(Need::VendorAt(self.url.clone()));
    }

    fn decide(&self, batch: &mut Batch) -> Result<(), Taken> {
        let Some(mut vendor) = batch.vendor().cloned() else {
            return Err(Taken);
        };
        if vendor.url.as_ref() == Some(&self.url) {
            return Ok(());
        }
        if !batch
            .found::<VendorId>(&Need::VendorAt(self.url.clone()))
            .is_empty()
        {
            return Err(Taken);
        }
        vendor.url = Some(self.url.clone());
        batch.record(Verb::VendorRelocate, vendor);
        Ok(())
    }
}
