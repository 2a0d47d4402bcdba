//! Purchases of packs.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::billing::Buyer;
use crate::billing::{MoneyBack, PaymentError, PaymentMeans, PaymentState, TaxRate};
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
    /// Who buys, as it was said when it was ordered; nothing where nobody was named.
    pub buyer: Option<Buyer>,
    /// The tax on it, in minor units, as it was when it was ordered.
    pub tax: u64,
    /// The rate of that tax; nothing where none is added.
    pub tax_rate: Option<TaxRate>,
    /// How it is taxed, by the code of EN 16931: S for the seller's rate, AE where the buyer owes the
    /// tax, O for none.
    #[cfg_attr(feature = "openapi", schema(pattern = "^(S|AE|O)$"))]
    pub tax_category: String,
    /// What is to be paid: price and tax, in minor units.
    pub gross: u64,
    /// What became of it.
    pub state: OrderState,
    /// Who ordered it, by their address; empty where they are not known.
    pub ordered_by: String,
    /// When it was ordered.
    pub created_at: Timestamp,
    /// How to pay, as the operator says it; empty where nothing is to be paid any more.
    pub how_to_pay: String,
    /// How paying was begun; transfer where it was not.
    pub means: PaymentMeans,
    /// How far the payment was when the payment service was last asked.
    pub payment_state: PaymentState,
    /// Why the last card was declined.
    pub payment_error: Option<PaymentError>,
    /// Whether the payment service gives back what it took.
    pub money_back: MoneyBack,
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
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NewOrder {
    /// The pack, by key; one of the account's service.
    pub pack: i64,
    /// Who buys. Where nobody is named it is taxed as if they were in the seller's country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub buyer: Option<Buyer>,
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

impl Payment {
    /// The longest text a payment is known by, in characters.
    pub const LONGEST: usize = 200;
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

impl Refund {
    /// The longest reason, in characters.
    pub const LONGEST: usize = 500;
}
