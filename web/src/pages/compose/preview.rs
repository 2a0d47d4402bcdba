//! The message as a phone shows it.

use leptos::prelude::*;

use crate::i18n::{I18n, tr, use_i18n};
use crate::state::use_composer;
use crate::ui::{Card, Icon, IconName};

/// So many parts are shown; what follows is only counted.
const SHOWN: usize = 40;

/// The text with its placeholders filled in, divided where the parts divide.
#[component]
pub fn PreviewCard() -> impl IntoView {
    let t = use_i18n();
    let composer = use_composer();
    let parts = Memo::new(move |_| composer.shown.with(|shown| shown.parts.len()));
    let more = move || parts.get().saturating_sub(SHOWN);
    view! {
        <Card title=tr(I18n::phone_title)>
            <Show when=move || composer.has_fields.get()>
                <Who/>
            </Show>
            <div class="phone">
                <Show
                    when=move || { parts.get() > 0 }
                    fallback=move || view! { <p class="soft">{tr(I18n::phone_empty)}</p> }
                >
                    <p class="bubble" dir="auto">
                        <For each=move || 0..parts.get().min(SHOWN) key=|place| *place let:place>
                            <PartText place=place/>
                        </For>
                    </p>
                    {move || {
                        (more() > 0)
                            .then(|| view! { <p class="phone-note">{t.message_more_parts(more())}</p> })
                    }}
                    <Show when=move || { parts.get() > 1 }>
                        <p class="phone-note">{tr(I18n::phone_joined)}</p>
                    </Show>
                </Show>
            </div>
        </Card>
    }
}

#[component]
fn PartText(place: usize) -> impl IntoView {
    let t = use_i18n();
    let composer = use_composer();
    let text = Memo::new(move |_| {
        composer.shown.with(|shown| {
            let part = shown.parts.get(place)?;
            shown.text.get(part.range.clone()).map(str::to_owned)
        })
    });
    view! {
        {(place > 0).then(|| view! { <span class="cut" title=move || t.phone_part(place + 1)></span> })}
        {move || text.get()}
    }
}

/// Chooses the recipient that the text is shown for.
#[component]
fn Who() -> impl IntoView {
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
            <strong aria-live="polite">{name}</strong>
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
