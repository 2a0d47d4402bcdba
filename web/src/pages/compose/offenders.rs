//! The characters that make the text Unicode.

use iap_core::sms::character::{Class, name_in};
use leptos::ev;
use leptos::prelude::*;

use super::message::Editor;
use crate::dom::{Node, view};
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::names::{Names, use_names};
use crate::reactive::{StoredValue, memo};
use crate::state::{Offender, use_composer};
use crate::ui::{Row, Rows, When, condition, rows, text};

/// So many different characters are listed.
const LISTED: usize = 12;

/// Each character once; a click selects its next place in the text.
#[component]
pub fn Offenders(editor: Editor) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let offenders = memo(move || {
        composer.insight.with(|insight| {
            let listed = insight.offenders.iter().take(LISTED);
            let listed: Vec<_> = listed.map(|offender| offender.text.clone()).collect();
            (listed, insight.offenders.len().saturating_sub(LISTED))
        })
    });
    let any = move || offenders.with(|(listed, _)| !listed.is_empty());
    let listed = move || {
        let row = |offender: String| {
            Row::new(offender.clone(), move || {
                view! { <OffenderButton offender=offender.clone() editor=editor/> }
            })
        };
        offenders.with(|(listed, _)| listed.iter().cloned().map(row).collect())
    };
    let more = move || match offenders.with(|(_, more)| *more) {
        0 => String::new(),
        more => t.message_offenders_more(more),
    };
    view! {
        <When when=condition(any)>
            <section class="offenders" aria-labelledby="offenders-title">
                <h3 id="offenders-title">{tr(I18n::message_offenders)}</h3>
                <p class="field-hint">{tr(I18n::message_offender_hint)}</p>
                <ul role="list">
                    <Rows rows=rows(listed)/>
                </ul>
                <p class="soft">{text(more)}</p>
            </section>
        </When>
    }
}

#[component]
fn OffenderButton(offender: String, editor: Editor) -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let next = StoredValue::new(0_usize);
    let glyph = visible(&offender);
    let found = memo(move || {
        composer
            .insight
            .with(|insight| insight.offenders.iter().find(|known| known.text == offender).cloned())
    });
    let select = move |_: ev::MouseEvent| {
        let Some(offender) = found.get_untracked() else { return };
        let place = next.get_value() % offender.places.len().max(1);
        next.set_value(place + 1);
        if let Some(&(start, end)) = offender.places.get(place) {
            editor.select(start, end);
        }
    };
    let code = move || {
        found.with(|found| {
            let culprit = found.as_ref().map_or(0, |offender| u32::from(offender.culprit));
            format!("U+{culprit:04X}")
        })
    };
    let names = use_names();
    let called = move || {
        found.with(|found| {
            found.as_ref().map(|offender| called(t, names, offender)).unwrap_or_default()
        })
    };
    let times = move || {
        let times = found.with(|found| found.as_ref().map_or(0, |offender| offender.places.len()));
        if times > 1 { t.message_times(times) } else { String::new() }
    };
    view! {
        <li>
            <button
                type="button"
                class="offender"
                on:click=select
                aria-label=text(move || t.message_offender(called()))
            >
                <span class="glyph" aria-hidden="true">{glyph}</span>
                <span class="offender-name">{text(called)}</span>
                <code>{text(code)}</code>
                <span class="soft">{text(times)}</span>
            </button>
        </li>
    }
}

/// What to call it: its class in the reader's language; in English the Unicode name, too, if it is
/// known. Unicode names its characters in English only.
fn called(t: I18n, names: Names, offender: &Offender) -> String {
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
    if t.locale() != Locale::En {
        return class.to_owned();
    }
    names.with(|names| match name_in(names, offender.culprit) {
        Some(name) => format!("{class}, {}", name.to_ascii_lowercase()),
        None => class.to_owned(),
    })
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
