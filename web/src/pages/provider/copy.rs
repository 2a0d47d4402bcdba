//! Taking a copy.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::{Button, IconName, use_toasts};

/// A button that copies a text.
#[component]
pub(super) fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: TextProp,
    /// What it is, for those who do not see what stands beside it.
    #[prop(into)]
    label: TextProp,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        // A page that is not served securely has none.
        if clipboard.is_undefined() {
            return toasts.show(t.provider_not_copied());
        }
        let written = clipboard.write_text(&text.get());
        wasm_bindgen_futures::spawn_local(async move {
            let copied = wasm_bindgen_futures::JsFuture::from(written).await.is_ok();
            toasts.show(if copied { t.provider_copied() } else { t.provider_not_copied() });
        });
    };
    view! {
        <Button icon=IconName::Copy attr:aria-label=label on:click=copy>
            {tr(I18n::provider_copy)}
        </Button>
    }
}
