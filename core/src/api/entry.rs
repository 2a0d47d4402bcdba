//! What was entered in the ledger.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::credits::EntryKind;
use crate::pricing::Credits;
use crate::time::Timestamp;

/// An entry of an account's ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Its key.
    pub id: i64,
    /// The account, by key.
    pub account: i64,
    /// 1, 2, 3 and so on for each account.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// What it is for, in a word.
    pub kind: EntryKind,
    /// What it is for, as whoever asked for it says it.
    pub description: String,
    /// By how much it changed what can be spent, of credits that were paid for.
    pub available_paid: Credits,
    /// By how much it changed what can be spent, of credits that were given.
    pub available_granted: Credits,
    /// By how much it changed what is set aside, of both.
    pub held: Credits,
    /// What the provider was given by it, of both.
    pub charged: Credits,
    /// The hold that it makes or resolves, by key.
    pub hold: Option<i64>,
    /// The company in the customer's software that it was for, by its key there.
    #[serde(default)]
    pub company: Option<i64>,
    /// The user that it was for; empty where the program that charged did not say.
    #[serde(default)]
    pub user: String,
    /// Where the message or document that it was for is found; empty where the program did not say.
    #[serde(default)]
    pub link: String,
}
