//! Reads the user data of one part.

use alloc::vec::Vec;
use core::fmt;

use super::super::alphabet::ESCAPE;
use super::super::encoding::{Encoding, Shift, USER_DATA_OCTETS};
use super::super::fill::to_usize;
use super::super::national::{locking_character, single_character};
use super::UserData;
use super::header::{Concatenation, Header, HeaderError};
use super::septets::{octets_of, septet, septets_of};

/// The text of one part, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Segment {
    /// How the characters travelled.
    pub encoding: Encoding,
    /// The tables the text was written in; the default ones for UCS-2, whatever the header says.
    pub shift: Shift,
    /// Which part it is; `None` for a message that is one part.
    pub concatenation: Option<Concatenation>,
    /// The text in UTF-16: other senders may tear a surrogate pair apart between two parts.
    pub text: Vec<u16>,
}

/// Reads the user data of one part.
///
/// A septet that has no character reads as the specification wants: after an escape as the
/// character of the locking shift table, an escape after an escape as a space. A septet that the
/// locking shift table reserves reads as U+FFFD.
///
/// # Errors
/// [`UnpackError`] for user data that no sender may send, and for data that is not text.
pub fn unpack(user_data: &UserData) -> Result<Segment, UnpackError> {
    let UserData { has_header, data_coding, length, ref octets } = *user_data;
    if octets.len() > to_usize(USER_DATA_OCTETS) {
        return Err(UnpackError::TooLong { octets: octets.len() });
    }
    let encoding = encoding(data_coding)?;
    let expected = match encoding {
        Encoding::Gsm7 => octets_of(usize::from(length)),
        Encoding::Ucs2 => usize::from(length),
    };
    if expected != octets.len() {
        return Err(UnpackError::LengthMismatch { length, octets: octets.len() });
    }
    let (Header { concatenation, shift }, start) =
        if has_header { Header::read(octets)? } else { (Header::default(), 0) };
    let (text, shift) = match encoding {
        Encoding::Gsm7 => (gsm7(octets, septets_of(start), usize::from(length), shift)?, shift),
        Encoding::Ucs2 => (ucs2(octets.get(start..).unwrap_or_default())?, Shift::default()),
    };
    Ok(Segment { encoding, shift, concatenation, text })
}

/// The encoding that a data coding scheme names (3GPP TS 23.038, 4). Reserved ones stand for the
/// GSM 7-bit alphabet.
fn encoding(data_coding: u8) -> Result<Encoding, UnpackError> {
    let general = match data_coding >> 4 {
        0x0..=0x7 if data_coding & 0x20 != 0 => return Err(UnpackError::NotText { data_coding }),
        0x0..=0x7 => data_coding >> 2 & 0b11,
        0xE => 0b10,
        0xF => data_coding >> 2 & 0b01,
        _ => 0b00,
    };
    match general {
        0b01 => Err(UnpackError::NotText { data_coding }),
        0b10 => Ok(Encoding::Ucs2),
        _ => Ok(Encoding::Gsm7),
    }
}

fn gsm7(octets: &[u8], from: usize, to: usize, shift: Shift) -> Result<Vec<u16>, UnpackError> {
    if from > to {
        return Err(UnpackError::HeaderTooLong);
    }
    let mut septets = (from..to).map_while(|number| septet(octets, number));
    let mut text = Vec::with_capacity(to - from);
    while let Some(septet) = septets.next() {
        let character = if septet == ESCAPE {
            escaped(septets.next(), shift)
        } else {
            locking_character(shift.locking, septet)
        };
        let character = character.unwrap_or(char::REPLACEMENT_CHARACTER);
        text.extend_from_slice(character.encode_utf16(&mut [0; 2]));
    }
    Ok(text)
}

fn escaped(septet: Option<u8>, shift: Shift) -> Option<char> {
    match septet {
        None | Some(ESCAPE) => Some(' '),
        Some(septet) => single_character(shift.single, septet)
            .or_else(|| locking_character(shift.locking, septet)),
    }
}

fn ucs2(octets: &[u8]) -> Result<Vec<u16>, UnpackError> {
    let (units, rest) = octets.as_chunks();
    if rest.is_empty() {
        Ok(units.iter().map(|&unit| u16::from_be_bytes(unit)).collect())
    } else {
        Err(UnpackError::HalfUnit)
    }
}

/// User data that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnpackError {
    /// More than 140 octets.
    TooLong {
        /// Octets there are.
        octets: usize,
    },
    /// The length field and the octets contradict each other.
    LengthMismatch {
        /// The length field: septets or octets, as the data coding has it.
        length: u8,
        /// Octets there are.
        octets: usize,
    },
    /// The data coding says 8-bit data or compressed text.
    NotText {
        /// The data coding scheme.
        data_coding: u8,
    },
    /// The header cannot be read.
    Header(HeaderError),
    /// The header goes on after the last septet.
    HeaderTooLong,
    /// UCS-2 text ends with half a unit.
    HalfUnit,
}

impl fmt::Display for UnpackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { octets } => {
                write!(
                    f,
                    "The user data has {octets} octets; at most {USER_DATA_OCTETS} are allowed."
                )
            }
            Self::LengthMismatch { length, octets } => {
                write!(
                    f,
                    "The user data has {octets} octets, which a length of {length} does not allow."
                )
            }
            Self::NotText { data_coding } => {
                write!(f, "Data coding 0x{data_coding:02X} is not readable as text.")
            }
            Self::Header(error) => error.fmt(f),
            Self::HeaderTooLong => f.write_str("The header goes on after the last septet."),
            Self::HalfUnit => f.write_str("The UCS-2 text ends with half a unit."),
        }
    }
}

impl core::error::Error for UnpackError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Header(error) => Some(error),
            _ => None,
        }
    }
}

impl From<HeaderError> for UnpackError {
    fn from(error: HeaderError) -> Self {
        Self::Header(error)
    }
}
