//! The platform's part of what is taken.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// A part of a whole in percent, from none to all, with up to two decimals.
///
/// ```
/// use iap_core::credits::Share;
///
/// let share: Share = "25".parse()?;
/// assert_eq!(share.split(1_001), (250, 751));
/// # Ok::<(), iap_core::credits::ShareError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Share(u16);

/// Hundredths of a percent in the whole.
const WHOLE: u16 = 10_000;

impl Share {
    /// Nothing.
    pub const NONE: Self = Self(0);

    /// # Errors
    /// [`ShareError`] above 100 %.
    pub const fn new(hundredths: u16) -> Result<Self, ShareError> {
        if hundredths > WHOLE { Err(ShareError) } else { Ok(Self(hundredths)) }
    }

    /// In hundredths of a percent, 0 to 10,000.
    #[must_use]
    pub const fn hundredths(self) -> u16 {
        self.0
    }

    /// Divides minor units of money: the platform's part, and the rest, which is the provider's. The platform's
    /// is rounded towards nothing, so what cannot be divided is the provider's; both together are always the
    /// whole, and neither has another sign than the whole.
    #[must_use]
    pub fn split(self, minor: i64) -> (i64, i64) {
        let part = i128::from(minor) * i128::from(self.0) / i128::from(WHOLE);
        // No part is larger than the whole.
        let part = i64::try_from(part).unwrap_or(minor);
        (part, minor.saturating_sub(part))
    }
}

impl fmt::Display for Share {
    /// In percent, without zeros that say nothing: `25`, `12.5`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        match (part, part % 10) {
            (0, _) => write!(f, "{whole}"),
            (_, 0) => write!(f, "{whole}.{}", part / 10),
            _ => write!(f, "{whole}.{part:02}"),
        }
    }
}

impl FromStr for Share {
    type Err = ShareError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| {
            let all = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| text.parse::<u16>().ok()).flatten().ok_or(ShareError)
        };
        let part = match part.len() {
            1 => digits(part)? * 10,
            2 => digits(part)?,
            _ => return Err(ShareError),
        };
        let whole = digits(whole)?.checked_mul(100).ok_or(ShareError)?;
        Self::new(whole.checked_add(part).ok_or(ShareError)?)
    }
}

/// No part of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShareError;

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A share is 0 to 100 percent, with up to two decimals.")
    }
}

impl Error for ShareError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn shares_are_read_as_they_are_written() {
        for text in ["0", "25", "12.5", "0.05", "100"] {
            assert_eq!(text.parse::<Share>().unwrap().to_string(), text);
        }
        for bad in ["", "-1", "100.01", "101", "1.234", "1.", ".5", "a", "+1", "1e1", "70000"] {
            assert_eq!(bad.parse::<Share>(), Err(ShareError), "{bad}");
        }
    }

    #[test]
    fn nothing_and_all() {
        for minor in [i64::MIN, -1, 0, 1, i64::MAX] {
            assert_eq!(Share::NONE.split(minor), (0, minor));
            assert_eq!(Share(WHOLE).split(minor), (minor, 0));
        }
    }
}
