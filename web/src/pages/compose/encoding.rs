//! How the text travels, and what that means.

use iap_core::sms::{self, Shift};
use leptos::prelude::*;

use super::state::{Insight, Needed, use_composer};
use crate::dom::{Node, view};
use crate::format;
use crate::i18n::use_i18n;
use crate::reactive::memo;
use crate::settings::use_settings;
use crate::ui::{When, condition, text};

/// What the encoding is, for a pill and its explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Nothing,
    Gsm7,
    National(Vec<&'static str>),
    Ucs2(usize),
}

/// A pill with the encoding; it unfolds into what it means.
#[component]
pub fn Encoding() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let settings = use_settings();
    let kind = memo(move || {
        let count = composer.shown.with(|shown| shown.count);
        match count.encoding {
            _ if count.parts == 0 => Kind::Nothing,
            sms::Encoding::Ucs2 => Kind::Ucs2(composer.insight.with(Insight::offending)),
            sms::Encoding::Gsm7 if count.shift == Shift::default() => Kind::Gsm7,
            sms::Encoding::Gsm7 => {
                let tables = [count.shift.locking, count.shift.single];
                let mut tables: Vec<_> =
                    tables.into_iter().flatten().map(sms::national::Language::name).collect();
                tables.dedup();
                Kind::National(tables)
            }
        }
    });
    let capacity =
        move |encoding, shift| sms::capacity(encoding, shift, Some(settings.get().reference));
    let some_ucs2 = memo(move || {
        composer.needed.with(|needed| matches!(needed, Needed::Each(_, spread) if spread.ucs2 > 0))
    });
    let pill = move || match kind.get() {
        Kind::Nothing => None,
        Kind::Ucs2(0) => Some(("pill pill-warning", t.message_ucs2_fields().to_owned())),
        Kind::Ucs2(offending) => Some(("pill pill-warning", t.message_ucs2(offending))),
        _ if some_ucs2.get() => Some(("pill pill-warning", t.message_ucs2_fields().to_owned())),
        Kind::Gsm7 => Some(("pill", t.message_gsm7().to_owned())),
        Kind::National(tables) => {
            let tables: Vec<_> = tables.into_iter().map(str::to_owned).collect();
            Some(("pill", t.message_national(format::list(t.locale(), &tables))))
        }
    };
    let meaning = move || match kind.get() {
        Kind::Nothing => String::new(),
        Kind::Gsm7 if !some_ucs2.get() => {
            t.message_gsm7_what(capacity(sms::Encoding::Gsm7, Shift::default()), "{", "}")
        }
        Kind::National(_) => {
            let shift = composer.shown.with(|shown| shown.count.shift);
            t.message_national_what(capacity(sms::Encoding::Gsm7, shift))
        }
        Kind::Gsm7 | Kind::Ucs2(_) => {
            t.message_ucs2_what(capacity(sms::Encoding::Ucs2, Shift::default()))
        }
    };
    view! {
        <When when=condition(move || kind.with(|kind| *kind != Kind::Nothing))>
            <details class="encoding">
                <summary>
                    <span class=text(move || pill().map_or("", |(class, _)| class))>
                        {text(move || pill().map(|(_, text)| text).unwrap_or_default())}
                    </span>
                </summary>
                <p>{text(meaning)}</p>
            </details>
        </When>
    }
}
