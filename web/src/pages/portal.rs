//! The pages about credits: the part of the program that is loaded when one of them is opened.

use super::accounts::{AccountPage, AccountsPage};
use super::consumption::ConsumptionPage;
use super::missing::NotFoundPage;
use super::technical::TechnicalPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    match path {
        "/services" => view! { <AccountsPage/> },
        path if let Some(id) = key(path, "/services/") => view! { <AccountPage id=id/> },
        "/consumption" => view! { <ConsumptionPage/> },
        "/technical" => view! { <TechnicalPage/> },
        _ => view! { <NotFoundPage/> },
    }
}

/// The key that stands in a path behind `before`.
fn key(path: &str, before: &str) -> Option<i64> {
    path.strip_prefix(before)?.parse().ok()
}
