//! What a list shows when it has nothing to show.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Icon, IconName};
use crate::dom::{Children, Node, view};

/// Says that there is nothing here, why, and what to do about it.
#[component]
pub fn EmptyState(
    /// A picture for it.
    icon: IconName,
    /// What there is nothing of.
    #[prop(into)]
    title: TextProp,
    /// Why, and what to do.
    #[prop(into)]
    text: TextProp,
    /// A button or a link that helps.
    #[prop(optional)]
    children: Option<Children>,
) -> Node {
    view! {
        <div class="empty">
            <Icon name=icon/>
            <p class="empty-title">{move || title.get()}</p>
            <p class="empty-text">{move || text.get()}</p>
            {children.map(|children| children())}
        </div>
    }
}
