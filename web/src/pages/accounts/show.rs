//! One account: what it has, what it was spent on, and what is set for it.

use leptos::prelude::*;

use super::alert::AlertDialog;
use super::changes::Changes;
use super::information::Information;
use super::row::state_pill;
use super::short::AccountShort;
use super::switch::DisabledNotice;
use crate::backend::account::NamedAccount;
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::page::{LEAD_TO_COME, Page};
use crate::pages::consumption::ConsumptionCard;
use crate::pages::session::follow_visitor;
use crate::reactive::{Memo, RwSignal, Signal};
use crate::state::{Standing, use_accounts, use_visitor};
use crate::ui::{Button, Card, EmptyState, Icon, IconName, Retry, Waiting, When, condition};

/// The page of one account.
#[component]
pub fn AccountPage(
    /// Its key.
    id: i64,
) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let again = follow_visitor(move || accounts.refresh());
    let found = Memo::new(move |_| accounts.find(id));
    let title =
        move || match found.with(|it| it.as_ref().map(|it| it.account.service_label.clone())) {
            Some(label) => label,
            None => t.accounts_title().to_owned(),
        };
    let failure = move || match visitor.standing() {
        Standing::Failed(failure) => Some(failure),
        _ => accounts.failure(),
    };
    let is_known = Memo::new(move |_| accounts.known().is_some());
    // Drawn anew only where it comes or goes: a dialog in it stays open while figures change.
    let shown = Memo::new(move |_| (found.with(Option::is_some), is_known.get()));
    let may_change = Signal::derive(move || {
        found.with(|it| it.as_ref().is_some_and(|it| visitor.may_administer(it.account.database)))
    });
    let lead = move || match found.get() {
        Some(it) => t.account_lead(&*it.database),
        None => LEAD_TO_COME.to_owned(),
    };
    view! {
        <Page
            title=title
            lead=lead
            actions=move || {
                view! {
                    <When when=may_change>
                        <a class="button button-primary" href=format!("/buy?account={id}") target="_blank">
                            <Icon name=IconName::Coins/>
                            {tr(I18n::account_buy)}
                        </a>
                    </When>
                }
            }
        >
            <p class="no-print">
                <a class="way-back" href="/services">
                    <Icon name=IconName::Back/>
                    {tr(I18n::account_all)}
                </a>
            </p>
            {move || failure().map(|failure| view! { <Retry failure=failure on_click=again/> })}
            {move || match shown.get() {
                (true, _) => Some(view! { <Account found=found may_change=may_change/> }),
                (false, true) => Some(view! {
                    <div class="card">
                        <EmptyState
                            icon=IconName::Coins
                            title=tr(I18n::account_missing)
                            text=tr(I18n::account_missing_text)
                        />
                    </div>
                }),
                (false, false) if failure().is_none() => {
                    Some(view! { <Waiting label=tr(I18n::account_asking)/> })
                }
                (false, false) => None,
            }}
        </Page>
    }
}

#[component]
fn Account(found: Memo<Option<NamedAccount>>, may_change: Signal<bool>) -> Node {
    let t = use_i18n();
    let alert_open = RwSignal::new(false);
    let chosen = RwSignal::new(None);
    let id = found.with_untracked(|it| it.as_ref().map(|it| it.account.id).unwrap_or_default());
    let database =
        found.with_untracked(|it| it.as_ref().map(|it| it.account.database).unwrap_or_default());
    let looked = Memo::new(move |_| {
        let label = found.get().map(|it| it.account.service_label).unwrap_or_default();
        vec![(id, label)]
    });
    let set_alert = move |_| {
        chosen.set(found.get_untracked().map(|it| it.account));
        alert_open.set(true);
    };
    view! {
        <DisabledNotice found=found/>
        <div class="account">
            <Card title=tr(I18n::accounts_balance) class="account-balance">
                {move || found.get().map(|it| balance(t, &it))}
                <AccountShort found=found/>
            </Card>
            <Card
                title=tr(I18n::accounts_alert)
                aside=move || {
                    view! {
                        <When when=may_change>
                            <Button on:click=set_alert>{tr(I18n::account_change)}</Button>
                        </When>
                    }
                }
            >
                {move || found.get().map(|it| alert(t, &it))}
            </Card>
            <Information found=found may_change=may_change/>
            <ConsumptionCard title=tr(I18n::consumption_title) accounts=looked database=database/>
            <When when=condition(move || may_change.get())>
                <Changes account=id found=found/>
            </When>
        </div>
        <AlertDialog chosen=chosen open=alert_open/>
    }
}

/// What can be spent, in large figures, and what it is made of.
fn balance(t: I18n, found: &NamedAccount) -> Node {
    let account = &found.account;
    let shown = |amount: iap_core::credits::Amount| format::balance(t.locale(), amount.credits());
    view! {
        <p class="account-figure">
            <strong>{shown(account.available.total)}</strong>
            {state_pill(t, account)}
        </p>
        <dl class="facts">
            <div><dt>{t.account_paid()}</dt><dd>{shown(account.available.paid)}</dd></div>
            <div><dt>{t.account_granted()}</dt><dd>{shown(account.available.granted)}</dd></div>
            <div><dt>{t.accounts_held()}</dt><dd>{shown(account.held.total)}</dd></div>
        </dl>
    }
}

/// When and to whom a warning goes.
fn alert(t: I18n, found: &NamedAccount) -> Node {
    let alert = &found.account.alert;
    let Some(threshold) = alert.threshold else {
        return view! { <p class="soft">{t.accounts_no_alert()}</p> };
    };
    let people: Vec<Node> =
        alert.recipients.iter().map(|it| view! { <li>{it.email.to_string()}</li> }).collect();
    view! {
        <p>{t.accounts_below(t.credits(threshold.credits()))}</p>
        <ul class="account-people" role="list">{people}</ul>
    }
}
