//! The GSM 7-bit default alphabet and its extension table (3GPP TS 23.038, 6.2.1).

/// The septet that announces a character of the extension table.
pub const ESCAPE: u8 = 0x1B;

/// The default alphabet: the character of each septet. The place of [`ESCAPE`] holds U+001B,
/// which cannot be sent as a character.
pub const DEFAULT: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', //
    'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ', 'Ξ', '\u{1B}', 'Æ', 'æ', 'ß', 'É', //
    ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', //
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', //
    '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', //
    'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§', //
    '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', //
    'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à', //
];

/// The extension table: the septet after [`ESCAPE`] and its character.
pub const EXTENSION: [(u8, char); 10] = [
    (0x0A, '\u{0C}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2F, '\\'),
    (0x3C, '['),
    (0x3D, '~'),
    (0x3E, ']'),
    (0x40, '|'),
    (0x65, '€'),
];

/// Septets of each character below U+0100: 1, 2, or 0 for one outside the alphabet.
const LATIN: [u8; 256] = latin_costs();

/// Greek capitals of the alphabet as bits, counted from U+0390.
const GREEK: u32 = greek_bits();
const GREEK_FIRST: u32 = 0x0390;

#[expect(clippy::as_conversions, reason = "widens in a constant, where From cannot be called")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn latin_costs() -> [u8; 256] {
    let mut costs = [0; 256];
    let mut septet = 0;
    while septet < DEFAULT.len() {
        let code = DEFAULT[septet] as usize;
        if code < costs.len() && septet != ESCAPE as usize {
            costs[code] = 1;
        }
        septet += 1;
    }
    let mut entry = 0;
    while entry < EXTENSION.len() {
        let code = EXTENSION[entry].1 as usize;
        if code < costs.len() {
            costs[code] = 2;
        }
        entry += 1;
    }
    costs
}

#[expect(clippy::as_conversions, reason = "widens in a constant, where From cannot be called")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn greek_bits() -> u32 {
    let mut bits = 0;
    let mut septet = 0;
    while septet < DEFAULT.len() {
        let code = DEFAULT[septet] as u32;
        if code >= GREEK_FIRST {
            bits |= 1 << (code - GREEK_FIRST);
        }
        septet += 1;
    }
    bits
}

/// Septets that a code point takes in the default alphabet and its extension table: 1, 2, or 0
/// if it is in neither. Unpaired surrogates are in neither.
#[inline]
#[expect(clippy::as_conversions, reason = "widens, where a constant function cannot call From")]
#[expect(clippy::indexing_slicing, reason = "below the length of the table")]
pub(crate) const fn septets(code: u32) -> u8 {
    match code {
        0..=0xFF => LATIN[code as usize],
        GREEK_FIRST..=0x03AF => (GREEK >> (code - GREEK_FIRST) & 1) as u8,
        0x20AC => 2,
        _ => 0,
    }
}

/// Whether a character can be sent in the GSM 7-bit default alphabet or its extension table.
#[must_use]
pub fn contains(character: char) -> bool {
    septets(u32::from(character)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_127_single_and_10_double_characters() {
        let (mut single, mut double) = (0, 0);
        for code in 0..=0x0011_0000 {
            match septets(code) {
                1 => single += 1,
                2 => double += 1,
                _ => {}
            }
        }
        assert_eq!((single, double), (127, 10));
    }

    #[test]
    fn traps_are_outside() {
        for character in ['ç', '`', '\t', '\u{A0}', '\u{1B}', '\u{212B}', 'Α', 'Á', 'È', '’']
        {
            assert!(!contains(character), "{character:?}");
        }
        for character in ['Ç', 'à', 'É', '\r', '\n', '\u{0C}', '€', '@', 'Ω'] {
            assert!(contains(character), "{character:?}");
        }
    }
}
