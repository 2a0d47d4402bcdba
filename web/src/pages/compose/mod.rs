//! Writing a message.

use leptos::prelude::*;

use crate::i18n::{I18n, tr};
use crate::page::Page;

/// The composer.
#[component]
pub fn ComposePage() -> impl IntoView {
    view! {
        <Page title=tr(I18n::nav_compose)>
            <div></div>
        </Page>
    }
}
