//! Value added tax on what is sold.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

use super::buyer::Buyer;
use crate::credits::Money;
use crate::phone::Region;

/// A rate of tax, in hundredths of a percent: 2,100 is 21 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaxRate(u16);

impl TaxRate {
    /// # Errors
    /// [`TaxRateError`] where it is nothing or above 100 %.
    pub const fn new(hundredths: u16) -> Result<Self, TaxRateError> {
        if hundredths == 0 || hundredths > 10_000 {
            Err(TaxRateError)
        } else {
            Ok(Self(hundredths))
        }
    }

    /// In hundredths of a percent, 1 to 10,000.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }
}

impl fmt::Display for TaxRate {
    /// In percent, without zeros that say nothing: `21`, `5.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl FromStr for TaxRate {
    type Err = TaxRateError;

    /// Reads a number of percent with up to two decimals behind a point.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| {
            let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| text.parse::<u16>().ok()).flatten().ok_or(TaxRateError)
        };
        let part = match part.len() {
            1 => digits(part)? * 10,
            2 => digits(part)?,
            _ => return Err(TaxRateError),
        };
        let whole = digits(whole)?.checked_mul(100).ok_or(TaxRateError)?;
        Self::new(whole.checked_add(part).ok_or(TaxRateError)?)
    }
}

/// No rate of tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TaxRateError;

impl fmt::Display for TaxRateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A rate of tax is above 0 and up to 100 percent, with up to two decimals.")
    }
}

impl Error for TaxRateError {}

/// How a sale is taxed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tax {
    /// The seller adds the tax of their country.
    Standard(TaxRate),
    /// The buyer owes the tax in theirs, and the invoice says so.
    ReverseCharge,
    /// None: it is taxed elsewhere, or the seller takes no tax.
    Outside,
}

impl Tax {
    /// How an electronic service is taxed that somebody in `seller`'s country sells, who takes tax at
    /// `rate`, or takes none.
    ///
    /// A business in another country of the Union owes the tax itself (articles 44 and 196 of the
    /// directive). A buyer there without a number is taxed as one in the seller's country, which holds
    /// for sellers whose sales of that kind stay below the threshold of article 59c; a seller above it has
    /// to invoice such buyers otherwise. What is sold to other countries, or between them, is not taxed
    /// here (articles 44 and 58).
    #[must_use]
    pub fn of(seller: Region, rate: Option<TaxRate>, buyer: &Buyer) -> Self {
        Self::between(seller, rate, buyer.country, buyer.vat_number.is_some())
    }

    /// The same where of the buyer only the country is known, and whether they have a number for value
    /// added tax: the tax depends on nothing else.
    #[must_use]
    pub fn between(seller: Region, rate: Option<TaxRate>, buyer: Region, has_number: bool) -> Self {
        let Some(rate) = rate else { return Self::Outside };
        if seller == buyer {
            return Self::Standard(rate);
        }
        if !is_in_the_union(seller) || !is_in_the_union(buyer) {
            Self::Outside
        } else if has_number {
            Self::ReverseCharge
        } else {
            Self::Standard(rate)
        }
    }

    /// How it is taxed where it is not known who buys: as if they were in the seller's country.
    #[must_use]
    pub const fn of_nobody(rate: Option<TaxRate>) -> Self {
        match rate {
            Some(rate) => Self::Standard(rate),
            None => Self::Outside,
        }
    }

    /// The tax of a category, by its code; none where category and rate do not belong together.
    #[must_use]
    pub fn restore(category: &str, rate: Option<TaxRate>) -> Option<Self> {
        match (category, rate) {
            ("S", Some(rate)) => Some(Self::Standard(rate)),
            ("AE", None) => Some(Self::ReverseCharge),
            ("O", None) => Some(Self::Outside),
            _ => None,
        }
    }

    /// The category, by the code of EN 16931 (BT-118; UNTDID 5305).
    #[must_use]
    pub const fn category(self) -> &'static str {
        match self {
            Self::Standard(_) => "S",
            Self::ReverseCharge => "AE",
            Self::Outside => "O",
        }
    }

    /// The rate; none where no tax is added.
    #[must_use]
    pub const fn rate(self) -> Option<TaxRate> {
        match self {
            Self::Standard(rate) => Some(rate),
            Self::ReverseCharge | Self::Outside => None,
        }
    }
}

/// Whether a country belongs to the European Union.
#[must_use]
pub fn is_in_the_union(country: Region) -> bool {
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
        .split(' ')
        .any(|member| member == country.as_str())
}

/// A price with the tax on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Taxed {
    net: Money,
    tax: Tax,
    tax_minor: u64,
}

impl Taxed {
    /// The tax on a price without tax. This is where tax is rounded: to the nearest minor unit, half of
    /// one upwards, as EN 16931 has it (BT-117). None where a price is beyond all measure.
    #[must_use]
    pub fn new(net: Money, tax: Tax) -> Option<Self> {
        let rate = u64::from(tax.rate().map_or(0, TaxRate::hundredths));
        let tax_minor = net.minor().checked_mul(rate)?.checked_add(5_000)? / 10_000;
        net.minor().checked_add(tax_minor)?;
        Some(Self { net, tax, tax_minor })
    }

    /// Without tax.
    #[must_use]
    pub const fn net(&self) -> Money {
        self.net
    }

    /// How it is taxed.
    #[must_use]
    pub const fn kind(&self) -> Tax {
        self.tax
    }

    /// The tax.
    #[must_use]
    pub const fn tax(&self) -> Money {
        Money::new(self.tax_minor, self.net.currency())
    }

    /// What is to be paid.
    #[must_use]
    pub const fn gross(&self) -> Money {
        // That it fits was seen when it was made.
        Money::new(self.net.minor().saturating_add(self.tax_minor), self.net.currency())
    }
}

#[cfg(test)]
mod tests {
    use alloc::borrow::ToOwned as _;
    use alloc::string::{String, ToString as _};

    use super::*;
    use crate::billing::VatNumber;
    use crate::credits::Currency;

    fn rate(text: &str) -> TaxRate {
        text.parse().unwrap()
    }

    fn buyer(country: &str, vat_number: Option<&str>) -> Buyer {
        let country = country.parse().unwrap();
        Buyer {
            name: "Ann".to_owned(),
            street: "Main Street 1".to_owned(),
            postcode: String::new(),
            city: "Here".to_owned(),
            country,
            vat_number: vat_number.map(|it| VatNumber::read(it, country).unwrap()),
            email: "ann@example.com".parse().unwrap(),
            reference: String::new(),
        }
    }

    #[test]
    fn rates_are_read_as_they_are_shown() {
        for shown in ["21", "5.5", "7.25", "100", "0.01"] {
            assert_eq!(rate(shown).to_string(), shown);
        }
        assert_eq!(rate("21.0"), rate("21"));
        assert_eq!(rate("8.10").to_string(), "8.1");
        for bad in
            ["", "0", "0.0", "100.01", "21,5", "-1", "+1", "1.", ".5", "1.234", "21 %", "70000"]
        {
            assert_eq!(bad.parse::<TaxRate>(), Err(TaxRateError), "{bad}");
        }
    }

    #[test]
    fn taxed_where_the_directive_says() {
        let of = |seller: &str, country: &str, number: Option<&str>| {
            Tax::of(seller.parse().unwrap(), Some(rate("21")), &buyer(country, number))
        };
        let here = Tax::Standard(rate("21"));
        assert_eq!(of("BE", "BE", None), here);
        assert_eq!(of("BE", "BE", Some("BE0123456789")), here);
        assert_eq!(of("BE", "NL", Some("NL123456789B01")), Tax::ReverseCharge);
        assert_eq!(of("BE", "NL", None), here);
        assert_eq!(of("BE", "GR", Some("EL123456789")), Tax::ReverseCharge);
        assert_eq!(of("BE", "GB", Some("GB123456789")), Tax::Outside);
        assert_eq!(of("CH", "BE", Some("BE0123456789")), Tax::Outside);
        assert_eq!(of("CH", "CH", None), here);
        assert_eq!(Tax::of("BE".parse().unwrap(), None, &buyer("BE", None)), Tax::Outside);
    }

    #[test]
    fn kept_by_category_and_rate() {
        for tax in [Tax::Standard(rate("21")), Tax::ReverseCharge, Tax::Outside] {
            assert_eq!(Tax::restore(tax.category(), tax.rate()), Some(tax));
        }
        assert_eq!(Tax::restore("S", None), None);
        assert_eq!(Tax::restore("O", Some(rate("21"))), None);
        assert_eq!(Tax::restore("Z", None), None);
        assert_eq!(Tax::of_nobody(Some(rate("21"))), Tax::Standard(rate("21")));
        assert_eq!(Tax::of_nobody(None), Tax::Outside);
    }

    #[test]
    fn tax_is_rounded_half_up_and_sums_fit() {
        let taxed = |minor: u64, percent: &str| {
            let taxed = Taxed::new(Money::new(minor, Currency::EUR), Tax::Standard(rate(percent)));
            taxed.map(|it| (it.tax().minor(), it.gross().minor()))
        };
        assert_eq!(taxed(1_000, "21"), Some((210, 1_210)));
        assert_eq!(taxed(50, "5"), Some((3, 53)));
        assert_eq!(taxed(49, "5"), Some((2, 51)));
        assert_eq!(taxed(0, "21"), Some((0, 0)));
        assert_eq!(taxed(u64::MAX, "21"), None);
        let none = Taxed::new(Money::new(1_000, Currency::EUR), Tax::ReverseCharge).unwrap();
        assert_eq!((none.tax().minor(), none.gross().minor()), (0, 1_000));
    }
}
