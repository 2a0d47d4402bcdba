//! The user data of each part, as it goes to the network: header, fill bits and packed text
//! (3GPP TS 23.040, 9.2.3.16 and 9.2.3.24; TS 23.038, 4 and 6.1.2.1).
//!
//! [`pack()`] sends exactly what [`count()`](super::count()) counted, and [`unpack()`] reads it back.

mod header;
mod join;
mod septets;
mod unpack;

use alloc::vec::Vec;

pub use header::{Concatenation, HeaderError};
pub use join::{JoinError, join};
pub use unpack::{Segment, UnpackError, unpack};

use super::count::count;
use super::encoding::{Encoding, Shift};
use super::national::{locking_septet, single_septet};
use super::options::{CountOptions, Reference};
use super::parts::{PartCount, Parts, TooManyParts, parts};
use super::text::Atoms;
use header::Header;
use septets::SeptetWriter;

use super::alphabet::ESCAPE;

/// What one part carries, field by field as in SMS-SUBMIT and SMS-DELIVER.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UserData {
    /// TP-UDHI: whether the octets begin with a user data header.
    pub has_header: bool,
    /// TP-DCS: 0x00 for the GSM 7-bit alphabet, 0x08 for UCS-2.
    pub data_coding: u8,
    /// TP-UDL: septets for the GSM 7-bit alphabet, octets else. A header counts; for the GSM 7-bit
    /// alphabet with the fill bits after it.
    pub length: u8,
    /// TP-UD: at most 140 octets.
    pub octets: Vec<u8>,
}

const GSM7_DATA_CODING: u8 = 0x00;
const UCS2_DATA_CODING: u8 = 0x08;

/// The user data of each part of a text, in order; none for an empty text.
///
/// `reference` is what the parts of one message have in common and other messages to the same
/// number should not have; of an 8-bit reference it gives the low octet. A message of one part
/// carries none.
///
/// # Errors
/// [`TooManyParts`] above 255 parts.
///
/// ```
/// use iap_core::sms::{CountOptions, pack::pack};
///
/// let mut parts = pack("hello", &CountOptions::default(), 0)?;
/// let octets = parts.next().map(|part| part.octets);
/// assert_eq!(octets, Some(vec![0xE8, 0x32, 0x9B, 0xFD, 0x06]));
/// # Ok::<(), iap_core::sms::TooManyParts>(())
/// ```
pub fn pack<'t>(
    text: &'t str,
    options: &CountOptions,
    reference: u16,
) -> Result<Packed<'t>, TooManyParts> {
    let count = count(text, options);
    let total = count.within(PartCount::MAX)?.get();
    let codes = Atoms::new(text.as_bytes(), 0, options.newlines);
    let parts = parts(text, options);
    Ok(Packed {
        parts,
        codes,
        shift: count.shift,
        size: options.reference,
        reference,
        total,
        number: 0,
    })
}

/// See [`pack`].
#[derive(Clone)]
pub struct Packed<'t> {
    parts: Parts<'t>,
    codes: Atoms<'t, u8>,
    shift: Shift,
    size: Reference,
    reference: u16,
    /// Parts of the whole text.
    total: u8,
    /// Parts yielded.
    number: u8,
}

impl Iterator for Packed<'_> {
    type Item = UserData;

    fn next(&mut self) -> Option<UserData> {
        let units = self.parts.next()?.units;
        self.number = self.number.saturating_add(1);
        let concatenation = (self.total > 1).then_some(Concatenation {
            size: self.size,
            reference: match self.size {
                Reference::Bits8 => self.reference & 0x00FF,
                Reference::Bits16 => self.reference,
            },
            parts: self.total,
            number: self.number,
        });
        Some(match self.parts.encoding() {
            Encoding::Gsm7 => self.gsm7(Header { concatenation, shift: self.shift }, units),
            Encoding::Ucs2 => self.ucs2(Header { concatenation, shift: Shift::default() }, units),
        })
    }
}

impl Packed<'_> {
    fn gsm7(&mut self, header: Header, units: u32) -> UserData {
        let header = header.octets();
        let has_header = !header.is_empty();
        let mut septets = SeptetWriter::after(header);
        let mut written = 0;
        while written < units
            && let Some(atom) = self.codes.next()
        {
            if let Some(septet) = locking_septet(self.shift.locking, atom.code) {
                septets.push(septet);
                written += 1;
            } else if let Some(septet) = single_septet(self.shift.single, atom.code) {
                septets.push(ESCAPE);
                septets.push(septet);
                written += 2;
            }
        }
        let (octets, length) = septets.finish();
        UserData { has_header, data_coding: GSM7_DATA_CODING, length: to_u8(length), octets }
    }

    fn ucs2(&mut self, header: Header, units: u32) -> UserData {
        let mut octets = header.octets();
        let has_header = !octets.is_empty();
        let mut written = 0;
        while written < units
            && let Some(atom) = self.codes.next()
        {
            let character = char::from_u32(atom.code).unwrap_or(char::REPLACEMENT_CHARACTER);
            for unit in character.encode_utf16(&mut [0; 2]) {
                octets.extend_from_slice(&unit.to_be_bytes());
                written += 1;
            }
        }
        let length = to_u8(octets.len());
        UserData { has_header, data_coding: UCS2_DATA_CODING, length, octets }
    }
}

/// No part has more than 160 septets or 140 octets.
fn to_u8(length: usize) -> u8 {
    u8::try_from(length).unwrap_or(u8::MAX)
}
