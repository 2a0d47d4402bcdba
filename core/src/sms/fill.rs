//! Fills parts with units.

use super::count::Count;
use super::encoding::{Encoding, Shift, capacity};
use super::options::Reference;

/// Units placed so far, as one part and as several at once: only the end of the text tells which
/// of the two it is, and so no text is read twice.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fill {
    encoding: Encoding,
    shift: Shift,
    /// Units one part holds where there are several.
    capacity: usize,
    total: usize,
    /// Full parts, were there several.
    closed: usize,
    /// Units in the part after those.
    used: usize,
}

impl Fill {
    pub(super) fn new(encoding: Encoding, shift: Shift, reference: Reference) -> Self {
        let capacity = to_usize(capacity(encoding, shift, Some(reference)));
        Self { encoding, shift, capacity, total: 0, closed: 0, used: 0 }
    }

    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(super) fn shift(&self) -> Shift {
        self.shift
    }

    /// Units one part holds where there are several.
    pub(super) fn capacity(&self) -> usize {
        self.capacity
    }

    /// Units that the open part still takes.
    #[inline]
    pub(super) fn room(&self) -> usize {
        self.capacity - self.used
    }

    /// Places characters of one unit each.
    #[inline]
    pub(super) fn run(&mut self, units: usize) {
        self.total += units;
        self.used += units;
        if self.used > self.capacity {
            let filled = (self.used - 1) / self.capacity;
            self.closed += filled;
            self.used -= filled * self.capacity;
        }
    }

    /// Places something that no part boundary may divide, and that is no larger than a part.
    #[inline]
    pub(super) fn whole(&mut self, units: usize) {
        self.total += units;
        self.used += units;
        if self.used > self.capacity {
            self.closed += 1;
            self.used = units;
        }
    }

    pub(super) fn finish(&self) -> Count {
        let single = to_usize(capacity(self.encoding, self.shift, None));
        let (parts, capacity, left) = if self.total == 0 {
            (0, single, single)
        } else if self.total <= single {
            (1, single, single - self.total)
        } else {
            (self.closed + 1, self.capacity, self.room())
        };
        Count {
            encoding: self.encoding,
            shift: self.shift,
            units: to_u32(self.total),
            parts: to_u32(parts),
            capacity: to_u32(capacity),
            left: to_u32(left),
        }
    }
}

/// A count that would not fit is larger than any message by far, so it stops at the largest.
pub(super) fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

pub(super) fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
