//! The text of the message and all that is said about it while it is written.

use iap_core::sms::Count;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::encoding::Encoding;
use super::fields::{FieldButtons, Spread};
use super::offenders::Offenders;
use super::parts::Parts;
use super::proposal::SmartProposals;
use super::state::use_composer;
use super::warnings::Warnings;
use crate::dom::{ElementRef, Node, view};
use crate::i18n::{I18n, tr, use_i18n};
use crate::reactive::{effect, memo};
use crate::ui::{Button, ButtonKind, Card, IconName, When, condition, text, use_toasts};

/// The text field, and how the program may touch what is in it: as a person would, so that the
/// browser's own undo takes it back.
#[derive(Debug, Clone, Copy)]
pub struct Editor(pub ElementRef<web_sys::HtmlTextAreaElement>);

impl Editor {
    /// Selects a range, in UTF-16 units, and shows it.
    pub fn select(self, start: u32, end: u32) {
        if let Some(field) = self.0.get_untracked() {
            let _ = field.focus();
            let _ = field.set_selection_range(start, end);
        }
    }

    /// Replaces what is selected. The field tells that it changed, as after typing.
    pub fn insert(self, text: &str) {
        let Some(field) = self.0.get_untracked() else { return };
        let _ = field.focus();
        let document: web_sys::HtmlDocument = document().unchecked_into();
        let inserted =
            document.exec_command_with_show_ui_and_value("insertText", false, text) == Ok(true);
        if !inserted {
            let _ = field.set_range_text(text);
            if let Ok(event) = web_sys::Event::new("input") {
                let _ = field.dispatch_event(&event);
            }
        }
    }

    /// Replaces the whole text.
    pub fn replace_all(self, text: &str) {
        if let Some(field) = self.0.get_untracked() {
            let _ = field.focus();
            field.select();
            self.insert(text);
        }
    }
}

/// The text field with its count, its parts, and what could be better.
#[component]
pub fn MessageCard(field: ElementRef<web_sys::HtmlTextAreaElement>) -> Node {
    let composer = use_composer();
    let editor = Editor(field);
    // The field is the master while it is typed in. Only what the program wrote goes into it.
    effect(move |_| {
        composer.written.track();
        if let Some(field) = field.get() {
            let text = composer.text.get_untracked();
            if field.value() != text {
                field.set_value(&text);
            }
        }
    });
    // With a text there is none: the browser would style it anew at every keystroke.
    let t = use_i18n();
    let empty = memo(move || composer.text.with(String::is_empty));
    let hint = move || if empty.get() { t.message_placeholder() } else { "" }.to_owned();
    view! {
        <Card title=tr(I18n::message_title) aside=move || view! { <CopyButton/> }>
            <textarea
                node_ref=field
                id="message"
                class="message"
                dir="auto"
                rows="5"
                aria-label=tr(I18n::message_label)
                aria-describedby="message-count"
                placeholder=text(hint)
                on:input=move |event| composer.text.set(event_target_value(&event))
            ></textarea>
            <FieldButtons editor=editor/>
            <CountLine/>
            <Parts/>
            <Spread/>
            <Warnings/>
            <SmartProposals editor=editor/>
            <Offenders editor=editor/>
        </Card>
    }
}

#[component]
fn CountLine() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let count = memo(move || composer.shown.with(|shown| shown.count));
    // They change less often than the units, and asking for a plural is no small thing.
    let number = memo(move || count.get().parts);
    let parts = move || match number.get() {
        0 => String::new(),
        parts => t.compose_parts(parts),
    };
    let units = move || match count.get() {
        Count { parts: 0, .. } => t.message_empty().to_owned(),
        Count { units, left, .. } => t.message_units_left(t.compose_units(units), left),
    };
    view! {
        <div class="count" id="message-count">
            <span>
                <strong>{text(parts)}</strong>
                " "
                <span class="soft">{text(units)}</span>
            </span>
            <Encoding/>
        </div>
    }
}

#[component]
fn CopyButton() -> Node {
    let t = use_i18n();
    let composer = use_composer();
    let toasts = use_toasts();
    let copy = move |_: ev::MouseEvent| {
        let clipboard = window().navigator().clipboard();
        // A page that is not served securely has none.
        if clipboard.is_undefined() {
            return toasts.show(t.compose_copy_failed());
        }
        let written = clipboard.write_text(&composer.text.get_untracked());
        leptos::task::spawn_local(async move {
            let copied = wasm_bindgen_futures::JsFuture::from(written).await.is_ok();
            toasts.show(if copied { t.compose_copied() } else { t.compose_copy_failed() });
        });
    };
    view! {
        <When when=condition(move || !composer.text.with(String::is_empty))>
            <Button kind=ButtonKind::Quiet icon=IconName::Copy on:click=copy>
                {tr(I18n::compose_copy)}
            </Button>
        </When>
    }
}
