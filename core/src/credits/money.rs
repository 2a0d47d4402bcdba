//! Money, for what credits cost.

use alloc::format;
use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// A currency by its code of ISO 4217, with the digits of its minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Currencies whose minor unit is the unit itself, by ISO 4217 list one.
const WITHOUT_MINOR_UNIT: [&[u8; 3]; 16] = [
    b"BIF", b"CLP", b"DJF", b"GNF", b"ISK", b"JPY", b"KMF", b"KRW", b"PYG", b"RWF", b"UGX", b"VND",
    b"VUV", b"XAF", b"XOF", b"XPF",
];

/// Currencies with three digits, by ISO 4217 list one.
const IN_THOUSANDTHS: [&[u8; 3]; 7] = [b"BHD", b"IQD", b"JOD", b"KWD", b"LYD", b"OMR", b"TND"];

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// The code, three capital letters.
    #[must_use]
    pub fn code(&self) -> &str {
        // Letters of ASCII always are a text.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits behind the point: 0, 2 or 3.
    #[must_use]
    pub fn decimals(&self) -> usize {
        if WITHOUT_MINOR_UNIT.contains(&&self.0) {
            0
        } else if IN_THOUSANDTHS.contains(&&self.0) {
            3
        } else {
            2
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let code: [u8; 3] = text.as_bytes().try_into().map_err(|_| CurrencyError)?;
        if code.iter().all(u8::is_ascii_uppercase) { Ok(Self(code)) } else { Err(CurrencyError) }
    }
}

/// A text that is no code of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CurrencyError;

impl fmt::Display for CurrencyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A currency is a code of three capital letters, such as EUR.")
    }
}

impl Error for CurrencyError {}

/// An amount of money: minor units (cents) of a currency.
///
/// ```
/// use iap_core::credits::{Currency, Money};
///
/// assert_eq!(Money::new(1_250, Currency::EUR).to_string(), "12.50 EUR");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: u64,
    currency: Currency,
}

impl Money {
    /// So many minor units.
    #[must_use]
    pub const fn new(minor: u64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// Reads what [`Money::decimal`] writes, and what people type who leave out digits behind the point.
    ///
    /// # Errors
    /// [`MoneyError`] where it is no amount of money, is below nothing, or has more digits behind the point than
    /// the currency.
    pub fn read(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let decimals = currency.decimals();
        let dangling = part.is_empty() && text.ends_with('.');
        if whole.is_empty() || dangling || !digits(whole) || !digits(part) || part.len() > decimals
        {
            return Err(MoneyError);
        }
        let minor = format!("{whole}{part:0<decimals$}").parse().map_err(|_| MoneyError)?;
        Ok(Self { minor, currency })
    }

    /// The number of minor units.
    #[must_use]
    pub const fn minor(&self) -> u64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// The number alone, with the digits of its currency behind a point: for programs, and for whoever
    /// writes the currency elsewhere.
    #[must_use]
    pub fn decimal(&self) -> String {
        let decimals = self.currency.decimals();
        let digits = format!("{:0>width$}", self.minor, width = decimals + 1);
        let (whole, minor) =
            digits.split_at_checked(digits.len().saturating_sub(decimals)).unwrap_or((&digits, ""));
        let point = if minor.is_empty() { "" } else { "." };
        format!("{whole}{point}{minor}")
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.decimal(), self.currency)
    }
}

/// A text that is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyError;

impl fmt::Display for MoneyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("An amount of money is a number such as 12.50, not below 0.")
    }
}

impl Error for MoneyError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn shown_with_the_digits_of_the_currency() {
        for (minor, code, shown) in [
            (0, "EUR", "0.00 EUR"),
            (5, "EUR", "0.05 EUR"),
            (123_456, "EUR", "1234.56 EUR"),
            (1_000, "JPY", "1000 JPY"),
            (1_000, "KWD", "1.000 KWD"),
        ] {
            assert_eq!(Money::new(minor, code.parse().unwrap()).to_string(), shown);
        }
    }

    #[test]
    fn codes_are_three_capitals() {
        for text in ["", "EU", "EURO", "eur", "E1R", "€  "] {
            assert_eq!(text.parse::<Currency>(), Err(CurrencyError), "{text}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_type_them() {
        for (text, code, minor) in [
            ("12.50", "EUR", 1_250),
            ("12.5", "EUR", 1_250),
            ("12", "EUR", 1_200),
            ("0", "EUR", 0),
            ("007.01", "EUR", 701),
            ("1000", "JPY", 1_000),
            ("1.001", "KWD", 1_001),
        ] {
            let currency = code.parse().unwrap();
            assert_eq!(Money::read(text, currency), Ok(Money::new(minor, currency)), "{text}");
        }
        for bad in ["", ".5", "1.", "1.234", "-1", "+1", "1e2", "1,5", "a", "99999999999999999999"]
        {
            assert_eq!(Money::read(bad, Currency::EUR), Err(MoneyError), "{bad}");
        }
        assert_eq!(Money::read("1.5", "JPY".parse().unwrap()), Err(MoneyError));
    }
}
