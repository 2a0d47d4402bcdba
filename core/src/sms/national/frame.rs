//! What the tables in Indic and Arabic scripts have in common: a frame of Latin letters, digits and
//! signs around the letters of the script.

/// A septet with no character.
pub(super) const NONE: u8 = 0;

/// What is a script's own in its two tables.
pub(super) struct Script {
    /// First code point of the script's Unicode block.
    pub(super) block: u16,
    /// The letters of the locking shift table as offsets in the block, for each septet of
    /// [`LETTER_CELLS`] in order; [`NONE`] where there is none.
    pub(super) locking: [u8; 80],
    /// The single shift table beside its frame: a septet, and the characters from there on.
    pub(super) single: &'static [(u8, &'static [u16])],
}

/// The septets of the locking shift tables that differ from script to script, as first and last.
/// The others hold what [`locking_frame`] says.
pub(super) const LETTER_CELLS: [(u8, u8); 11] = [
    (0x00, 0x09),
    (0x0B, 0x0C),
    (0x0E, 0x1A),
    (0x1C, 0x1F),
    (0x22, 0x27),
    (0x2A, 0x2B),
    (0x2D, 0x2D),
    (0x2F, 0x2F),
    (0x3C, 0x3E),
    (0x40, 0x60),
    (0x7B, 0x7F),
];

/// The locking shift tables' frame: ASCII in its place, but for the round brackets, which have
/// changed places.
pub(super) const fn locking_frame(septet: u8) -> Option<u8> {
    match septet {
        0x28 => Some(b')'),
        0x29 => Some(b'('),
        b'\n' | b'\r' | b' ' | b'!' | b',' | b'.' | b'0'..=b';' | b'?' | b'a'..=b'z' => {
            Some(septet)
        }
        _ => None,
    }
}

/// The single shift tables' frame, beside the default extension table and the capitals A to Z,
/// which stand at their ASCII codes. `*` and `¡` have two codes each; the first is the one to send.
pub(super) const SINGLE_FRAME: [(u8, char); 22] = [
    (0x00, '@'),
    (0x01, '£'),
    (0x02, '$'),
    (0x03, '¥'),
    (0x04, '¿'),
    (0x05, '"'),
    (0x06, '¤'),
    (0x07, '%'),
    (0x08, '&'),
    (0x09, '\''),
    (0x0B, '*'),
    (0x0C, '+'),
    (0x0E, '-'),
    (0x0F, '/'),
    (0x10, '<'),
    (0x11, '='),
    (0x12, '>'),
    (0x13, '¡'),
    (0x15, '¡'),
    (0x16, '_'),
    (0x17, '#'),
    (0x18, '*'),
];
