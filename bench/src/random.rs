//! Numbers that look random and are the same in every run.

/// A generator of numbers: `SplitMix64` (Steele, Lea and Flood, 2014). A crate's could give other
/// numbers in its next version, and so other texts.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from `first` to `last`, both among them.
    pub(crate) fn within(&mut self, first: usize, last: usize) -> usize {
        let span = u64::try_from(last.saturating_sub(first)).unwrap_or(u64::MAX).saturating_add(1);
        first + usize::try_from(self.next() % span).unwrap_or(0)
    }

    /// One of `items`; the empty text where there are none.
    pub(crate) fn pick<'i>(&mut self, items: &[&'i str]) -> &'i str {
        let at = self.within(0, items.len().saturating_sub(1));
        items.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Random;

    #[test]
    fn numbers_stay_within_and_reach_both_ends() {
        let mut random = Random::new(1);
        let mut seen = [false; 5];
        for _ in 0..200 {
            seen[random.within(3, 7) - 3] = true;
        }
        assert_eq!(seen, [true; 5]);
    }

    #[test]
    fn the_same_seed_gives_the_same_numbers() {
        // The first numbers that the authors' own program prints for the seed 1234567.
        let mut random = Random::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }
}
