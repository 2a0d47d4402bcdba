//! Who changed what.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A change that somebody made, apart from those to the ledger, which keeps its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// Its key.
    pub id: i64,
    /// When.
    pub at: Timestamp,
    /// Who, by key; none where the server or its command line did.
    pub user: Option<i64>,
    /// Who, by address; empty where the server or its command line did.
    pub email: String,
    /// What was done, such as `user.add`.
    pub action: String,
    /// To what, such as `user 7`.
    pub subject: String,
    /// What else there is to say of it, for people. No secrets.
    pub detail: String,
}
