//! A form field: label, hint and error around an input of any kind.

use leptos::ev;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast as _;

use super::{Icon, IconName, next_id};
use crate::dom::{Node, view};
use crate::reactive::Signal;

/// What the input of a [`Field`] must carry to belong to its label, hint and error.
#[derive(Debug, Clone)]
pub struct Described {
    /// For `id`.
    pub id: String,
    /// For `aria-describedby`.
    pub by: String,
    /// For `aria-invalid`.
    pub invalid: Signal<bool>,
}

/// A label, a hint and an error for one input:
///
/// ```ignore
/// <Field label=tr(I18n::x) hint=tr(I18n::y) error=error let:d>
///     <input id=d.id aria-describedby=d.by aria-invalid=move || d.invalid.get().to_string()/>
/// </Field>
/// ```
#[component]
pub fn Field(
    /// What is asked for.
    #[prop(into)]
    label: TextProp,
    /// What helps to answer.
    #[prop(optional, into)]
    hint: Option<TextProp>,
    /// What is wrong with the answer, and how to mend it; none when all is well.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// The input, made from what it must carry.
    children: Box<dyn FnOnce(Described) -> Node>,
) -> Node {
    let id = next_id("field");
    let hint_id = format!("{id}-hint");
    let error_id = format!("{id}-error");
    let described = Described {
        id: id.clone(),
        by: format!("{hint_id} {error_id}"),
        invalid: Signal::derive(move || error.get().is_some()),
    };
    let input = children(described);
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{move || label.get()}</label>
            {input}
            <p class="field-error" id=error_id aria-live="polite">
                {move || error.get().map(|error| view! { <Icon name=IconName::Warning/> {error} })}
            </p>
            {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{move || hint.get()}</p> })}
        </div>
    }
}

/// Moves the focus to the first field of a form that is wrong, once the page says which are.
pub fn focus_first_error(event: &ev::SubmitEvent) {
    let Some(form) = event.target() else { return };
    let form: web_sys::Element = form.unchecked_into();
    request_animation_frame(move || {
        if let Ok(Some(wrong)) = form.query_selector("[aria-invalid=true]") {
            let _ = wrong.unchecked_into::<web_sys::HtmlElement>().focus();
        }
    });
}
