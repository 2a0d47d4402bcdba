//! What can be changed, and what becomes of it.

use iap_core::credits::{
    Amount, Attribution, Balance, Hold, InsufficientCredit, Kind, ResolveError, Threshold,
    WithdrawError,
};
use iap_core::pricing::CreditsOverflow;
use iap_core::time::{Hours, Timestamp};

/// A change that somebody asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The account, by its key in the database.
    pub account: i64,
    /// Who asks for it.
    pub by: By,
    /// When it is asked for.
    pub at: Timestamp,
    /// What is to change.
    pub change: Change,
    /// What it is for, as it is shown to those who pay.
    pub description: String,
    /// For whom the work is that credits are set aside for; other changes keep none. What is asked again
    /// with the same key keeps what was said first.
    pub attribution: Attribution,
    /// The caller's key for this change. The same change with the same key again changes nothing
    /// and gives the first answer; another one with the same key is refused.
    pub key: Option<String>,
}

/// Who asks for a change. It is looked at with the account, under its lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// The server itself, or somebody whose right to the account it has looked at.
    House,
    /// The service of a key in the database: the accounts of others are unknown to it.
    Service(i64),
    /// Whoever has the service's key of which this is the SHA-256 in hexadecimal: the accounts of
    /// others are unknown to them, and those of databases that are not let in cannot be charged.
    Key(String),
}

impl By {
    /// The SHA-256 of the key that is to be looked at.
    pub(super) fn key(&self) -> Option<&str> {
        match self {
            Self::Key(key) => Some(key),
            Self::House | Self::Service(_) => None,
        }
    }
}

/// What is to change. Holds are named by the key of the entry that made them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Credits come in.
    Credit(Kind, Amount),
    /// Credits are set aside for so long.
    Authorize(Amount, Hours),
    /// Work was done, and cost so much; all that is held where nothing is said.
    Capture(i64, Option<Amount>),
    /// Work was not done.
    Cancel(i64),
    /// Nobody said in time.
    Expire(i64),
    /// Charged credits are given back.
    Refund(i64, Amount),
    /// Credits are taken out.
    Withdraw(Kind, Amount),
    /// Another threshold for the warning. This makes no entry.
    Threshold(Option<Threshold>),
}

/// What became of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The key of the entry; none where nothing was entered.
    pub entry: Option<i64>,
    /// What the account has now.
    pub balance: Balance,
    /// The hold that was made or resolved, with its key.
    pub hold: Option<(i64, Hold)>,
    /// Whether it had been done before, so that nothing changed now.
    pub repeated: bool,
}

/// Why a change is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no such account, or it is of another service.
    #[error("There is no such account.")]
    UnknownAccount,
    /// The account has no such hold.
    #[error("There is no such hold.")]
    UnknownHold,
    /// Not enough credits.
    #[error(transparent)]
    Insufficient(#[from] InsufficientCredit),
    /// The hold cannot be resolved so.
    #[error(transparent)]
    Resolve(#[from] ResolveError),
    /// An admin of the account's database has switched it off.
    #[error(
        "The account is disabled. An admin of its database can enable it on the account's page."
    )]
    Disabled,
    /// Not enough credits of a kind.
    #[error(transparent)]
    Withdraw(#[from] WithdrawError),
    /// More comes in than an account can have.
    #[error("The account would have more credits than can be counted.")]
    Overflow,
    /// The key was used for another change.
    #[error("The key of this request was used for a different one. Use a new key for each.")]
    KeyReused,
}

impl From<CreditsOverflow> for Refusal {
    fn from(_: CreditsOverflow) -> Self {
        Self::Overflow
    }
}
