//! Moments and lengths of time. The clock itself is outside: what a rule needs to know of it comes
//! in as an argument.

mod rfc3339;

use core::error::Error;
use core::fmt;
use core::time::Duration;

pub use rfc3339::ParseTimestampError;

/// A moment, in milliseconds since 1970-01-01T00:00:00Z.
///
/// ```
/// use iap_core::time::{Hours, Timestamp};
///
/// let start = Timestamp::from_millis(0);
/// assert_eq!(start.after(Hours::new(2)?), Timestamp::from_millis(7_200_000));
/// # Ok::<(), iap_core::time::HoursOutOfRange>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The last moment there is.
    pub const MAX: Self = Self(i64::MAX);

    /// So many milliseconds after 1970-01-01T00:00:00Z; before it where they are negative.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// So many hours later, or the last moment there is.
    #[must_use]
    pub fn after(self, hours: Hours) -> Self {
        Self(self.0.saturating_add(i64::from(hours.get()).saturating_mul(MILLIS_IN_HOUR)))
    }

    /// So much later, in whole milliseconds, or the last moment there is.
    #[must_use]
    pub fn later(self, length: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(length.as_millis()).unwrap_or(i64::MAX)))
    }
}

const MILLIS_IN_HOUR: i64 = 3_600_000;

/// A length of time in hours: 1 to 87,600 (ten years).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hours(u32);

impl Hours {
    /// The longest.
    pub const MAX: Self = Self(87_600);

    /// # Errors
    /// [`HoursOutOfRange`] for none, and above [`Hours::MAX`].
    pub const fn new(hours: u32) -> Result<Self, HoursOutOfRange> {
        match hours {
            1..=87_600 => Ok(Self(hours)),
            _ => Err(HoursOutOfRange),
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0
    }
}

/// A number of hours that is none, or too large.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoursOutOfRange;

impl fmt::Display for HoursOutOfRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A number of hours is 1 to {}.", Hours::MAX.0)
    }
}

impl Error for HoursOutOfRange {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_never_wraps() {
        assert_eq!(Timestamp::MAX.after(Hours::MAX), Timestamp::MAX);
        assert_eq!(Timestamp::MAX.later(Duration::from_millis(1)), Timestamp::MAX);
        assert_eq!(Timestamp::from_millis(-1).later(Duration::MAX).millis(), i64::MAX - 1);
        assert_eq!(Timestamp::from_millis(1).later(Duration::from_millis(2)).millis(), 3);
        assert_eq!(Hours::new(0), Err(HoursOutOfRange));
        assert_eq!(Hours::new(87_600), Ok(Hours::MAX));
        assert_eq!(Hours::new(87_601), Err(HoursOutOfRange));
    }
}
