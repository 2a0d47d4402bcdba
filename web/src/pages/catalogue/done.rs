//! What is said once a service is active: its trial, and the token that is shown once.

use iap_core::api::Activation;
use leptos::ev;
use leptos::prelude::*;

use super::state::Shelf;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::ui::{Button, ButtonKind, Dialog, Field, IconName, use_toasts};

/// A dialog with what was activated.
#[component]
pub(super) fn Done(shelf: Shelf) -> Node {
    let t = use_i18n();
    let service =
        move || shelf.done.with(|it| it.as_ref().map(|it| it.account.service_label.clone()));
    view! {
        <Dialog
            open=shelf.open
            title=move || t.catalogue_done(service().unwrap_or_default())
            class="activated"
        >
            {shelf.done.get_untracked().map(|done| view! { <Content done=done shelf=shelf/> })}
        </Dialog>
    }
}

#[component]
fn Content(done: Activation, shelf: Shelf) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let Activation { account, token } = done;
    let token = token.unwrap_or_default();
    let trial = account.available.granted;
    let given = if trial.is_zero() {
        t.catalogue_done_nothing().to_owned()
    } else {
        t.catalogue_done_trial(t.credits(trial.credits()))
    };
    let copied = token.clone();
    let copy = move |_: ev::MouseEvent| {
        let clipboard = window().navigator().clipboard();
        // A page that is not served securely has none.
        if clipboard.is_undefined() {
            return toasts.show(t.catalogue_token_failed());
        }
        let written = clipboard.write_text(&copied);
        wasm_bindgen_futures::spawn_local(async move {
            let copied = wasm_bindgen_futures::JsFuture::from(written).await.is_ok();
            let text = if copied { t.catalogue_token_copied() } else { t.catalogue_token_failed() };
            toasts.show(text);
        });
    };
    view! {
        <div class="form">
            <p role="status"><strong>{given}</strong></p>
            <Field label=tr(I18n::account_token) hint=tr(I18n::catalogue_token_once) let:field>
                <input
                    class="input token"
                    type="text"
                    readonly=""
                    autocomplete="off"
                    spellcheck="false"
                    id=field.id
                    aria-describedby=field.by
                    value=token
                />
            </Field>
            <div>
                <Button icon=IconName::Copy on:click=copy>{tr(I18n::catalogue_token_copy)}</Button>
            </div>
            <p>{tr(I18n::catalogue_token_where)}</p>
            <p class="soft">{tr(I18n::catalogue_token_own)}</p>
            <div class="dialog-actions">
                <Button kind=ButtonKind::Primary on:click=move |_| shelf.open.set(false)>
                    {tr(I18n::catalogue_token_done)}
                </Button>
            </div>
        </div>
    }
}
