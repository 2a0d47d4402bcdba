//! Writing a message and seeing what it costs.

mod announce;
mod contacts;
mod cost;
mod drafts;
mod encoding;
mod fields;
mod message;
mod offenders;
mod parts;
mod preview;
mod proposal;
mod quote_file;
mod recipients;
mod refusal;
mod short;
mod state;
mod warnings;
mod write;

use self::write::ComposePage;
use super::missing::NotFoundPage;
use crate::dom::{Node, view};

/// The page of a path.
#[must_use]
pub fn page(path: &str) -> Node {
    match path {
        "" | "/compose" => view! { <ComposePage/> },
        _ => view! { <NotFoundPage/> },
    }
}
