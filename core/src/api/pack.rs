//! What can be bought.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::catalogue::ServiceIcon;
use crate::credits::{Amount, Currency};

impl Pack {
    /// The longest name, in characters.
    pub const LONGEST_NAME: usize = 100;

    /// The longest description, in characters.
    pub const LONGEST_DESCRIPTION: usize = 500;
}

/// A pack of credits for a service, and what it costs without tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Pack {
    /// Its key.
    pub id: i64,
    /// The service, by key.
    pub service: i64,
    /// What it is called, such as Starter.
    pub name: String,
    /// Its picture.
    #[serde(default)]
    pub icon: ServiceIcon,
    /// What it is for, in a sentence.
    pub description: String,
    /// The credits in it.
    pub credits: Amount,
    /// What it costs, in minor units (cents) of its currency.
    pub price: u64,
    /// The currency.
    pub currency: Currency,
    /// Its place among the packs of the service, the smallest first.
    pub position: i64,
    /// Whether it can be bought.
    pub offered: bool,
}

/// A pack that is to be sold.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewPack {
    /// What it is called; no two packs of a service are called the same.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: String,
    /// Its picture.
    #[serde(default)]
    pub icon: ServiceIcon,
    /// What it is for, in a sentence.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub description: String,
    /// The credits in it; more than none.
    pub credits: Amount,
    /// What it costs, in minor units (cents) of its currency.
    #[cfg_attr(feature = "openapi", schema(maximum = 100_000_000_000_i64))]
    pub price: u64,
    /// The currency.
    pub currency: Currency,
    /// Its place among the packs of the service, the smallest first.
    #[serde(default)]
    pub position: i64,
}

/// What is to change of a pack; what is not named stays. What was bought before stays as it was.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PackChange {
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100))]
    pub name: Option<String>,
    /// Its picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<ServiceIcon>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(max_length = 500))]
    pub description: Option<String>,
    /// The credits in it; more than none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Amount>,
    /// What it costs, in minor units (cents) of its currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(maximum = 100_000_000_000_i64))]
    pub price: Option<u64>,
    /// Its place among the packs of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// Whether it can be bought.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<bool>,
}
