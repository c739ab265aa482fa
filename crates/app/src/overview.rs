//! The overview: what there is and what is worth looking at, in a few numbers.

use latchkey_domain::Timestamp;
use latchkey_domain::actor::Actor;
use latchkey_store::{DayCount, LedgerHead, OverviewAsk, ProductSum, TermSums};

use crate::{App, AppError, Operation};

/// Licenses that end within so many days are counted.
pub const EXPIRING_DAYS: [u32; 3] = [30, 60, 90];

/// Seats that were not seen for so many days are counted.
pub const UNUSED_DAYS: [u32; 3] = [30, 90, 180];

/// So many days of activations are told, today among them.
pub const HISTORY_DAYS: u32 = 30;

/// So many products are told, those with most seats.
pub const PRODUCTS_MAX: usize = 20;

const DAY_MILLIS: i64 = 86_400_000;

/// What there is.
#[derive(Debug, Clone)]
pub struct Overview {
    /// When it was so.
    pub at: Timestamp,
    /// All licenses together; `expiring` is by [`EXPIRING_DAYS`].
    pub all: TermSums,
    /// Active seats not seen for a time, by [`UNUSED_DAYS`].
    pub unused: Vec<u64>,
    /// The last [`HISTORY_DAYS`] days, the oldest first, none left out.
    pub days: Vec<DayCount>,
    /// The products with most seats, at most [`PRODUCTS_MAX`].
    pub products: Vec<ProductSum>,
    /// The ledger's head; none before its first entry.
    pub ledger: Option<LedgerHead>,
}

impl App {
    /// What there is, in numbers.
    ///
    /// # Errors
    /// Without permission, or those of the store.
    pub async fn overview(&self, actor: &Actor) -> Result<Overview, AppError> {
        self.permit(actor, Operation::GetOverview)?;
        let now = self.now();
        let vendor_id = self.scope.vendor_id;
        let ask = OverviewAsk {
            now,
            expiring: EXPIRING_DAYS.map(|days| now.plus_days(days)).to_vec(),
        };
        let unseen = UNUSED_DAYS.map(|days| now.plus_millis(-DAY_MILLIS * i64::from(days)));
        let today = now.millis().div_euclid(DAY_MILLIS);
        let last_days: Vec<i64> = (today - i64::from(HISTORY_DAYS) + 1..=today).collect();
        let (products, unused, days, ledger) = tokio::try_join!(
            self.store.overview_products(vendor_id, &ask),
            self.store.overview_unseen(vendor_id, &unseen),
            self.store.overview_days(vendor_id, &last_days),
            self.store.ledger_head(vendor_id),
        )?;
        Ok(Overview {
            at: now,
            all: sum(&products),
            unused,
            days,
            products: most_seats(products),
            ledger,
        })
    }
}

fn sum(products: &[ProductSum]) -> TermSums {
    let mut all = TermSums {
        expiring: vec![0; EXPIRING_DAYS.len()],
        ..TermSums::default()
    };
    for ProductSum { terms, .. } in products {
        all.licenses += terms.licenses;
        all.suspended += terms.suspended;
        all.revoked += terms.revoked;
        all.expired += terms.expired;
        all.full += terms.full;
        all.never_activated += terms.never_activated;
        all.seats_used += terms.seats_used;
        all.seats_max += terms.seats_max;
        for (sum, licenses) in all.expiring.iter_mut().zip(&terms.expiring) {
            *sum += licenses;
        }
    }
    all
}

fn most_seats(mut products: Vec<ProductSum>) -> Vec<ProductSum> {
    products.sort_by(|a, b| {
        let by_seats = b.terms.seats_max.cmp(&a.terms.seats_max);
        by_seats.then_with(|| a.product_name.as_str().cmp(b.product_name.as_str()))
    });
    products.truncate(PRODUCTS_MAX);
    products
}
