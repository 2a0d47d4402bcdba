//! Who offers a service.

use iap_core::access::EmailAddress;
use iap_core::api::{NewServiceProvider, ServiceProvider};
use leptos::ev;
use leptos::prelude::*;

use super::wrong::tell;
use crate::backend::http::Failure;
use crate::backend::provider::{self, Offered};
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, Memo, RwSignal};
use crate::state::use_visitor;
use crate::ui::{
    Button, Card, Failed, Icon, IconName, TextField, Toasts, When, condition, failure_text,
    focus_first_error, use_toasts,
};

/// A card with those who offer the service; an operator says who does.
#[component]
pub(super) fn People(known: Memo<Option<Offered>>, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let visitor = use_visitor();
    let id = known.with_untracked(|it| it.as_ref().map(|it| it.service.id).unwrap_or_default());
    let people = move || {
        let people = known.get().map(|it| it.providers).unwrap_or_default();
        let may = visitor.operates();
        if people.is_empty() {
            return vec![view! { <li class="soft">{tr(I18n::provider_nobody)}</li> }];
        }
        people.into_iter().map(|it| person(t, id, it, may.then_some(on_changed))).collect()
    };
    view! {
        <Card title=tr(I18n::provider_people)>
            <ul class="offer-people" role="list">{people}</ul>
            <When when=condition(move || visitor.operates())>
                <AddPerson id=id on_changed=on_changed/>
            </When>
        </Card>
    }
}

fn person(
    t: I18n,
    service: i64,
    person: ServiceProvider,
    on_changed: Option<Callback<()>>,
) -> Node {
    let toasts = use_toasts();
    let ServiceProvider { user, email, name } = person;
    let address = email.clone();
    let email = email.to_string();
    let remove = on_changed.map(|on_changed| {
        let remove = move |_| {
            let address = address.clone();
            wasm_bindgen_futures::spawn_local(async move {
                match provider::remove_provider(service, user).await {
                    Ok(()) => {
                        let undo =
                            move || take_back(t, toasts, service, address.clone(), on_changed);
                        toasts.show_with_undo(t.provider_person_removed(), undo);
                        on_changed.run(());
                    }
                    Err(why) => toasts.show(failure_text(t, &why)),
                }
            });
        };
        let label = t.provider_person_remove(&*email);
        view! {
            <button
                type="button"
                class="button button-quiet button-icon"
                aria-label=label
                on:click=remove
            >
                <Icon name=IconName::Trash/>
            </button>
        }
    });
    view! {
        <li>
            <span>{name} <span class="soft">" " {email}</span></span>
            {remove}
        </li>
    }
}

/// Lets somebody offer the service again who was just removed.
fn take_back(t: I18n, toasts: Toasts, service: i64, email: EmailAddress, on_changed: Callback<()>) {
    wasm_bindgen_futures::spawn_local(async move {
        match provider::add_provider(service, &NewServiceProvider { email }).await {
            Ok(()) => {
                toasts.show(t.provider_person_added());
                on_changed.run(());
            }
            Err(why) => toasts.show(failure_text(t, &why)),
        }
    });
}

#[component]
fn AddPerson(id: i64, on_changed: Callback<()>) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let email = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        let Ok(address) = email.get_untracked().trim().parse::<EmailAddress>() else {
            error.set(Some(t.sign_in_email_wrong().to_owned()));
            return focus_first_error(&event);
        };
        error.set(None);
        failure.set(None);
        busy.set(true);
        wasm_bindgen_futures::spawn_local(async move {
            let added = provider::add_provider(id, &NewServiceProvider { email: address }).await;
            let _ = busy.try_set(false);
            match added {
                Ok(()) => {
                    let _ = email.try_set(String::new());
                    toasts.show(t.provider_person_added());
                    on_changed.run(());
                }
                Err(why) => {
                    let above_all = tell(t, why, &[("email", error)]);
                    let _ = failure.try_set(above_all);
                }
            }
        });
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <TextField
                label=tr(I18n::provider_person)
                hint=tr(I18n::provider_person_hint)
                error=error
                value=email
                inputmode="email"
            />
            <div>
                <Button icon=IconName::Plus r#type="submit" disabled=busy>
                    {tr(I18n::provider_person_add)}
                </Button>
            </div>
        </form>
    }
}
