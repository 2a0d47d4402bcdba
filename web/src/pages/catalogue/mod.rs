//! The services that databases may use.

mod card;
mod done;
mod list;
mod state;

use self::list::CataloguePage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    if path == "/catalogue" {
        view! { <CataloguePage/> }
    } else {
        view! { <NotFoundPage/> }
    }
}
