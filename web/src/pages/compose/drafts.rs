//! The other drafts of this browser.

use iap_core::time::Timestamp;
use leptos::prelude::*;

use super::state::{Draft, Drafts, use_composer};
use crate::dom::{ElementRef, Node, view};
use crate::format;
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{Callback, RwSignal, effect};
use crate::ui::{Button, ButtonKind, Dialog, EmptyState, IconName, When, condition};

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

/// A draft that was deleted, with what it takes to have it back.
#[derive(Clone, PartialEq, Eq)]
struct Deleted {
    /// Where it stood in the list.
    place: usize,
    draft: (String, Draft),
    /// As it was kept.
    kept: String,
}

#[component]
fn List(open: RwSignal<bool>) -> Node {
    let composer = use_composer();
    let drafts = RwSignal::new(None::<Vec<(String, Draft)>>);
    // A toast could not be reached while the dialog is open: what can be taken back is told in the list.
    let deleted = RwSignal::new(None::<Deleted>);
    // The dialog may be closed before the browser has answered.
    composer.drafts.others(move |found| drop(drafts.try_set(Some(found))));
    let open_draft = Callback::new(move |id: String| {
        composer.drafts.open(&id, composer);
        open.set(false);
    });
    let delete = Callback::new(move |id: String| {
        let kept = Drafts::delete(&id);
        let place = drafts.try_update(|drafts| {
            let drafts = drafts.as_mut()?;
            let place = drafts.iter().position(|(it, _)| *it == id)?;
            Some((place, drafts.remove(place)))
        });
        let gone = place.flatten().zip(kept);
        deleted.set(gone.map(|((place, draft), kept)| Deleted { place, draft, kept }));
    });
    let undo = move |_| {
        let Some(Deleted { place, draft, kept }) = deleted.get_untracked() else { return };
        if Drafts::put_back(&draft.0, &kept) {
            drafts.update(|drafts| {
                if let Some(drafts) = drafts {
                    drafts.insert(place.min(drafts.len()), draft);
                }
            });
            deleted.set(None);
        }
    };
    let taken_back = ElementRef::<web_sys::HtmlElement>::new();
    effect(move |_| {
        // What had the focus is gone.
        if let Some(told) = taken_back.get() {
            let _ = told.focus();
        }
    });
    view! {
        <p class="field-hint">{tr(I18n::drafts_hint)}</p>
        {move || {
            deleted.with(Option::is_some).then(|| {
                view! {
                    <div class="draft" role="status" tabindex="-1" node_ref=taken_back>
                        <span class="draft-text">{tr(I18n::drafts_deleted)}</span>
                        <Button icon=IconName::Undo on:click=undo>{tr(I18n::app_undo)}</Button>
                    </div>
                }
            })
        }}
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
