//! Cards: the boxes in which a page's sections stand.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::next_id;
use crate::dom::{Children, Node, ViewFn, view};

/// A section of a page in a box, labelled by its heading.
#[component]
pub fn Card(
    /// The heading (`h2`).
    #[prop(into)]
    title: TextProp,
    /// What stands beside the heading: a count, a button.
    #[prop(optional, into)]
    aside: Option<ViewFn>,
    /// A class for the page's own style.
    #[prop(default = "")]
    class: &'static str,
    /// The content.
    children: Children,
) -> Node {
    let id = next_id("card");
    view! {
        <section class=format!("card {class}") aria-labelledby=id.clone()>
            <div class="card-header">
                <h2 id=id>{move || title.get()}</h2>
                {aside.map(|aside| view! { <div class="card-aside">{aside.run()}</div> })}
            </div>
            {children()}
        </section>
    }
}
