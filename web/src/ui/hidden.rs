//! Text for screen readers alone.

use crate::dom::{Children, Node, view};
use leptos::prelude::*;

/// Text that is read aloud and takes no place on the page.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> Node {
    view! { <span class="visually-hidden">{children()}</span> }
}
