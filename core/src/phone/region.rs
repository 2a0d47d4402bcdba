//! Countries and territories.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// A country or territory: its ISO 3166-1 alpha-2 code, as in `BE`.
///
/// Beside the officially assigned codes it takes `XK` (Kosovo), `AC` (Ascension Island) and
/// `TA` (Tristan da Cunha), which have numbering plans of their own. A number that belongs to no
/// country, such as `+800…`, has no region.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region([u8; 2]);

/// For each first letter the second letters, in order.
const SECOND_LETTERS: [&str; 26] = [
    "CDEFGILMOQRSTUWXZ",
    "ABDEFGHIJLMNOQRSTVWYZ",
    "ACDFGHIKLMNORUVWXYZ",
    "EJKMOZ",
    "CEGHRST",
    "IJKMOR",
    "ABDEFGHILMNPQRSTUWY",
    "KMNRTU",
    "DELMNOQRST",
    "EMOP",
    "EGHIMNPRWYZ",
    "ABCIKRSTUVY",
    "ACDEFGHKLMNOPQRSTUVWXYZ",
    "ACEFGILOPRUZ",
    "M",
    "AEFGHKLMNRSTWY",
    "A",
    "EOSUW",
    "ABCDEGHIJKLMNORSTVXYZ",
    "ACDFGHJKLMNORTVWZ",
    "AGMSYZ",
    "ACEGINU",
    "FS",
    "K",
    "ET",
    "AMW",
];

impl Region {
    /// The code, two capital letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        // Only ASCII letters get in, so the fallback is never taken.
        core::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Region {
    type Err = UnknownRegion;

    /// Takes the two letters, in capitals or not.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let [first, second] = text.as_bytes() else { return Err(UnknownRegion) };
        let (first, second) = (first.to_ascii_uppercase(), second.to_ascii_uppercase());
        let row = first.checked_sub(b'A').ok_or(UnknownRegion)?;
        let seconds = SECOND_LETTERS.get(usize::from(row)).ok_or(UnknownRegion)?;
        if seconds.as_bytes().contains(&second) {
            Ok(Self([first, second]))
        } else {
            Err(UnknownRegion)
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text that is no country's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct UnknownRegion;

impl fmt::Display for UnknownRegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no country code: use the two letters of ISO 3166-1, such as BE")
    }
}

impl Error for UnknownRegion {}
