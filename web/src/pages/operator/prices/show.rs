//! The page on which operators change prices.

use leptos::prelude::*;

use super::import::Import;
use super::versions::{Versions, VersionsCard};
use crate::dom::{IntoNode as _, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::reactive::Memo;
use crate::state::{Standing, use_rates, use_visitor};
use crate::ui::{EmptyState, IconName, Retry, Waiting};

/// Who looks at the page.
#[derive(Clone, PartialEq, Eq)]
enum Who {
    Operator,
    Other,
    Nobody,
    Demo,
}

/// Importing prices, and their versions.
#[component]
pub fn OperatorPricesPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let rates = use_rates();
    let versions = Versions::new(visitor);
    let again = follow_visitor(move || {
        if let Standing::In(user) = visitor.standing_untracked()
            && user.operator
        {
            versions.refresh();
            rates.refresh();
        }
    });
    let failed = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => versions.failure.get(),
    };
    let who = Memo::new(move |_| match visitor.standing() {
        Standing::In(user) if user.operator => Who::Operator,
        Standing::In(_) => Who::Other,
        Standing::Demo => Who::Demo,
        Standing::Asking | Standing::Failed(_) | Standing::Out(_) => Who::Nobody,
    });
    view! {
        <Page title=tr(I18n::rate_cards_title) lead=tr(I18n::rate_cards_lead)>
            {move || failed().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            {move || match who.get() {
                Who::Operator => view! {
                    <div class="stack">
                        <Import versions=versions/>
                        <VersionsCard versions=versions/>
                    </div>
                },
                Who::Other => refused(t.rate_cards_not_allowed(), t.rate_cards_not_allowed_text()),
                Who::Demo => refused(t.rate_cards_no_server(), t.rate_cards_no_server_text()),
                Who::Nobody if failed().is_some() => None::<Node>.into_node(),
                Who::Nobody => view! { <Waiting label=tr(I18n::rate_cards_asking)/> },
            }}
        </Page>
    }
}

/// Says why there is nothing to change here, with the way to the prices.
fn refused(title: &'static str, text: &'static str) -> Node {
    view! {
        <div class="card">
            <EmptyState icon=IconName::Tag title=title text=text>
                <a class="button" href="/prices">{tr(I18n::nav_prices)}</a>
            </EmptyState>
        </div>
    }
}
