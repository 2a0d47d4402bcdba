//! The page on which operators change prices.

use leptos::prelude::*;

use super::import::Import;
use super::versions::{Versions, VersionsCard};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr};
use crate::page::Page;
use crate::pages::barred::Barred;
use crate::pages::session::follow_visitor;
use crate::state::{use_rates, use_visitor};
use crate::ui::{Retry, When, condition};

/// Importing prices, and their versions.
#[component]
pub fn OperatorPricesPage() -> Node {
    let visitor = use_visitor();
    let rates = use_rates();
    let versions = Versions::new(visitor);
    let again = follow_visitor(move || {
        if untrack(|| visitor.operates()) {
            versions.refresh();
            rates.refresh();
        }
    });
    let operates = condition(move || visitor.operates());
    let failed = move || versions.failure.get().filter(|_| visitor.operates());
    view! {
        <Page title=tr(I18n::rate_cards_title) lead=tr(I18n::rate_cards_lead)>
            <Barred again=again/>
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            <When when=operates>
                <div class="stack">
                    <Import versions=versions/>
                    <VersionsCard versions=versions/>
                </div>
            </When>
        </Page>
    }
}
