//! Looking for something in a list.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Icon, IconName};
use crate::dom::{Node, view};
use crate::reactive::RwSignal;

/// A field to search a list with, and beside it how much was found, which screen readers are told.
#[component]
pub fn SearchBar(
    /// What can be looked for.
    #[prop(into)]
    label: TextProp,
    /// What is looked for.
    value: RwSignal<String>,
    /// How much was found.
    #[prop(into)]
    found: TextProp,
    /// Told what is typed.
    on_change: impl Fn(String) + 'static,
) -> Node {
    view! {
        <div class="search-bar no-print">
            <div class="search">
                <Icon name=IconName::Search/>
                <input
                    class="input"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    aria-label=label.clone()
                    placeholder=label
                    prop:value=value
                    on:input=move |event| on_change(event_target_value(&event))
                />
            </div>
            <p class="search-found" role="status">
                {move || found.get()}
            </p>
        </div>
    }
}
