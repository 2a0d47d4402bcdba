//! How likely the next bit is.

/// The share of ones seen in one context, and how sure it is of that.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Chance {
    /// The chance of a one, in 65,536ths.
    one: u16,
    /// Bits seen, up to [`Chance::SURE`].
    seen: u8,
}

impl Chance {
    /// Nothing seen yet.
    pub(crate) const NEW: Self = Self { one: 1 << 15, seen: 0 };

    /// From here on each bit weighs the same: what was seen long ago is forgotten. Found by
    /// trying values between 15 and 255 on the real graph.
    const SURE: u8 = 30;

    /// Neither bit ever becomes impossible.
    const LEAST: i32 = 32;

    /// Splits the range between `low` and `high`: up to and with the result lies a one, above it
    /// a zero.
    pub(crate) fn split(self, low: u32, high: u32) -> u32 {
        let width = u64::from(high.wrapping_sub(low));
        let ones = (width * u64::from(self.one)) >> 16;
        low.wrapping_add(u32::try_from(ones).unwrap_or(0))
    }

    /// Moves the chance towards `bit`.
    pub(crate) fn learn(&mut self, bit: bool) {
        let now = i32::from(self.one);
        let target = if bit { 65_535 } else { 0 };
        let step = (target - now) * 2 / (2 * i32::from(self.seen) + 3);
        let next = (now + step).clamp(Self::LEAST, 65_535 - Self::LEAST);
        self.one = u16::try_from(next).unwrap_or(1 << 15);
        self.seen = (self.seen + 1).min(Self::SURE);
    }
}
