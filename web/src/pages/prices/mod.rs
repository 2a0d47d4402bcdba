//! Prices, alphabets, questions and answers.

mod counting;
mod questions;
mod rates;
mod row;
mod show;

use self::show::PricesPage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    if path == "/prices" {
        view! { <PricesPage/> }
    } else {
        view! { <NotFoundPage/> }
    }
}
