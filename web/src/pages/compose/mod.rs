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
mod warnings;
mod write;

use self::write::ComposePage;
use crate::dom::{Node, view};

/// The page, whichever of its paths leads here.
#[must_use]
pub fn page(_path: &str) -> Node {
    view! { <ComposePage/> }
}
