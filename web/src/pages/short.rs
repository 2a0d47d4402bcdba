//! What is said where credits do not suffice, and the way to go on.

use std::time::Duration;

use iap_core::api::Pack;
use iap_core::credits::{self, Amount, Cover, Money};
use iap_core::pricing::Credits;
use leptos::prelude::*;

use crate::backend::account::NamedAccount;
use crate::backend::http::Failure;
use crate::backend::shop::{self, Till};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::session::sign_in_first;
use crate::reactive::{Callback, Memo, RwSignal, effect};
use crate::state::use_visitor;
use crate::ui::{Button, Dialog, Failed, Waiting, When, condition, use_toasts};

/// Whose credits do not suffice.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::pages) enum Purse {
    /// Nobody's: a made-up balance.
    MadeUp,
    /// An account's.
    Account(Box<NamedAccount>),
    /// There is no account yet.
    Inactive,
}

/// How many credits do not suffice.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pages) struct Shortage {
    /// What it costs; none where nothing in particular is to be done.
    pub cost: Option<Credits>,
    /// What there is.
    pub there: Credits,
    /// What is missing at least.
    pub missing: Amount,
}

/// A dialog that says what something costs, what there is and what is missing, and proposes what to buy.
/// As soon as the credits suffice, it closes, and one goes on with what one was doing.
#[component]
pub(in crate::pages) fn ShortDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Whose credits they are.
    purse: Memo<Purse>,
    /// What is missing; none where nothing is.
    shortage: Memo<Option<Shortage>>,
    /// Called when nothing is missing any more.
    #[prop(into)]
    on_enough: Callback<()>,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    effect(move |_| {
        if shortage.get().is_none() && open.get() {
            open.set(false);
            toasts.show(t.short_enough());
            // Once the dialog has closed: until then nothing beside it takes the focus.
            set_timeout(move || on_enough.run(()), Duration::ZERO);
        }
    });
    view! {
        <Dialog open=open title=tr(I18n::short_title)>
            <div class="short">
                <div role="status">{move || shortage.get().map(|it| figures(t, it))}</div>
                {move || match purse.get() {
                    Purse::MadeUp => made_up(t, open),
                    Purse::Inactive => inactive(t, open),
                    Purse::Account(account) => {
                        view! { <Proposal account=*account shortage=shortage open=open/> }
                    }
                }}
            </div>
        </Dialog>
    }
}

fn figures(t: I18n, shortage: Shortage) -> Node {
    let amount = |amount: Credits| format::balance(t.locale(), amount);
    let cost = shortage.cost.map(|cost| {
        view! {
            <dt>{t.short_cost()}</dt>
            <dd>{amount(cost)}</dd>
        }
    });
    let missing = shortage.cost.map(|_| {
        view! {
            <dt class="bad">{t.short_missing()}</dt>
            <dd class="bad"><strong>{amount(shortage.missing.credits())}</strong></dd>
        }
    });
    view! {
        <dl class="sums short-sums">
            {cost}
            <dt>{t.short_there()}</dt>
            <dd>{amount(shortage.there)}</dd>
            {missing}
        </dl>
    }
}

fn later(open: RwSignal<bool>) -> Node {
    view! { <Button on:click=move |_| open.set(false)>{tr(I18n::short_later)}</Button> }
}

/// Nobody is signed in: there is nothing to buy for.
fn made_up(t: I18n, open: RwSignal<bool>) -> Node {
    view! {
        <p>{t.short_made_up()}</p>
        <div class="dialog-actions">
            {later(open)}
            <a class="button" href="/buy" target="_blank">{t.short_set()}</a>
            <a class="button button-primary" href=sign_in_first()>{t.sign_in_submit()}</a>
        </div>
    }
}

fn inactive(t: I18n, open: RwSignal<bool>) -> Node {
    view! {
        <p>{t.short_inactive()}</p>
        <div class="dialog-actions">
            {later(open)}
            <a class="button button-primary" href="/catalogue">{t.short_to_catalogue()}</a>
        </div>
    }
}

/// What to buy for an account, for those who may.
#[component]
fn Proposal(account: NamedAccount, shortage: Memo<Option<Shortage>>, open: RwSignal<bool>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let NamedAccount { account, database, .. } = account;
    if !visitor.may_administer(account.database) {
        return view! {
            <p>{t.short_ask_admin(&*database)}</p>
            <div class="dialog-actions">{later(open)}</div>
        };
    }
    let id = account.id;
    let packs = RwSignal::new(None::<Vec<Pack>>);
    let failure = RwSignal::new(None::<Failure>);
    let till = if visitor.is_demo_untracked() { Till::Demo(id) } else { Till::Account(id) };
    wasm_bindgen_futures::spawn_local(async move {
        match shop::shop(&till).await {
            Ok(shop) => drop(packs.try_set(Some(shop.packs))),
            Err(why) if visitor.has_ended(&why) => {}
            Err(why) => drop(failure.try_set(Some(why))),
        }
    });
    let is_sold = move || packs.with(|it| it.as_ref().is_none_or(|packs| !packs.is_empty()));
    let proposal = move || {
        let shortage = shortage.get()?;
        packs.with(|packs| Some(proposed(t, shortage, packs.as_ref()?)))
    };
    let waits = move || match shortage.get() {
        Some(Shortage { cost: None, .. }) => t.short_waits_here(),
        _ => t.short_waits(),
    };
    view! {
        <Failed failure=failure/>
        <When when=condition(move || packs.with(Option::is_none) && failure.with(Option::is_none))>
            <Waiting label=tr(I18n::short_asking)/>
        </When>
        {proposal}
        <When when=condition(is_sold)>
            <p class="soft">{waits}</p>
        </When>
        <div class="dialog-actions">
            {later(open)}
            <When when=condition(is_sold)>
                <a class="button button-primary" href=format!("/buy?account={id}") target="_blank">
                    {tr(I18n::account_buy)}
                </a>
            </When>
        </div>
    }
}

/// The pack to buy, by core's rule.
fn proposed(t: I18n, shortage: Shortage, packs: &[Pack]) -> Node {
    let price = |pack: &Pack| Money::new(pack.price, pack.currency);
    let rules: Result<Vec<_>, _> =
        packs.iter().map(|it| credits::Pack::new(it.credits, price(it))).collect();
    let cover = rules.ok().and_then(|rules| Cover::of(shortage.missing, &rules));
    let cover = cover.and_then(|cover| Some((packs.get(cover.place)?, cover.times)));
    let Some((pack, times)) = cover else {
        return view! { <p>{t.shop_nothing()} ". " {t.shop_nothing_text()}</p> };
    };
    let (credits, money) =
        (t.credits(pack.credits.credits()), format::money(t.locale(), price(pack)));
    let text = if shortage.cost.is_none() {
        t.short_cheapest(&*pack.name, credits, money)
    } else if times == 1 {
        t.short_cover(&*pack.name, credits, money)
    } else {
        let times = format::decimal(t.locale(), &times.to_string());
        t.short_cover_times(times, &*pack.name, credits, money)
    };
    view! { <p class="short-cover">{text}</p> }
}
