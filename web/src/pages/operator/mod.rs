//! The pages of those who run the server.

mod barred;
mod databases;
mod prices;

use self::databases::DatabasesPage;
use self::prices::OperatorPricesPage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    match path {
        "/operator/databases" => view! { <DatabasesPage/> },
        "/operator/prices" => view! { <OperatorPricesPage/> },
        _ => view! { <NotFoundPage/> },
    }
}
