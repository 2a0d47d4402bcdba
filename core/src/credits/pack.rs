//! What can be bought.

use core::cmp::Reverse;
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

/// What to buy so that credits suffice again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The place of the pack among those that were given.
    pub place: usize,
    /// How many times it is to be bought.
    pub times: u64,
}

impl Cover {
    /// What covers the missing credits, of the packs that are sold for an account: the cheapest pack
    /// that does so alone, and of those at the same price the one with the most credits. Where none
    /// does, the largest pack, as often as it takes. None where nothing is missing or sold.
    ///
    /// Amounts in several currencies cannot be compared: only packs in the currency of the first are
    /// looked at.
    #[must_use]
    pub fn of(missing: Amount, packs: &[Pack]) -> Option<Self> {
        if missing.is_zero() {
            return None;
        }
        let currency = packs.first()?.price().currency();
        let sold = || packs.iter().enumerate().filter(|(_, it)| it.price().currency() == currency);
        let enough = sold().filter(|(_, pack)| pack.credits() >= missing);
        let cheapest =
            enough.min_by_key(|(_, pack)| (pack.price().minor(), Reverse(pack.credits())));
        if let Some((place, _)) = cheapest {
            return Some(Self { place, times: 1 });
        }
        // The first of those that are equal.
        let largest = sold().min_by_key(|(_, it)| (Reverse(it.credits()), it.price().minor()));
        let (place, pack) = largest?;
        let whole = |amount: Amount| u64::try_from(amount.millionths()).ok();
        Some(Self { place, times: whole(missing)?.div_ceil(whole(pack.credits())?) })
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
    use alloc::vec::Vec;

    use super::*;
    use crate::credits::Currency;
    use crate::pricing::Credits;

    #[test]
    fn a_pack_has_credits_and_a_price_that_can_be_meant() {
        let price = |minor| Money::new(minor, Currency::EUR);
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

    fn packs(of: &[(&str, u64)]) -> Vec<Pack> {
        let pack = |&(credits, price): &(&str, u64)| {
            let price = Money::new(price, Currency::EUR);
            Pack::new(credits.parse().unwrap(), price).unwrap()
        };
        of.iter().map(pack).collect()
    }

    #[test]
    fn the_cheapest_pack_covers_what_is_missing() {
        let usual = [("10", 1_000), ("100", 9_500), ("500", 45_000), ("1000", 80_000)];
        // An offer: more credits for less money than the smaller pack.
        let offer = [("10", 1_000), ("20", 900), ("30", 900)];
        for (sold, missing, place, times) in [
            (&usual[..], "0.000001", 0, 1),
            (&usual, "10", 0, 1),
            (&usual, "10.000001", 1, 1),
            (&usual, "1000", 3, 1),
            (&usual, "1000.000001", 3, 2),
            (&usual, "3000", 3, 3),
            (&usual, "3000.000001", 3, 4),
            (&offer, "5", 2, 1),
            (&offer, "31", 2, 2),
            (&[("3", 300)], "10", 0, 4),
        ] {
            let cover = Cover::of(missing.parse().unwrap(), &packs(sold));
            assert_eq!(cover, Some(Cover { place, times }), "{missing}");
        }
    }

    #[test]
    fn what_is_proposed_covers_what_is_missing_and_once_less_does_not() {
        let sold = packs(&[("7", 700), ("0.3", 40), ("50", 4_000)]);
        for millionths in [1, 299_999, 300_000, 300_001, 7_000_000, 49_999_999, 123_456_789] {
            let missing = Amount::new(Credits::from_millionths(millionths)).unwrap();
            let Cover { place, times } = Cover::of(missing, &sold).unwrap();
            let credits = sold[place].credits().millionths();
            let times = i64::try_from(times).unwrap();
            assert!(credits * times >= millionths);
            assert!(credits * (times - 1) < millionths);
        }
    }

    #[test]
    fn nothing_is_proposed_where_nothing_helps() {
        let none = Cover::of("5".parse().unwrap(), &[]);
        assert_eq!(none, None);
        assert_eq!(Cover::of(Amount::ZERO, &packs(&[("10", 1_000)])), None);
    }

    #[test]
    fn currencies_are_not_compared() {
        let dollars = Money::new(1, "USD".parse().unwrap());
        let mut sold = packs(&[("10", 1_000)]);
        sold.push(Pack::new("100".parse().unwrap(), dollars).unwrap());
        let cover = Cover::of("25".parse().unwrap(), &sold);
        assert_eq!(cover, Some(Cover { place: 0, times: 3 }));
    }
}
