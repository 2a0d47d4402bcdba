//! Changing what is known of a database.

use iap_core::api::{Database, DatabaseChange};
use iap_core::catalogue::{DatabaseKind, Hosting};
use leptos::ev;
use leptos::prelude::*;

use super::row::{hosting_text, kind_text};
use crate::backend::database;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::pages::sending::Sending;
use crate::pages::wrong::{read, short, tell};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::ui::{
    Button, ButtonKind, Failed, Field, Select, TextField, focus_first_error, use_toasts,
};

/// The form in the dialog.
#[component]
pub(super) fn EditForm(
    /// What is changed.
    database: Database,
    /// Whether the dialog is open.
    open: RwSignal<bool>,
    /// Told when it is changed.
    on_saved: Callback<()>,
) -> Node {
    let t = use_i18n();
    let toasts = use_toasts();
    let name = RwSignal::new(database.name.clone());
    let name_wrong = RwSignal::new(None::<String>);
    let hosting = RwSignal::new(database.hosting);
    let kind = RwSignal::new(database.kind);
    let sending = Sending::new();
    let Sending { busy, failure } = sending;
    let submit = move |event: ev::SubmitEvent| {
        if !sending.may_begin(&event) {
            return;
        }
        let said = short(t, &name.get_untracked(), Database::LONGEST_NAME);
        let Some(said) = read(name_wrong, said) else { return focus_first_error(&event) };
        let (id, uuid) = (database.id, database.uuid.clone());
        let change = DatabaseChange {
            name: Some(said.clone()),
            hosting: Some(hosting.get_untracked()),
            kind: Some(kind.get_untracked()),
            admission: None,
        };
        let request = async move { database::change(id, &change).await };
        let refused = move |why| tell(why, &[("name", name_wrong)], |_, _| None);
        sending.send(event, request, refused, move |()| {
            let _ = open.try_set(false);
            toasts.show(t.databases_saved(if said.is_empty() { uuid } else { said }));
            on_saved.run(());
        });
    };
    view! {
        <form class="form" novalidate="" on:submit=submit>
            <Failed failure=failure/>
            <TextField
                label=tr(I18n::databases_name)
                hint=tr(I18n::databases_name_hint)
                error=name_wrong
                value=name
            />
            {choices(t, hosting, kind)}
            <div class="dialog-actions">
                <Button on:click=move |_| open.set(false)>{tr(I18n::alert_cancel)}</Button>
                <Button kind=ButtonKind::Primary r#type="submit" disabled=busy>
                    {tr(I18n::alert_save)}
                </Button>
            </div>
        </form>
    }
}

/// Where it runs and what it is for, each one of a few.
fn choices(t: I18n, hosting: RwSignal<Hosting>, kind: RwSignal<DatabaseKind>) -> Node {
    let hostings = move || {
        let option = |it: Hosting| (it.as_str().to_owned(), hosting_text(t, it).to_owned());
        Hosting::ALL.into_iter().map(option).collect::<Vec<_>>()
    };
    let kinds = move || {
        let option = |it: DatabaseKind| {
            let trial = if it.is_entitled() {
                t.databases_trial_with()
            } else {
                t.databases_trial_without()
            };
            (it.as_str().to_owned(), format!("{} · {trial}", kind_text(t, it)))
        };
        DatabaseKind::ALL.into_iter().map(option).collect::<Vec<_>>()
    };
    view! {
        <Field label=tr(I18n::databases_hosting) hint=tr(I18n::databases_hosting_hint) let:field>
            <Select
                options=Signal::derive(hostings)
                value=Signal::derive(move || hosting.get().as_str().to_owned())
                on_change=move |word: String| {
                    if let Some(chosen) = Hosting::from_word(&word) {
                        hosting.set(chosen);
                    }
                }
                attr:id=field.id
                attr:aria-describedby=field.by
            />
        </Field>
        <Field label=tr(I18n::databases_kind) hint=tr(I18n::databases_kind_hint) let:field>
            <Select
                options=Signal::derive(kinds)
                value=Signal::derive(move || kind.get().as_str().to_owned())
                on_change=move |word: String| {
                    if let Some(chosen) = DatabaseKind::from_word(&word) {
                        kind.set(chosen);
                    }
                }
                attr:id=field.id
                attr:aria-describedby=field.by
            />
        </Field>
    }
}
