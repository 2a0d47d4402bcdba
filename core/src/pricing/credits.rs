//! Amounts of credits.

use alloc::format;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// The decimals that every amount is shown with.
const SHOWN_DECIMALS: usize = 4;

/// The decimals an amount can have.
const DECIMALS: usize = 6;

/// An amount of credits, exact to a millionth.
///
/// A balance or a total is never negative; a difference (what a change saves or costs) can be.
/// The type holds both: what must not be negative is a [`PartPrice`](super::PartPrice), or is
/// checked where it is made. No operation rounds, and none goes through floating point.
///
/// The range is about ±9.2 billion credits (`i64` millionths); leaving it is an error, never a
/// wrapped number.
///
/// ```
/// use iap_core::pricing::Credits;
///
/// let price: Credits = "0.0616".parse()?;
/// assert_eq!(price.millionths(), 61_600);
/// assert_eq!(price.checked_mul(6)?.to_string(), "0.3696");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Credits(i64);

impl Credits {
    /// No credits.
    pub const ZERO: Self = Self(0);

    /// The largest amount.
    pub const MAX: Self = Self(i64::MAX);

    /// The smallest amount, below zero.
    pub const MIN: Self = Self(i64::MIN);

    /// Millionths in one credit.
    pub const MILLIONTHS: i64 = 1_000_000;

    /// The amount of so many millionths of a credit.
    #[must_use]
    pub const fn from_millionths(millionths: i64) -> Self {
        Self(millionths)
    }

    /// The amount in millionths of a credit.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Whether the amount is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// The amount nearest to a number as JSON writes it, such as `0.1`, `3e-2` or
    /// `0.30000000000000004`; half a millionth is rounded away from zero. This is the one place
    /// that rounds: programs that calculate in binary floating point send amounts that are off by
    /// less than they mean.
    ///
    /// # Errors
    /// [`ParseCreditsError`] where it is no number of JSON, or out of range.
    ///
    /// ```
    /// use iap_core::pricing::Credits;
    ///
    /// assert_eq!(Credits::nearest("0.30000000000000004")?, "0.3".parse()?);
    /// # Ok::<(), iap_core::pricing::ParseCreditsError>(())
    /// ```
    pub fn nearest(number: &str) -> Result<Self, ParseCreditsError> {
        if number.is_empty() {
            return Err(ParseCreditsError::Empty);
        }
        let (mantissa, exponent) = match number.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
                if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                    return Err(ParseCreditsError::NotDecimal);
                }
                // Exponents beyond any reason are like those that are just beyond it.
                let size = digits.parse::<i64>().unwrap_or(i64::MAX).min(1_000_000);
                (mantissa, if exponent.starts_with('-') { -size } else { size })
            }
            None => (number, 0),
        };
        let (negative, unsigned) = match mantissa.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = || whole.bytes().chain(decimals.bytes());
        if whole.is_empty() || decimals.is_empty() || !digits().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseCreditsError::NotDecimal);
        }
        // Where the millionths end, counted from the first digit.
        let places = i64::try_from(whole.len() + DECIMALS).unwrap_or(i64::MAX);
        let end = places.saturating_add(exponent);
        let mut magnitude = 0_u64;
        let mut place = 0;
        let mut all = digits().map(|digit| u64::from(digit - b'0'));
        while place < end {
            let digit = all.next();
            if digit.is_none() && magnitude == 0 {
                break;
            }
            magnitude = magnitude
                .checked_mul(10)
                .and_then(|sum| sum.checked_add(digit.unwrap_or(0)))
                .ok_or(ParseCreditsError::OutOfRange)?;
            place += 1;
        }
        if place == end && all.next().is_some_and(|digit| digit >= 5) {
            magnitude = magnitude.checked_add(1).ok_or(ParseCreditsError::OutOfRange)?;
        }
        let millionths = if negative {
            0_i64.checked_sub_unsigned(magnitude)
        } else {
            0_i64.checked_add_unsigned(magnitude)
        };
        millionths.map(Self).ok_or(ParseCreditsError::OutOfRange)
    }

    /// The sum.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the sum is out of range.
    pub fn checked_add(self, other: Self) -> Result<Self, CreditsOverflow> {
        self.0.checked_add(other.0).map(Self).ok_or(CreditsOverflow)
    }

    /// The difference; negative where `other` is the larger.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the difference is out of range.
    pub fn checked_sub(self, other: Self) -> Result<Self, CreditsOverflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(CreditsOverflow)
    }

    /// `count` times the amount, as in parts × the price of one.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the product is out of range.
    pub fn checked_mul(self, count: u64) -> Result<Self, CreditsOverflow> {
        let product = i128::from(self.0).checked_mul(i128::from(count)).ok_or(CreditsOverflow)?;
        i64::try_from(product).map(Self).map_err(|_| CreditsOverflow)
    }

    /// The sum of all amounts; [`Credits::ZERO`] of none.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the sum, or a sum on the way to it, is out of range.
    pub fn checked_sum(amounts: impl IntoIterator<Item = Self>) -> Result<Self, CreditsOverflow> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }
}

/// Exact, with four to six decimals: `9.3300`, `0.0616`, `0.000001`, `-1.5000`.
impl fmt::Display for Credits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = Self::MILLIONTHS.unsigned_abs();
        let magnitude = self.0.unsigned_abs();
        let (whole, rest) = (magnitude / unit, magnitude % unit);
        let text = format!("{whole}.{rest:0>DECIMALS$}");
        let spare = DECIMALS - SHOWN_DECIMALS;
        let zeros = text.bytes().rev().take(spare).take_while(|&digit| digit == b'0').count();
        let shown = text.get(..text.len().saturating_sub(zeros)).unwrap_or(&text);
        f.pad_integral(!self.is_negative(), "", shown)
    }
}

/// Reads a decimal such as `12`, `0.0616` or `-1.5`: digits with a point between them and at most
/// six behind it, a minus sign in front where the amount is negative.
impl FromStr for Credits {
    type Err = ParseCreditsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if unsigned.is_empty() {
            return Err(ParseCreditsError::Empty);
        }
        let (whole, decimals) = match unsigned.split_once('.') {
            Some((whole, decimals)) if !decimals.is_empty() => (whole, decimals),
            Some(_) => return Err(ParseCreditsError::NotDecimal),
            None => (unsigned, ""),
        };
        let digits = || whole.bytes().chain(decimals.bytes());
        if whole.is_empty() || !digits().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseCreditsError::NotDecimal);
        }
        let missing = DECIMALS.checked_sub(decimals.len()).ok_or(ParseCreditsError::TooPrecise)?;
        let magnitude = digits()
            .map(|digit| digit - b'0')
            .chain(core::iter::repeat_n(0, missing))
            .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(u64::from(digit)))
            .ok_or(ParseCreditsError::OutOfRange)?;
        let millionths = if negative {
            0_i64.checked_sub_unsigned(magnitude)
        } else {
            0_i64.checked_add_unsigned(magnitude)
        };
        millionths.map(Self).ok_or(ParseCreditsError::OutOfRange)
    }
}

impl TryFrom<&str> for Credits {
    type Error = ParseCreditsError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Why a text is no amount of credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParseCreditsError {
    /// There are no digits.
    Empty,
    /// It is no plain decimal: an exponent, a comma, a currency sign, a word.
    NotDecimal,
    /// It has more than six decimals; none is dropped silently, not even a zero.
    TooPrecise,
    /// It is beyond the range of [`Credits`].
    OutOfRange,
}

impl fmt::Display for ParseCreditsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the amount is missing: write it as 0.0616",
            Self::NotDecimal => "this is no amount: write digits with a point, as in 0.0616",
            Self::TooPrecise => "the amount has more than 6 decimals: round it to 6",
            Self::OutOfRange => "the amount is too large",
        })
    }
}

impl Error for ParseCreditsError {}

/// A calculation left the range of [`Credits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CreditsOverflow;

impl fmt::Display for CreditsOverflow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the amount is too large to calculate: use fewer recipients or lower prices")
    }
}

impl Error for CreditsOverflow {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_amount() {
        for (number, millionths) in [
            ("0", 0),
            ("-0.0", 0),
            ("4", 4_000_000),
            ("4.0", 4_000_000),
            ("-2.5", -2_500_000),
            ("0.1", 100_000),
            ("0.30000000000000004", 300_000),
            ("1.0000004999", 1_000_000),
            ("1.0000005", 1_000_001),
            ("-1.0000005", -1_000_001),
            ("5e-7", 1),
            ("4.9e-7", 0),
            ("5e-8", 0),
            ("1e-400", 0),
            ("3E-2", 30_000),
            ("1.5e+3", 1_500_000_000),
            ("0e999999999999", 0),
            ("9223372036854.775807", i64::MAX),
            ("-9223372036854.775808", i64::MIN),
            ("92233720368547758.07e-4", i64::MAX),
        ] {
            assert_eq!(Credits::nearest(number), Ok(Credits(millionths)), "{number}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in ["NaN", "Infinity", "-", "1.", ".5", "1e", "1e+", "1e1.5", "1 ", "0x1", "--1"] {
            assert_eq!(Credits::nearest(bad), Err(ParseCreditsError::NotDecimal), "{bad}");
        }
        assert_eq!(Credits::nearest(""), Err(ParseCreditsError::Empty));
        for large in ["9223372036854.7758075", "1e13", "1e999999999999", "-1e300"] {
            assert_eq!(Credits::nearest(large), Err(ParseCreditsError::OutOfRange), "{large}");
        }
    }
}
