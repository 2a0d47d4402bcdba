//! Text for screen readers alone.

use leptos::prelude::*;

/// Text that is read aloud and takes no place on the page.
#[component]
pub fn VisuallyHidden(
    /// The text.
    children: Children,
) -> impl IntoView {
    view! { <span class="visually-hidden">{children()}</span> }
}
