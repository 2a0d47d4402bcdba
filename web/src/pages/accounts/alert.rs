//! Setting the warning that credits run low.

use std::collections::BTreeMap;
use std::str::FromStr;

use iap_core::access::EmailAddress;
use iap_core::api::{Account, Alert, AlertError, Recipient};
use iap_core::credits::Amount;
use leptos::ev;
use leptos::prelude::*;

use crate::backend::account;
use crate::backend::http::Failure;
use crate::dom::{ElementRef, Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::RwSignal;
use crate::state::{use_accounts, use_visitor};
use crate::ui::{Button, ButtonKind, Dialog, Failed, Field, use_toasts};

/// A dialog with the warning of the account that is chosen.
#[component]
pub(super) fn AlertDialog(
    /// The account whose warning is set.
    chosen: RwSignal<Option<Account>>,
    /// Whether it is open.
    open: RwSignal<bool>,
) -> Node {
    let t = use_i18n();
    let service = move || chosen.with(|it| it.as_ref().map(|it| it.service_label.clone()));
    view! {
        <Dialog open=open title=move || t.alert_title(service().unwrap_or_default())>
            {chosen.get_untracked().map(|account| view! { <Form account=account open=open/> })}
        </Dialog>
    }
}

#[component]
fn Form(account: Account, open: RwSignal<bool>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let accounts = use_accounts();
    let toasts = use_toasts();
    let threshold = ElementRef::<web_sys::HtmlInputElement>::new();
    let recipients = ElementRef::<web_sys::HtmlTextAreaElement>::new();
    let threshold_error = RwSignal::new(None::<String>);
    let recipients_error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);

    let Account { id, service_label, alert, .. } = account;
    let first_threshold = alert.threshold.map(|it| typed(t, it)).unwrap_or_default();
    let addresses: Vec<String> = alert.recipients.iter().map(|it| it.email.to_string()).collect();
    let first_recipients = addresses.join("\n");
    // Whoever was warned before keeps their language.
    let languages: BTreeMap<EmailAddress, String> =
        alert.recipients.into_iter().map(|it| (it.email, it.language)).collect();

    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(threshold), Some(recipients)) =
            (threshold.get_untracked(), recipients.get_untracked())
        else {
            return;
        };
        if busy.get_untracked() {
            return;
        }
        let read_threshold = read_threshold(&threshold.value());
        let people = read_recipients(t, &recipients.value(), &languages);
        threshold_error.set(read_threshold.is_err().then(|| t.alert_threshold_wrong().to_owned()));
        let alert = people.and_then(|recipients| {
            let alert = Alert { threshold: read_threshold.ok().flatten(), recipients };
            match alert.check() {
                Ok(_) => Ok(alert),
                Err(AlertError::NobodyToWarn) => Err(t.alert_nobody().to_owned()),
                Err(AlertError::TooManyRecipients) => Err(t.alert_too_many(Alert::MOST_RECIPIENTS)),
            }
        });
        recipients_error.set(alert.as_ref().err().cloned());
        if read_threshold.is_err() {
            let _ = threshold.focus();
            return;
        }
        let Ok(alert) = alert else {
            let _ = recipients.focus();
            return;
        };
        busy.set(true);
        failure.set(None);
        let service = service_label.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let saved = account::set_alert(visitor.is_demo_untracked(), id, &alert).await;
            let _ = busy.try_set(false);
            match saved {
                Ok(()) => {
                    accounts.changed();
                    toasts.show(t.alert_saved(&*service));
                    let _ = open.try_set(false);
                }
                Err(why) => {
                    let _ = failure.try_set(Some(why));
                }
            }
        });
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <Field
                label=tr(I18n::alert_threshold)
                hint=tr(I18n::alert_threshold_hint)
                error=threshold_error
                let:field
            >
                <input
                    node_ref=threshold
                    class="input input-short"
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    id=field.id
                    aria-describedby=field.by
                    aria-invalid=move || field.invalid.get().to_string()
                    value=first_threshold
                />
            </Field>
            <Field
                label=tr(I18n::alert_recipients)
                hint=tr(I18n::alert_recipients_hint)
                error=recipients_error
                let:field
            >
                <textarea
                    node_ref=recipients
                    class="input"
                    rows="4"
                    autocapitalize="none"
                    spellcheck="false"
                    id=field.id
                    aria-describedby=field.by
                    aria-invalid=move || field.invalid.get().to_string()
                >
                    {first_recipients}
                </textarea>
            </Field>
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}

/// A number of credits as one types it.
fn typed(t: I18n, amount: Amount) -> String {
    let exact = amount.to_string();
    let short = exact.trim_end_matches('0').trim_end_matches('.');
    format::typed(t.locale(), short)
}

/// The number of credits that was typed; none where nothing was.
fn read_threshold(typed: &str) -> Result<Option<Amount>, <Amount as FromStr>::Err> {
    match format::untyped(typed).as_str() {
        "" => Ok(None),
        number => number.parse().map(Some),
    }
}

/// The people that were typed, one on each line or behind commas, each once.
///
/// # Errors
/// A sentence about the first one who has no address.
fn read_recipients(
    t: I18n,
    typed: &str,
    languages: &BTreeMap<EmailAddress, String>,
) -> Result<Vec<Recipient>, String> {
    let mut recipients = Vec::<Recipient>::new();
    for word in typed.split(['\n', ',', ';']).map(str::trim).filter(|word| !word.is_empty()) {
        let Ok(email) = word.parse::<EmailAddress>() else {
            return Err(t.alert_recipient_wrong(word));
        };
        if recipients.iter().any(|known| known.email == email) {
            continue;
        }
        let language = languages.get(&email);
        let language = language.map_or_else(|| t.locale().tag().to_owned(), String::clone);
        recipients.push(Recipient { email, language });
    }
    Ok(recipients)
}
