//! Buying credits.

mod billing;
mod buy;
mod demo_card;
mod done;
mod packs;
mod payment;
mod purchase;
mod shop;
mod short;
mod stripe_card;

pub use buy::BuyPage;
pub(in crate::pages) use purchase::new_key;
pub(in crate::pages) use short::{Purse, ShortDialog, Shortage};
