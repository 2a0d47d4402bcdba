//! What accounts spent.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::pricing::Credits;

/// What an account spent in one span of time after another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Consumption {
    /// The account, by key.
    pub account: i64,
    /// One for each span, in the order of time.
    pub spans: Vec<Spent>,
}

/// What was spent in a span of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spent {
    /// What was charged less what was given back; below nothing where more was given back.
    pub charged: Credits,
    /// How often something was charged or given back.
    pub executions: i64,
}
