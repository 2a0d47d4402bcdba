//! Changing what is set for an account.

use iap_core::api::{AccountChange, Company};
use leptos::ev;
use leptos::prelude::*;

use crate::backend::account::{self, NamedAccount};
use crate::backend::http::Failure;
use crate::dom::{ElementRef, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Memo, RwSignal};
use crate::state::{use_accounts, use_visitor};
use crate::ui::{Button, ButtonKind, Dialog, Failed, Field, Waiting, use_toasts};

/// A dialog with the sender name and the companies of an account.
#[component]
pub(in crate::pages) fn EditDialog(
    found: Memo<Option<NamedAccount>>,
    open: RwSignal<bool>,
) -> Node {
    let t = use_i18n();
    let service = move || found.with(|it| it.as_ref().map(|it| it.account.service_label.clone()));
    view! {
        <Dialog open=open title=move || t.account_change_title(service().unwrap_or_default())>
            {found.get_untracked().map(|found| view! { <Form found=found open=open/> })}
        </Dialog>
    }
}

#[component]
fn Form(found: NamedAccount, open: RwSignal<bool>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let toasts = use_toasts();
    let sender = ElementRef::<web_sys::HtmlInputElement>::new();
    let sender_error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let account = found.account;
    let (id, database) = (account.id, account.database);
    let chosen = RwSignal::new(account.companies);
    let known = RwSignal::new(None::<Vec<Company>>);
    wasm_bindgen_futures::spawn_local(async move {
        match account::companies(visitor.is_demo_untracked(), database).await {
            Ok(companies) => drop(known.try_set(Some(companies))),
            Err(why) => drop(failure.try_set(Some(why))),
        }
    });
    let service = account.service_label;
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(input) = sender.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        let name = input.value().trim().to_owned();
        let long = name.chars().count() > AccountChange::LONGEST_SENDER;
        sender_error
            .set(long.then(|| t.account_sender_long(t.number(AccountChange::LONGEST_SENDER))));
        if long {
            let _ = input.focus();
            return;
        }
        busy.set(true);
        failure.set(None);
        let companies = chosen.get_untracked();
        let (sender_name, companies) = (Some(name), Some(companies));
        let change = AccountChange { sender_name, companies, disabled: None };
        let service = service.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let saved = account::change(visitor.is_demo_untracked(), id, &change).await;
            let _ = busy.try_set(false);
            match saved {
                Ok(()) => {
                    accounts.changed();
                    let _ = open.try_set(false);
                    toasts.show(t.account_saved(service));
                }
                Err(why) => drop(failure.try_set(Some(why))),
            }
        });
    };
    let companies = move || match known.get() {
        None if failure.with(Option::is_some) => None,
        None => Some(view! { <Waiting label=tr(I18n::account_asking)/> }),
        Some(known) if known.is_empty() => {
            Some(view! { <p class="soft">{tr(I18n::account_companies_none)}</p> })
        }
        Some(known) => {
            let all: Vec<Node> = known.into_iter().map(|it| company(it, chosen)).collect();
            Some(view! { <div class="checks">{all}</div> })
        }
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <Field
                label=tr(I18n::account_sender)
                hint=move || t.account_sender_hint(t.number(AccountChange::LONGEST_SENDER))
                error=sender_error
                let:field
            >
                <input
                    node_ref=sender
                    class="input input-short"
                    type="text"
                    autocomplete="off"
                    spellcheck="false"
                    id=field.id
                    aria-describedby=field.by
                    aria-invalid=move || field.invalid.get().to_string()
                    value=account.sender_name
                />
            </Field>
            <fieldset class="field">
                <legend class="field-label">{tr(I18n::account_companies_label)}</legend>
                {companies}
                <p class="field-hint">{tr(I18n::account_companies_hint)}</p>
            </fieldset>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}

/// A company, to be chosen or not.
fn company(company: Company, chosen: RwSignal<Vec<i64>>) -> Node {
    let Company { number, name } = company;
    let change = move |event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|it| *it != number);
            if on {
                chosen.push(number);
            }
        });
    };
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || chosen.with(|chosen| chosen.contains(&number))
                on:change=change
            />
            <span>{name}</span>
        </label>
    }
}
