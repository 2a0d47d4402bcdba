//! Moments as text, in the form of RFC 3339: `2026-01-31T12:30:00.000Z`.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

use super::Timestamp;
use crate::pricing::Date;

const DAY: i64 = 86_400_000;

/// Days from 0000-03-01 to 1970-01-01. Years that begin in March have their leap day at the end.
const EPOCH: i64 = 719_468;

/// Days in 400 years, after which the calendar repeats.
const ERA: i64 = 146_097;

impl Timestamp {
    /// The day in UTC; the first or the last that [`Date`] has where it lies outside of them.
    #[must_use]
    pub fn date(self) -> Date {
        let days = self.millis().div_euclid(DAY).saturating_add(EPOCH);
        let (era, of_era) = (days.div_euclid(ERA), days.rem_euclid(ERA));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let date = || {
            let (year, month) = (u16::try_from(year).ok()?, u8::try_from(month).ok()?);
            Date::new(year, month, u8::try_from(day).ok()?).ok()
        };
        date().unwrap_or(if year < 1 { Date::MIN } else { Date::MAX })
    }

    /// Midnight in UTC at the beginning of a day.
    #[must_use]
    pub fn midnight(date: Date) -> Self {
        let month = i64::from(date.month());
        let year = i64::from(date.year()) - i64::from(month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let from_march = if month > 2 { month - 3 } else { month + 9 };
        let of_year = (153 * from_march + 2) / 5 + i64::from(date.day()) - 1;
        let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year;
        Self::from_millis((era * ERA + of_era - EPOCH) * DAY)
    }
}

/// In UTC, with three decimals: `2026-01-31T12:30:00.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.millis().rem_euclid(DAY);
        let (seconds, millis) = (millis / 1_000, millis % 1_000);
        let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        write!(f, "{}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z", self.date())
    }
}

/// Reads a moment of RFC 3339, in UTC or with the distance of a zone, and a date alone, which is its
/// midnight in UTC. What is finer than a millisecond is cut off. There are no leap seconds.
impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (date, time) = match text.split_once(['T', 't']) {
            Some((date, time)) => (date, Some(time)),
            None => (text, None),
        };
        let start = Self::midnight(date.parse().map_err(|_| ParseTimestampError)?);
        let Some(time) = time else { return Ok(start) };
        let (time, ahead) = match time.strip_suffix(['Z', 'z']) {
            Some(time) => (time, 0),
            None => zone(time)?,
        };
        let (time, decimals) = time.split_once('.').unwrap_or((time, "0"));
        let &[h1, h2, b':', m1, m2, b':', s1, s2] = time.as_bytes() else {
            return Err(ParseTimestampError);
        };
        let hour = below(24, [h1, h2])?;
        let minute = below(60, [m1, m2])?;
        let second = below(60, [s1, s2])?;
        if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(ParseTimestampError);
        }
        let millis = decimals.bytes().chain([b'0'; 2]).take(3);
        let millis = millis.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
        let of_day = ((hour * 60 + minute) * 60 + second) * 1_000 + millis;
        let millis = start.millis() + of_day - ahead;
        // A zone may lead out of the calendar, where a moment could not be written again.
        let calendar = Self::midnight(Date::MIN).millis()..Self::midnight(Date::MAX).millis() + DAY;
        calendar.contains(&millis).then_some(Self::from_millis(millis)).ok_or(ParseTimestampError)
    }
}

/// A time before its zone, and how far the zone is ahead of UTC, in milliseconds.
fn zone(time: &str) -> Result<(&str, i64), ParseTimestampError> {
    let place = time.rfind(['+', '-']).ok_or(ParseTimestampError)?;
    let (time, zone) = time.split_at_checked(place).ok_or(ParseTimestampError)?;
    let &[sign, h1, h2, b':', m1, m2] = zone.as_bytes() else { return Err(ParseTimestampError) };
    let distance = (below(24, [h1, h2])? * 60 + below(60, [m1, m2])?) * 60_000;
    Ok((time, if sign == b'-' { -distance } else { distance }))
}

fn below(limit: i64, digits: [u8; 2]) -> Result<i64, ParseTimestampError> {
    let [tens, ones] = digits;
    let number = i64::from(tens.wrapping_sub(b'0')) * 10 + i64::from(ones.wrapping_sub(b'0'));
    let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
    (digits && number < limit).then_some(number).ok_or(ParseTimestampError)
}

/// A text that is no moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseTimestampError;

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Write a moment as 2026-01-31T12:30:00Z, or a day as 2026-01-31.")
    }
}

impl Error for ParseTimestampError {}

#[cfg(test)]
mod tests {
    use alloc::string::ToString as _;

    use super::*;

    #[test]
    fn written_and_read() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (1_800_000_000_123, "2027-01-15T08:00:00.123Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] {
            assert_eq!(Timestamp::from_millis(millis).to_string(), text);
            assert_eq!(text.parse(), Ok(Timestamp::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn every_day_of_the_calendar_comes_back() {
        let first = Timestamp::midnight(Date::MIN).millis();
        let last = Timestamp::midnight(Date::MAX).millis();
        let mut before = None;
        for millis in (first..=last).step_by(86_400_000) {
            let date = Timestamp::from_millis(millis).date();
            assert_eq!(Timestamp::midnight(date).millis(), millis, "{date}");
            assert!(before < Some(date), "{date}");
            before = Some(date);
        }
        assert_eq!(before, Some(Date::MAX));
        assert_eq!(Timestamp::MAX.date(), Date::MAX);
        assert_eq!(Timestamp::from_millis(i64::MIN).date(), Date::MIN);
    }

    #[test]
    fn short_forms_and_nonsense() {
        let noon = Timestamp::from_millis(43_200_000);
        assert_eq!("1970-01-01T12:00:00Z".parse(), Ok(noon));
        assert_eq!("1970-01-01T12:00:00.0009Z".parse(), Ok(noon));
        assert_eq!("1970-01-01t12:00:00z".parse(), Ok(noon));
        assert_eq!("1970-01-01T13:30:00+01:30".parse(), Ok(noon));
        assert_eq!("1970-01-01T04:00:00.000-08:00".parse(), Ok(noon));
        assert_eq!("1970-01-01".parse(), Ok(Timestamp::from_millis(0)));
        for bad in [
            "",
            "now",
            "1970-02-30",
            "1970-01-01T",
            "1970-01-01T24:00:00Z",
            "1970-01-01T12:00Z",
            "1970-01-01T12:00:00",
            "1970-01-01T12:00:00+0100",
            "1970-01-01T12:00:00+24:00",
            "1970-01-01+01:00",
            "1970-01-01T12:00:00.Z",
            "1970-01-01T12:60:00Z",
            "1970-01-01T1a:00:00Z",
            // In UTC, before the first day of the calendar and after its last.
            "0001-01-01T00:30:00+01:00",
            "9999-12-31T23:30:00-01:00",
        ] {
            assert_eq!(bad.parse::<Timestamp>(), Err(ParseTimestampError), "{bad}");
        }
    }
}
