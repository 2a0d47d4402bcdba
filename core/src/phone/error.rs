//! Why a text is not taken for a phone number.

use core::error::Error;
use core::fmt;

use super::Region;

/// Why a text is not taken for a phone number. What was typed stays with the caller.
///
/// Positions are bytes from the start of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParseError {
    /// The numbering plans are not there yet; see [`install_plans`](super::install_plans).
    NoPlans,
    /// Nothing but white space.
    Empty,
    /// There are letters in it.
    Letters {
        /// Where the first one stands.
        at: usize,
    },
    /// There is a sign in it that no phone number has, or a plus sign that is not in front.
    NotANumber {
        /// Where the sign stands.
        at: usize,
    },
    /// A number with an extension, which is not reached by SMS.
    Extension {
        /// Where the extension begins.
        at: usize,
    },
    /// Written without the calling code, and no default country was given.
    NoCountry,
    /// Written with a calling code, but no country has it.
    UnknownCallingCode,
    /// Fewer digits than any number of the country has.
    TooShort {
        /// The main country of the calling code, if it belongs to countries.
        region: Option<Region>,
    },
    /// More digits than any number of the country has.
    TooLong {
        /// The main country of the calling code, if it belongs to countries.
        region: Option<Region>,
    },
    /// As many digits as are dialled inside an area.
    NoAreaCode {
        /// The main country of the calling code, if it belongs to countries.
        region: Option<Region>,
    },
    /// The country has no such number.
    NotInUse {
        /// The main country of the calling code, if it belongs to countries.
        region: Option<Region>,
    },
}

/// The end of a sentence that names the country.
struct Of(Option<Region>);

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |region| write!(f, " for {region}"))
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NoPlans => f.write_str(
                "the countries' numbering plans are not loaded yet: wait a moment and try again",
            ),
            Self::Empty => f.write_str("there is no number: type one"),
            Self::Letters { .. } => {
                f.write_str("there are letters in the number: write it with digits only")
            }
            Self::NotANumber { .. } => f.write_str(
                "there is a sign in the number that does not belong there: write it with digits, \
                 spaces and a + in front",
            ),
            Self::Extension { .. } => f.write_str(
                "an SMS does not reach an extension: write the number without it, or a mobile \
                 number",
            ),
            Self::NoCountry => f.write_str(
                "the country of the number is not known: write it with + and the country's \
                 calling code, or choose a default country",
            ),
            Self::UnknownCallingCode => {
                f.write_str("no country has this calling code: check the digits after the +")
            }
            Self::TooShort { region } => {
                write!(f, "the number is too short{}: check whether digits are missing", Of(region))
            }
            Self::TooLong { region } => write!(
                f,
                "the number is too long{}: check the digits, and write one number at a time",
                Of(region)
            ),
            Self::NoAreaCode { region } => {
                write!(f, "the area code is missing{}: write the number with it", Of(region))
            }
            Self::NotInUse { region } => {
                write!(
                    f,
                    "no such number is in use{}: check the digits and the country",
                    Of(region)
                )
            }
        }
    }
}

impl Error for ParseError {}
