//! Credits set aside for work under way.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::credits::{self, Amount, EntryKind};
use crate::time::Timestamp;

/// Credits set aside for work under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hold {
    /// Its key.
    pub id: i64,
    /// The account, by key.
    pub account: i64,
    /// How many credits.
    pub amount: Amount,
    /// What became of it.
    pub state: HoldState,
    /// What the work cost; nothing while it is open.
    pub charged: Amount,
    /// What was given back of it later.
    pub refunded: Amount,
    /// When it comes back by itself.
    pub expires_at: Timestamp,
}

/// What became of a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HoldState {
    /// Nothing yet.
    Open,
    /// The work was done and charged.
    Captured,
    /// The work was not done.
    Cancelled,
    /// Nobody said in time.
    Expired,
}

impl HoldState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Open, Self::Captured, Self::Cancelled, Self::Expired];

    /// The word that databases and interfaces use.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Captured => "captured",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The kind of the entry that leads to it; none while it is open.
    #[must_use]
    pub const fn resolution(self) -> Option<EntryKind> {
        match self {
            Self::Open => None,
            Self::Captured => Some(EntryKind::Capture),
            Self::Cancelled => Some(EntryKind::Cancel),
            Self::Expired => Some(EntryKind::Expire),
        }
    }

    /// The state of that word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

impl From<credits::HoldState> for HoldState {
    fn from(state: credits::HoldState) -> Self {
        match state {
            credits::HoldState::Open => Self::Open,
            credits::HoldState::Captured { .. } => Self::Captured,
            credits::HoldState::Cancelled => Self::Cancelled,
            credits::HoldState::Expired => Self::Expired,
        }
    }
}

/// Credits that a provider sets aside for work.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHold {
    /// What the customer's database calls itself; where it is not known, the token must be of one
    /// database alone.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 64))]
    pub database: Option<String>,
    /// The token of the customer's account, which came with the request for work: 16 to 43 signs, or 6 for
    /// an account of a server for tests.
    #[cfg_attr(feature = "openapi", schema(min_length = 6, max_length = 43))]
    pub account_token: String,
    /// How many credits; more than none.
    pub amount: Amount,
    /// What the work is, as the customer is shown it.
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub description: String,
    /// The company in the customer's software that it is for, by its key there; above 0. An account that is
    /// limited to others is not charged.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1))]
    pub company: Option<i64>,
    /// The user of the customer's software that it is for, as the customer is shown them.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub user: Option<String>,
    /// Where the message or document that it is for is found in the customer's software.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub link: Option<String>,
    /// For how many hours, 1 to 87,600; 4,320 where nothing is said.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 87_600))]
    pub ttl: Option<u32>,
}

/// What work has cost.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Capture {
    /// How many credits; all that were set aside where nothing is said.
    #[serde(default)]
    pub amount: Option<Amount>,
}
