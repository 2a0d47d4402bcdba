//! What can be done with an account.

use core::error::Error;
use core::fmt;

use super::alert::{Alert, Threshold};
use super::amount::Amount;
use super::balance::{Balance, Overdrawn};
use super::entry::{Entry, EntryKind, Leg, Postings};
use super::funds::{Funds, Kind};
use super::hold::{Hold, HoldState, ResolveError};
use crate::pricing::{Credits, CreditsOverflow};
use crate::time::Timestamp;

/// The credits of one customer for one service, as the rules see them.
///
/// Every rule leaves the account as it is and returns what becomes of it, so that one that refuses
/// changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Account {
    balance: Balance,
    alert: Alert,
}

/// What becomes of an account by an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posted {
    /// The account afterwards.
    pub account: Account,
    /// What is to be entered in its ledger.
    pub entry: Entry,
    /// Whether those who want to be told that credits run low are to be told now.
    pub alert: bool,
}

/// What a capture does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captured {
    /// It charges.
    Now(Posted, Hold),
    /// It repeats the one before, and changes nothing.
    Before(Funds),
}

/// What a cancellation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// The credits come back.
    Now(Posted, Hold),
    /// They came back before: nothing changes.
    Before,
}

impl Account {
    /// An account that is kept somewhere, read again.
    #[must_use]
    pub const fn restore(balance: Balance, alert: Alert) -> Self {
        Self { balance, alert }
    }

    /// What it has.
    #[must_use]
    pub const fn balance(&self) -> Balance {
        self.balance
    }

    /// When it warns.
    #[must_use]
    pub const fn alert(&self) -> Alert {
        self.alert
    }

    /// The account with another threshold for its warning.
    #[must_use]
    pub fn with_threshold(self, threshold: Option<Threshold>) -> Self {
        // The same one again, as it comes with every saved form, is no reason to warn again.
        if threshold == self.alert.threshold() {
            return self;
        }
        Self { alert: Alert::set(threshold, self.balance.available().total()), ..self }
    }

    /// Credits come in: bought, or granted.
    ///
    /// # Errors
    /// [`CreditsOverflow`] where the account would hold more than [`Credits::MAX`].
    pub fn credit(self, kind: Kind, amount: Amount) -> Result<Posted, CreditsOverflow> {
        let funds = Funds::of(kind, amount);
        self.post(EntryKind::Credit, Postings::transfer(Leg::Platform, Leg::Available, funds))
            .map_err(|Overdrawn| CreditsOverflow)
    }

    /// Sets credits aside for work, granted ones first.
    ///
    /// # Errors
    /// [`InsufficientCredit`] where less is available.
    pub fn authorize(
        self,
        amount: Amount,
        expires_at: Timestamp,
    ) -> Result<(Posted, Hold), InsufficientCredit> {
        let available = self.balance.available();
        let short = InsufficientCredit { available: available.total(), needed: amount };
        let (funds, _) = available.spend(amount).ok_or(short)?;
        let held = Postings::transfer(Leg::Available, Leg::Held, funds);
        let posted = self.post(EntryKind::Authorize, held).map_err(|Overdrawn| short)?;
        Ok((posted, Hold::open(funds, expires_at)))
    }

    /// Charges what the work cost, all that is held unless said otherwise; the rest comes back.
    /// The same capture again is [`Captured::Before`].
    ///
    /// # Errors
    /// [`ResolveError`] where it was resolved otherwise before, its time is over, or more is asked
    /// for than is held.
    pub fn capture(
        self,
        hold: &Hold,
        amount: Option<Amount>,
        now: Timestamp,
    ) -> Result<Captured, ResolveError> {
        let too_much = |held: Funds| ResolveError::TooMuch {
            limit: Amount::new(held.total()).unwrap_or_default(),
        };
        let (charged, rest) = match amount {
            Some(amount) => hold.funds().spend(amount).ok_or_else(|| too_much(hold.funds()))?,
            None => (hold.funds(), Funds::ZERO),
        };
        match hold.state() {
            HoldState::Captured { charged: before, .. } if before == charged => {
                return Ok(Captured::Before(charged));
            }
            _ => hold.check_open()?,
        }
        if hold.is_due(now) {
            return Err(ResolveError::Expired);
        }
        let earned = Postings::transfer(Leg::Held, Leg::Provider, charged);
        let back = Postings::transfer(Leg::Held, Leg::Available, rest);
        let posted = earned
            .and(back)
            .map_err(|CreditsOverflow| Overdrawn)
            .and_then(|postings| self.post(EntryKind::Capture, postings))
            .map_err(|Overdrawn| too_much(self.balance.held()))?;
        let state = HoldState::Captured { charged, refunded: Funds::ZERO };
        Ok(Captured::Now(posted, hold.with(state)))
    }

    /// Gives back what is held, because the work was not done. Again, or after it has expired, it is
    /// [`Cancelled::Before`]: what was wanted has happened.
    ///
    /// # Errors
    /// [`ResolveError::Captured`] where it was charged.
    pub fn cancel(self, hold: &Hold, now: Timestamp) -> Result<Cancelled, ResolveError> {
        match hold.check_open() {
            Err(ResolveError::Cancelled | ResolveError::Expired) => return Ok(Cancelled::Before),
            checked => checked?,
        }
        // Late, but nobody has expired it: in the ledger it stands as what it is.
        let (kind, state) = if hold.is_due(now) {
            (EntryKind::Expire, HoldState::Expired)
        } else {
            (EntryKind::Cancel, HoldState::Cancelled)
        };
        self.release(hold, kind, state).map(|(posted, hold)| Cancelled::Now(posted, hold))
    }

    /// Gives back what is held, because nobody said in time what became of the work.
    ///
    /// # Errors
    /// [`ResolveError`] where it was resolved before, or its time is not over.
    pub fn expire(self, hold: &Hold, now: Timestamp) -> Result<(Posted, Hold), ResolveError> {
        hold.check_open()?;
        if !hold.is_due(now) {
            return Err(ResolveError::NotDue);
        }
        self.release(hold, EntryKind::Expire, HoldState::Expired)
    }

    fn release(
        self,
        hold: &Hold,
        kind: EntryKind,
        state: HoldState,
    ) -> Result<(Posted, Hold), ResolveError> {
        let back = Postings::transfer(Leg::Held, Leg::Available, hold.funds());
        let posted = self.post(kind, back).map_err(|Overdrawn| ResolveError::TooMuch {
            limit: Amount::new(self.balance.held().total()).unwrap_or_default(),
        })?;
        Ok((posted, hold.with(state)))
    }

    /// Gives back charged credits, those that were paid for first.
    ///
    /// # Errors
    /// [`ResolveError::NotCaptured`] where nothing was charged, [`ResolveError::TooMuch`] where
    /// more is asked for than was charged and not given back.
    pub fn refund(self, hold: &Hold, amount: Amount) -> Result<(Posted, Hold), ResolveError> {
        let HoldState::Captured { charged, refunded } = hold.state() else {
            return Err(ResolveError::NotCaptured);
        };
        let left = charged.checked_sub(refunded).unwrap_or_default();
        let too_much =
            ResolveError::TooMuch { limit: Amount::new(left.total()).unwrap_or_default() };
        let (back, rest) = left.give_back(amount).ok_or(too_much)?;
        let refunded = charged.checked_sub(rest).ok_or(too_much)?;
        let posted = self
            .post(EntryKind::Refund, Postings::transfer(Leg::Provider, Leg::Available, back))
            .map_err(|Overdrawn| too_much)?;
        Ok((posted, hold.with(HoldState::Captured { charged, refunded })))
    }

    /// Takes credits of one kind out of the account. What is held stays.
    ///
    /// # Errors
    /// [`WithdrawError`] where less of that kind is available.
    pub fn withdraw(self, kind: Kind, amount: Amount) -> Result<Posted, WithdrawError> {
        let short = WithdrawError { kind, available: self.balance.available().get(kind) };
        if amount > short.available {
            return Err(short);
        }
        let funds = Funds::of(kind, amount);
        self.post(EntryKind::Withdraw, Postings::transfer(Leg::Available, Leg::Platform, funds))
            .map_err(|Overdrawn| short)
    }

    fn post(self, kind: EntryKind, postings: Postings) -> Result<Posted, Overdrawn> {
        let balance = self.balance.post(&postings)?;
        let (warned, alert) = self.alert.observe(balance.available().total());
        let account = Self { balance, alert: warned };
        Ok(Posted { account, entry: Entry { kind, postings }, alert })
    }
}

/// Less is available than is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InsufficientCredit {
    /// What is available.
    pub available: Credits,
    /// What is needed.
    pub needed: Amount,
}

impl InsufficientCredit {
    /// What is missing.
    #[must_use]
    pub fn missing(&self) -> Amount {
        let available = Amount::new(self.available).unwrap_or_default();
        self.needed.saturating_sub(available)
    }
}

impl fmt::Display for InsufficientCredit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { available, needed } = self;
        let missing = self.missing();
        write!(
            f,
            "There are not enough credits: {needed} are needed, {available} are available, \
             {missing} are missing. Buy credits, then try again."
        )
    }
}

impl Error for InsufficientCredit {}

/// Less of a kind of credits is available than is to be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithdrawError {
    /// The kind.
    pub kind: Kind,
    /// What is available of it.
    pub available: Amount,
}

impl fmt::Display for WithdrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            Kind::Paid => "paid",
            Kind::Granted => "granted",
        };
        write!(f, "Only {} {kind} credits are available and can be taken out.", self.available)
    }
}

impl Error for WithdrawError {}
