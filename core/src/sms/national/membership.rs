//! Which tables hold a character: what counting with every pair of tables at once asks.

use super::super::encoding::Shift;
use super::language::Language;
use super::tables::{LOCKING, NO_CHARACTER, SINGLE};

/// The tables that hold a character, as bits: bit 0 is the default table, bit n the language with
/// identifier n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Membership {
    /// Locking shift tables: there the character is one septet.
    pub(crate) locking: u16,
    /// Single shift tables: there it is two.
    pub(crate) single: u16,
}

impl Membership {
    const NONE: Self = Self { locking: 0, single: 0 };

    /// Whether no table has the character.
    #[inline]
    pub(crate) fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Septets in one pair of tables: 1, 2, or none if neither table has the character.
    #[inline]
    pub(crate) fn septets(self, shift: Shift) -> Option<usize> {
        let has = |tables: u16, language: Option<Language>| {
            tables >> language.map_or(0, Language::identifier) & 1 == 1
        };
        if has(self.locking, shift.locking) {
            Some(1)
        } else if has(self.single, shift.single) {
            Some(2)
        } else {
            None
        }
    }

    const fn or(self, locking: bool, identifier: u8) -> Self {
        let bit = 1 << identifier;
        if locking {
            Self { locking: self.locking | bit, ..self }
        } else {
            Self { single: self.single | bit, ..self }
        }
    }
}

/// The tables that hold a code point.
#[inline]
pub(crate) fn membership(code: u32) -> Membership {
    let Ok(code) = u16::try_from(code) else { return Membership::NONE };
    if let Some(&found) = ASCII.get(usize::from(code)) {
        return found;
    }
    if let Some(place) = script_place(code) {
        let cell = SCRIPTS.get(place).copied().unwrap_or(0);
        let identifier = SCRIPT_LANGUAGES.get(place / 128).copied().unwrap_or(0);
        let tables = |bit: u8| u16::from(cell >> bit & 1) << identifier;
        return Membership { locking: tables(0), single: tables(1) };
    }
    match OTHERS.binary_search_by_key(&code, |&(other, _)| other) {
        Ok(found) => OTHERS.get(found).map_or(Membership::NONE, |&(_, tables)| tables),
        Err(_) => Membership::NONE,
    }
}

/// Characters of ASCII, by code.
static ASCII: [Membership; 128] = ascii();

/// Characters of one script only, by [`script_place`]: bit 0 says that the locking shift table of
/// the script's language holds them, bit 1 its single shift table.
static SCRIPTS: [u8; SCRIPTS_LEN] = scripts();
const SCRIPTS_LEN: usize = 128 * SCRIPT_LANGUAGES.len();

/// Identifiers of the languages written in the blocks from Devanagari to Malayalam, 128 code points
/// each, and in the Arabic block, which is twice as long.
const SCRIPT_LANGUAGES: [u8; 11] = [6, 4, 10, 5, 9, 11, 12, 7, 8, 13, 13];

/// The other characters, sorted.
static OTHERS: [(u16, Membership); OTHERS_LEN] = others();
const OTHERS_LEN: usize = count_others();

/// The place of a character in [`SCRIPTS`]. The dandas are none: many Indic scripts share them.
#[inline]
#[expect(clippy::as_conversions, reason = "widens; From cannot be called in a constant")]
const fn script_place(code: u16) -> Option<usize> {
    match code {
        0x0964 | 0x0965 => None,
        0x0900..=0x0D7F => Some((code - 0x0900) as usize),
        0x0600..=0x06FF => Some((code - 0x0600) as usize + 9 * 128),
        _ => None,
    }
}

/// Cells of all tables together.
const CELLS: usize = 2 * 14 * 128;

/// One cell: its character, the identifier of its table, and whether that is a locking shift table.
#[expect(clippy::as_conversions, reason = "From cannot be called in a constant")]
#[expect(clippy::cast_possible_truncation, reason = "there are 14 tables")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn cell(number: usize) -> (u16, u8, bool) {
    let (table, septet) = (number / 128, number % 128);
    if table < 14 {
        (LOCKING[table][septet], table as u8, true)
    } else {
        (SINGLE[table - 14][septet], (table - 14) as u8, false)
    }
}

#[expect(clippy::as_conversions, reason = "From cannot be called in a constant")]
#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn ascii() -> [Membership; 128] {
    let mut found = [Membership::NONE; 128];
    let mut number = 0;
    while number < CELLS {
        let (character, identifier, locking) = cell(number);
        if character < 128 && character != NO_CHARACTER {
            let place = character as usize;
            found[place] = found[place].or(locking, identifier);
        }
        number += 1;
    }
    found
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn scripts() -> [u8; SCRIPTS_LEN] {
    let mut found = [0; SCRIPTS_LEN];
    let mut number = 0;
    while number < CELLS {
        let (character, identifier, locking) = cell(number);
        if let Some(place) = script_place(character) {
            // The compiler stops here if a table holds letters of a foreign script.
            assert!(SCRIPT_LANGUAGES[place / 128] == identifier, "a letter of another script");
            found[place] |= if locking { 1 } else { 2 };
        }
        number += 1;
    }
    found
}

/// The lowest character after `previous` that is neither in ASCII nor in [`SCRIPTS`], with its
/// tables.
const fn next_other(previous: u16) -> Option<(u16, Membership)> {
    let mut next = u16::MAX;
    let mut tables = Membership::NONE;
    let mut number = 0;
    while number < CELLS {
        let (character, identifier, locking) = cell(number);
        if character > previous && character <= next && script_place(character).is_none() {
            if character < next {
                next = character;
                tables = Membership::NONE;
            }
            tables = tables.or(locking, identifier);
        }
        number += 1;
    }
    if next == u16::MAX { None } else { Some((next, tables)) }
}

const fn count_others() -> usize {
    let (mut last, mut count) = (0x7F, 0);
    while let Some((next, _)) = next_other(last) {
        last = next;
        count += 1;
    }
    count
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler")]
const fn others() -> [(u16, Membership); OTHERS_LEN] {
    let mut found = [(0, Membership::NONE); OTHERS_LEN];
    let (mut last, mut count) = (0x7F, 0);
    while let Some(other) = next_other(last) {
        found[count] = other;
        last = other.0;
        count += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::{locking_septet, single_septet};
    use super::*;

    #[test]
    fn agrees_with_the_tables() {
        let mut characters = 0;
        for code in 0..=0x0011_0000 {
            let mut expected = Membership::NONE;
            for language in core::iter::once(None).chain(Language::ALL.map(Some)) {
                let bit = 1 << language.map_or(0, Language::identifier);
                if locking_septet(language, code).is_some() {
                    expected.locking |= bit;
                }
                if single_septet(language, code).is_some() {
                    expected.single |= bit;
                }
            }
            assert_eq!(membership(code), expected, "{code:#x}");
            characters += u32::from(expected != Membership::NONE);
        }
        // Each counted once, however many tables hold it.
        assert_eq!(characters, 1072);
    }
}
