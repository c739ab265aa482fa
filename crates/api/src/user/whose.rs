//! Whose people somebody asks about.

use latchkey_domain::user::Whose;

use crate::id::{CustomerId, ResellerId};
use crate::problem::Problem;

/// Whose people are meant: nobody is a customer's and a reseller's at once.
pub(super) fn whose(
    code: &'static str,
    customer: Option<CustomerId>,
    reseller: Option<ResellerId>,
) -> Result<Whose, Problem> {
    match (customer, reseller) {
        (None, None) => Ok(Whose::Vendor),
        (Some(id), None) => Ok(Whose::Customer(id.into())),
        (None, Some(id)) => Ok(Whose::Reseller(id.into())),
        (Some(_), Some(_)) => {
            let detail = "Name a customer or a reseller, not both.";
            let problem = Problem::new(code, detail);
            Err(problem.field("/reseller_id".into(), "field_invalid", detail.into()))
        }
    }
}
