//! What a license costs, and sums of it.

use latchkey_domain as domain;
use latchkey_domain::price::Currency;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::mirror::mirror;

/// What a license costs for one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// In the currency's smallest unit, such as cents.
    #[schema(example = 49_000, minimum = 1, maximum = 10_000_000_000_u64)]
    pub amount: u64,
    /// The currency's three letters (ISO 4217).
    #[schema(value_type = String, example = "EUR", pattern = "^[A-Z]{3}$")]
    pub currency: Currency,
    /// For what.
    pub per: PricePer,
}

/// What a price is for, each for one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PricePer {
    /// A license, however many seats it has.
    License,
    /// Each seat of a license.
    Seat,
}

mirror!(PricePer = domain::price::PricePer { License, Seat });

impl From<domain::price::Price> for Price {
    fn from(price: domain::price::Price) -> Self {
        Self {
            amount: price.amount,
            currency: price.currency,
            per: price.per.into(),
        }
    }
}

impl From<Price> for domain::price::Price {
    fn from(price: Price) -> Self {
        Self {
            amount: price.amount,
            currency: price.currency,
            per: price.per.into(),
        }
    }
}

/// An amount of money.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Money {
    /// In the currency's smallest unit, such as cents.
    #[schema(example = 1_960_000)]
    pub amount: u64,
    /// The currency's three letters (ISO 4217).
    #[schema(example = "EUR")]
    pub currency: String,
}
