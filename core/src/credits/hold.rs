//! Credits set aside for work under way.

use core::error::Error;
use core::fmt;

use super::amount::Amount;
use super::funds::Funds;
use crate::time::{Hours, Timestamp};

/// Credits set aside by [`Account::authorize`](super::Account::authorize) until it is known what
/// the work cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hold {
    funds: Funds,
    expires_at: Timestamp,
    state: HoldState,
}

/// What became of a hold. It is open at first; every other state is final.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoldState {
    /// Nothing yet.
    Open,
    /// The work was done.
    Captured {
        /// What it cost; the rest came back.
        charged: Funds,
        /// What was given back of it later.
        refunded: Funds,
    },
    /// The work was not done.
    Cancelled,
    /// Nobody said in time.
    Expired,
}

impl Hold {
    /// For how long credits are held where nothing else is asked for: 4,320 hours, half a year.
    /// Source: Odoo's documentation of `/iap/1/authorize`, parameter `ttl`.
    pub const DEFAULT_TTL: Hours = match Hours::new(4_320) {
        Ok(hours) => hours,
        Err(_) => Hours::MAX,
    };

    /// A hold that is kept somewhere, read again; none where its state contradicts its funds: more
    /// was charged than held, or more refunded than charged.
    #[must_use]
    pub fn restore(funds: Funds, expires_at: Timestamp, state: HoldState) -> Option<Self> {
        if let HoldState::Captured { charged, refunded } = state {
            funds.checked_sub(charged)?;
            charged.checked_sub(refunded)?;
        }
        Some(Self { funds, expires_at, state })
    }

    pub(super) const fn open(funds: Funds, expires_at: Timestamp) -> Self {
        Self { funds, expires_at, state: HoldState::Open }
    }

    pub(super) const fn with(self, state: HoldState) -> Self {
        Self { state, ..self }
    }

    /// What was set aside.
    #[must_use]
    pub const fn funds(&self) -> Funds {
        self.funds
    }

    /// From when on nobody can capture it any more.
    #[must_use]
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    /// What became of it.
    #[must_use]
    pub const fn state(&self) -> HoldState {
        self.state
    }

    /// Whether it is open and its time is over, so that it is to be expired.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.state == HoldState::Open && self.expires_at <= now
    }

    /// What is still set aside for it: all while it is open, else nothing.
    #[must_use]
    pub const fn remaining(&self) -> Funds {
        match self.state {
            HoldState::Open => self.funds,
            _ => Funds::ZERO,
        }
    }

    /// That it can be resolved.
    pub(super) fn check_open(&self) -> Result<(), ResolveError> {
        match self.state {
            HoldState::Open => Ok(()),
            HoldState::Captured { charged, .. } => Err(ResolveError::Captured(charged)),
            HoldState::Cancelled => Err(ResolveError::Cancelled),
            HoldState::Expired => Err(ResolveError::Expired),
        }
    }
}

/// Why a hold cannot be captured, cancelled, expired or refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResolveError {
    /// It was captured.
    Captured(Funds),
    /// It was cancelled.
    Cancelled,
    /// Its time is over.
    Expired,
    /// Its time is not over.
    NotDue,
    /// It was not captured, so that nothing was charged.
    NotCaptured,
    /// More is asked for than there is.
    TooMuch {
        /// What there is: held, or charged and not yet refunded.
        limit: Amount,
    },
}

impl fmt::Display for ResolveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Captured(charged) => {
                write!(f, "The hold was captured before, with {} credits.", charged.total())
            }
            Self::Cancelled => f.write_str("The hold was cancelled before; its credits came back."),
            Self::Expired => f.write_str("The hold has expired; its credits came back."),
            Self::NotDue => f.write_str("The hold has not expired yet."),
            Self::NotCaptured => f.write_str("The hold was not captured: nothing was charged."),
            Self::TooMuch { limit } => write!(f, "No more than {limit} credits can be asked for."),
        }
    }
}

impl Error for ResolveError {}
