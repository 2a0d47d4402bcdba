//! Reads what the arithmetic coder wrote.

use alloc::vec;
use alloc::vec::Vec;

use super::{CONTEXTS, Chance, Coder};

/// The reading side: a range of 32 bits is cut by each bit's chance, and the place of `code` in
/// it tells the bit.
pub(crate) struct Decoder<'a> {
    low: u32,
    high: u32,
    code: u32,
    input: core::slice::Iter<'a, u8>,
    chances: Vec<Chance>,
}

impl<'a> Decoder<'a> {
    /// Starts at the front of `packed`. Behind its end only zeros are read.
    pub(crate) fn new(packed: &'a [u8]) -> Self {
        let mut decoder = Self {
            low: 0,
            high: u32::MAX,
            code: 0,
            input: packed.iter(),
            chances: vec![Chance::NEW; CONTEXTS],
        };
        for _ in 0..4 {
            decoder.shift();
        }
        decoder
    }

    fn shift(&mut self) {
        let byte = self.input.next().copied().unwrap_or(0);
        self.code = (self.code << 8) | u32::from(byte);
    }
}

impl Coder for Decoder<'_> {
    fn bit(&mut self, context: usize, _: bool) -> bool {
        let Some(chance) = self.chances.get_mut(context) else { return false };
        let middle = chance.split(self.low, self.high);
        let bit = self.code <= middle;
        chance.learn(bit);
        if bit {
            self.high = middle;
        } else {
            self.low = middle.wrapping_add(1);
        }
        while (self.low ^ self.high) >> 24 == 0 {
            self.low <<= 8;
            self.high = (self.high << 8) | 0xff;
            self.shift();
        }
        bit
    }
}
