//! The texts of the application in its languages.
//!
//! `locales/*.json` is checked and compiled at build time: a text becomes a function of
//! [`I18n`], so that a wrong name or a missing argument does not compile. A text is read
//! through a signal, so that choosing another language updates everything on the page at once.
//!
//! ```ignore
//! let t = use_i18n();
//! view! {
//!     <h2>{tr(I18n::prices_title)}</h2>                       // no arguments: give the name
//!     <p>{move || t.prices_shown(shown.get())}</p>            // arguments: a closure
//!     <p>{move || t.compose_fits_view(from(), to(), n())}</p> // a view for each placeholder
//! }
//! ```

mod arguments;
mod locale;
mod table;

pub use arguments::{Arg, Count};
pub use locale::{Locale, STORAGE_KEY};

use iap_core::pricing::Credits;
use js_sys::{Array, Promise, Uint8Array};
use leptos::prelude::*;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::dom::{IntoNode, Node};
use crate::reactive::{RwSignal, StoredValue, effect};
use crate::{file, format, storage};

/// The language in use and its texts. Cheap to copy; given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct I18n {
    locale: RwSignal<Locale>,
    /// The language chosen last, whose texts may still be on their way.
    wanted: StoredValue<Locale>,
    /// The language whose texts could not be had, until another is chosen.
    missing: RwSignal<Option<Locale>>,
}

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

impl I18n {
    /// Texts in a language, without any effect on the document.
    #[must_use]
    pub fn new(locale: Locale) -> Self {
        let wanted = StoredValue::new(locale);
        Self { locale: RwSignal::new(locale), wanted, missing: RwSignal::new(None) }
    }

    /// Starts with the preferred language if its texts are [loaded](Self::load), else with
    /// English, and keeps `<html lang>`, the memory of the choice and the application's other
    /// tabs in step with it. Call it once, where the application starts.
    pub fn start() -> Self {
        let preferred = Locale::preferred();
        let there = Self::has(preferred);
        let i18n = Self::new(if there { preferred } else { Locale::En });
        i18n.missing.set((!there).then_some(preferred));
        provide_context(i18n);
        effect(move |_| {
            let tag = i18n.locale().tag();
            if let Some(html) = document().document_element() {
                let _ = html.set_attribute("lang", tag);
            }
        });
        storage::on_change(STORAGE_KEY, move |tag| {
            let chosen = tag.as_deref().and_then(Locale::from_tag);
            i18n.change(chosen.unwrap_or_else(Locale::preferred), |_| {});
        });
        i18n
    }

    /// Loads the texts of a language that are needed, unless they are there: those of every page,
    /// and those of the parts of the program that are. Tells whether they are there then.
    pub async fn load(locale: Locale) -> bool {
        loop {
            let missing = table::missing(locale);
            if missing.is_empty() {
                return true;
            }
            // They come beside each other; further ones may be needed when they are there.
            let coming = Array::new();
            for (part, file) in missing {
                coming.push(&future_to_promise(async move {
                    let bytes = Uint8Array::new(&file::fetch_named(&file).await?).to_vec();
                    let texts = String::from_utf8(bytes).unwrap_or_default();
                    let taken = table::install(locale, part, texts);
                    taken.then_some(JsValue::UNDEFINED).ok_or(JsValue::NULL)
                }));
            }
            if JsFuture::from(Promise::all(&coming)).await.is_err() {
                return false;
            }
        }
    }

    /// Has the texts of a part of the program loaded with those of every page from now on.
    pub(crate) fn need(part: usize) {
        table::need(part);
    }

    /// Whether the texts of a language that are needed are there.
    pub(crate) fn has(locale: Locale) -> bool {
        table::missing(locale).is_empty()
    }

    /// Takes over the texts of a language for every page, or for a part of the program, as the
    /// build wrote them. False if they are not of this build.
    pub fn install(locale: Locale, part: Option<&str>, texts: String) -> bool {
        let Some(part) = part else { return table::install(locale, None, texts) };
        let place = PARTS.iter().position(|name| *name == part);
        place.is_some_and(|place| table::install(locale, Some(place), texts))
    }

    /// The language in use; follows it where it is read reactively.
    #[must_use]
    pub fn locale(self) -> Locale {
        // A disposed signal (after an await on a page that is gone) must not end the page.
        self.locale.try_get().unwrap_or_default()
    }

    /// Chooses a language and remembers it, as soon as its texts are there.
    pub fn choose(self, locale: Locale) {
        self.change(locale, |locale| {
            storage::set(STORAGE_KEY, locale.tag());
        });
    }

    /// The language that was chosen and whose texts could not be loaded.
    #[must_use]
    pub fn missing(self) -> Option<Locale> {
        self.missing.get()
    }

    fn change(self, locale: Locale, done: fn(Locale)) {
        self.wanted.set_value(locale);
        self.missing.set(None);
        spawn_local(async move {
            let loaded = Self::load(locale).await;
            // Another one may have been chosen meanwhile.
            if self.wanted.try_get_value() != Some(locale) {
                return;
            }
            if loaded {
                done(locale);
                self.locale.set(locale);
            } else {
                self.missing.set(Some(locale));
                // Whatever shows the choice goes back to the language in use.
                self.locale.notify();
            }
        });
    }

    fn text(self, index: usize) -> &'static str {
        table::text(self.locale(), index)
    }

    fn fill(self, index: usize, arguments: &[Arg<'_>]) -> String {
        let locale = self.locale();
        arguments::fill(locale, table::text(locale, index), arguments)
    }

    fn plural(self, index: usize, count: Count, arguments: &[Arg<'_>]) -> String {
        let locale = self.locale();
        let form = table::form(locale, index, &count.category(locale));
        let mut all = Vec::with_capacity(arguments.len() + 1);
        all.push(Arg::from(count));
        all.extend_from_slice(arguments);
        arguments::fill(locale, form, &all)
    }

    fn fill_view(self, index: usize, arguments: Vec<Node>) -> Vec<Node> {
        arguments::fill_view(self.text(index), arguments)
    }

    fn plural_view(self, index: usize, count: Count, arguments: Vec<Node>) -> Vec<Node> {
        let locale = self.locale();
        arguments::fill_view(table::form(locale, index, &count.category(locale)), arguments)
    }

    /// An amount with its unit: "100 credits", "9.3300 credits".
    #[must_use]
    pub fn credits(self, amount: Credits) -> String {
        let shown = format::balance(self.locale(), amount);
        self.compose_credits(Count::shown_as(amount.to_string(), shown))
    }

    /// A whole number, grouped as the language does.
    #[must_use]
    pub fn number(self, number: impl Into<Count>) -> String {
        format::decimal(self.locale(), number.into().decimal())
    }
}

/// The texts of the language in use. Outside the application (in a component test) English.
#[must_use]
pub fn use_i18n() -> I18n {
    use_context().unwrap_or_else(|| I18n::new(Locale::En))
}

/// A text without arguments, as a child, an attribute or a [`TextProp`].
///
/// It takes the function's name rather than a closure, so that every text has one and the same
/// type: a closure for each text would make the program larger by a renderer for each.
pub fn tr(text: fn(I18n) -> &'static str) -> impl Fn() -> &'static str + Copy + Send + Sync {
    let i18n = use_i18n();
    move || text(i18n)
}
