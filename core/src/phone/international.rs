//! Numbers as they are shown.

use core::fmt;

use super::PhoneNumber;
use super::plan::Plans;

/// A number grouped for reading, as in `+32 470 12 34 56`.
///
/// Grouped by the rules of the main country of its calling code; where there are none, the
/// national number stands as a whole, and while there are no plans the number as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct International(PhoneNumber);

impl PhoneNumber {
    /// The number grouped for reading.
    #[must_use]
    pub const fn international(self) -> International {
        International(self)
    }
}

impl fmt::Display for International {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(plans) = Plans::get() else { return self.0.fmt(f) };
        let digits = self.0.digits();
        let Some((code, len)) = plans.calling_code(digits.as_bytes()) else {
            return self.0.fmt(f);
        };
        let Some((written, national)) = digits.split_at_checked(len) else {
            return self.0.fmt(f);
        };
        // Filled from the left; every digit is written at most once, and so is each sign
        // between groups of at least one digit.
        let mut text = Text { held: [0; 40], len: 0 };
        text.push(b'+');
        written.bytes().for_each(|digit| text.push(digit));
        text.push(b' ');
        let mut rest = national.bytes();
        for sign in plans.grouping(code, national.as_bytes()).unwrap_or_default().bytes() {
            if sign.is_ascii_digit() {
                let size = usize::from(sign - b'0');
                rest.by_ref().take(size).for_each(|digit| text.push(digit));
            } else {
                text.push(sign);
            }
        }
        rest.for_each(|digit| text.push(digit));
        f.pad(text.as_str())
    }
}

/// Room for a number with all its separators.
struct Text {
    held: [u8; 40],
    len: usize,
}

impl Text {
    fn push(&mut self, sign: u8) {
        if let Some(place) = self.held.get_mut(self.len) {
            *place = sign;
            self.len += 1;
        }
    }

    fn as_str(&self) -> &str {
        let held = self.held.get(..self.len).unwrap_or_default();
        core::str::from_utf8(held).unwrap_or_default()
    }
}
