//! Accounts.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::access::EmailAddress;
use crate::catalogue::ServiceName;
use crate::credits::{Amount, Kind};
use crate::time::Timestamp;

/// The credits of a database for a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Account {
    /// Its key.
    pub id: i64,
    /// The database, by key.
    pub database: i64,
    /// The service, by key.
    pub service: i64,
    /// What programs call the service.
    pub service_name: ServiceName,
    /// What people call the service.
    pub service_label: String,
    /// What can be spent.
    pub available: Funds,
    /// What is set aside for work under way.
    pub held: Funds,
    /// In whose name messages are sent; empty where nothing is set.
    pub sender_name: String,
    /// The companies that it is limited to; none where all may use it.
    pub companies: Vec<i64>,
    /// The warning that credits run low.
    pub alert: Alert,
    /// Since when.
    pub created_at: Timestamp,
}

/// Credits by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Funds {
    /// Those that were paid for.
    pub paid: Amount,
    /// Those that were given; they are spent first.
    pub granted: Amount,
    /// Both together.
    pub total: Amount,
}

/// When and to whom a warning goes that credits run low.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Alert {
    /// Below how many credits; nothing, or null, where nobody is to be warned.
    #[serde(default)]
    pub threshold: Option<Amount>,
    /// To whom.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub recipients: Vec<Recipient>,
}

/// Somebody who is warned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Recipient {
    /// Where they are written to.
    pub email: EmailAddress,
    /// In which language, as browsers name it; English where nothing is said.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 20))]
    pub language: String,
}

/// What is to change of an account; what is not named stays.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountChange {
    /// In whose name messages are sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 11))]
    pub sender_name: Option<String>,
    /// The companies that it is limited to, in place of those before; none so that all may use it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_items = 50))]
    pub companies: Option<Vec<i64>>,
}

/// Credits that are to come in, or to be taken out, by hand.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Movement {
    /// Whether they are paid for or given.
    pub kind: Kind,
    /// How many; more than none.
    pub amount: Amount,
    /// What they are for, or why they are taken out.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub description: String,
}
