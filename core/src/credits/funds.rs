//! Credits by where they come from.

use super::amount::Amount;
use crate::pricing::{Credits, CreditsOverflow};

/// Where credits come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Somebody paid for them.
    Paid,
    /// They were given, for a trial or as a courtesy. They are spent first.
    Granted,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Paid, Self::Granted];

    /// The word that interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Granted => "granted",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// Paid and granted credits side by side. Neither is negative, and their sum is in range.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Funds {
    paid: Amount,
    granted: Amount,
}

impl Funds {
    /// None.
    pub const ZERO: Self = Self { paid: Amount::ZERO, granted: Amount::ZERO };

    /// # Errors
    /// [`CreditsOverflow`] where the sum of both is out of range.
    pub fn new(paid: Amount, granted: Amount) -> Result<Self, CreditsOverflow> {
        paid.checked_add(granted).map(|_| Self { paid, granted })
    }

    /// Credits of one kind alone.
    #[must_use]
    pub const fn of(kind: Kind, amount: Amount) -> Self {
        match kind {
            Kind::Paid => Self { paid: amount, granted: Amount::ZERO },
            Kind::Granted => Self { paid: Amount::ZERO, granted: amount },
        }
    }

    /// Those that were paid for.
    #[must_use]
    pub const fn paid(self) -> Amount {
        self.paid
    }

    /// Those that were granted.
    #[must_use]
    pub const fn granted(self) -> Amount {
        self.granted
    }

    /// Those of one kind.
    #[must_use]
    pub const fn get(self, kind: Kind) -> Amount {
        match kind {
            Kind::Paid => self.paid,
            Kind::Granted => self.granted,
        }
    }

    /// Both together.
    #[must_use]
    pub fn total(self) -> Credits {
        let total = self.paid.millionths().saturating_add(self.granted.millionths());
        Credits::from_millionths(total)
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.paid.is_zero() && self.granted.is_zero()
    }

    /// Divides off so many, granted ones first: those, and the rest. None where there are not as
    /// many.
    #[must_use]
    pub fn spend(self, amount: Amount) -> Option<(Self, Self)> {
        let granted = amount.min(self.granted);
        let spent = Self { paid: amount.saturating_sub(granted), granted };
        Some((spent, self.checked_sub(spent)?))
    }

    /// Divides off so many, paid ones first: the reverse of [`Funds::spend`], for what is given
    /// back. None where there are not as many.
    #[must_use]
    pub fn give_back(self, amount: Amount) -> Option<(Self, Self)> {
        let paid = amount.min(self.paid);
        let back = Self { paid, granted: amount.saturating_sub(paid) };
        Some((back, self.checked_sub(back)?))
    }

    /// What is left of each kind; none where there is less of a kind than `other` has.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        Some(Self {
            paid: self.paid.checked_sub(other.paid)?,
            granted: self.granted.checked_sub(other.granted)?,
        })
    }
}

/// How paid and granted credits of one leg change: more where positive, less where negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Change {
    /// Those that were paid for.
    pub paid: Credits,
    /// Those that were granted.
    pub granted: Credits,
}

impl Change {
    /// So many more.
    pub(super) const fn more(funds: Funds) -> Self {
        Self { paid: funds.paid.credits(), granted: funds.granted.credits() }
    }

    /// So many less.
    pub(super) fn less(funds: Funds) -> Self {
        // The smallest amount is nothing, and the largest has a negative: it never saturates.
        let negative =
            |amount: Amount| Credits::from_millionths(amount.millionths().saturating_neg());
        Self { paid: negative(funds.paid), granted: negative(funds.granted) }
    }

    /// Both one after the other.
    pub(super) fn checked_add(self, other: Self) -> Result<Self, CreditsOverflow> {
        Ok(Self {
            paid: self.paid.checked_add(other.paid)?,
            granted: self.granted.checked_add(other.granted)?,
        })
    }
}
