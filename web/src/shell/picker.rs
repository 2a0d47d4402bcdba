//! Choosing the language and the theme, from every page in one step.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::dom::{ElementRef, Node, view};
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::reactive::{Callback, Signal, effect};
use crate::theme::{Theme, use_theme};
use crate::ui::{Icon, IconName};

/// An icon and a word with the browser's own select over it: small, and on a phone its wheel.
#[component]
fn Picker(
    /// What is chosen, for screen readers.
    #[prop(into)]
    label: TextProp,
    /// What is chosen now: its icon and the word beside it.
    #[prop(into)]
    icon: Signal<IconName>,
    /// The word beside the icon; the top bar shows `short` instead.
    #[prop(into)]
    shown: Signal<&'static str>,
    /// The word in the top bar; may be empty.
    #[prop(into)]
    short: Signal<&'static str>,
    /// Value, language of the text (empty: the page's), and text of each choice.
    options: Vec<(&'static str, Option<&'static str>, TextProp)>,
    /// The chosen value.
    #[prop(into)]
    value: Signal<&'static str>,
    /// Called with the chosen value.
    #[prop(into)]
    on_change: Callback<String>,
) -> Node {
    let select = ElementRef::<web_sys::HtmlSelectElement>::new();
    effect(move |_| {
        let value = value.get();
        if let Some(select) = select.get() {
            select.set_value(value);
        }
    });
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, lang, text)| {
            view! { <option value=value lang=lang>{move || text.get()}</option> }
        })
        .collect();
    view! {
        <div class="picker">
            {move || view! { <Icon name=icon.get()/> }}
            <span class="picker-shown" aria-hidden="true">{move || shown.get()}</span>
            <span class="picker-short" aria-hidden="true">{move || short.get()}</span>
            <select
                node_ref=select
                aria-label=label
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {options}
            </select>
        </div>
    }
}

/// Chooses the language.
#[component]
pub(super) fn LanguagePicker() -> Node {
    let i18n = use_i18n();
    let options = Locale::ALL
        .into_iter()
        .map(|locale| (locale.tag(), Some(locale.tag()), TextProp::from(locale.endonym())))
        .collect();
    view! {
        <Picker
            label=tr(I18n::language_label)
            icon=Signal::stored(IconName::Globe)
            shown=Signal::derive(move || i18n.locale().endonym())
            short=Signal::derive(move || i18n.locale().tag())
            options=options
            value=Signal::derive(move || i18n.locale().tag())
            on_change=move |tag: String| {
                if let Some(locale) = Locale::from_tag(&tag) {
                    i18n.choose(locale);
                }
            }
        />
    }
}

/// The name of a theme.
pub(crate) fn theme_text(theme: Theme) -> fn(I18n) -> &'static str {
    match theme {
        Theme::System => I18n::theme_system,
        Theme::Light => I18n::theme_light,
        Theme::Dark => I18n::theme_dark,
    }
}

/// The icon of a theme.
pub(crate) const fn theme_icon(theme: Theme) -> IconName {
    match theme {
        Theme::System => IconName::Screen,
        Theme::Light => IconName::Sun,
        Theme::Dark => IconName::Moon,
    }
}

/// Chooses the theme.
#[component]
pub(super) fn ThemePicker() -> Node {
    let i18n = use_i18n();
    let themes = use_theme();
    let options = Theme::ALL
        .into_iter()
        .map(|theme| (theme.name(), None, TextProp::from(tr(theme_text(theme)))))
        .collect();
    view! {
        <Picker
            label=tr(I18n::theme_label)
            icon=Signal::derive(move || theme_icon(themes.get()))
            shown=Signal::derive(move || theme_text(themes.get())(i18n))
            short=Signal::stored("")
            options=options
            value=Signal::derive(move || themes.get().name())
            on_change=move |name: String| {
                if let Some(theme) = Theme::from_name(&name) {
                    themes.choose(theme);
                }
            }
        />
    }
}
