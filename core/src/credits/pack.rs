//! What can be bought.

use core::error::Error;
use core::fmt;

use super::amount::Amount;
use super::money::Money;

/// A pack of credits for a service, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pack {
    credits: Amount,
    price: Money,
}

impl Pack {
    /// The dearest, in minor units: a slip of the finger, above that.
    pub const DEAREST: u64 = 100_000_000_000;

    /// # Errors
    /// [`PackError`] where there are no credits in it, or its price cannot be meant. It may cost nothing.
    pub const fn new(credits: Amount, price: Money) -> Result<Self, PackError> {
        if credits.is_zero() {
            Err(PackError::Empty)
        } else if price.minor() > Self::DEAREST {
            Err(PackError::TooDear)
        } else {
            Ok(Self { credits, price })
        }
    }

    /// The credits in it; more than none.
    #[must_use]
    pub const fn credits(&self) -> Amount {
        self.credits
    }

    /// What it costs.
    #[must_use]
    pub const fn price(&self) -> Money {
        self.price
    }

    /// What a credit of it costs, in millionths of the currency's unit (not of its minor one), rounded to
    /// the nearest: to be shown, and to compare packs by. None where it is beyond all measure.
    #[must_use]
    pub fn price_of_a_credit(&self) -> Option<u64> {
        let decimals = u32::try_from(self.price.currency().decimals()).ok()?;
        // Millionths of the unit in a minor unit, and millionths of a credit in a credit.
        let scale = 10_u128.pow(6_u32.checked_sub(decimals)?) * 1_000_000;
        let credits = u128::try_from(self.credits.millionths()).ok()?;
        let price = u128::from(self.price.minor()) * scale;
        u64::try_from((price + credits / 2) / credits).ok()
    }
}

/// Why there is no such pack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackError {
    /// There are no credits in it.
    Empty,
    /// It costs more than can be meant.
    TooDear,
}

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "A pack has more than 0 credits.",
            Self::TooDear => {
                "A price is given in minor units, such as cents, up to 100,000,000,000."
            }
        })
    }
}

impl Error for PackError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pack_has_credits_and_a_price_that_can_be_meant() {
        let price = |minor| Money::new(minor, crate::credits::Currency::EUR);
        assert_eq!(Pack::new(Amount::ZERO, price(1)), Err(PackError::Empty));
        let one: Amount = "1".parse().unwrap();
        assert!(Pack::new(one, price(Pack::DEAREST)).is_ok());
        assert_eq!(Pack::new(one, price(Pack::DEAREST + 1)), Err(PackError::TooDear));
    }

    #[test]
    fn a_credit_costs_its_share_of_the_pack() {
        for (credits, price, currency, millionths) in [
            ("100", 10_000, "EUR", 1_000_000),
            ("1000", 6_160, "EUR", 61_600),
            ("3", 100, "EUR", 333_333),
            ("0.5", 100, "JPY", 200_000_000),
            ("7", 0, "EUR", 0),
        ] {
            let price = Money::new(price, currency.parse().unwrap());
            let pack = Pack::new(credits.parse().unwrap(), price).unwrap();
            assert_eq!(pack.price_of_a_credit(), Some(millionths), "{credits} {price}");
        }
    }
}
