//! Purchases of packs.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::credits::{Amount, Currency, OrderState};
use crate::time::Timestamp;

/// A purchase of a pack of credits. What it says of the pack is as it was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Order {
    /// Its key.
    pub id: i64,
    /// The account that the credits are for, by key.
    pub account: i64,
    /// The database of the account, by key.
    pub database: i64,
    /// The service of the account, by key.
    pub service: i64,
    /// The pack, by key.
    pub pack: i64,
    /// What the pack is called.
    pub name: String,
    /// The credits in it.
    pub credits: Amount,
    /// What it costs without tax, in minor units (cents) of its currency.
    pub price: u64,
    /// The currency.
    pub currency: Currency,
    /// What became of it.
    pub state: OrderState,
    /// Who ordered it, by their address; empty where they are not known.
    pub ordered_by: String,
    /// When it was ordered.
    pub created_at: Timestamp,
    /// How to pay, as the operator says it; empty where nothing is to be paid any more.
    pub how_to_pay: String,
    /// What the payment is known by; empty where there was none.
    pub payment: String,
    /// When the money came in.
    pub paid_at: Option<Timestamp>,
    /// Why the money was given back; empty where it was not.
    pub refund_reason: String,
    /// When the money was given back.
    pub refunded_at: Option<Timestamp>,
}

/// A pack that is to be bought for an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrder {
    /// The pack, by key; one of the account's service.
    pub pack: i64,
}

/// Money that came in for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Payment {
    /// What it is known by, such as the reference of a bank transfer.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub payment: String,
}

/// Money that is given back for an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refund {
    /// Why.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 500))]
    pub reason: String,
}
