//! Failed attempts to sign in.

use core::error::Error;
use core::fmt;

use crate::time::Timestamp;

/// Failed attempts to sign in with an address, since the last that succeeded.
///
/// The first few are a slip of the finger. Each further one makes the address wait, for twice as
/// long each time, so that guessing takes years and nobody is locked out for longer than an hour.
/// They are counted whether or not anybody has that address, so that the answer does not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attempts {
    failed: u32,
    until: Timestamp,
}

/// Attempts that cost nothing.
const FREE: u32 = 5;

/// The first wait and the longest, in milliseconds.
const WAIT: i64 = 60_000;
const LONGEST: i64 = 3_600_000;

/// After so long, earlier attempts are forgotten, in milliseconds.
const MEMORY: i64 = 86_400_000;

impl Attempts {
    /// Attempts that are kept somewhere, read again: how many failed, and until when the address
    /// waits.
    #[must_use]
    pub const fn restore(failed: u32, until: Timestamp) -> Self {
        Self { failed, until }
    }

    /// How many failed.
    #[must_use]
    pub const fn failed(&self) -> u32 {
        self.failed
    }

    /// Until when the address waits; in the past where it does not.
    #[must_use]
    pub const fn until(&self) -> Timestamp {
        self.until
    }

    /// Whether a further attempt may be made.
    ///
    /// # Errors
    /// [`Locked`] while the address waits.
    pub fn check(&self, now: Timestamp) -> Result<(), Locked> {
        let left = self.until.millis().saturating_sub(now.millis());
        // A clock that went back makes nobody wait longer than the longest wait.
        if self.failed >= FREE && (1..=LONGEST).contains(&left) {
            let minutes = u32::try_from(left.saturating_add(59_999) / 60_000).unwrap_or(60);
            return Err(Locked { minutes });
        }
        Ok(())
    }

    /// After one more failed.
    #[must_use]
    pub fn after_failure(&self, now: Timestamp) -> Self {
        let forgotten = now.millis().saturating_sub(self.until.millis()) > MEMORY;
        let failed = if forgotten { 1 } else { self.failed.saturating_add(1) };
        let wait = match failed.checked_sub(FREE) {
            None => 0,
            Some(doublings) => WAIT
                .checked_shl(doublings)
                .filter(|&wait| wait > 0 && doublings < 16)
                .map_or(LONGEST, |wait| wait.min(LONGEST)),
        };
        Self { failed, until: Timestamp::from_millis(now.millis().saturating_add(wait)) }
    }
}

/// Too many attempts failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locked {
    /// How long to wait, in minutes, rounded up: 1 to 60.
    pub minutes: u32,
}

impl fmt::Display for Locked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = if self.minutes == 1 { "minute" } else { "minutes" };
        write!(
            f,
            "Too many attempts to sign in with this address have failed. Try again in {} {minutes}.",
            self.minutes
        )
    }
}

impl Error for Locked {}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(1_800_000_000_000 + minutes * 60_000)
    }

    #[test]
    fn a_few_slips_cost_nothing_and_then_it_doubles() {
        let mut attempts = Attempts::default();
        let mut waits = Vec::new();
        let mut now = at(0);
        for _ in 0..14 {
            attempts = attempts.after_failure(now);
            let wait = attempts.check(now).map_or_else(|locked| locked.minutes, |()| 0);
            waits.push(wait);
            now = Timestamp::from_millis(now.millis() + i64::from(wait) * 60_000);
            assert_eq!(attempts.check(now), Ok(()), "the wait is over");
        }
        assert_eq!(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
    }

    #[test]
    fn a_day_later_all_is_forgotten() {
        let mut attempts = Attempts::default();
        for _ in 0..20 {
            attempts = attempts.after_failure(at(0));
        }
        assert_eq!(attempts.check(at(59)), Err(Locked { minutes: 1 }));
        assert_eq!(attempts.after_failure(at(60 * 26)).failed(), 1);
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out() {
        let locked = Attempts::restore(9, at(60 * 24 * 365));
        assert_eq!(locked.check(at(0)), Ok(()));
    }
}
