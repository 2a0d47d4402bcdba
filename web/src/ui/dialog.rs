//! Dialogs, by the browser's own `<dialog>`: it keeps the focus inside, closes on Escape and
//! gives the focus back.

use leptos::ev;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use wasm_bindgen::JsCast as _;

use super::{Icon, IconName, When, next_id};
use crate::dom::{ChildrenFn, ElementRef, Node, view};
use crate::i18n::{I18n, tr};
use crate::reactive::{RwSignal, effect};

/// A modal dialog, labelled by its title. Its content exists only while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open; set to false when the person closes it.
    open: RwSignal<bool>,
    /// The title (`h2`).
    #[prop(into)]
    title: TextProp,
    /// A class for the page's own style.
    #[prop(default = "")]
    class: &'static str,
    /// The content.
    children: ChildrenFn,
) -> Node {
    let id = next_id("dialog");
    let dialog = ElementRef::<web_sys::HtmlDialogElement>::new();
    effect(move |_| {
        let open = open.get();
        if let Some(dialog) = dialog.get() {
            match (open, dialog.open()) {
                // It fails only for an element that is not in the document.
                (true, false) => drop(dialog.show_modal()),
                (false, true) => dialog.close(),
                _ => {}
            }
        }
    });
    // A click on the dialog itself, not on something in it, is one beside it: the content
    // covers the whole box.
    let click = move |event: ev::MouseEvent| {
        let on_backdrop = event
            .target()
            .zip(dialog.get_untracked())
            .is_some_and(|(target, dialog)| target == *dialog.unchecked_ref());
        if on_backdrop {
            open.set(false);
        }
    };
    // The browser tells it a moment later; meanwhile it may have been opened again.
    let closed = move |_: web_sys::Event| {
        if dialog.get_untracked().is_none_or(|dialog| !dialog.open()) {
            open.set(false);
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class=format!("dialog {class}")
            aria-labelledby=id.clone()
            on:close=closed
            on:click=click
        >
            <div class="dialog-box">
                <div class="dialog-header">
                    <h2 id=id>{move || title.get()}</h2>
                    <button
                        type="button"
                        class="button button-quiet button-icon"
                        aria-label=tr(I18n::app_close)
                        on:click=move |_| open.set(false)
                    >
                        <Icon name=IconName::Close/>
                    </button>
                </div>
                <When when=open>{children()}</When>
            </div>
        </dialog>
    }
}
