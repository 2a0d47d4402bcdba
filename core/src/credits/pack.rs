//! What can be bought.

use core::error::Error;
use core::fmt;

use super::amount::Amount;
use super::money::Money;

/// A pack of credits for a service, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pack {
    credits: Amount,
    price: Money,
}

impl Pack {
    /// # Errors
    /// [`PackError`] where there are no credits in it. It may cost nothing.
    pub const fn new(credits: Amount, price: Money) -> Result<Self, PackError> {
        if credits.is_zero() { Err(PackError) } else { Ok(Self { credits, price }) }
    }

    /// The credits in it; more than none.
    #[must_use]
    pub const fn credits(&self) -> Amount {
        self.credits
    }

    /// What it costs.
    #[must_use]
    pub const fn price(&self) -> Money {
        self.price
    }
}

/// A pack without credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackError;

impl fmt::Display for PackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("A pack has more than 0 credits.")
    }
}

impl Error for PackError {}
