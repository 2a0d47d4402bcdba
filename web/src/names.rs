//! The names of characters, which Unicode gives in English only. They are loaded once the page is
//! there, where English is read.

use leptos::prelude::*;

use crate::file;
use crate::i18n::{I18n, Locale};
use crate::reactive::{RwSignal, effect};

/// The names, one `CODE NAME` a line, as [`iap_core::sms::character::name_in`] takes them; empty
/// until they are there. Given to all pages as a context.
#[derive(Debug, Clone, Copy)]
pub struct Names(RwSignal<String>);

impl Names {
    /// Loads the names as soon as English is read. Call it once, where the application starts.
    pub fn start(i18n: I18n) {
        let names = Self(RwSignal::new(String::new()));
        provide_context(names);
        effect(move |_| {
            if i18n.locale() == Locale::En && names.0.with_untracked(String::is_empty) {
                names.load();
            }
        });
    }

    fn load(self) {
        file::load("character-names", move |bytes| {
            if let Some(text) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) {
                self.0.set(text);
            }
        });
    }

    /// Looks something up; follows the names where it is read reactively.
    pub fn with<T>(self, look: impl FnOnce(&str) -> T) -> T {
        self.0.with(|names| look(names))
    }
}

/// The names of characters. Outside the application there are none.
#[must_use]
pub fn use_names() -> Names {
    use_context().unwrap_or_else(|| Names(RwSignal::new(String::new())))
}
