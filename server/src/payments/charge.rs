//! What a card is charged, in the units of the payment service.

use iap_core::credits::Money;

/// What a card is charged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Charge {
    /// In Stripe's smallest unit.
    pub(super) amount: u64,
    /// In small letters.
    pub(super) currency: String,
}

impl Charge {
    /// What is charged for a price; none where it is nothing, or cannot be written in Stripe's units.
    ///
    /// Source: Stripe's documentation, "Supported currencies", "Zero-decimal currencies" and "Special
    /// cases". Where it has other units than ISO 4217: hundredths of the Icelandic krona and the Uganda
    /// shilling, whole Malagasy ariary. Of thousandths the last digit is nought.
    pub(super) fn of(price: Money) -> Option<Self> {
        let (minor, currency) = (price.minor(), price.currency());
        let amount = match (currency.code(), currency.decimals()) {
            ("ISK" | "UGX", _) => minor.checked_mul(100)?,
            ("MGA", _) => exact(minor, 100)?.checked_div(100)?,
            (_, 3) => exact(minor, 10)?,
            _ => minor,
        };
        let currency = currency.code().to_ascii_lowercase();
        (amount > 0).then_some(Self { amount, currency })
    }
}

/// An amount that is a multiple.
const fn exact(minor: u64, of: u64) -> Option<u64> {
    if minor.is_multiple_of(of) { Some(minor) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_the_units_of_the_service() {
        for (minor, currency, expected) in [
            (1_210, "EUR", Some(1_210)),
            (0, "EUR", None),
            (1_000, "JPY", Some(1_000)),
            (1_000, "ISK", Some(100_000)),
            (1_000, "UGX", Some(100_000)),
            (1_000, "MGA", Some(10)),
            (1_001, "MGA", None),
            (1_230, "KWD", Some(1_230)),
            (1_234, "KWD", None),
            (u64::MAX, "ISK", None),
        ] {
            let charge = Charge::of(Money::new(minor, currency.parse().unwrap()));
            assert_eq!(charge.map(|it| it.amount), expected, "{minor} {currency}");
        }
    }
}
