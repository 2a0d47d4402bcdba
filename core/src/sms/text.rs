//! Texts as the browser and the server hold them: UTF-16 that may be broken, and UTF-8.

use super::options::Newlines;

/// A unit of UTF-8 or UTF-16.
pub(super) trait CodeUnit: Copy + PartialOrd + From<u8> {
    /// The first code point and what follows it. An unpaired surrogate is its own code point.
    fn split_first_code(text: &[Self]) -> Option<(u32, &[Self])>;
}

impl CodeUnit for u8 {
    #[inline]
    fn split_first_code(text: &[Self]) -> Option<(u32, &[Self])> {
        let low = |byte: u8| u32::from(byte & 0x3F);
        match *text {
            [a, ref tail @ ..] if a < 0x80 => Some((u32::from(a), tail)),
            [a, b, ref tail @ ..] if a < 0xE0 => Some((u32::from(a & 0x1F) << 6 | low(b), tail)),
            [a, b, c, ref tail @ ..] if a < 0xF0 => {
                Some((u32::from(a & 0x0F) << 12 | low(b) << 6 | low(c), tail))
            }
            [a, b, c, d, ref tail @ ..] => {
                Some((u32::from(a & 0x07) << 18 | low(b) << 12 | low(c) << 6 | low(d), tail))
            }
            _ => None,
        }
    }
}

impl CodeUnit for u16 {
    #[inline]
    fn split_first_code(text: &[Self]) -> Option<(u32, &[Self])> {
        if let [high, low, tail @ ..] = text
            && let Some(code) = join_surrogates(*high, *low)
        {
            return Some((code, tail));
        }
        let (unit, tail) = text.split_first()?;
        Some((u32::from(*unit), tail))
    }
}

/// The code point of a surrogate pair.
#[inline]
pub(super) fn join_surrogates(high: u16, low: u16) -> Option<u32> {
    ((0xD800..=0xDBFF).contains(&high) && (0xDC00..=0xDFFF).contains(&low))
        .then(|| 0x0001_0000 + (u32::from(high - 0xD800) << 10) + u32::from(low - 0xDC00))
}

/// A code point that is sent, and where the text that it is sent for ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Atom {
    pub(super) code: u32,
    pub(super) end: usize,
}

/// The code points of a text as they are sent: its line breaks are those of the policy.
#[derive(Clone, Debug)]
pub(super) struct Atoms<'t, U> {
    rest: &'t [U],
    /// Code units before `rest`.
    at: usize,
    newlines: Newlines,
    /// A line feed still to be sent for the line break just read.
    feed: bool,
}

impl<'t, U: CodeUnit> Atoms<'t, U> {
    pub(super) fn new(text: &'t [U], at: usize, newlines: Newlines) -> Self {
        Self { rest: text, at, newlines, feed: false }
    }

    fn take(&mut self) -> Option<u32> {
        let (code, tail) = U::split_first_code(self.rest)?;
        self.at += self.rest.len() - tail.len();
        self.rest = tail;
        Some(code)
    }
}

const LINE_FEED: u32 = 0x0A;
const CARRIAGE_RETURN: u32 = 0x0D;

impl<U: CodeUnit> Iterator for Atoms<'_, U> {
    type Item = Atom;

    fn next(&mut self) -> Option<Atom> {
        if self.feed {
            self.feed = false;
            return Some(Atom { code: LINE_FEED, end: self.at });
        }
        let code = self.take()?;
        let is_break = code == LINE_FEED || code == CARRIAGE_RETURN;
        if !is_break || self.newlines == Newlines::AsTyped {
            return Some(Atom { code, end: self.at });
        }
        if code == CARRIAGE_RETURN && self.rest.first() == Some(&U::from(b'\n')) {
            self.take();
        }
        self.feed = self.newlines == Newlines::CrLf;
        let code = if self.feed { CARRIAGE_RETURN } else { LINE_FEED };
        Some(Atom { code, end: self.at })
    }
}
