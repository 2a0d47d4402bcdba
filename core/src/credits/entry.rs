//! What is entered in the ledger.

use super::funds::{Change, Funds};
use crate::pricing::CreditsOverflow;

/// Between which an entry moves credits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Leg {
    /// What the account can spend.
    Available,
    /// What the account has set aside for work that was authorized.
    Held,
    /// What the provider of the service has earned.
    Provider,
    /// Where credits come from, and where they go when they are taken back.
    Platform,
}

impl Leg {
    /// All.
    pub const ALL: [Self; 4] = [Self::Available, Self::Held, Self::Provider, Self::Platform];
}

/// What an entry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntryKind {
    /// Credits come into the account: bought, or granted.
    Credit,
    /// Credits are set aside for work.
    Authorize,
    /// Work was done: what it cost goes to the provider, what is left of the hold comes back.
    Capture,
    /// Work was not done: the hold comes back.
    Cancel,
    /// Nobody said in time what became of the work: the hold comes back.
    Expire,
    /// Charged credits are given back.
    Refund,
    /// Credits are taken out of the account: a purchase was reversed, or a mistake is corrected.
    Withdraw,
}

impl EntryKind {
    /// All.
    pub const ALL: [Self; 7] = [
        Self::Credit,
        Self::Authorize,
        Self::Capture,
        Self::Cancel,
        Self::Expire,
        Self::Refund,
        Self::Withdraw,
    ];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Credit => "credit",
            Self::Authorize => "authorize",
            Self::Capture => "capture",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
            Self::Refund => "refund",
            Self::Withdraw => "withdraw",
        }
    }

    /// The kind of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

/// What an entry changes in each leg. By kind of credits, all changes together are nothing: it is
/// made of transfers from one leg to another, and there is no other way to make one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Postings {
    available: Change,
    held: Change,
    provider: Change,
    platform: Change,
}

impl Postings {
    /// Funds that go from one leg to another.
    pub(super) fn transfer(from: Leg, to: Leg, funds: Funds) -> Self {
        let mut postings = Self::default();
        if from != to {
            *postings.leg_mut(from) = Change::less(funds);
            *postings.leg_mut(to) = Change::more(funds);
        }
        postings
    }

    /// Both together, as one entry.
    pub(super) fn and(self, other: Self) -> Result<Self, CreditsOverflow> {
        Ok(Self {
            available: self.available.checked_add(other.available)?,
            held: self.held.checked_add(other.held)?,
            provider: self.provider.checked_add(other.provider)?,
            platform: self.platform.checked_add(other.platform)?,
        })
    }

    /// What changes in a leg.
    #[must_use]
    pub const fn leg(&self, leg: Leg) -> Change {
        match leg {
            Leg::Available => self.available,
            Leg::Held => self.held,
            Leg::Provider => self.provider,
            Leg::Platform => self.platform,
        }
    }

    const fn leg_mut(&mut self, leg: Leg) -> &mut Change {
        match leg {
            Leg::Available => &mut self.available,
            Leg::Held => &mut self.held,
            Leg::Provider => &mut self.provider,
            Leg::Platform => &mut self.platform,
        }
    }
}

/// An entry in the ledger of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Entry {
    /// What it is for.
    pub kind: EntryKind,
    /// What it changes.
    pub postings: Postings,
}
