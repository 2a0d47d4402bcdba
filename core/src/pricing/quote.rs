//! What sending costs.

use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use crate::phone::Region;
use crate::sms::{PartCount, TooManyParts};

use super::destinations::Destination;
use super::recipient::{Refusal, RefusedCounts};
use super::{Credits, CreditsOverflow, PartPrice, Rate};

/// How many parts a text needs, as counted: 0 for an empty one, and perhaps more than can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageParts<'list> {
    /// The same for every recipient.
    Same(u32),
    /// For each recipient of the list, refused ones included, its own.
    Each(&'list [u32]),
}

impl MessageParts<'_> {
    /// The parts for the recipient at a place of the list.
    pub(super) fn of(self, position: usize) -> Option<u32> {
        match self {
            Self::Same(parts) => Some(parts),
            Self::Each(parts) => parts.get(position).copied(),
        }
    }
}

/// The number of parts, if it can be sent.
pub(super) fn sendable(parts: u32, limit: PartCount) -> Result<u64, Refusal> {
    match PartCount::new(parts) {
        Ok(count) if count.get() == 0 => Err(Refusal::EmptyText),
        Ok(count) if count <= limit => Ok(u64::from(parts)),
        _ => Err(Refusal::TooManyParts(TooManyParts { parts, limit })),
    }
}

/// What sending a text to a list of recipients costs.
///
/// Sending is all or nothing: where the balance is short, nothing is sent. That is an outcome to
/// be shown, not an error.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quote {
    /// One line for each destination that gets a message, in the order of the rates in the card.
    pub lines: Vec<QuoteLine>,
    /// The recipients that get a message.
    pub recipients: u64,
    /// The parts of all messages.
    pub parts: u64,
    /// The sum of the lines.
    pub total: Credits,
    /// The recipients that get no message and cost nothing;
    /// [`Destinations::refusals`](super::Destinations::refusals) lists them.
    pub refused: RefusedCounts,
    /// The credits available before sending.
    pub balance: Credits,
    /// Whether they are enough.
    pub outcome: Outcome,
}

/// What sending to one destination costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuoteLine {
    /// The rate of the destination.
    pub rate: Rate,
    /// Its country, see [`Destination::country`].
    pub country: Option<Region>,
    /// The recipients there that get a message.
    pub recipients: u64,
    /// The parts of their messages together.
    pub parts: u64,
    /// The price of one part.
    pub price: PartPrice,
    /// Parts × price.
    pub subtotal: Credits,
}

/// Whether the balance is enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is.
    Enough {
        /// The balance after sending.
        after: Credits,
    },
    /// It is not: nothing can be sent.
    Short {
        /// The credits that are missing, more than zero.
        missing: Credits,
    },
}

impl Quote {
    /// Prices what is sent: for each destination recipients and parts.
    pub(super) fn new<'list>(
        sent: impl Iterator<Item = (&'list Destination, u64, u64)>,
        refused: RefusedCounts,
        balance: Credits,
    ) -> Result<Self, QuoteError> {
        let lines = sent
            .map(|(&Destination { rate, price, country, .. }, recipients, parts)| {
                let subtotal = price.credits().checked_mul(parts)?;
                Ok(QuoteLine { rate, country, recipients, parts, price, subtotal })
            })
            .collect::<Result<Vec<_>, CreditsOverflow>>()?;
        let total = Credits::checked_sum(lines.iter().map(|line| line.subtotal))?;
        let after = balance.checked_sub(total)?;
        // What is free can be sent whatever the balance.
        let outcome = if after.is_negative() && !total.is_zero() {
            Outcome::Short { missing: total.checked_sub(balance)? }
        } else {
            Outcome::Enough { after }
        };
        let recipients = lines.iter().map(|line| line.recipients).sum();
        let parts = lines
            .iter()
            .try_fold(0_u64, |sum, line| sum.checked_add(line.parts))
            .ok_or(QuoteError::Overflow)?;
        Ok(Self { lines, recipients, parts, total, refused, balance, outcome })
    }

    /// How many credits this costs less than another quote; negative where it costs more.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the difference is out of range.
    pub fn saving(&self, other: &Self) -> Result<Credits, CreditsOverflow> {
        other.total.checked_sub(self.total)
    }
}

/// Why there is no quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuoteError {
    /// An amount is out of the range of [`Credits`].
    Overflow,
    /// The numbers of parts are not one for each recipient.
    PartsMissing {
        /// The recipients in the list.
        recipients: usize,
        /// The numbers of parts given.
        parts: usize,
    },
}

impl From<CreditsOverflow> for QuoteError {
    fn from(_: CreditsOverflow) -> Self {
        Self::Overflow
    }
}

impl fmt::Display for QuoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Overflow => CreditsOverflow.fmt(f),
            Self::PartsMissing { recipients, parts } => {
                write!(f, "there are {recipients} recipients, but texts counted for {parts}")
            }
        }
    }
}

impl Error for QuoteError {}
