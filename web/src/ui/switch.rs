//! On or off.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::next_id;
use crate::dom::{Node, view};
use crate::reactive::{Callback, Signal};

/// A setting that is on or off and takes effect at once.
#[component]
pub fn Switch(
    /// What is switched.
    #[prop(into)]
    label: TextProp,
    /// What it does.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Called with what the person switched to.
    #[prop(into)]
    on_change: Callback<bool>,
) -> Node {
    let id = next_id("switch");
    let hint_id = hint.is_some().then(|| format!("{id}-hint"));
    view! {
        <div class="field">
            <label class="switch">
                <input
                    type="checkbox"
                    role="switch"
                    aria-describedby=hint_id.clone()
                    prop:checked=on
                    on:change=move |event| on_change.run(event_target_checked(&event))
                />
                <span>{move || label.get()}</span>
            </label>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id.clone()>{move || hint.get()}</p> })}
        </div>
    }
}
