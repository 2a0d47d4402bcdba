//! Showing the prices.

use leptos::prelude::*;

use crate::i18n::{I18n, tr};
use crate::page::Page;

/// Prices and FAQ.
#[component]
pub fn PricesPage() -> impl IntoView {
    view! {
        <Page title=tr(I18n::nav_prices)>
            <div></div>
        </Page>
    }
}
