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

use self::buy::BuyPage;
use crate::dom::{Node, view};

/// The page, whichever of its paths leads here.
#[must_use]
pub fn page(_path: &str) -> Node {
    view! { <BuyPage/> }
}
