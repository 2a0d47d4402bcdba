//! Amounts that are moved.

use core::error::Error;
use core::fmt;
use core::str::FromStr;

use crate::pricing::{Credits, CreditsOverflow, ParseCreditsError};

/// An amount of credits that is not negative: what is bought, held, charged or given back.
///
/// There are amounts of nothing: a message to a destination that costs nothing is authorized and
/// captured like any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(Credits);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(Credits::ZERO);

    /// # Errors
    /// [`AmountError::Negative`] below zero.
    pub const fn new(credits: Credits) -> Result<Self, AmountError> {
        if credits.is_negative() { Err(AmountError::Negative) } else { Ok(Self(credits)) }
    }

    /// The credits; never negative.
    #[must_use]
    pub const fn credits(self) -> Credits {
        self.0
    }

    /// In millionths of a credit; never negative.
    #[must_use]
    pub const fn millionths(self) -> i64 {
        self.0.millionths()
    }

    /// Whether it is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// The sum.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where it is out of range.
    pub fn checked_add(self, other: Self) -> Result<Self, CreditsOverflow> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left; none where `other` is the larger.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        (other <= self).then(|| self.saturating_sub(other))
    }

    /// What is left, or nothing.
    #[must_use]
    pub fn saturating_sub(self, other: Self) -> Self {
        let left = self.millionths().saturating_sub(other.millionths());
        Self(Credits::from_millionths(left.max(0)))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// As [`Credits`] are read.
impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text.parse().map_err(AmountError::NotCredits)?)
    }
}

/// Why something is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AmountError {
    /// It is below zero.
    Negative,
    /// It is no number of credits.
    NotCredits(ParseCreditsError),
}

impl fmt::Display for AmountError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Negative => f.write_str("An amount of credits is not negative."),
            Self::NotCredits(error) => error.fmt(f),
        }
    }
}

impl Error for AmountError {}
