//! Septets in octets: the first septet in the lowest bits of the first octet, no gaps
//! (3GPP TS 23.038, 6.1.2.1.1).

use alloc::vec::Vec;

/// Septets that octets from the start of the user data take up, the last one filled up
/// (3GPP TS 23.040, 9.2.3.24).
pub(super) fn septets_of(octets: usize) -> usize {
    (octets * 8).div_ceil(7)
}

/// Octets that septets from the start of the user data take up.
pub(super) fn octets_of(septets: usize) -> usize {
    (septets * 7).div_ceil(8)
}

/// Writes septets after a header.
pub(super) struct SeptetWriter {
    octets: Vec<u8>,
    /// Septets so far, those that the header and its fill bits take up among them.
    septets: usize,
}

impl SeptetWriter {
    pub(super) fn after(header: Vec<u8>) -> Self {
        let septets = septets_of(header.len());
        Self { octets: header, septets }
    }

    pub(super) fn push(&mut self, septet: u8) {
        let (octet, bit) = (self.septets * 7 / 8, self.septets * 7 % 8);
        self.septets += 1;
        self.octets.resize(octets_of(self.septets), 0);
        let spread = u16::from(septet & 0x7F) << bit;
        for (octet, bits) in self.octets.iter_mut().skip(octet).zip(spread.to_le_bytes()) {
            *octet |= bits;
        }
    }

    /// The octets, and the length in septets.
    pub(super) fn finish(self) -> (Vec<u8>, usize) {
        (self.octets, self.septets)
    }
}

/// A septet by its number, none beyond the octets.
pub(super) fn septet(octets: &[u8], number: usize) -> Option<u8> {
    let (octet, bit) = (number * 7 / 8, number * 7 % 8);
    let low = u16::from(*octets.get(octet)?);
    let high = u16::from(octets.get(octet + 1).copied().unwrap_or(0));
    if octets_of(number + 1) > octets.len() {
        return None;
    }
    let [septet, _] = ((high << 8 | low) >> bit & 0x7F).to_le_bytes();
    Some(septet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for header in 0..20 {
            let mut writer = SeptetWriter::after(alloc::vec![0xA5; header]);
            let first = septets_of(header);
            for number in 0..100_u8 {
                writer.push(number.wrapping_mul(37) & 0x7F);
            }
            let (octets, septets) = writer.finish();
            assert_eq!((septets, octets.len()), (first + 100, octets_of(first + 100)));
            assert!(octets.iter().take(header).all(|&octet| octet == 0xA5));
            for number in 0..100_u8 {
                let expected = number.wrapping_mul(37) & 0x7F;
                assert_eq!(septet(&octets, first + usize::from(number)), Some(expected));
            }
        }
        assert_eq!(septet(&[0; 7], 7), Some(0));
        assert_eq!(septet(&[0; 7], 8), None);
        assert_eq!(septet(&[0; 6], 6), None);
    }
}
