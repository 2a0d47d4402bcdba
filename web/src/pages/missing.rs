//! What an address shows that leads to no page.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::router::use_location;
use crate::ui::{Button, IconName};

/// Asks search engines to leave the address out as long as the page is shown: the server cannot
/// know which addresses lead to a page and answers every one with success.
fn keep_from_indexes() {
    let Ok(meta) = document().create_element("meta") else { return };
    let _ = meta.set_attribute("name", "robots");
    let _ = meta.set_attribute("content", "noindex");
    if let Some(head) = document().head() {
        let _ = head.append_child(&meta);
    }
    let meta = StoredValue::new_local(meta);
    on_cleanup(move || meta.try_with_value(web_sys::Element::remove).unwrap_or_default());
}

/// Says what happened and shows ways back.
#[component]
pub fn NotFoundPage() -> Node {
    let t = use_i18n();
    let pathname = use_location().pathname;
    keep_from_indexes();
    let back = move |_| {
        if let Ok(history) = window().history() {
            // Without an earlier page nothing happens, and the links below remain.
            let _ = history.back();
        }
    };
    view! {
        <Page title=tr(I18n::missing_title)>
            <div class="prose">
                <p>
                    {move || {
                        t.missing_text_view(view! { <code>{pathname.get()}</code> })
                    }}
                </p>
                <ul class="list">
                    <li><a href="/compose">{tr(I18n::nav_compose)}</a></li>
                    <li><a href="/prices">{tr(I18n::nav_prices)}</a></li>
                    <li><a href="/settings">{tr(I18n::nav_settings)}</a></li>
                </ul>
                <p><Button icon=IconName::Back on:click=back>{tr(I18n::missing_back)}</Button></p>
            </div>
        </Page>
    }
}
