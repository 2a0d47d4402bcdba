//! A field in which a line of text is typed.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::Field;
use crate::dom::{Node, view};
use crate::reactive::{RwSignal, Signal};

/// A label, a hint, an error and an input of one line that keeps what is typed.
#[component]
pub fn TextField(
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// What is wrong with the answer, and how to mend it; none when all is well.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What is typed.
    value: RwSignal<String>,
    /// The name by which browsers know what to fill in (`autocomplete`).
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The kind of keyboard that phones show.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// A further class, such as for a short field.
    #[prop(default = "")]
    class: &'static str,
) -> Node {
    let hint = hint.unwrap_or_else(|| "".into());
    view! {
        <Field label=label hint=hint error=error let:field>
            <input
                class=format!("input {class}")
                type="text"
                autocomplete=autocomplete
                inputmode=inputmode
                spellcheck="false"
                id=field.id
                aria-describedby=field.by
                aria-invalid=move || field.invalid.get().to_string()
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Field>
    }
}
