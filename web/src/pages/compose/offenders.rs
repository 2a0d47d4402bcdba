//! The characters that make the text Unicode.

use iap_core::sms::character::{Class, name_in};
use leptos::ev;
use leptos::prelude::*;

use super::message::Editor;
use super::state::{Composer, Offender, use_composer};
use crate::dom::{Node, view};
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::names::{Names, use_names};
use crate::reactive::{StoredValue, memo};
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
    // Not where it stands: that changes at every keystroke before it.
    let kind = memo({
        let offender = offender.clone();
        move || found(composer, &offender, |found| Some((found.culprit, found.class)))
    });
    let times = memo({
        let offender = offender.clone();
        move || found(composer, &offender, |found| found.places.len())
    });
    let select = move |_: ev::MouseEvent| {
        let number = times.get_untracked().max(1);
        let place = next.get_value() % number;
        next.set_value(place + 1);
        let range = found(composer, &offender, |found| found.places.get(place).copied());
        if let Some((start, end)) = range {
            editor.select(start, end);
        }
    };
    let code = move || match kind.get() {
        Some((culprit, _)) => format!("U+{:04X}", u32::from(culprit)),
        None => String::new(),
    };
    let names = use_names();
    let called = move || match kind.get() {
        Some((culprit, class)) => called(t, names, culprit, class),
        None => String::new(),
    };
    let times = move || match times.get() {
        0 | 1 => String::new(),
        times => t.message_times(times),
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

/// Something about an offender, as long as it is in the text.
fn found<T: Default>(composer: Composer, text: &str, read: impl FnOnce(&Offender) -> T) -> T {
    composer.insight.with(|insight| {
        let offender = insight.offenders.iter().find(|known| known.text == text);
        offender.map(read).unwrap_or_default()
    })
}

/// What to call it: its class in the reader's language; in English the Unicode name, too, if it is
/// known. Unicode names its characters in English only.
fn called(t: I18n, names: Names, culprit: char, class: Class) -> String {
    let class = match class {
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
    names.with(|names| match name_in(names, culprit) {
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
