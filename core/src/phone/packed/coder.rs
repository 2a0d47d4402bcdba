//! What both sides of the arithmetic coder do alike.

/// One side of the arithmetic coder.
pub(crate) trait Coder {
    /// Writes `bit`, or reads one and takes no notice of `bit`. The result is the bit that
    /// stands in the stream.
    fn bit(&mut self, context: usize, bit: bool) -> bool;

    /// Writes `value`, or reads one: how many bits it has, then the bits, highest first. At most
    /// 65,534.
    fn number(&mut self, base: usize, value: u32) -> u32 {
        let value = value.saturating_add(1);
        let bits = 31_u32.saturating_sub(value.leading_zeros());
        let mut length = 0_u32;
        let mut length_context = base;
        while length < 15 && !self.bit(length_context, length == bits) {
            length += 1;
            length_context += 1;
        }
        let mut result = 1_u32;
        for place in (0..length).rev() {
            // The two highest bits are told apart by what stands before them, the others only
            // by their place: there is too little to learn from.
            let within = match length - place {
                1 => 0,
                2 => 1 + (result & 1),
                _ => 3 + place,
            };
            let offset = usize::try_from(length * 20 + within).unwrap_or(0);
            let bit = self.bit(base + 16 + offset, (value >> place) & 1 == 1);
            result = (result << 1) | u32::from(bit);
        }
        result - 1
    }
}
