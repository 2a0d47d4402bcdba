//! The message as a phone shows it.

use iap_core::sms::PartCount;
use leptos::prelude::*;

use super::state::use_composer;
use crate::dom::{Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{RwSignal, memo};
use crate::ui::{
    Button, ButtonKind, Card, Icon, IconName, Row, Rows, When, condition, each, rows, text,
};

/// So many parts are shown at first: they fill the phone, and to lay out more at every keystroke
/// takes longer than all else that the page does.
const FIRST: usize = 10;

/// The text with its placeholders filled in, divided where the parts divide.
#[component]
pub fn PreviewCard() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let parts = memo(move || composer.shown.with(|shown| shown.parts.len()));
    let whole = RwSignal::new(false);
    // Then all that can be sent.
    let most = move || if whole.get() { usize::from(PartCount::MAX.get()) } else { FIRST };
    let more = move || parts.get().saturating_sub(most());
    let longer = condition(move || parts.get() > FIRST);
    let label = move || if whole.get() { t.phone_fewer() } else { t.phone_more() }.to_owned();
    let texts = each(move || {
        let most = most();
        composer.shown.with(|shown| {
            let parts = shown.parts.iter().take(most);
            let texts = parts.map(|part| shown.text.get(part.range.clone()).unwrap_or_default());
            texts.map(str::to_owned).collect()
        })
    });
    let texts = move || {
        let texts = texts.get().into_iter().enumerate();
        texts
            .map(|(place, part)| {
                Row::new(place, move || view! { <PartText place=place part=part/> })
            })
            .collect()
    };
    let note = move || match (parts.get(), more()) {
        (0, _) => t.phone_empty().to_owned(),
        (1, _) => String::new(),
        (_, 0) => t.phone_joined().to_owned(),
        (_, more) => t.message_more_parts(more),
    };
    view! {
        <Card title=tr(I18n::phone_title)>
            <When when=composer.has_fields>
                <Who/>
            </When>
            <div class="phone">
                <When when=condition(move || { parts.get() > 0 })>
                    <p class="bubble" dir="auto"><Rows rows=rows(texts)/></p>
                </When>
                <p class="phone-note">{text(note)}</p>
                <When when=longer>
                    <Button kind=ButtonKind::Quiet on:click=move |_| whole.update(|it| *it = !*it)>
                        {text(label)}
                    </Button>
                </When>
            </div>
        </Card>
    }
}

#[component]
fn PartText(place: usize, part: RwSignal<String>) -> Node {
    let t = use_i18n();
    view! {
        {(place > 0)
            .then(|| view! { <span class="cut" title=text(move || t.phone_part(place + 1))></span> })}
        {text(move || part.get())}
    }
}

/// Chooses the recipient that the text is shown for.
#[component]
fn Who() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let name = move || match composer.previewed() {
        Some(number) => composer.with_contacts(|contacts| {
            contacts
                .get(&number)
                .map_or_else(|| number.international().to_string(), |contact| contact.name.clone())
        }),
        None => t.fields_nobody().to_owned(),
    };
    // The next one in either direction that gets the message, round the end of the list.
    let step = move |back: bool| {
        let current = composer.previewed();
        let next = composer.list.with_untracked(|list| {
            let reached = list.all().iter().enumerate();
            let reached: Vec<_> = reached
                .filter(|(place, _)| list.refusal(*place).is_none())
                .map(|(_, recipient)| (recipient.id, recipient.number()))
                .collect();
            let place = reached.iter().position(|(_, number)| *number == current)?;
            let step = if back { reached.len().saturating_sub(1) } else { 1 };
            reached.get((place + step) % reached.len()).map(|(id, _)| *id)
        });
        composer.preview.set(next);
    };
    view! {
        <div class="who">
            <span class="soft">{tr(I18n::fields_shown_for)}</span>
            <strong aria-live="polite">{text(name)}</strong>
            <span class="who-steps">
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    aria-label=tr(I18n::fields_previous)
                    on:click=move |_| step(true)
                >
                    <Icon name=IconName::Back/>
                </button>
                <button
                    type="button"
                    class="button button-quiet button-icon"
                    aria-label=tr(I18n::fields_next)
                    on:click=move |_| step(false)
                >
                    <Icon name=IconName::Arrow/>
                </button>
            </span>
        </div>
    }
}
