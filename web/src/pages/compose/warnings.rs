//! What is worth a warning.

use iap_core::sms::Warning;
use leptos::prelude::*;

use super::state::use_composer;
use crate::dom::{Node, view};
use crate::i18n::use_i18n;
use crate::reactive::memo;
use crate::ui::{Icon, IconName, When, condition};

/// The warnings about the text, the gravest first.
#[component]
pub fn Warnings() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let warnings = memo(move || composer.insight.with(|insight| insight.warnings.clone()));
    let row = move |warning: Warning| {
        let (class, text) = match warning {
            Warning::TooMany(too_many) => (
                "warning warning-bad",
                t.message_too_many(t.compose_parts(too_many.parts), u32::from(too_many.limit)),
            ),
            Warning::JustOver { characters, parts } => {
                ("warning", t.message_just_over(characters, t.compose_parts(parts)))
            }
            Warning::LineBreaks { parts } => {
                ("warning", t.message_line_breaks(t.compose_parts(parts)))
            }
        };
        view! {
            <li class=class>
                <Icon name=IconName::Warning/>
                <span>{text}</span>
                {(!matches!(warning, Warning::JustOver { .. }))
                    .then(|| view! { <a href="/settings">{t.message_settings()}</a> })}
            </li>
        }
    };
    view! {
        <When when=condition(move || warnings.with(|warnings| !warnings.is_empty()))>
            <ul class="warnings" role="list">
                {move || warnings.get().into_iter().map(row).collect::<Vec<_>>()}
            </ul>
        </When>
    }
}
