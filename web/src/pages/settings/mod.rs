//! The settings of this browser.

mod block;
mod edit;
mod search;
mod services;

use self::edit::SettingsPage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    if path == "/settings" {
        view! { <SettingsPage/> }
    } else {
        view! { <NotFoundPage/> }
    }
}
