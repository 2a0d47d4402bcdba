//! The consumption of all services of a database.

use leptos::prelude::*;

use super::card::ConsumptionCard;
use super::figures::Looked;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::Page;
use crate::pages::session::follow_visitor;
use crate::query;
use crate::reactive::{Memo, RwSignal};
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{EmptyState, Field, IconName, Retry, Select, Waiting, When, condition};

/// The name of the database in the page's address.
const DATABASE: &str = "database";

/// So many accounts of a database are looked at: the server tells no more at once.
const MOST: usize = 100;

/// The page of what was spent, on which services and for whom.
#[component]
pub fn ConsumptionPage() -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let again = follow_visitor(move || accounts.refresh());
    let databases = Memo::new(move |_| {
        let known = accounts.known()?;
        let mut all = Vec::<(i64, String)>::new();
        for it in known {
            if all.iter().all(|(key, _)| *key != it.account.database) {
                all.push((it.account.database, it.database));
            }
        }
        Some(all)
    });
    let chosen = RwSignal::new(query::get(DATABASE).and_then(|it| it.parse::<i64>().ok()));
    // The one that was chosen, if there is such; else the first.
    let database = Memo::new(move |_| {
        databases.with(|all| {
            let all = all.as_ref()?;
            let known = all.iter().find(|(key, _)| Some(*key) == chosen.get());
            known.or_else(|| all.first()).cloned()
        })
    });
    let looked = Memo::new(move |_| {
        let of = database.get().map(|(key, _)| key);
        let known = accounts.known().unwrap_or_default().into_iter().map(|it| it.account);
        let known = known.filter(|account| Some(account.database) == of);
        known.map(|it| (it.id, it.service_label)).take(MOST).collect::<Vec<Looked>>()
    });
    let choose = move |key: String| {
        query::replace(DATABASE, &key);
        chosen.set(key.parse().ok());
    };
    let failure = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => accounts.failure(),
    };
    let is_known = move || databases.with(Option::is_some);
    let is_empty = move || databases.with(|all| all.as_ref().is_some_and(Vec::is_empty));
    let several = move || databases.with(|all| all.as_ref().is_some_and(|all| all.len() > 1));
    let options = Memo::new(move |_| {
        let all = databases.get().unwrap_or_default();
        all.into_iter().map(|(key, name)| (key.to_string(), name)).collect::<Vec<_>>()
    });
    let value = Memo::new(move |_| database.get().map(|it| it.0.to_string()).unwrap_or_default());
    view! {
            <Page
                title=tr(I18n::consumption_title)
                lead=move || database.get().map(|(_, name)| t.consumption_lead(&*name))
            >
                {move || failure().map(|failure| view! { <Retry failure=failure on_click=again/> })}
                <When when=condition(move || !is_known() && failure().is_none())>
                    <Waiting label=tr(I18n::consumption_asking)/>
                </When>
                <When when=condition(is_empty)>
                    <div class="card">
                        <EmptyState
                            icon=IconName::Coins
                            title=tr(I18n::accounts_empty)
                            text=tr(I18n::accounts_empty_text)
                        >
                            <a class="button" href="/catalogue">{tr(I18n::short_to_catalogue)}</a>
                        </EmptyState>
                    </div>
                </When>
                <When when=condition(several)>
                    <div class="consumption-database no-print">
                        <Field label=tr(I18n::accounts_database) let:d>
                            <Select attr:id=d.id options=options value=value on_change=choose/>
                        </Field>
                    </div>
                </When>
                {move || {
                    database.get().map(|(key, _)| view! {
    <ConsumptionCard title=tr(I18n::account_all) accounts=looked database=key/>
    })
                }}
            </Page>
        }
}
