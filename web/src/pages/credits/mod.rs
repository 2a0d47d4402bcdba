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
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    if path == "/buy" {
        view! { <BuyPage/> }
    } else {
        view! { <NotFoundPage/> }
    }
}
