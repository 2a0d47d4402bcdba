//! Which account comes next.

/// Xorshift: any sequence will do.
pub(crate) struct Random(u64);

impl Random {
    /// A sequence of its own for each seed; zero would stay zero.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.max(1))
    }

    /// One of some; nothing where there is none.
    pub(crate) fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let count = u64::try_from(all.len()).ok()?;
        all.get(usize::try_from(self.0.checked_rem(count)?).ok()?)
    }
}
