//! Buying credits.

mod billing;
mod buy;
mod demo_card;
mod done;
mod packs;
mod payment;
mod purchase;
mod shop;
mod stripe_card;

pub use buy::BuyPage;
