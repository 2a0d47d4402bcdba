//! Encodings, and how many units one part holds in each.

use super::alphabet;
use super::national::{self, Language};
use super::options::Reference;

/// Octets of user data in one message (3GPP TS 23.040, 9.2.3.16).
pub const USER_DATA_OCTETS: u32 = 140;

/// How the characters of a message travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// GSM 7-bit: counted in septets.
    Gsm7,
    /// UCS-2, in practice UTF-16: counted in 16-bit units.
    Ucs2,
}

impl Encoding {
    /// `GSM7` or `UCS2`, as on the command line and in the API.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gsm7 => "GSM7",
            Self::Ucs2 => "UCS2",
        }
    }
}

impl core::fmt::Display for Encoding {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The tables a GSM 7-bit message is written in; `None` is the default table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shift {
    /// Replaces the default alphabet.
    pub locking: Option<Language>,
    /// Replaces the default extension table.
    pub single: Option<Language>,
}

impl Shift {
    /// Information elements that the message's header needs for these tables: 0 to 2.
    #[must_use]
    pub fn elements(self) -> u32 {
        u32::from(self.locking.is_some()) + u32::from(self.single.is_some())
    }
}

/// Octets of the user data header, its length octet included; 0 where none is needed.
///
/// One octet of length, 5 or 6 for the concatenation element, 3 for each national table
/// (3GPP TS 23.040, 9.2.3.24).
#[must_use]
pub fn header_octets(shift: Shift, concatenated: Option<Reference>) -> u32 {
    let reference = match concatenated {
        None => 0,
        Some(Reference::Bits8) => 5,
        Some(Reference::Bits16) => 6,
    };
    let elements = reference + 3 * shift.elements();
    if elements == 0 { 0 } else { 1 + elements }
}

/// Units that one part holds: septets for GSM-7, 16-bit units for UCS-2.
///
/// `concatenated` is the reference of a message in several parts, `None` for a message that is
/// one part. `shift` matters for GSM-7 only.
#[must_use]
pub fn capacity(encoding: Encoding, shift: Shift, concatenated: Option<Reference>) -> u32 {
    match encoding {
        Encoding::Gsm7 => (USER_DATA_OCTETS - header_octets(shift, concatenated)) * 8 / 7,
        Encoding::Ucs2 => (USER_DATA_OCTETS - header_octets(Shift::default(), concatenated)) / 2,
    }
}

/// Units that a code point takes: 1 or 2; none if the encoding's tables do not have it.
#[inline]
pub(super) fn units(encoding: Encoding, shift: Shift, code: u32) -> Option<usize> {
    match encoding {
        Encoding::Ucs2 => Some(if code > 0xFFFF { 2 } else { 1 }),
        Encoding::Gsm7 if shift == Shift::default() => match alphabet::septets(code) {
            0 => None,
            septets => Some(usize::from(septets)),
        },
        Encoding::Gsm7 => national::septets(shift, code),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacities_of_the_specification() {
        let turkish = Some(Language::Turkish);
        let none = Shift::default();
        let one = Shift { single: turkish, ..none };
        let two = Shift { locking: turkish, single: turkish };
        let gsm7 = |shift, reference| capacity(Encoding::Gsm7, shift, reference);
        let ucs2 = |reference| capacity(Encoding::Ucs2, none, reference);
        assert_eq!([gsm7(none, None), ucs2(None)], [160, 70]);
        assert_eq!([gsm7(none, Some(Reference::Bits8)), ucs2(Some(Reference::Bits8))], [153, 67]);
        assert_eq!([gsm7(none, Some(Reference::Bits16)), ucs2(Some(Reference::Bits16))], [152, 66]);
        assert_eq!([gsm7(one, None), gsm7(two, None)], [155, 152]);
        assert_eq!(
            [gsm7(one, Some(Reference::Bits8)), gsm7(two, Some(Reference::Bits8))],
            [149, 146]
        );
    }
}
