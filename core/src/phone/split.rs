//! Pasted text, cut into numbers.

use core::iter::FusedIterator;
use core::ops::Range;

use super::dialled::{digit, is_plus};

/// A stretch of text that holds one number, or something meant for one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// The whole stretch, with a name that stands beside the number: bytes of the text.
    pub range: Range<usize>,
    /// What to read as a number: bytes of the text, inside `range`.
    pub number: Range<usize>,
}

/// Cuts pasted text into numbers: one a line, or with commas, semicolons, tabs or bars between
/// them; with a name (`Ann <+32 470 12 34 56>`, `Ann; 0470 12 34 56`) or without; `TEL` lines of
/// a vCard.
///
/// Single spaces are part of a number, unless the digits on both sides are too many for one. A
/// plus sign begins a new number. Every sign of the text that is neither white space nor a
/// separator is in the range of exactly one piece, in order; pieces are not checked, reading
/// them says what is wrong.
#[must_use]
pub fn split(text: &str) -> Split<'_> {
    Split { text, at: 0 }
}

/// The pieces of a text, see [`split`].
#[derive(Clone, Debug)]
pub struct Split<'a> {
    text: &'a str,
    /// Where the rest begins.
    at: usize,
}

/// Digits of which one number cannot have twice as many: a space between two such groups
/// separates numbers.
const WHOLE_NUMBER: usize = 8;

/// Digits that a number has at least before a plus sign begins another.
const BEFORE_PLUS: usize = 3;

const fn is_line_end(sign: char) -> bool {
    matches!(sign, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

const fn is_separator(sign: char) -> bool {
    matches!(
        sign,
        ',' | ';' | '\t' | '|' | '\u{60c}' | '\u{61b}' | '\u{3001}' | '\u{ff0c}' | '\u{ff1b}'
    )
}

fn is_between(sign: char) -> bool {
    is_line_end(sign) || is_separator(sign) || sign.is_whitespace()
}

/// Whether what follows a semicolon belongs to the number before it, as in `tel:…;ext=12`.
fn is_parameter(rest: &str) -> bool {
    ["ext=", "isub=", "phone-context="]
        .into_iter()
        .any(|name| rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

fn digits_in(text: &str) -> usize {
    text.chars().filter(|sign| digit(*sign).is_some()).count()
}

impl Iterator for Split<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let rest = self.text.get(self.at..)?;
        let skipped = rest.find(|sign| !is_between(sign))?;
        let start = self.at + skipped;
        let rest = rest.get(skipped..)?;
        let line = rest.get(..rest.find(is_line_end).unwrap_or(rest.len()))?;
        let taken = if card_value(line).is_some() { line.len() } else { end_of_piece(line) };
        self.at = start + taken;
        let whole = line.get(..taken)?.trim_end_matches(is_between);
        let number = number_in(whole);
        Some(Piece {
            range: start..start + whole.len(),
            number: start + number.start..start + number.end,
        })
    }
}

impl FusedIterator for Split<'_> {}

/// Where the value of a vCard's `TEL` line begins.
fn card_value(line: &str) -> Option<usize> {
    let colon = line.find(':')?;
    let name = line.get(..colon)?.split(';').next()?;
    // A property may stand in a group: `item1.TEL`.
    let name = name.rsplit('.').next()?;
    // `tel:` in small letters is an address.
    let is_card = name == "TEL" || (name.eq_ignore_ascii_case("tel") && name.len() < colon);
    is_card.then_some(colon + 1)
}

/// How much of a line belongs to its first number. A name goes with the number after it, the
/// last one of a line with the number before it.
fn end_of_piece(line: &str) -> usize {
    let mut digits = 0;
    let mut group = 0;
    let mut quoted = false;
    let mut bracket = false;
    for (at, sign) in line.char_indices() {
        let rest = line.get(at + sign.len_utf8()..).unwrap_or_default();
        if digit(sign).is_some() {
            digits += 1;
            group += 1;
            continue;
        }
        match sign {
            '"' => quoted = !quoted && rest.contains('"'),
            '<' => bracket = rest.contains('>'),
            '>' => bracket = false,
            _ => {}
        }
        let cuts = if digits == 0 || quoted || bracket {
            false
        } else if is_separator(sign) {
            !(sign == ';' && is_parameter(rest))
        } else if is_plus(sign) {
            digits >= BEFORE_PLUS
        } else if sign.is_whitespace() {
            let next = rest.split(char::is_whitespace).next().unwrap_or_default();
            group >= WHOLE_NUMBER && starts_number(next)
        } else {
            false
        };
        if cuts {
            // A bracket around a plus sign goes with it.
            let end = if is_plus(sign) { line.get(..at).map_or(at, before_plus) } else { at };
            let has_more = line.get(end..).is_some_and(|rest| digits_in(rest) > 0);
            return if has_more { end } else { line.len() };
        }
        if sign.is_whitespace() || is_separator(sign) {
            group = 0;
        }
    }
    line.len()
}

/// Whether a word is a number by itself.
fn starts_number(word: &str) -> bool {
    let run = word.find(is_separator).unwrap_or(word.len());
    word.get(..run).is_some_and(|word| digits_in(word) >= WHOLE_NUMBER)
}

/// The end of `text` without an opening bracket, which belongs to what follows.
fn before_plus(text: &str) -> usize {
    text.strip_suffix(['(', '[', '\u{ff08}']).unwrap_or(text).len()
}

/// Where in a piece the number stands.
fn number_in(piece: &str) -> Range<usize> {
    if let Some(start) = card_value(piece)
        && piece.get(start..).is_some_and(|value| !value.trim().is_empty())
    {
        return trimmed(piece, start..piece.len());
    }
    // `Name <number>`
    let open = piece.find('<').map(|open| open + 1);
    if let Some(open) = open
        && let Some(len) = piece.get(open..).and_then(|rest| rest.find('>'))
        && piece.get(open..open + len).is_some_and(|inner| digits_in(inner) > 0)
    {
        return trimmed(piece, open..open + len);
    }
    let all = 0..piece.len();
    let is_start = |sign| digit(sign).is_some() || is_plus(sign);
    let (Some(first), Some(last)) =
        (piece.find(is_start), piece.rfind(|sign| digit(sign).is_some()))
    else {
        return all;
    };
    let start = piece.get(..first).map_or(first, before_plus);
    // What touches the digits is not a name but a slip, or a part of an address.
    let before = piece.get(..start).unwrap_or_default();
    let start = if before.ends_with(is_word) || before.ends_with(':') && is_scheme(before) {
        0
    } else {
        start
    };
    let digit_end =
        last + piece.get(last..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let after = piece.get(digit_end..).unwrap_or_default();
    let end = match after.find(is_word) {
        Some(word) if word > 0 && after.get(..word).is_some_and(|gap| gap.contains(is_between)) => {
            digit_end
        }
        _ => piece.len(),
    };
    trimmed(piece, start..end)
}

/// The start of an address: `tel:`, `sms:`.
fn is_scheme(before: &str) -> bool {
    ["tel:", "sms:", "callto:"].into_iter().any(|scheme| before.eq_ignore_ascii_case(scheme))
}

fn is_word(sign: char) -> bool {
    !sign.is_whitespace()
        && !is_separator(sign)
        && (sign.is_ascii_alphanumeric()
            || sign > '\u{bf}' && !('\u{2000}'..='\u{206f}').contains(&sign) && sign != '\u{feff}')
}

/// `range` without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (part.len() - part.trim_start().len());
    start..start + part.trim().len()
}
