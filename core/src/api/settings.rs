//! What the operator sets for the whole server.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::catalogue::NewDatabases;

/// What is set for the whole server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Settings {
    /// What becomes of customers' databases that were never seen.
    pub new_databases: NewDatabases,
    /// For how many days mails that were sent are kept.
    pub mail_days: u32,
    /// How orders are paid, for those who buy: an account of a bank, what to write as the reference.
    pub how_to_pay: String,
    /// Settings that the command line or the environment of this server sets, by their names here.
    /// They cannot be changed over this interface.
    pub fixed: Vec<String>,
}

/// What is to change of the settings; what is not named stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SettingsChange {
    /// What becomes of customers' databases that were never seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_databases: Option<NewDatabases>,
    /// For how many days mails that were sent are kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 3650))]
    pub mail_days: Option<u32>,
    /// How orders are paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub how_to_pay: Option<String>,
}
