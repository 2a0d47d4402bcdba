//! Buying credits, and what was bought.

mod billing;
mod buy;
mod demo_card;
mod done;
mod packs;
mod payment;
mod purchase;
mod shop;
mod stripe_card;
mod sums;

use self::buy::BuyPage;
pub(super) use self::sums::sums;
use super::missing::NotFoundPage;
use super::orders::{OrderPage, OrdersPage};
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    let order = path.strip_prefix("/orders/").and_then(|id| id.parse().ok());
    match (path, order) {
        ("/buy", _) => view! { <BuyPage/> },
        ("/orders", _) => view! { <OrdersPage/> },
        (_, Some(id)) => view! { <OrderPage id=id/> },
        _ => view! { <NotFoundPage/> },
    }
}
