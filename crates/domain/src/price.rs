//! What a license of a policy costs, by the vendor's list. It decides nothing: it is there to say what ends when.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::entity::closed_enum;

/// A currency, by its three letters (ISO 4217). Which of them exist is not known here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text is no currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a currency is three capital letters, such as EUR")]
pub struct NoCurrency;

impl Currency {
    /// The euro.
    pub const EURO: Self = Self(*b"EUR");

    /// Reads the three letters.
    ///
    /// # Errors
    /// [`NoCurrency`].
    pub fn parse(text: &str) -> Result<Self, NoCurrency> {
        let letters: [u8; 3] = text.as_bytes().try_into().map_err(|_| NoCurrency)?;
        if letters.iter().all(u8::is_ascii_uppercase) {
            Ok(Self(letters))
        } else {
            Err(NoCurrency)
        }
    }
}

impl TryFrom<String> for Currency {
    type Error = NoCurrency;
    fn try_from(text: String) -> Result<Self, NoCurrency> {
        Self::parse(&text)
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.to_string()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|letter| write!(f, "{}", char::from(*letter)))
    }
}

closed_enum! {
    /// What a price is for, each for one term.
    PricePer {
        /// A license, however many seats it has.
        License = "license",
        /// Each seat of a license.
        Seat = "seat",
    }
}

/// What a license costs for one term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// In the currency's smallest unit, such as cents.
    pub amount: u64,
    /// Of which currency.
    pub currency: Currency,
    /// For what.
    pub per: PricePer,
}

impl Price {
    /// What so many licenses cost that have so many seats together, in the currency's smallest unit.
    #[must_use]
    pub fn of(self, licenses: u64, seats: u64) -> u64 {
        let times = match self.per {
            PricePer::License => licenses,
            PricePer::Seat => seats,
        };
        self.amount.saturating_mul(times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_three_capital_letters() {
        assert_eq!(Currency::parse("EUR").unwrap().to_string(), "EUR");
        for text in ["", "EU", "EURO", "eur", "E R", "€UR", "1UR"] {
            assert_eq!(Currency::parse(text), Err(NoCurrency), "{text}");
        }
    }

    #[test]
    fn a_price_is_for_a_license_or_for_each_of_its_seats() {
        let price = |per| Price {
            amount: 1_990,
            currency: Currency::parse("EUR").unwrap(),
            per,
        };
        assert_eq!(price(PricePer::License).of(3, 40), 5_970);
        assert_eq!(price(PricePer::Seat).of(3, 40), 79_600);
        assert_eq!(price(PricePer::Seat).of(1, u64::MAX), u64::MAX);
    }
}
