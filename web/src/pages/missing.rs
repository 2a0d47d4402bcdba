//! What an address shows that leads to no page.

use leptos::prelude::*;

use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::router::use_location;
use crate::ui::{Button, IconName};

/// Says what happened and shows ways back.
#[component]
pub fn NotFoundPage() -> Node {
    let t = use_i18n();
    let pathname = use_location().pathname;
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
