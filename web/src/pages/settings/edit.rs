//! Changing the settings.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use super::block::{Block, Texts};
use super::{search, services};
use crate::dom::{Node, view};
use crate::i18n::{I18n, Locale, tr, use_i18n};
use crate::page::Page;
use crate::reactive::{Callback, Memo, RwSignal, Signal, effect};
use crate::settings::{
    NATIONAL, NEWLINES, Settings, national_name, newlines_name, reference_name, split_name,
    use_settings,
};
use crate::shell::{theme_icon, theme_text};
use crate::state::use_visitor;
use crate::theme::{Theme, use_theme};
use crate::ui::{
    Button, EmptyState, Field, IconName, SearchBar, Segmented, Select, Switch, When, condition,
    use_toasts,
};
use crate::{format, query};

/// The name of the search in the page's address.
const SEARCH: &str = "q";

/// The blocks of the page, as the search finds them.
const APPEARANCE: Texts = Texts {
    title: I18n::settings_appearance,
    names: &[I18n::language_label, I18n::theme_label],
    shown: &[],
    words: I18n::settings_words_appearance,
};
const NUMBERS: Texts = Texts {
    title: I18n::settings_numbers,
    names: &[I18n::settings_region],
    shown: &[],
    words: I18n::settings_words_numbers,
};
const MESSAGES: Texts = Texts {
    title: I18n::settings_messages,
    names: &[
        I18n::settings_part_cap,
        I18n::settings_newlines,
        I18n::settings_national,
        I18n::settings_reference,
        I18n::settings_split,
    ],
    shown: &[],
    words: I18n::settings_words_messages,
};
const IAP: Texts = Texts {
    title: I18n::settings_iap,
    names: &[],
    shown: &[I18n::settings_iap_text, I18n::settings_iap_link],
    words: I18n::settings_words_iap,
};
const SMS: Texts = Texts {
    title: I18n::settings_sms,
    names: &[],
    shown: &[I18n::settings_sms_text, I18n::settings_sms_link],
    words: I18n::settings_words_sms,
};
const DEVELOPERS: Texts = Texts {
    title: I18n::settings_developers,
    names: &[I18n::settings_developer],
    shown: &[],
    words: I18n::settings_words_developers,
};
/// For those who run the server.
const HOUSE: Texts = Texts {
    title: I18n::house_title,
    names: &[],
    shown: &[I18n::settings_house_text, I18n::settings_house_link],
    words: I18n::settings_words_house,
};
const ALL: [Texts; 6] = [APPEARANCE, NUMBERS, MESSAGES, IAP, SMS, DEVELOPERS];

/// The settings page: each change takes effect at once and is remembered by this browser.
#[component]
pub fn SettingsPage() -> Node {
    let t = use_i18n();
    let settings = use_settings();
    let toasts = use_toasts();
    let visitor = use_visitor();
    let reset = move |_| {
        settings.set(Settings::default());
        toasts.show(t.settings_reset_done());
    };
    let search = RwSignal::new(query::get(SEARCH).unwrap_or_default());
    let words = Memo::new(move |_| search.with(|search| search::words(t.locale(), search)));
    let seek = move |text: String| {
        query::replace(SEARCH, &text);
        search.set(text);
    };
    let number = Memo::new(move |_| {
        let house = visitor.operates().then_some(&HOUSE);
        let blocks = ALL.iter().chain(house);
        words.with(|words| blocks.filter(|block| block.fit(t, words)).count())
    });
    let found = move || {
        let is_searched = words.with(|words| !words.is_empty());
        if is_searched { t.settings_found(number.get()) } else { String::new() }
    };
    view! {
        <Page title=tr(I18n::settings_title) lead=tr(I18n::settings_lead)>
            <div class="settings">
                <SearchBar label=tr(I18n::settings_search) value=search found=found on_change=seek/>
                <When when=condition(move || number.get() == 0)>
                    <div class="card">
                        <EmptyState
                            icon=IconName::Search
                            title=tr(I18n::settings_none)
                            text=move || t.settings_none_text(search.get())
                        >
                            <Button on:click=move |_| seek(String::new())>
                                {tr(I18n::prices_show_all)}
                            </Button>
                        </EmptyState>
                    </div>
                </When>
                <Block texts=APPEARANCE words=words>
                    <Appearance/>
                </Block>
                <Block texts=NUMBERS words=words>
                    <Numbers/>
                </Block>
                <Block texts=MESSAGES words=words>
                    <Messages/>
                </Block>
                <Block texts=IAP words=words>
                    <services::Services words=words/>
                </Block>
                <Block texts=SMS words=words>
                    <services::Messages words=words/>
                </Block>
                <Block texts=DEVELOPERS words=words>
                    <Developer/>
                </Block>
                <When when=condition(move || visitor.operates())>
                    <Block texts=HOUSE words=words>
                        <services::House words=words/>
                    </Block>
                </When>
                <div hidden=move || words.with(|words| !words.is_empty())>
                    <Button icon=IconName::Undo on:click=reset>{tr(I18n::settings_reset)}</Button>
                </div>
            </div>
        </Page>
    }
}

#[component]
fn Appearance() -> Node {
    let i18n = use_i18n();
    let themes = use_theme();
    let languages: Vec<(String, String)> = Locale::ALL
        .into_iter()
        .map(|locale| (locale.tag().to_owned(), locale.endonym().to_owned()))
        .collect();
    let choices = Theme::ALL
        .into_iter()
        .map(|theme| (theme.name(), TextProp::from(tr(theme_text(theme))), Some(theme_icon(theme))))
        .collect();
    view! {
        <Field label=tr(I18n::language_label) let:field>
            <Select
                options=Signal::stored(languages)
                value=Signal::derive(move || i18n.locale().tag().to_owned())
                on_change=move |tag: String| {
                    if let Some(locale) = Locale::from_tag(&tag) {
                        i18n.choose(locale);
                    }
                }
                attr:id=field.id
            />
        </Field>
        <Segmented
            label=tr(I18n::theme_label)
            options=choices
            value=Signal::derive(move || themes.get().name())
            on_change=move |name: &'static str| {
                if let Some(theme) = Theme::from_name(name) {
                    themes.choose(theme);
                }
            }
        />
    }
}

#[component]
fn Numbers() -> Node {
    let t = use_i18n();
    let settings = use_settings();
    let options = Memo::new(move |_| {
        let mut options = vec![(String::new(), t.settings_region_none().to_owned())];
        options.extend(format::regions(t.locale()));
        options
    });
    let value = move || {
        settings.with(|settings| settings.region.map(|r| r.as_str().to_owned())).unwrap_or_default()
    };
    view! {
        <Field label=tr(I18n::settings_region) hint=tr(I18n::settings_region_hint) let:field>
            <Select
                options=options
                value=Signal::derive(value)
                on_change=move |code: String| {
                    settings.update(|settings| {
                        settings.set("region", &code);
                    });
                }
                attr:id=field.id
                attr:aria-describedby=field.by
            />
        </Field>
    }
}

#[component]
fn Messages() -> Node {
    let settings = use_settings();
    let choose = move |name: &'static str| {
        Callback::new(move |value: &'static str| {
            settings.update(|settings| {
                settings.set(name, value);
            });
        })
    };
    let switch = move |name: &'static str, on: &'static str, off: &'static str| {
        Callback::new(move |is_on: bool| {
            settings.update(|settings| {
                settings.set(name, if is_on { on } else { off });
            });
        })
    };
    let newlines = NEWLINES
        .into_iter()
        .zip([
            tr(I18n::settings_newlines_as_typed),
            tr(I18n::settings_newlines_lf),
            tr(I18n::settings_newlines_crlf),
        ])
        .map(|(newlines, text)| (newlines_name(newlines), TextProp::from(text), None))
        .collect();
    let [off, cheapest] = NATIONAL.map(national_name);
    view! {
        <PartCap/>
        <Segmented
            label=tr(I18n::settings_newlines)
            hint=tr(I18n::settings_newlines_hint)
            options=newlines
            value=Signal::derive(move || newlines_name(settings.get().newlines))
            on_change=choose("newlines")
        />
        <Switch
            label=tr(I18n::settings_national)
            hint=tr(I18n::settings_national_hint)
            on=Signal::derive(move || national_name(settings.get().national) == cheapest)
            on_change=switch("national", cheapest, off)
        />
        <Switch
            label=tr(I18n::settings_reference)
            hint=tr(I18n::settings_reference_hint)
            on=Signal::derive(move || reference_name(settings.get().reference) == "16")
            on_change=switch("reference", "16", "8")
        />
        <Switch
            label=tr(I18n::settings_split)
            hint=tr(I18n::settings_split_hint)
            on=Signal::derive(move || split_name(settings.get().split) == "graphemes")
            on_change=switch("split", "graphemes", "characters")
        />
    }
}

#[component]
fn Developer() -> Node {
    let settings = use_settings();
    view! {
        <Switch
            label=tr(I18n::settings_developer)
            hint=tr(I18n::settings_developer_hint)
            on=Signal::derive(move || settings.get().developer)
            on_change=move |on: bool| settings.update(|settings| settings.developer = on)
        />
        <When when=condition(move || settings.get().developer)>
            <p><a class="button" href="/technical">{tr(I18n::technical_title)}</a></p>
        </When>
    }
}

/// The cap on parts: what is typed stays as typed; only a number from 1 to 255 is taken.
#[component]
fn PartCap() -> Node {
    let t = use_i18n();
    let settings = use_settings();
    let typed = RwSignal::new(settings.get_untracked().part_cap.to_string());
    let refused = RwSignal::new(false);
    let part_cap = Memo::new(move |_| settings.get().part_cap);
    // A change from elsewhere (reset, another tab) shows too; one's own typing is left alone.
    effect(move |_| {
        let kept = part_cap.get();
        if typed.get_untracked().trim().parse() != Ok(kept) {
            typed.set(kept.to_string());
            refused.set(false);
        }
    });
    let input = move |text: String| {
        let mut changed = settings.get_untracked();
        refused.set(!changed.set("part_cap", &text));
        typed.set(text);
        if changed != settings.get_untracked() {
            settings.set(changed);
        }
    };
    view! {
        <Field
            label=tr(I18n::settings_part_cap)
            hint=tr(I18n::settings_part_cap_hint)
            error=Signal::derive(move || {
                refused.get().then(|| t.settings_part_cap_error().to_owned())
            })
            let:field
        >
            <input
                class="input input-short"
                id=field.id
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-describedby=field.by
                aria-invalid=move || field.invalid.get().then_some("true")
                prop:value=typed
                on:input=move |event| input(event_target_value(&event))
            />
        </Field>
    }
}
