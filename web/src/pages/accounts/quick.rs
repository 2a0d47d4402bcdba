//! The quick view of an account, below its line in the list: what it has, how to recharge it, what was spent
//! last, and when somebody is warned.

use iap_core::api::{Account, Entry, Pack};
use iap_core::credits::{Amount, Money};
use leptos::prelude::*;

use crate::backend::consumption::{self, EntriesAsked, Whose};
use crate::backend::http::Failure;
use crate::backend::shop::{self, Till};
use crate::clock::Span;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::state::use_visitor;
use crate::ui::{Button, Retry, Waiting, When, condition};

/// So many of the newest executions are shown, of so many days.
const NEWEST: usize = 5;
const DAYS: i32 = 90;

/// What an account has, and the ways to everything else about it.
#[component]
pub(super) fn QuickView(
    /// The account as it was when the view was opened; the line above follows what changes.
    account: Account,
    /// Sets the warning, where one may.
    choose: Option<Box<dyn Fn(Account)>>,
) -> Node {
    let t = use_i18n();
    let shown = |amount: Amount| format::balance(t.locale(), amount.credits());
    let (id, may_change) = (account.id, choose.is_some());
    let whole = format!("/services/{id}");
    let facts = [
        (t.account_paid(), account.available.paid),
        (t.account_granted(), account.available.granted),
        (t.accounts_held(), account.held.total),
    ];
    let facts: Vec<Node> = facts
        .map(|(name, amount)| view! { <div><dt>{name}</dt><dd>{shown(amount)}</dd></div> })
        .into_iter()
        .collect();
    view! {
        <div class="quick-view">
            <section>
                <h2>{t.accounts_balance()}</h2>
                <dl class="facts">{facts}</dl>
                <p><a href=whole>{t.accounts_whole()}</a></p>
            </section>
            <section>
                <h2>{t.accounts_recharge()}</h2>
                {may_change.then(|| view! { <Recharge id=id/> })}
                {(!may_change).then(|| view! { <p class="soft">{t.accounts_recharge_ask()}</p> })}
            </section>
            <section>
                <h2>{t.accounts_newest()}</h2>
                <Newest id=id/>
            </section>
            <section>
                <h2>{t.accounts_alert()}</h2>
                {alert(t, &account)}
                {choose
                    .map(|choose| {
                        let label = t.accounts_alert_change(&*account.service_label);
                        view! {
                            <Button
                                attr:aria-haspopup="dialog"
                                attr:aria-label=label
                                on:click=move |_| choose(account.clone())
                            >
                                {t.account_change()}
                            </Button>
                        }
                    })}
            </section>
        </div>
    }
}

/// When and to whom a warning goes.
fn alert(t: I18n, account: &Account) -> Node {
    let Some(threshold) = account.alert.threshold else {
        return view! { <p class="soft">{t.accounts_no_alert()}</p> };
    };
    let people: Vec<Node> = account
        .alert
        .recipients
        .iter()
        .map(|it| view! { <li>{it.email.to_string()}</li> })
        .collect();
    view! {
        <p>{t.accounts_below(t.credits(threshold.credits()))}</p>
        <ul class="account-people" role="list">{people}</ul>
    }
}

/// The packs, each a way to buy it.
#[component]
fn Recharge(id: i64) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let packs = RwSignal::new(None::<Vec<Pack>>);
    let failure = RwSignal::new(None::<Failure>);
    let load = move || {
        let till = if visitor.is_demo_untracked() { Till::Demo(id) } else { Till::Account(id) };
        wasm_bindgen_futures::spawn_local(async move {
            match shop::shop(&till).await {
                Ok(shop) => {
                    let _ = failure.try_set(None);
                    let _ = packs.try_set(Some(shop.packs));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    load();
    let list = move || {
        let packs = packs.get()?;
        if packs.is_empty() {
            return Some(view! { <p class="soft">{t.shop_nothing()}</p> });
        }
        let packs: Vec<Node> = packs.iter().map(|pack| offer(t, id, pack)).collect();
        Some(view! { <ul class="quick-packs" role="list">{packs}</ul> })
    };
    view! {
        {move || failure.get().map(|failure| view! { <Retry failure=failure on_click=load/> })}
        <When when=condition(move || packs.with(Option::is_none) && failure.with(Option::is_none))>
            <Waiting label=tr(I18n::shop_asking)/>
        </When>
        {list}
    }
}

fn offer(t: I18n, account: i64, pack: &Pack) -> Node {
    let price = format::money(t.locale(), Money::new(pack.price, pack.currency));
    let credits = t.credits(pack.credits.credits());
    let label = t.shop_choose_pack(&*pack.name, &*credits, &*price);
    let buy = format!("/buy?account={account}&pack={}", pack.id);
    view! {
        <li>
            <span>{credits}</span>
            <a class="button" href=buy target="_blank" aria-label=label>{price}</a>
        </li>
    }
}

/// The newest executions.
#[component]
fn Newest(id: i64) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let known = RwSignal::new(None::<Vec<Entry>>);
    let failure = RwSignal::new(None::<Failure>);
    let load = move || {
        let edges = Span::Day.edges(DAYS);
        let (Some(from), Some(to)) = (edges.first().copied(), edges.last().copied()) else {
            return;
        };
        let asked =
            EntriesAsked { accounts: vec![id], from, to, charges: true, whose: Whose::default() };
        let is_demo = visitor.is_demo_untracked();
        wasm_bindgen_futures::spawn_local(async move {
            match consumption::entries(is_demo, &asked, None).await {
                Ok(page) => {
                    let _ = failure.try_set(None);
                    let _ = known.try_set(Some(page.items));
                }
                Err(why) if visitor.has_ended(&why) => {}
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    load();
    let list = move || {
        let entries = known.get()?;
        if entries.is_empty() {
            return Some(view! { <p class="soft">{t.consumption_nothing()}</p> });
        }
        let line = |entry: Entry| {
            view! {
                <li>
                    <span>
                        {entry.description}
                        <span class="soft">{format::moment(t.locale(), entry.at)}</span>
                    </span>
                    <span class="number">{format::balance(t.locale(), entry.charged)}</span>
                </li>
            }
        };
        let lines: Vec<Node> = entries.into_iter().take(NEWEST).map(line).collect();
        Some(view! { <ul class="quick-entries" role="list">{lines}</ul> })
    };
    view! {
        {move || failure.get().map(|failure| view! { <Retry failure=failure on_click=load/> })}
        <When when=condition(move || known.with(Option::is_none) && failure.with(Option::is_none))>
            <Waiting label=tr(I18n::consumption_asking)/>
        </When>
        {list}
        <p><a href=format!("/consumption?account={id}")>{tr(I18n::accounts_review)}</a></p>
    }
}
