//! What the operator sets for the whole server.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::billing::Buyer;
use super::text::given;
use crate::billing::TaxRate;
use crate::catalogue::NewDatabases;
use crate::credits::Share;

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
    /// Who sells, as it stands on invoices; nothing where nobody has said, and then no tax is added.
    pub seller: Option<Buyer>,
    /// The rate at which the seller takes tax in their country; nothing where they take none.
    pub tax_rate: Option<TaxRate>,
    /// The platform's part of what providers' services earn; the rest is the providers'.
    #[serde(default)]
    pub platform_share: Share,
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
    /// Who sells; null so that nobody is said. What stands as the reference is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Buyer>))]
    pub seller: Option<Option<Buyer>>,
    /// The rate at which the seller takes tax; null so that they take none.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<TaxRate>))]
    pub tax_rate: Option<Option<TaxRate>>,
    /// The platform's part of what providers' services earn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform_share: Option<Share>,
}
