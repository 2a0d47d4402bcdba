//! Dial prefixes.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

use crate::phone::PhoneNumber;

/// Bits that hold one digit.
const DIGIT_BITS: u32 = 4;

/// The first digits of international phone numbers, calling code first, without `+`: `32`, `1242`.
///
/// 1 to 15 digits, the first of which is not 0. Prefixes sort by their digits from the left, so
/// that `44` stands before `441`, and that before `45`.
// The digits stand from the top in four bits each, a digit more by one than it says, so that the
// zero bits behind the last digit are less than any digit. Comparing and cutting prefixes are
// then single operations on a word, which pricing does for every recipient.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Prefix(u64);

impl Prefix {
    /// The number of digits, 1 to 15.
    #[must_use]
    pub const fn digits(self) -> u32 {
        (u64::BITS - self.0.trailing_zeros()).div_ceil(DIGIT_BITS)
    }

    /// Whether these digits begin with those of `shorter`; true where both are the same.
    #[must_use]
    pub const fn starts_with(self, shorter: Self) -> bool {
        self.0 & shorter.mask() == shorter.0
    }

    /// The bits that the digits stand in.
    const fn mask(self) -> u64 {
        top_digits(self.digits())
    }

    /// The first `count` digits.
    const fn first(self, count: u32) -> Self {
        Self(self.0 & top_digits(count))
    }

    /// The E.164 calling code that these digits begin with; nothing where they are too few to
    /// tell.
    ///
    /// One digit in the zones 1 and 7, two for the oldest countries of the others, else three
    /// (ITU-T E.164, list of assigned country codes).
    #[must_use]
    pub fn calling_code(self) -> Option<Self> {
        let mut digits = self.ascii();
        let count = match (digits.next()?, digits.next()) {
            (b'1' | b'7', _) => 1,
            (_, None) => return None,
            (b'2', Some(b'0' | b'7'))
            | (b'3', Some(b'0'..=b'4' | b'6' | b'9'))
            | (b'4', Some(b'0' | b'1' | b'3'..=b'9'))
            | (b'5', Some(b'1'..=b'8'))
            | (b'6', Some(b'0'..=b'6'))
            | (b'8', Some(b'1' | b'2' | b'4' | b'6'))
            | (b'9', Some(b'0'..=b'5' | b'8')) => 2,
            _ => 3,
        };
        (count <= self.digits()).then(|| self.first(count))
    }

    /// The digits from the left, as ASCII.
    fn ascii(self) -> impl Iterator<Item = u8> {
        (1..=self.digits()).map(move |place| {
            let packed = (self.0 >> (u64::BITS - place * DIGIT_BITS)) & 0xF;
            b'0' + u8::try_from(packed).unwrap_or_default().saturating_sub(1)
        })
    }

    /// Packs ASCII digits.
    fn pack(digits: &[u8]) -> Result<Self, PrefixError> {
        if digits.first() == Some(&b'0') {
            return Err(PrefixError::LeadingZero);
        }
        let mut packed = 0;
        let mut shift = u64::BITS;
        for digit in digits {
            if !digit.is_ascii_digit() {
                return Err(PrefixError::NotDigits);
            }
            shift -= DIGIT_BITS;
            if shift == 0 {
                return Err(PrefixError::TooLong);
            }
            packed |= u64::from(digit - b'0' + 1) << shift;
        }
        if packed == 0 { Err(PrefixError::Empty) } else { Ok(Self(packed)) }
    }
}

/// The bits that hold the first `count` digits.
const fn top_digits(count: u32) -> u64 {
    match u64::MAX.checked_shr(count * DIGIT_BITS) {
        Some(below) => !below,
        None => u64::MAX,
    }
}

/// All digits of a number, the longest prefix it has.
impl From<&PhoneNumber> for Prefix {
    fn from(number: &PhoneNumber) -> Self {
        // A phone number is made of 3 to 15 digits and does not start with 0: it always packs.
        Self::pack(number.digits().as_bytes()).unwrap_or(Self(0))
    }
}

/// The digits, without `+`.
impl fmt::Display for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = [0; 15];
        let mut count = 0;
        for (place, digit) in text.iter_mut().zip(self.ascii()) {
            *place = digit;
            count += 1;
        }
        let digits = text.get(..count).unwrap_or_default();
        f.pad(core::str::from_utf8(digits).unwrap_or_default())
    }
}

impl fmt::Debug for Prefix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Prefix({self})")
    }
}

/// Reads digits, with or without a `+` in front.
impl FromStr for Prefix {
    type Err = PrefixError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::pack(text.strip_prefix('+').unwrap_or(text).as_bytes())
    }
}

impl TryFrom<&str> for Prefix {
    type Error = PrefixError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Why a text is no dial prefix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PrefixError {
    /// There are no digits.
    Empty,
    /// There is something other than digits.
    NotDigits,
    /// The first digit is 0, which no calling code starts with.
    LeadingZero,
    /// There are more than 15 digits, more than a whole number has.
    TooLong,
}

impl fmt::Display for PrefixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "the prefix is missing: write its digits, as in 32",
            Self::NotDigits => "a prefix is made of digits alone: write it as 32 or +32",
            Self::LeadingZero => "no calling code starts with 0: leave the zeros in front out",
            Self::TooLong => "the prefix has more than 15 digits, more than a whole number",
        })
    }
}

impl Error for PrefixError {}
