//! Credits set aside for work under way.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::credits::Amount;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

/// Credits that a provider sets aside for work.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewHold {
    /// What the customer's database calls itself; where it is not known, the token must be of one
    /// database alone.
    #[serde(default)]
    pub database: Option<String>,
    /// The token of the customer's account, which came with the request for work.
    pub account_token: String,
    /// How many credits; more than none.
    pub amount: Amount,
    /// What the work is, as the customer is shown it.
    pub description: String,
    /// For how many hours, 1 to 87,600; 4,320 where nothing is said.
    #[serde(default)]
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
