//! The texts of each language: English is built in, the others are loaded when they are needed.

use std::sync::OnceLock;

use super::{Locale, TEXTS};

/// Between two texts of a table.
const END: char = '\0';
/// Between two plural forms of a text.
const NEXT_FORM: char = '\u{1f}';

type Table = OnceLock<Box<[&'static str]>>;

fn table(locale: Locale) -> &'static Table {
    static EN: Table = OnceLock::new();
    static FR: Table = OnceLock::new();
    static NL: Table = OnceLock::new();
    static RO: Table = OnceLock::new();
    static TR: Table = OnceLock::new();
    match locale {
        Locale::En => &EN,
        Locale::Fr => &FR,
        Locale::Nl => &NL,
        Locale::Ro => &RO,
        Locale::Tr => &TR,
    }
}

/// Takes over the texts of a language, as the build wrote them. False if they are not of this
/// build.
pub(super) fn install(locale: Locale, all: String) -> bool {
    if all.split(END).count() != TEXTS {
        return false;
    }
    // They are there for as long as the page is.
    table(locale).get_or_init(|| String::leak(all).split(END).collect());
    true
}

/// Whether the texts of a language are there.
pub(super) fn is_there(locale: Locale) -> bool {
    locale == Locale::En || table(locale).get().is_some()
}

fn texts(locale: Locale) -> &'static [&'static str] {
    table(locale).get().unwrap_or_else(|| {
        let english = include_str!(concat!(env!("OUT_DIR"), "/en.txt"));
        table(Locale::En).get_or_init(|| english.split(END).collect())
    })
}

/// The text with this index, with its plural forms if it has any; in English while the language's
/// texts are not there.
pub(super) fn text(locale: Locale, index: usize) -> &'static str {
    texts(locale).get(index).copied().unwrap_or_default()
}

/// The plural form for a category; the last form, `other`, for a category that is not written.
pub(super) fn form(locale: Locale, index: usize, category: &str) -> &'static str {
    let text = text(locale, index);
    let at = locale.plural_categories().iter().position(|name| *name == category);
    let mut forms = text.split(NEXT_FORM);
    at.and_then(|at| forms.nth(at)).or_else(|| text.rsplit(NEXT_FORM).next()).unwrap_or_default()
}
