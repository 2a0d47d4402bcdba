//! A number in E.164 form.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

use super::ParseError;

/// The most digits an E.164 number has, calling code included (ITU-T E.164, 6.1).
const MAX_DIGITS: usize = 15;

/// The fewest digits taken for a number: a calling code of one digit and two digits behind it.
/// E.164 sets no lower bound; what a country really uses is known to its numbering plan.
const MIN_DIGITS: usize = 3;

/// A phone number in E.164 form: `+`, then 3 to 15 digits, the first of which is not 0.
///
/// The type promises the form. That the number is in use in its country is found out by
/// reading it.
///
/// Numbers sort by their digits from the left, so that those with one prefix stand together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber {
    /// ASCII digits from the left, then zero bytes: the derived order is that of the digits.
    digits: [u8; MAX_DIGITS],
    len: u8,
}

impl PhoneNumber {
    /// Takes a number written as E.164 exactly: `+` and digits, nothing else.
    ///
    /// # Errors
    /// Says which part of the form is not kept.
    pub fn from_e164(text: &str) -> Result<Self, PhoneNumberError> {
        let digits = text.strip_prefix('+').ok_or(PhoneNumberError::NoPlus)?;
        Self::from_digits(digits.as_bytes())
    }

    /// Takes the digits of a number, calling code first, as ASCII.
    fn from_digits(digits: &[u8]) -> Result<Self, PhoneNumberError> {
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(PhoneNumberError::NotDigits);
        }
        if digits.first() == Some(&b'0') {
            return Err(PhoneNumberError::LeadingZero);
        }
        if digits.len() < MIN_DIGITS {
            return Err(PhoneNumberError::TooShort);
        }
        let len = u8::try_from(digits.len()).map_err(|_| PhoneNumberError::TooLong)?;
        let mut held = [0; MAX_DIGITS];
        held.get_mut(..digits.len()).ok_or(PhoneNumberError::TooLong)?.copy_from_slice(digits);
        Ok(Self { digits: held, len })
    }

    /// Joins a calling code and a national number.
    pub(super) fn from_parts(code: u32, national: &[u8]) -> Result<Self, ParseError> {
        let mut number = [0; MAX_DIGITS];
        let mut len = 0;
        let code = [code / 100, code / 10 % 10, code % 10]
            .map(|digit| b'0' + u8::try_from(digit).unwrap_or(0));
        let code = code.iter().skip_while(|digit| **digit == b'0');
        for digit in code.chain(national) {
            *number.get_mut(len).ok_or(ParseError::TooLong { region: None })? = *digit;
            len += 1;
        }
        Self::from_digits(number.get(..len).unwrap_or_default())
            .map_err(|_| ParseError::UnknownCallingCode)
    }

    /// The digits without the plus sign, calling code first: `32470123456`.
    #[must_use]
    pub fn digits(&self) -> &str {
        let held = self.digits.get(..usize::from(self.len)).unwrap_or_default();
        // Only ASCII digits get in, so the fallback is never taken.
        core::str::from_utf8(held).unwrap_or_default()
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A plus sign as part of the text, so that width and alignment hold for the whole.
        let mut text = [b'+'; MAX_DIGITS + 1];
        let digits = self.digits().as_bytes();
        if let Some(rest) = text.get_mut(1..=digits.len()) {
            rest.copy_from_slice(digits);
        }
        let text = text.get(..=digits.len()).unwrap_or_default();
        f.pad(core::str::from_utf8(text).unwrap_or_default())
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({self})")
    }
}

impl FromStr for PhoneNumber {
    type Err = PhoneNumberError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::from_e164(text)
    }
}

/// Why a text is not an E.164 number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneNumberError {
    /// The plus sign in front is missing.
    NoPlus,
    /// Something other than the digits 0 to 9 follows the plus sign.
    NotDigits,
    /// The first digit is 0, which no calling code starts with.
    LeadingZero,
    /// Fewer than 3 digits.
    TooShort,
    /// More than 15 digits.
    TooLong,
}

impl fmt::Display for PhoneNumberError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoPlus => "the number does not start with +: write it as +32470123456",
            Self::NotDigits => "only digits may follow the +: write the number as +32470123456",
            Self::LeadingZero => "no calling code starts with 0: leave the zeros after the + out",
            Self::TooShort => "the number has fewer than 3 digits: write all of it",
            Self::TooLong => "the number has more than 15 digits: write one number alone",
        })
    }
}

impl Error for PhoneNumberError {}
