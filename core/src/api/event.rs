//! What the server tells without being asked.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

/// The credits of accounts have changed: what is known of them is to be asked for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountsChanged {
    /// Which, by key; nothing where too much changed at once to tell.
    pub accounts: Option<Vec<i64>>,
}
