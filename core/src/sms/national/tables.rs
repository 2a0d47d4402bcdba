//! Every table as 128 characters, put together by the compiler.

use super::super::alphabet::{DEFAULT, ESCAPE, EXTENSION};
use super::arabic::URDU;
use super::frame::{LETTER_CELLS, NONE, SINGLE_FRAME, Script, locking_frame};
use super::indic::{BENGALI, GUJARATI, HINDI, KANNADA, MALAYALAM, ORIYA, PUNJABI, TAMIL, TELUGU};
use super::language::Language;
use super::latin::{
    Entry, PORTUGUESE_LOCKING, PORTUGUESE_SINGLE, SPANISH_SINGLE, TURKISH_LOCKING, TURKISH_SINGLE,
};

/// The character of each septet, all of them in the Basic Multilingual Plane.
pub(super) type Table = [u16; 128];

/// What stands where a septet has no character; U+0000 is in no table.
pub(super) const NO_CHARACTER: u16 = 0;

const EMPTY: Table = [NO_CHARACTER; 128];

/// Locking shift tables by identifier; 0 is the default alphabet, 2 (Spanish) is empty.
pub(super) const LOCKING: [Table; 14] = [
    latin_locking(&[]),
    latin_locking(TURKISH_LOCKING),
    EMPTY,
    latin_locking(PORTUGUESE_LOCKING),
    script_locking(&BENGALI),
    script_locking(&GUJARATI),
    script_locking(&HINDI),
    script_locking(&KANNADA),
    script_locking(&MALAYALAM),
    script_locking(&ORIYA),
    script_locking(&PUNJABI),
    script_locking(&TAMIL),
    script_locking(&TELUGU),
    script_locking(&URDU),
];

/// Single shift tables by identifier; 0 is the default extension table.
pub(super) const SINGLE: [Table; 14] = [
    latin_single(&[]),
    latin_single(TURKISH_SINGLE),
    latin_single(SPANISH_SINGLE),
    latin_single(PORTUGUESE_SINGLE),
    script_single(&BENGALI),
    script_single(&GUJARATI),
    script_single(&HINDI),
    script_single(&KANNADA),
    script_single(&MALAYALAM),
    script_single(&ORIYA),
    script_single(&PUNJABI),
    script_single(&TAMIL),
    without_euro(script_single(&TELUGU)),
    script_single(&URDU),
];

// One copy each for what looks septets up while the program runs.
static LOCKING_TABLES: [Table; 14] = LOCKING;
static SINGLE_TABLES: [Table; 14] = SINGLE;

#[expect(clippy::as_conversions, reason = "From cannot be called in a constant")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn with(mut table: Table, entries: &[Entry]) -> Table {
    let mut i = 0;
    while i < entries.len() {
        let (septet, character) = entries[i];
        table[septet as usize] = character as u16;
        i += 1;
    }
    table
}

#[expect(clippy::as_conversions, reason = "From cannot be called in a constant")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn latin_locking(changes: &[Entry]) -> Table {
    let mut table = EMPTY;
    let mut septet = 0;
    while septet < DEFAULT.len() {
        if septet != ESCAPE as usize {
            table[septet] = DEFAULT[septet] as u16;
        }
        septet += 1;
    }
    with(table, changes)
}

const fn latin_single(additions: &[Entry]) -> Table {
    with(with(EMPTY, &EXTENSION), additions)
}

#[expect(clippy::as_conversions, reason = "From cannot be called in a constant")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn script_locking(script: &Script) -> Table {
    let mut table = EMPTY;
    let mut septet = 0;
    while septet < 128 {
        if let Some(ascii) = locking_frame(septet) {
            table[septet as usize] = ascii as u16;
        }
        septet += 1;
    }
    let (mut range, mut letter) = (0, 0);
    while range < LETTER_CELLS.len() {
        let (mut septet, last) = LETTER_CELLS[range];
        while septet <= last {
            let offset = script.locking[letter] as u16;
            if offset != NONE as u16 {
                table[septet as usize] = script.block + offset;
            }
            letter += 1;
            septet += 1;
        }
        range += 1;
    }
    table
}

#[expect(clippy::as_conversions, reason = "From cannot be called in a constant")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn script_single(script: &Script) -> Table {
    let mut table = with(latin_single(&[]), &SINGLE_FRAME);
    let mut capital = b'A';
    while capital <= b'Z' {
        table[capital as usize] = capital as u16;
        capital += 1;
    }
    let mut run = 0;
    while run < script.single.len() {
        let (first, characters) = script.single[run];
        let mut i = 0;
        while i < characters.len() {
            table[first as usize + i] = characters[i];
            i += 1;
        }
        run += 1;
    }
    table
}

const fn without_euro(mut table: Table) -> Table {
    table[0x65] = NO_CHARACTER;
    table
}

fn table(tables: &'static [Table; 14], language: Option<Language>) -> &'static Table {
    let identifier = language.map_or(0, Language::identifier);
    tables.get(usize::from(identifier)).unwrap_or(&EMPTY)
}

fn septet(table: &Table, code: u32) -> Option<u8> {
    let code = u16::try_from(code).ok().filter(|&code| code != NO_CHARACTER)?;
    let position = table.iter().position(|&character| character == code)?;
    u8::try_from(position).ok()
}

fn character(table: &Table, septet: u8) -> Option<char> {
    let code = table.get(usize::from(septet)).filter(|&&code| code != NO_CHARACTER)?;
    char::from_u32(u32::from(*code))
}

/// The septet of a code point in a language's locking shift table, in the default alphabet for
/// `None`. Of two septets with the same character, the lower.
pub(crate) fn locking_septet(language: Option<Language>, code: u32) -> Option<u8> {
    septet(table(&LOCKING_TABLES, language), code)
}

/// The septet that, after an escape, stands for a code point in a language's single shift table, in
/// the default extension table for `None`. Of two septets with the same character, the lower.
pub(crate) fn single_septet(language: Option<Language>, code: u32) -> Option<u8> {
    septet(table(&SINGLE_TABLES, language), code)
}

/// The character of a septet in a language's locking shift table, in the default alphabet for
/// `None`.
pub(crate) fn locking_character(language: Option<Language>, septet: u8) -> Option<char> {
    character(table(&LOCKING_TABLES, language), septet)
}

/// The character of a septet after an escape, in a language's single shift table, in the default
/// extension table for `None`.
pub(crate) fn single_character(language: Option<Language>, septet: u8) -> Option<char> {
    character(table(&SINGLE_TABLES, language), septet)
}
