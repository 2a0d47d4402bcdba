//! When what could not be delivered is tried again.

use core::time::Duration;

use crate::time::Timestamp;

/// The pauses after the first tries that failed. A passing fault is mostly over within minutes, and
/// a server that lets strangers wait (greylisting) wants to see them again after about five.
const PAUSES: [Duration; 5] = [
    Duration::from_mins(1),
    Duration::from_mins(5),
    Duration::from_mins(15),
    Duration::from_hours(1),
    Duration::from_hours(4),
];

/// The pause after each further try that failed.
const LONG_PAUSE: Duration = Duration::from_hours(8);

/// For how long it is tried: a weekend, after which somebody can look at the mail server, and some
/// hours for that.
const PATIENCE: Duration = Duration::from_hours(3 * 24);

/// What becomes of a message that could not be delivered for a reason that may pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// It is tried again at this moment.
    At(Timestamp),
    /// It has been tried for three days: that was the last time.
    GiveUp,
}

/// What becomes of a message after `attempts` tries that failed for reasons that may pass, the first
/// of them at `since` and the last at `now`.
///
/// The last try is three days after the first. A clock that goes back delays nothing by more than
/// the pause.
///
/// ```
/// use core::time::Duration;
/// use iap_core::messaging::{Retry, after_failure};
/// use iap_core::time::Timestamp;
///
/// let now = Timestamp::from_millis(1_800_000_000_000);
/// assert_eq!(after_failure(1, now, now), Retry::At(now.later(Duration::from_mins(1))));
/// ```
#[must_use]
pub fn after_failure(attempts: u32, since: Timestamp, now: Timestamp) -> Retry {
    let end = since.later(PATIENCE);
    if now >= end {
        return Retry::GiveUp;
    }
    let failed = usize::try_from(attempts.saturating_sub(1)).unwrap_or(usize::MAX);
    let pause = PAUSES.get(failed).copied().unwrap_or(LONG_PAUSE);
    Retry::At(now.later(pause).min(end))
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    const SINCE: Timestamp = Timestamp::from_millis(1_800_000_000_000);

    #[test]
    fn is_tried_ever_more_rarely_for_three_days() {
        let mut now = SINCE;
        let mut tries = Vec::new();
        while let Retry::At(next) =
            after_failure(u32::try_from(tries.len()).unwrap() + 1, SINCE, now)
        {
            assert!(next > now);
            tries.push((next.millis() - SINCE.millis()) / 60_000);
            now = next;
        }
        let expected =
            [1, 6, 21, 81, 321, 801, 1281, 1761, 2241, 2721, 3201, 3681, 4161, 3 * 24 * 60];
        assert_eq!(tries, expected);
    }

    #[test]
    fn the_last_try_is_after_three_days_however_few_there_were() {
        let end = SINCE.later(PATIENCE);
        let before = Timestamp::from_millis(end.millis() - 1);
        assert_eq!(after_failure(1, SINCE, before), Retry::At(end));
        assert_eq!(after_failure(1, SINCE, end), Retry::GiveUp);
        assert_eq!(after_failure(u32::MAX, SINCE, before), Retry::At(end));
    }

    #[test]
    fn a_clock_that_goes_back_and_the_end_of_time_do_no_harm() {
        let before = Timestamp::from_millis(SINCE.millis() - 3_600_000);
        assert_eq!(after_failure(1, SINCE, before), Retry::At(before.later(PAUSES[0])));
        assert_eq!(after_failure(0, SINCE, SINCE), Retry::At(SINCE.later(PAUSES[0])));
        assert_eq!(after_failure(1, Timestamp::MAX, Timestamp::MAX), Retry::GiveUp);
    }
}
