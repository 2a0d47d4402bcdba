//! The user data header and its information elements (3GPP TS 23.040, 9.2.3.24).

use alloc::vec::Vec;
use core::fmt;

use super::super::encoding::Shift;
use super::super::national::{self, Language};
use super::super::options::Reference;

const CONCATENATION_8: u8 = 0x00;
const CONCATENATION_16: u8 = 0x08;
const SINGLE_SHIFT: u8 = 0x24;
const LOCKING_SHIFT: u8 = 0x25;

/// Which part of which message this is (3GPP TS 23.040, 9.2.3.24.1 and 9.2.3.24.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Concatenation {
    /// Size of the reference.
    pub size: Reference,
    /// What the parts of one message have in common.
    pub reference: u16,
    /// Parts of the message: 1 to 255.
    pub parts: u8,
    /// Number of this part: 1 to `parts`.
    pub number: u8,
}

/// What a user data header says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) concatenation: Option<Concatenation>,
    pub(super) shift: Shift,
}

impl Header {
    /// The header with its length octet; empty if there is nothing to say.
    pub(super) fn octets(self) -> Vec<u8> {
        let mut octets = Vec::new();
        if let Some(Concatenation { size, reference, parts, number }) = self.concatenation {
            let [high, low] = reference.to_be_bytes();
            match size {
                Reference::Bits8 => octets.extend([CONCATENATION_8, 3, low, parts, number]),
                Reference::Bits16 => octets.extend([CONCATENATION_16, 4, high, low, parts, number]),
            }
        }
        let shifts = [(SINGLE_SHIFT, self.shift.single), (LOCKING_SHIFT, self.shift.locking)];
        for (identifier, language) in shifts {
            octets.extend(language.iter().flat_map(|l| [identifier, 1, l.identifier()]));
        }
        if let Ok(length @ 1..) = u8::try_from(octets.len()) {
            octets.insert(0, length);
        }
        octets
    }

    /// Reads the header at the start of user data: what it says, and how many octets it has.
    ///
    /// As the specification has it, unknown elements are passed over, of an element that comes
    /// twice the last one holds, and so it does of the two sizes of reference; an element whose
    /// content is reserved is ignored.
    pub(super) fn read(octets: &[u8]) -> Result<(Self, usize), HeaderError> {
        let (&length, rest) = octets.split_first().ok_or(HeaderError::Missing)?;
        let elements = rest.get(..usize::from(length)).ok_or(HeaderError::TooLong { length })?;
        let mut header = Self::default();
        let mut rest = elements;
        while let Some((&identifier, tail)) = rest.split_first() {
            let cut_off = HeaderError::ElementCutOff { identifier };
            let (&length, tail) = tail.split_first().ok_or(cut_off)?;
            let (data, tail) = tail.split_at_checked(usize::from(length)).ok_or(cut_off)?;
            header.element(identifier, data)?;
            rest = tail;
        }
        Ok((header, 1 + elements.len()))
    }

    fn element(&mut self, identifier: u8, data: &[u8]) -> Result<(), HeaderError> {
        match (identifier, data) {
            (CONCATENATION_8, &[low, parts, number]) => {
                self.concatenated(Reference::Bits8, [0, low], parts, number);
            }
            (CONCATENATION_16, &[high, low, parts, number]) => {
                self.concatenated(Reference::Bits16, [high, low], parts, number);
            }
            (SINGLE_SHIFT, &[language]) => {
                if let Some(language) = Language::from_identifier(language) {
                    self.shift.single = Some(language);
                }
            }
            (LOCKING_SHIFT, &[language]) => {
                if let Some(shift) = national::shift(language, 0)
                    && shift.locking.is_some()
                {
                    self.shift.locking = shift.locking;
                }
            }
            (CONCATENATION_8 | CONCATENATION_16 | SINGLE_SHIFT | LOCKING_SHIFT, _) => {
                return Err(HeaderError::ElementLength { identifier });
            }
            _ => {}
        }
        Ok(())
    }

    fn concatenated(&mut self, size: Reference, reference: [u8; 2], parts: u8, number: u8) {
        if number != 0 && number <= parts {
            let reference = u16::from_be_bytes(reference);
            self.concatenation = Some(Concatenation { size, reference, parts, number });
        }
    }
}

/// A user data header that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HeaderError {
    /// A header is announced, and there are no octets.
    Missing,
    /// The header would go on after the end of the user data.
    TooLong {
        /// Length in octets, as the header says.
        length: u8,
    },
    /// The last element goes on after the end of the header.
    ElementCutOff {
        /// The element's identifier.
        identifier: u8,
    },
    /// An element has not the length that the specification gives it.
    ElementLength {
        /// The element's identifier.
        identifier: u8,
    },
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("A header is announced, but the user data is empty."),
            Self::TooLong { length } => {
                write!(f, "The header gives its length as {length}, more than the user data has.")
            }
            Self::ElementCutOff { identifier } => {
                write!(f, "Element 0x{identifier:02X} goes on after the end of the header.")
            }
            Self::ElementLength { identifier } => {
                write!(f, "Element 0x{identifier:02X} has a length it cannot have.")
            }
        }
    }
}

impl core::error::Error for HeaderError {}
