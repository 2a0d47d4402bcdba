//! The fast way through a text, for the usual options: one pass, sixteen code units at a time, and
//! one by one only around the boundaries of parts.
//!
//! A text is taken for GSM-7 until a character says otherwise. Every character of GSM-7 is one
//! unit in UCS-2, so the number of those before it is all that the UCS-2 count has to know, and it
//! goes on from there.

use super::alphabet::septets;
use super::count::Count;
use super::encoding::{Encoding, Shift};
use super::fill::Fill;
use super::options::Reference;
use super::text::join_surrogates;

/// Code units looked at together: what one vector register holds as bytes on every target.
const CHUNK: usize = 16;

/// Counts a text given as UTF-8 bytes or as UTF-16 units.
pub(super) fn count<U: ScanUnit>(text: &[U], reference: Reference) -> Count {
    let mut fill = Fill::new(Encoding::Gsm7, Shift::default(), reference);
    match gsm7(text, &mut fill) {
        None => fill.finish(),
        Some(Stop { characters, rest }) => {
            let mut fill = Fill::new(Encoding::Ucs2, Shift::default(), reference);
            fill.run(characters);
            ucs2(rest, &mut fill);
            fill.finish()
        }
    }
}

/// Where GSM-7 ends: the characters begun so far, and the code units not looked at.
struct Stop<'t, U> {
    characters: usize,
    rest: &'t [U],
}

fn gsm7<'t, U: ScanUnit>(text: &'t [U], fill: &mut Fill) -> Option<Stop<'t, U>> {
    let mut characters = 0;
    let mut previous = U::from(0);
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((chunk, tail)) = rest.split_first_chunk::<CHUNK>() {
            let read = Chunk::ascii(chunk).unwrap_or_else(|| Chunk::read(previous, chunk));
            if read.fits(fill) {
                fill.run(usize::from(read.septets));
                characters += usize::from(read.characters);
                [.., previous] = *chunk;
                rest = tail;
                continue;
            }
        }
        let goal = rest.len().saturating_sub(CHUNK);
        while let [unit, tail @ ..] = rest
            && rest.len() > goal
        {
            let septets = U::septets(previous, *unit);
            if septets & OUTSIDE != 0 {
                return Some(Stop { characters, rest });
            }
            characters += usize::from(unit.begins_character());
            fill.whole(usize::from(septets));
            previous = *unit;
            rest = tail;
        }
    }
    None
}

/// Marks what is not in the alphabet.
const OUTSIDE: u8 = 0x80;

/// What a chunk holds, if it is all GSM-7.
struct Chunk {
    septets: u8,
    /// Characters that begin here.
    characters: u8,
    outside: bool,
    /// Whether there are two-septet characters.
    doubles: bool,
}

impl Chunk {
    /// A chunk that is ASCII and in the alphabet. Without branches, so that the compiler makes
    /// vector instructions of it; that it agrees with the tables is tested below.
    #[inline]
    fn ascii<U: ScanUnit>(chunk: &[U; CHUNK]) -> Option<Self> {
        let mut outside = false;
        let mut doubles = 0;
        for &unit in chunk {
            let is = |byte: u8| unit == U::from(byte);
            let within = |first: u8, last: u8| (unit >= U::from(first)) & (unit <= U::from(last));
            outside |= !(within(b' ', b'~') | is(b'\n') | is(b'\r')) | is(b'`');
            doubles += u8::from(within(b'[', b'^') | within(b'{', b'~'));
        }
        let (septets, characters) = (16 + doubles, 16);
        (!outside).then_some(Self { septets, characters, outside, doubles: doubles != 0 })
    }

    #[inline]
    fn read<U: ScanUnit>(mut previous: U, chunk: &[U; CHUNK]) -> Self {
        let (mut septets, mut characters, mut seen) = (0, 0, 0);
        for &unit in chunk {
            let here = U::septets(previous, unit);
            septets += here & 3;
            seen |= here;
            characters += u8::from(unit.begins_character());
            previous = unit;
        }
        Self { septets, characters, outside: seen & OUTSIDE != 0, doubles: seen & 2 != 0 }
    }

    /// Whether nothing in here has to be looked at one by one.
    #[inline]
    fn fits(&self, fill: &Fill) -> bool {
        !self.outside && (!self.doubles || usize::from(self.septets) <= fill.room())
    }
}

fn ucs2<U: ScanUnit>(text: &[U], fill: &mut Fill) {
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((chunk, tail)) = rest.split_first_chunk::<CHUNK>()
            && let (units, pairs) = U::utf16_units(chunk)
            && (!pairs || (usize::from(units) <= fill.room() && !U::ends_in_pair(chunk)))
        {
            fill.run(usize::from(units));
            rest = tail;
            continue;
        }
        let goal = rest.len().saturating_sub(CHUNK);
        while rest.len() > goal {
            let Some((units, tail)) = U::split_first_units(rest) else { break };
            fill.whole(units);
            rest = tail;
        }
    }
}

/// A unit of UTF-8 or UTF-16, as the scan sees it.
pub(super) trait ScanUnit: Copy + PartialOrd + From<u8> {
    /// Septets that are complete with this unit: 0, 1 or 2; or [`OUTSIDE`].
    fn septets(previous: Self, unit: Self) -> u8;
    /// Whether a character begins here.
    fn begins_character(self) -> bool;
    /// UTF-16 units that begin in a chunk, and whether it may hold surrogate pairs.
    fn utf16_units(chunk: &[Self; CHUNK]) -> (u8, bool);
    /// Whether a pair is divided by the end of the chunk.
    fn ends_in_pair(chunk: &[Self; CHUNK]) -> bool;
    /// The UTF-16 units that begin with the first code unit, a pair as two, and what follows.
    fn split_first_units(text: &[Self]) -> Option<(usize, &[Self])>;
}

impl ScanUnit for u8 {
    #[inline]
    fn septets(previous: Self, unit: Self) -> u8 {
        let row = ROW_OF.get(usize::from(previous)).copied().unwrap_or(0);
        UTF8.get(usize::from(row) * 256 + usize::from(unit)).copied().unwrap_or(OUTSIDE)
    }

    #[inline]
    fn begins_character(self) -> bool {
        self & 0xC0 != 0x80
    }

    #[inline]
    fn utf16_units(chunk: &[Self; CHUNK]) -> (u8, bool) {
        let (mut characters, mut pairs) = (0, 0);
        for &byte in chunk {
            characters += u8::from(byte.begins_character());
            pairs += u8::from(byte >= 0xF0);
        }
        (characters + pairs, pairs != 0)
    }

    #[inline]
    fn ends_in_pair(_: &[Self; CHUNK]) -> bool {
        false // Both units count with the first byte.
    }

    #[inline]
    fn split_first_units(text: &[Self]) -> Option<(usize, &[Self])> {
        let (&byte, tail) = text.split_first()?;
        Some((usize::from(byte.begins_character()) + usize::from(byte >= 0xF0), tail))
    }
}

impl ScanUnit for u16 {
    #[inline]
    fn septets(_: Self, unit: Self) -> u8 {
        let low = UTF16.get(usize::from(unit).min(UTF16.len() - 1)).copied().unwrap_or(0);
        let septets = low | u8::from(unit == EURO) << 1;
        if septets == 0 { OUTSIDE } else { septets }
    }

    #[inline]
    fn begins_character(self) -> bool {
        true // In GSM-7 there are no pairs.
    }

    #[inline]
    fn utf16_units(chunk: &[Self; CHUNK]) -> (u8, bool) {
        let mut pairs = false;
        for &unit in chunk {
            pairs |= (0xD800..=0xDFFF).contains(&unit);
        }
        (16, pairs)
    }

    #[inline]
    fn ends_in_pair(chunk: &[Self; CHUNK]) -> bool {
        let [.., last] = chunk;
        (0xD800..=0xDBFF).contains(last)
    }

    #[inline]
    fn split_first_units(text: &[Self]) -> Option<(usize, &[Self])> {
        match text {
            [high, low, tail @ ..] if join_surrogates(*high, *low).is_some() => Some((2, tail)),
            [_, tail @ ..] => Some((1, tail)),
            [] => None,
        }
    }
}

const EURO: u16 = 0x20AC;

/// Septets of the code points below U+0400, 0 for those outside the alphabet. The last is one of
/// them, and stands for all above.
#[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "evaluated by the compiler")]
static UTF16: [u8; 0x0400] = {
    let mut table = [0; 0x0400];
    let mut code = 0;
    while code < 0x0400 {
        table[code as usize] = septets(code);
        code += 1;
    }
    table
};

/// The row of [`UTF8`] that a byte selects for the byte after it.
#[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "evaluated by the compiler")]
#[expect(clippy::cast_possible_truncation, reason = "six rows")]
static ROW_OF: [u8; 256] = {
    let mut rows = [0; 256];
    let mut row = 1;
    while row < LEADS.len() {
        rows[LEADS[row] as usize] = row as u8;
        row += 1;
    }
    rows
};

/// The bytes after which the next one has a meaning in GSM-7: those that begin its characters
/// beyond ASCII, and the middle byte of the euro sign. The first row is for all others.
const LEADS: [u8; 6] = [0, 0xC2, 0xC3, 0xCE, 0xE2, 0x82];

/// Septets that are complete with a byte, by the row of the byte before: since every character of
/// the alphabet is one to three bytes long, and the only one of three bytes is the euro sign, two
/// bytes tell all.
#[expect(clippy::as_conversions, clippy::indexing_slicing, reason = "evaluated by the compiler")]
#[expect(clippy::cast_possible_truncation, reason = "masked to the bits of a byte")]
static UTF8: [u8; LEADS.len() * 256] = {
    let mut table = [OUTSIDE; LEADS.len() * 256];
    let mut byte = 0;
    while byte < 0x80 {
        let septets = septets(byte as u32);
        if septets != 0 {
            table[byte] = septets;
        }
        byte += 1;
    }
    let mut row = 1;
    while row < LEADS.len() {
        table[LEADS[row] as usize] = if row < 5 { 0 } else { OUTSIDE };
        row += 1;
    }
    let mut code = 0x80;
    while code < 0x0800 {
        let septets = septets(code);
        if septets != 0 {
            let (lead, last) = ((code >> 6 | 0xC0) as u8, (code & 0x3F | 0x80) as usize);
            table[ROW_OF[lead as usize] as usize * 256 + last] = septets;
        }
        code += 1;
    }
    table[ROW_OF[0xE2] as usize * 256 + 0x82] = 2;
    table[ROW_OF[0x82] as usize * 256 + 0xAC] = 0;
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Both tables against the alphabet, for every character.
    #[test]
    fn tables_agree_with_the_alphabet() {
        for character in (0..=0x0010_FFFF).filter_map(char::from_u32) {
            let expected = match septets(u32::from(character)) {
                0 => None,
                septets => Some(septets),
            };
            let mut bytes = [0; 4];
            let mut units = [0; 2];
            assert_eq!(
                sum(character.encode_utf8(&mut bytes).as_bytes()),
                expected,
                "{character:?}"
            );
            assert_eq!(sum(character.encode_utf16(&mut units)), expected, "{character:?}");
        }
        assert_eq!(sum(&[0xD800_u16]), None);
    }

    fn sum<U: ScanUnit>(text: &[U]) -> Option<u8> {
        let mut previous = U::from(0);
        let mut sum = 0;
        for &unit in text {
            match U::septets(previous, unit) {
                OUTSIDE => return None,
                septets => sum += septets,
            }
            previous = unit;
        }
        Some(sum)
    }

    #[test]
    fn ascii_chunks_agree_with_the_alphabet() {
        for byte in 0..=u8::MAX {
            let mut chunk = [b'a'; CHUNK];
            chunk[CHUNK / 2] = byte;
            // The form feed is so rare that it may take the other way.
            let expected = match septets(u32::from(byte)) {
                1..=2 if byte == 0x0C || !byte.is_ascii() => None,
                0 => None,
                septets => Some(15 + septets),
            };
            let read = Chunk::ascii(&chunk).map(|chunk| chunk.septets);
            assert_eq!(read, expected, "{byte:#x}");
            let read = Chunk::ascii(&chunk.map(u16::from)).map(|chunk| chunk.septets);
            assert_eq!(read, expected, "{byte:#x}");
        }
        assert!(Chunk::ascii(&[0x0141_u16; CHUNK]).is_none());
    }
}
