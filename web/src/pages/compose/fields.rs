//! Placeholders: inserting them, and what they do to the count.

use leptos::prelude::*;

use super::message::Editor;
use super::state::{Needed, Spread, use_composer};
use crate::backend::FIELDS;
use crate::dom::{IntoNode as _, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::memo;
use crate::ui::{Button, ButtonKind, Icon, IconName, text};

/// A button for each field of a contact.
#[component]
pub fn FieldButtons(editor: Editor) -> Node {
    let t = use_i18n();
    let name = move |field: &str| match field {
        "first_name" => t.fields_first_name(),
        "name" => t.fields_name(),
        "company" => t.fields_company(),
        _ => t.fields_city(),
    };
    view! {
        <div class="field-buttons" role="group" aria-labelledby="insert-field">
            <span class="soft" id="insert-field">{tr(I18n::fields_insert)}</span>
            {FIELDS
                .into_iter()
                .map(|field| {
                    view! {
                        <Button
                            kind=ButtonKind::Quiet
                            on:click=move |_| editor.insert(&format!("{{{{{field}}}}}"))
                        >
                            {text(move || name(field))}
                        </Button>
                    }
                })
                .collect::<Vec<_>>()}
        </div>
    }
}

/// How the parts differ between recipients, and who lacks a value.
#[component]
pub fn Spread() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let spread = memo(move || {
        composer.needed.with(|needed| match needed {
            Needed::Each(_, spread) => Some(spread.clone()),
            Needed::Same(_) => None,
        })
    });
    let range = move |spread: &Spread| {
        let (least, _) = spread.histogram.iter().next()?;
        let (most, _) = spread.histogram.iter().next_back()?;
        let shares = spread.histogram.iter().map(|(parts, people)| {
            t.fields_share(t.compose_people(*people), t.compose_parts(parts))
        });
        let shares = shares.collect::<Vec<_>>().join(" · ");
        Some(view! {
            <p class="spread">
                {(least < most)
                    .then(|| view! {
                        <strong>{t.fields_range(least, t.compose_parts(most))}</strong> " "
                    })}
                <span class="soft">{shares}</span>
            </p>
        })
    };
    let lacking = move |spread: &Spread| {
        let rows = spread.lacking.iter().map(|(field, people)| {
            let field = format!("{{{{{field}}}}}");
            view! {
                <li class="warning">
                    <Icon name=IconName::Warning/>
                    <span>{t.fields_lacking(*people, field)}</span>
                </li>
            }
        });
        let rows = rows.collect::<Vec<_>>();
        (!spread.lacking.is_empty()).then(|| view! { <ul class="warnings" role="list">{rows}</ul> })
    };
    (move || spread.get().map(|spread| view! { {range(&spread)} {lacking(&spread)} })).into_node()
}
