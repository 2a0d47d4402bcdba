//! Showing the prices.

use leptos::prelude::*;

use super::counting::Counting;
use super::questions::Questions;
use super::rates::Rates;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::page::Page;

/// Prices and FAQ.
#[component]
pub fn PricesPage() -> Node {
    view! {
        <Page title=tr(I18n::prices_title) lead=tr(I18n::prices_lead)>
            <div class="stack">
                <Rates/>
                <Counting/>
                <Questions/>
            </div>
        </Page>
    }
}
