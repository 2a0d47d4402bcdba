//! What an account has.

use core::error::Error;
use core::fmt;

use super::amount::Amount;
use super::entry::{Leg, Postings};
use super::funds::{Change, Funds};
use crate::pricing::{Credits, CreditsOverflow};

/// What an account has available and what it has held, each paid and granted. No part is negative,
/// and all together are in range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Balance {
    available: Funds,
    held: Funds,
}

impl Balance {
    /// # Errors
    /// [`CreditsOverflow`] where the sum of all parts is out of range.
    pub fn new(available: Funds, held: Funds) -> Result<Self, CreditsOverflow> {
        available.total().checked_add(held.total())?;
        Ok(Self { available, held })
    }

    /// What can be spent.
    #[must_use]
    pub const fn available(&self) -> Funds {
        self.available
    }

    /// What is set aside for work that was authorized.
    #[must_use]
    pub const fn held(&self) -> Funds {
        self.held
    }

    /// What was entered and not yet spent: available and held.
    #[must_use]
    pub fn posted(&self) -> Credits {
        let posted =
            self.available.total().millionths().saturating_add(self.held.total().millionths());
        Credits::from_millionths(posted)
    }

    /// What it becomes by an entry. Whoever checks a ledger applies every entry to an empty
    /// balance, in their order.
    ///
    /// # Errors
    /// [`Overdrawn`] where a part would be negative, or the sum out of range.
    pub fn post(&self, postings: &Postings) -> Result<Self, Overdrawn> {
        let available = change(self.available, postings.leg(Leg::Available)).ok_or(Overdrawn)?;
        let held = change(self.held, postings.leg(Leg::Held)).ok_or(Overdrawn)?;
        Self::new(available, held).map_err(|CreditsOverflow| Overdrawn)
    }
}

fn change(funds: Funds, by: Change) -> Option<Funds> {
    let one =
        |amount: Amount, by: Credits| Amount::new(amount.credits().checked_add(by).ok()?).ok();
    Funds::new(one(funds.paid(), by.paid)?, one(funds.granted(), by.granted)?).ok()
}

/// A part of a balance would be negative, or its sum out of range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdrawn;

impl fmt::Display for Overdrawn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "The entry takes more than there is, or more comes in than an account can hold.",
        )
    }
}

impl Error for Overdrawn {}
