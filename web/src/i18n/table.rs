//! The texts of each language, written by the build script and split on first use.

use std::sync::OnceLock;

use super::Locale;

/// Between two texts of a table.
const END: char = '\0';
/// Between two plural forms of a text.
const NEXT_FORM: char = '\u{1f}';

type Table = OnceLock<Box<[&'static str]>>;

fn texts(locale: Locale) -> &'static [&'static str] {
    static EN: Table = OnceLock::new();
    static FR: Table = OnceLock::new();
    static NL: Table = OnceLock::new();
    static RO: Table = OnceLock::new();
    static TR: Table = OnceLock::new();
    let (table, all) = match locale {
        Locale::En => (&EN, include_str!(concat!(env!("OUT_DIR"), "/en.txt"))),
        Locale::Fr => (&FR, include_str!(concat!(env!("OUT_DIR"), "/fr.txt"))),
        Locale::Nl => (&NL, include_str!(concat!(env!("OUT_DIR"), "/nl.txt"))),
        Locale::Ro => (&RO, include_str!(concat!(env!("OUT_DIR"), "/ro.txt"))),
        Locale::Tr => (&TR, include_str!(concat!(env!("OUT_DIR"), "/tr.txt"))),
    };
    table.get_or_init(|| all.split(END).collect())
}

/// The text with this index, with its plural forms if it has any.
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
