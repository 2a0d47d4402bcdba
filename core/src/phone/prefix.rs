//! What is dialled before a number, and what becomes of it.

/// The most digits held: the longest national number, a calling code, and the longest prefixes.
pub(super) const MAX_DIGITS: usize = 40;

/// ASCII digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digits {
    held: [u8; MAX_DIGITS],
    len: usize,
}

impl Digits {
    pub(super) const fn new() -> Self {
        Self { held: [0; MAX_DIGITS], len: 0 }
    }

    /// Adds a digit; false where there is no room.
    pub(super) fn push(&mut self, digit: u8) -> bool {
        let Some(place) = self.held.get_mut(self.len) else { return false };
        *place = digit;
        self.len += 1;
        true
    }

    /// Adds digits as far as there is room. Digits taken from a number have room in another.
    pub(super) fn extend(&mut self, digits: &[u8]) {
        for digit in digits {
            self.push(*digit);
        }
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        self.held.get(..self.len).unwrap_or_default()
    }

    /// The digits from `start` on.
    pub(super) fn from(&self, start: usize) -> Self {
        let mut digits = Self::new();
        digits.extend(self.as_slice().get(start..).unwrap_or_default());
        digits
    }
}

/// A prefix found at the start of digits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// Digits of the prefix.
    pub(super) end: usize,
    /// The parts that a rule may take over; from where to where.
    groups: [Option<(usize, usize)>; 2],
}

impl Found {
    /// Whether the rule is applied: something of the prefix is to be kept.
    pub(super) fn takes_over(&self, rule: &str) -> bool {
        let filled = |(start, end): (usize, usize)| start < end;
        let [first, second] = self.groups;
        !rule.is_empty() && first.is_some_and(|first| second.map_or_else(|| filled(first), filled))
    }

    /// Writes the rule with `$1` and `$2` filled in, then what follows the prefix.
    pub(super) fn replace(&self, rule: &str, digits: &[u8], into: &mut Digits) {
        let mut signs = rule.bytes();
        while let Some(sign) = signs.next() {
            if sign != b'$' {
                into.push(sign);
                continue;
            }
            let [first, second] = self.groups;
            let group = if signs.next() == Some(b'1') { first } else { second };
            let part = group.and_then(|(start, end)| digits.get(start..end));
            into.extend(part.unwrap_or_default());
        }
        into.extend(digits.get(self.end..).unwrap_or_default());
    }
}

/// Finds the first of the alternatives that `digits` start with. How they are written stands in
/// the build script, `build/dialling.rs`.
pub(super) fn find(alternatives: &str, digits: &[u8]) -> Option<Found> {
    if alternatives.is_empty() || digits.is_empty() {
        return None;
    }
    alternatives.split('|').find_map(|alternative| try_one(alternative, digits))
}

fn try_one(alternative: &str, digits: &[u8]) -> Option<Found> {
    let mut found = Found::default();
    let mut group = 0;
    let mut signs = alternative.bytes();
    while let Some(sign) = signs.next() {
        match sign {
            b'(' => *found.groups.get_mut(group)? = Some((found.end, found.end)),
            b')' => {
                if let Some((_, end)) = found.groups.get_mut(group)? {
                    *end = found.end;
                }
                group += 1;
            }
            b'$' if found.end == digits.len() => {}
            b'$' => return None,
            _ => {
                let digit = digits.get(found.end)?;
                let fits = match sign {
                    b'.' => true,
                    // Reads to the closing bracket whatever comes.
                    b'[' => {
                        signs
                            .by_ref()
                            .take_while(|member| *member != b']')
                            .filter(|member| member == digit)
                            .count()
                            > 0
                    }
                    _ => sign == *digit,
                };
                if !fits {
                    return None;
                }
                found.end += 1;
            }
        }
    }
    Some(found)
}
