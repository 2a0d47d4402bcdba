//! Buying packs, also without signing in.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Deserialize, Serialize};

use super::billing::Buyer;
use super::order::Order;
use super::pack::Pack;
use crate::billing::{PaymentMeans, PaymentState, TaxRate};
use crate::catalogue::ServiceName;

/// An account as a link names it that leads to buying for it. Whoever has the link can buy for the
/// account and do nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AccountLink {
    /// What programs call the service.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub service: String,
    /// What the database calls itself.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub database: String,
    /// The SHA-1 of the account's token, in 40 hexadecimal digits.
    #[cfg_attr(feature = "openapi", schema(max_length = 100))]
    pub account: String,
}

/// What can be bought for an account, of whom, and how it is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Shop {
    /// What programs call the service.
    pub service_name: ServiceName,
    /// What people call it.
    pub service_label: String,
    /// What it says of itself.
    pub description: String,
    /// The packs that are offered, in their order.
    pub packs: Vec<Pack>,
    /// Who sells; empty where nobody has said.
    pub seller_name: String,
    /// The seller's country, by the two letters of ISO 3166-1; empty where nobody has said.
    pub seller_country: String,
    /// The rate at which the seller takes tax in their country; nothing where they take none.
    pub tax_rate: Option<TaxRate>,
    /// How orders are paid here.
    pub means: PaymentMeans,
    /// With what Stripe's script knows whom it works for, where cards are taken.
    pub publishable_key: Option<String>,
    /// Where Stripe's script is, where cards are taken.
    pub card_script: Option<String>,
    /// Who bought for the database last; only admins of it are told.
    pub buyer: Option<Buyer>,
}

/// A pack that is to be bought by whoever has an account's link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkedOrder {
    /// The account.
    pub link: AccountLink,
    /// The pack, by key; one of the account's service.
    pub pack: i64,
    /// Who buys.
    pub buyer: Buyer,
}

/// An order of somebody who is not signed in, and with what they come back to it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Purchase {
    /// The order.
    pub order: Order,
    /// Secret: whoever sends it as `Iap-Receipt` may see the order, pay it, and give it up.
    pub receipt: String,
}

/// Without its secret.
impl fmt::Debug for Purchase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Purchase").field("order", &self.order).finish_non_exhaustive()
    }
}

/// What it takes to pay an order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Checkout {
    /// How it is paid.
    pub means: PaymentMeans,
    /// With what Stripe's script pays this order, where cards are taken.
    pub client_secret: Option<String>,
    /// How far paying is.
    pub state: PaymentState,
}

/// Without its secret.
impl fmt::Debug for Checkout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Checkout");
        shown.field("means", &self.means).field("state", &self.state).finish_non_exhaustive()
    }
}

/// A card for trying out, with which a server on demo data is paid. Any other is refused.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoCard {
    /// Its number.
    #[cfg_attr(feature = "openapi", schema(max_length = 40))]
    pub number: String,
    /// Month and year, as in 12/30.
    #[cfg_attr(feature = "openapi", schema(max_length = 10))]
    pub expiry: String,
    /// Its security code, three or four digits.
    #[cfg_attr(feature = "openapi", schema(max_length = 10))]
    pub cvc: String,
}

/// Without anything of it: somebody may have typed a card of theirs.
impl fmt::Debug for DemoCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DemoCard").finish_non_exhaustive()
    }
}

/// Whether whoever pays with a card for trying out says that it is they.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoAuthentication {
    /// Whether they do.
    pub accepted: bool,
}
