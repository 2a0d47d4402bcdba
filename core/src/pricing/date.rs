//! Days of the calendar.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

/// A day of the Gregorian calendar, without a time or a time zone: `2026-01-31`.
///
/// What day it is today comes in from outside, as does the choice of a time zone. That leaves
/// comparing, reading and writing, so this is four bytes of our own rather than a calendar
/// library: those bring time zones, arithmetic and format descriptions into the browser.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The first day there is: 1 January of the year 1.
    pub const MIN: Self = Self { year: 1, month: 1, day: 1 };

    /// The last day there is: 31 December 9999.
    pub const MAX: Self = Self { year: 9999, month: 12, day: 31 };

    /// A day by year (1 to 9999), month (1 to 12) and day of the month.
    ///
    /// # Errors
    /// [`DateError::NoSuchDay`] where the calendar has no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Result<Self, DateError> {
        if year == 0 || year > Self::MAX.year || day == 0 || day > days_in_month(year, month) {
            return Err(DateError::NoSuchDay);
        }
        Ok(Self { year, month, day })
    }

    /// The year, 1 to 9999.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    #[must_use]
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(self) -> u8 {
        self.day
    }
}

/// The days of a month, 0 where there is no such month.
const fn days_in_month(year: u16, month: u8) -> u8 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// Year, month and day as in ISO 8601: `2026-01-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads the extended calendar date of ISO 8601, all ten characters of it: `2026-01-31`.
impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return Err(DateError::NotIso);
        };
        let year = u16::from(pair(y1, y2)?) * 100 + u16::from(pair(y3, y4)?);
        Self::new(year, pair(m1, m2)?, pair(d1, d2)?)
    }
}

/// The number that two digits write.
fn pair(tens: u8, ones: u8) -> Result<u8, DateError> {
    if tens.is_ascii_digit() && ones.is_ascii_digit() {
        Ok((tens - b'0') * 10 + (ones - b'0'))
    } else {
        Err(DateError::NotIso)
    }
}

impl TryFrom<&str> for Date {
    type Error = DateError;

    fn try_from(text: &str) -> Result<Self, Self::Error> {
        text.parse()
    }
}

/// Why a text or three numbers are no [`Date`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateError {
    /// The text is not written as `2026-01-31`. Other orders are not guessed at: 01/02 is a day
    /// in January to some and in February to others.
    NotIso,
    /// The calendar has no such day, as in 30 February.
    NoSuchDay,
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotIso => "this is no date: write year, month and day as 2026-01-31",
            Self::NoSuchDay => "the calendar has no such day",
        })
    }
}

impl Error for DateError {}
