//! What operators do.

mod prices;

use self::prices::OperatorPricesPage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    if path == "/operator/prices" {
        view! { <OperatorPricesPage/> }
    } else {
        view! { <NotFoundPage/> }
    }
}
