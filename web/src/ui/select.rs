//! A choice of one from a list.

use crate::dom::{ElementRef, Node, view};
use crate::reactive::{Callback, Signal, effect};
use leptos::prelude::*;

/// The browser's own select. Give it `id`, `aria-label` or `aria-describedby` as attributes.
#[component]
pub fn Select(
    /// Value and text of each choice.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value that the person chose.
    #[prop(into)]
    on_change: Callback<String>,
) -> Node {
    let select = ElementRef::<web_sys::HtmlSelectElement>::new();
    // A select takes a value only when it has the option: after the options are there.
    effect(move |_| {
        options.track();
        let value = value.get();
        if let Some(select) = select.get() {
            select.set_value(&value);
        }
    });
    view! {
        <select
            class="input select"
            node_ref=select
            on:change=move |event| on_change.run(event_target_value(&event))
        >
            {move || {
                options
                    .get()
                    .into_iter()
                    .map(|(value, text)| view! { <option value=value>{text}</option> })
                    .collect::<Vec<_>>()
            }}
        </select>
    }
}
