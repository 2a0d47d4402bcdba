//! The warning that credits run low.

use core::error::Error;
use core::fmt;

use super::amount::Amount;
use crate::pricing::Credits;

/// Below how many credits one wants to be warned; more than none.
///
/// Source: Odoo's field `warning_threshold`; there, nothing is the same as no warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Threshold(Amount);

impl Threshold {
    /// # Errors
    /// [`ThresholdError`] for nothing: below it no balance falls.
    pub const fn new(amount: Amount) -> Result<Self, ThresholdError> {
        if amount.is_zero() { Err(ThresholdError) } else { Ok(Self(amount)) }
    }

    /// The number of credits.
    #[must_use]
    pub const fn amount(self) -> Amount {
        self.0
    }
}

/// A threshold of nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThresholdError;

impl fmt::Display for ThresholdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A threshold is more than 0 credits. To get no warning, set none.")
    }
}

impl Error for ThresholdError {}

/// Whether to warn, and whether it was done.
///
/// It goes off once when what is available falls below the threshold, and is armed again when that
/// is at the threshold or above. So there is one warning for each time that credits run low,
/// however many charges follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Alert {
    threshold: Option<Threshold>,
    armed: bool,
}

impl Alert {
    /// An alert that is kept somewhere, read again.
    #[must_use]
    pub const fn restore(threshold: Option<Threshold>, armed: bool) -> Self {
        Self { threshold, armed }
    }

    /// Sets the threshold. Who sets it above what is available sees that and needs no warning: then
    /// it is armed when credits come in.
    #[must_use]
    pub fn set(threshold: Option<Threshold>, available: Credits) -> Self {
        Self { threshold, armed: !below(threshold, available) }
    }

    /// The threshold; none where nobody wants to be warned.
    #[must_use]
    pub const fn threshold(&self) -> Option<Threshold> {
        self.threshold
    }

    /// Whether it would go off.
    #[must_use]
    pub const fn is_armed(&self) -> bool {
        self.armed
    }

    /// What it becomes when so much is available, and whether it goes off by that.
    #[must_use]
    pub(super) fn observe(self, available: Credits) -> (Self, bool) {
        let below = below(self.threshold, available);
        (Self { armed: !below, ..self }, below && self.armed)
    }
}

/// How much is available, beside what somebody wants to be warned of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// Nothing: whatever costs credits is refused.
    Empty,
    /// Something, but less than the threshold.
    Low,
    /// Not below the threshold, or there is none.
    Enough,
}

impl Level {
    /// The level of what is available.
    #[must_use]
    pub fn of(available: Amount, threshold: Option<Threshold>) -> Self {
        if available.is_zero() {
            Self::Empty
        } else if below(threshold, available.credits()) {
            Self::Low
        } else {
            Self::Enough
        }
    }
}

fn below(threshold: Option<Threshold>, available: Credits) -> bool {
    threshold.is_some_and(|threshold| available < threshold.amount().credits())
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;

    fn threshold(credits: &str) -> Threshold {
        Threshold::new(credits.parse().unwrap()).unwrap()
    }

    /// Follows what is available; `true` where the alert goes off.
    fn follow(mut alert: Alert, available: &[&str]) -> Vec<bool> {
        let step = |credits: &&str| {
            let off;
            (alert, off) = alert.observe(credits.parse().unwrap());
            off
        };
        available.iter().map(step).collect()
    }

    #[test]
    fn goes_off_once_for_each_crossing() {
        let alert = Alert::set(Some(threshold("10")), "20".parse().unwrap());
        let off = follow(alert, &["15", "10", "9.999999", "5", "0", "10", "9", "30", "0"]);
        assert_eq!(off, [false, false, true, false, false, false, true, false, true]);
    }

    #[test]
    fn goes_off_on_a_fall_to_nothing() {
        let alert = Alert::set(Some(threshold("0.000001")), "1".parse().unwrap());
        assert_eq!(follow(alert, &["0.000001", "0"]), [false, true]);
    }

    #[test]
    fn set_above_what_is_available_it_waits_for_credits() {
        let alert = Alert::set(Some(threshold("10")), "3".parse().unwrap());
        assert_eq!(follow(alert, &["2", "1", "12", "9"]), [false, false, false, true]);
    }

    #[test]
    fn a_level_is_low_below_the_threshold_alone() {
        let level = |available: &str, threshold| Level::of(available.parse().unwrap(), threshold);
        assert_eq!(level("0", None), Level::Empty);
        assert_eq!(level("0", Some(threshold("10"))), Level::Empty);
        assert_eq!(level("9.999999", Some(threshold("10"))), Level::Low);
        assert_eq!(level("10", Some(threshold("10"))), Level::Enough);
        assert_eq!(level("0.000001", None), Level::Enough);
    }

    #[test]
    fn nobody_who_wants_no_warning_gets_one() {
        assert_eq!(follow(Alert::set(None, Credits::ZERO), &["5", "0"]), [false, false]);
        assert_eq!(Threshold::new(Amount::ZERO), Err(ThresholdError));
    }
}
