//! Prices, alphabets, questions and answers.

mod counting;
mod questions;
mod rates;
mod row;
mod show;

use self::show::PricesPage;
use crate::dom::{Node, view};

/// The page, whichever of its paths leads here.
#[must_use]
pub fn page(_path: &str) -> Node {
    view! { <PricesPage/> }
}
