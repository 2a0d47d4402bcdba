//! A choice of one among a few, all in sight.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::{Icon, IconName, next_id};
use crate::dom::{Node, view};
use crate::reactive::{Callback, Signal};

/// A choice of one among two to five: radio buttons that look like one control, so that the
/// arrow keys work as everywhere.
#[component]
pub fn Segmented(
    /// What is chosen; shown above unless `bare`.
    #[prop(into)]
    label: TextProp,
    /// What helps to choose.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// Value, text and perhaps an icon of each choice. With an icon the text is hidden when `bare`.
    options: Vec<(&'static str, TextProp, Option<IconName>)>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Called with the value that the person chose.
    #[prop(into)]
    on_change: Callback<&'static str>,
    /// Small, with the label and texts for screen readers only: for icons that need no words.
    #[prop(optional)]
    bare: bool,
) -> Node {
    let name = next_id("choice");
    let hint_id = hint.is_some().then(|| format!("{name}-hint"));
    let options: Vec<_> = options
        .into_iter()
        .map(|(option, text, icon)| {
            let tip = bare.then(|| text.clone());
            view! {
                <label class="segment" title=move || tip.as_ref().map(TextProp::get)>
                    <input
                        type="radio"
                        name=name.clone()
                        value=option
                        prop:checked=move || value.get() == option
                        on:change=move |_| on_change.run(option)
                    />
                    {icon.map(|name| view! { <Icon name=name/> })}
                    <span class:visually-hidden=bare>{move || text.get()}</span>
                </label>
            }
        })
        .collect();
    view! {
        <fieldset class="segmented" class:segmented-bare=bare aria-describedby=hint_id.clone()>
            <legend class="field-label" class:visually-hidden=bare>{move || label.get()}</legend>
            <div class="segments">{options}</div>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{move || hint.get()}</p> })}
        </fieldset>
    }
}
