//! The characters that make the text Unicode.

use iap_core::sms::character::{Class, name};
use leptos::prelude::*;

use super::message::Editor;
use crate::i18n::{I18n, tr, use_i18n};
use crate::state::{Offender, use_composer};

/// So many different characters are listed.
const LISTED: usize = 12;

/// Each character once; a click selects its next place in the text.
#[component]
pub fn Offenders(editor: Editor) -> impl IntoView {
    let t = use_i18n();
    let composer = use_composer();
    let offenders = Memo::new(move |_| {
        composer.insight.with(|insight| {
            let listed = insight.offenders.iter().take(LISTED).cloned().collect::<Vec<_>>();
            (listed, insight.offenders.len().saturating_sub(LISTED))
        })
    });
    let any = move || offenders.with(|(listed, _)| !listed.is_empty());
    view! {
        <Show when=any>
            <section class="offenders" aria-labelledby="offenders-title">
                <h3 id="offenders-title">{tr(I18n::message_offenders)}</h3>
                <p class="field-hint">{tr(I18n::message_offender_hint)}</p>
                <ul role="list">
                    <For
                        each=move || offenders.with(|(listed, _)| listed.clone())
                        key=|offender| (offender.text.clone(), offender.places.len())
                        let:offender
                    >
                        <Row text=offender.text editor=editor/>
                    </For>
                </ul>
                {move || {
                    let more = offenders.with(|(_, more)| *more);
                    (more > 0).then(|| view! { <p class="soft">{t.message_offenders_more(more)}</p> })
                }}
            </section>
        </Show>
    }
}

#[component]
fn Row(text: String, editor: Editor) -> impl IntoView {
    let t = use_i18n();
    let composer = use_composer();
    let next = StoredValue::new(0_usize);
    let found = {
        let text = text.clone();
        Memo::new(move |_| {
            composer.insight.with(|insight| {
                insight.offenders.iter().find(|offender| offender.text == text).cloned()
            })
        })
    };
    let select = move |_| {
        let Some(offender) = found.get_untracked() else { return };
        let place = next.get_value() % offender.places.len().max(1);
        next.set_value(place + 1);
        if let Some(&(start, end)) = offender.places.get(place) {
            editor.select(start, end);
        }
    };
    let code = move || {
        found.with(|found| {
            found.as_ref().map(|offender| format!("U+{:04X}", u32::from(offender.culprit)))
        })
    };
    let called = move || found.with(|found| found.as_ref().map(|offender| called(t, offender)));
    let times = move || {
        let times = found.with(|found| found.as_ref().map_or(0, |offender| offender.places.len()));
        (times > 1).then(|| t.message_times(times))
    };
    view! {
        <li>
            <button
                type="button"
                class="offender"
                on:click=select
                aria-label=move || t.message_offender(called().unwrap_or_default())
            >
                <span class="glyph" aria-hidden="true">{visible(&text)}</span>
                <span class="offender-name">{called}</span>
                <code>{code}</code>
                <span class="soft">{times}</span>
            </button>
        </li>
    }
}

/// What to call it: its class in the reader's language, and the Unicode name if it is known.
fn called(t: I18n, offender: &Offender) -> String {
    let class = match offender.class {
        Class::Emoji => t.message_emoji(),
        Class::LatinLetter => t.message_latin_letter(),
        Class::OtherScript => t.message_other_script(),
        Class::Quote => t.message_quote(),
        Class::Dash => t.message_dash(),
        Class::Space => t.message_space(),
        Class::Invisible => t.message_invisible(),
        Class::Control => t.message_control(),
        Class::Mark => t.message_mark(),
        Class::Symbol => t.message_symbol(),
        Class::Broken => t.message_broken(),
    };
    match name(offender.culprit) {
        Some(name) => format!("{class}, {}", name.to_lowercase()),
        None => class.to_owned(),
    }
}

/// Something to see in place of what cannot be seen.
pub fn visible(text: &str) -> String {
    let unseen = |character: char| character.is_whitespace() || character.is_control();
    match text.chars().next() {
        Some('\t') => "⇥".to_owned(),
        Some(first) if unseen(first) => "␣".to_owned(),
        Some('\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}') => "∅".to_owned(),
        Some('\u{300}'..='\u{36F}') => format!("◌{text}"),
        _ => text.to_owned(),
    }
}
