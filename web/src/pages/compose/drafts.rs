//! The other drafts of this browser.

use iap_core::time::Timestamp;
use leptos::prelude::*;

use super::state::{Draft, Drafts, use_composer};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, RwSignal};
use crate::ui::{Button, ButtonKind, Dialog, EmptyState, IconName, When, condition, use_toasts};

/// Begins a new message, and opens the list of drafts.
#[component]
pub fn DraftsButton() -> Node {
    let composer = use_composer();
    let open = RwSignal::new(false);
    view! {
        <When when=composer.drafts.lost>
            <span class="pill pill-bad">{tr(I18n::drafts_lost)}</span>
        </When>
        <Button icon=IconName::Compose on:click=move |_| open.set(true)>
            {tr(I18n::drafts_open_list)}
        </Button>
        <Button
            icon=IconName::Plus
            disabled=condition(move || composer.is_empty())
            on:click=move |_| composer.drafts.open_new(composer)
        >
            {tr(I18n::compose_new)}
        </Button>
        <Dialog open=open title=tr(I18n::drafts_title)>
            <List open=open/>
        </Dialog>
    }
}

#[component]
fn List(open: RwSignal<bool>) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let toasts = use_toasts();
    let drafts = RwSignal::new(None::<Vec<(String, Draft)>>);
    // The dialog may be closed before the browser has answered.
    composer.drafts.others(move |found| drop(drafts.try_set(Some(found))));
    let open_draft = Callback::new(move |id: String| {
        composer.drafts.open(&id, composer);
        open.set(false);
    });
    let delete = Callback::new(move |id: String| {
        Drafts::delete(&id);
        drafts.update(|drafts| {
            if let Some(drafts) = drafts {
                drafts.retain(|(kept, _)| *kept != id);
            }
        });
        toasts.show(t.drafts_deleted());
    });
    view! {
        <p class="field-hint">{tr(I18n::drafts_hint)}</p>
        {move || {
            drafts.get().map(|drafts| {
                if drafts.is_empty() {
                    return view! {
                        <EmptyState
                            icon=IconName::Compose
                            title=tr(I18n::drafts_none)
                            text=tr(I18n::drafts_kept)
                        />
                    };
                }
                let rows = drafts.into_iter().map(|(id, draft)| {
                    view! { <Row id=id draft=draft open=open_draft delete=delete/> }
                });
                view! { <ul class="list drafts" role="list">{rows.collect::<Vec<_>>()}</ul> }
            })
        }}
    }
}

#[component]
fn Row(id: String, draft: Draft, open: Callback<String>, delete: Callback<String>) -> Node {
    let t = use_i18n();
    let first = draft.text.lines().find(|line| !line.trim().is_empty()).map(str::to_owned);
    let title = first.unwrap_or_else(|| t.drafts_untitled().to_owned());
    let people = t.compose_people(draft.recipients.len());
    let changed = Timestamp::from_millis(i64::try_from(draft.changed).unwrap_or(i64::MAX));
    let when = format::date(t.locale(), changed);
    let (open_id, delete_id) = (id.clone(), id);
    view! {
        <li class="draft">
            <div class="draft-text">
                <strong>{title}</strong>
                <div class="soft">{people} " · " {when}</div>
            </div>
            <Button on:click=move |_| open.run(open_id.clone())>{tr(I18n::drafts_open)}</Button>
            <Button
                kind=ButtonKind::Quiet
                icon=IconName::Trash
                on:click=move |_| delete.run(delete_id.clone())
            >
                {tr(I18n::drafts_delete)}
            </Button>
        </li>
    }
}
