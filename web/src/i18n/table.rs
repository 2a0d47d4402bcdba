//! The tables of texts: for each language one of what every page may show, and one for each part
//! of the program. The first of English is built in, the others are loaded when they are needed.

use std::cell::Cell;
use std::sync::OnceLock;

use super::{Locale, PARTS, TEXTS};

/// Between two texts of a table.
const END: char = '\0';
/// Between two plural forms of a text.
const NEXT_FORM: char = '\u{1f}';

/// How many tables a language has.
const TABLES: usize = TEXTS.len();

type Table = OnceLock<Box<[&'static str]>>;

thread_local! {
    /// Which tables are needed.
    static NEEDED: Cell<[bool; TABLES]> = const { Cell::new([false; TABLES]) };
}

fn tables(locale: Locale) -> &'static [Table; TABLES] {
    static EN: [Table; TABLES] = [const { OnceLock::new() }; TABLES];
    static FR: [Table; TABLES] = [const { OnceLock::new() }; TABLES];
    static NL: [Table; TABLES] = [const { OnceLock::new() }; TABLES];
    static RO: [Table; TABLES] = [const { OnceLock::new() }; TABLES];
    static TR: [Table; TABLES] = [const { OnceLock::new() }; TABLES];
    match locale {
        Locale::En => &EN,
        Locale::Fr => &FR,
        Locale::Nl => &NL,
        Locale::Ro => &RO,
        Locale::Tr => &TR,
    }
}

/// The place of the table of a part, or of what every page may show.
fn place(part: Option<usize>) -> usize {
    part.map_or(0, |part| part + 1)
}

/// Has the texts of a part loaded with those of every page from now on.
pub(super) fn need(part: usize) {
    let mut needed = NEEDED.get();
    if let Some(needed) = needed.get_mut(place(Some(part))) {
        *needed = true;
    }
    NEEDED.set(needed);
}

/// The tables of a language that are needed and not there: each with its part, and the name of its
/// file.
pub(super) fn missing(locale: Locale) -> Vec<(Option<usize>, String)> {
    let tag = locale.tag();
    let needed = NEEDED.get();
    let all = [(None, format!("texts-{tag}"))].into_iter();
    let parts = PARTS.iter().enumerate();
    all.chain(parts.map(|(part, name)| (Some(part), format!("texts-{tag}-{name}"))))
        .filter(|(part, _)| {
            (part.is_none() || needed.get(place(*part)) == Some(&true)) && !has(locale, *part)
        })
        .collect()
}

/// Takes over a table, as the build wrote it. False if it is not of this build.
pub(super) fn install(locale: Locale, part: Option<usize>, all: String) -> bool {
    let place = place(part);
    let (Some(table), Some(texts)) = (tables(locale).get(place), TEXTS.get(place)) else {
        return false;
    };
    if all.split(END).count() != *texts {
        return false;
    }
    // They are there for as long as the page is.
    table.get_or_init(|| String::leak(all).split(END).collect());
    true
}

fn has(locale: Locale, part: Option<usize>) -> bool {
    texts(locale, place(part)).is_some()
}

/// A table, if it is there.
fn texts(locale: Locale, place: usize) -> Option<&'static [&'static str]> {
    let table = tables(locale).get(place)?;
    if locale == Locale::En && place == 0 {
        let english = include_str!(concat!(env!("OUT_DIR"), "/en.txt"));
        return Some(table.get_or_init(|| english.split(END).collect()));
    }
    table.get().map(AsRef::as_ref)
}

/// The text with this number, with its plural forms if it has any; in English while the language's
/// texts are not there.
pub(super) fn text(locale: Locale, number: usize) -> &'static str {
    let mut at = number;
    for (place, size) in TEXTS.iter().enumerate() {
        if at < *size {
            let texts = texts(locale, place).or_else(|| texts(Locale::En, place));
            return texts.and_then(|texts| texts.get(at)).copied().unwrap_or_default();
        }
        at -= size;
    }
    ""
}

/// The plural form for a category; the last form, `other`, for a category that is not written.
pub(super) fn form(locale: Locale, number: usize, category: &str) -> &'static str {
    let text = text(locale, number);
    let at = locale.plural_categories().iter().position(|name| *name == category);
    let mut forms = text.split(NEXT_FORM);
    at.and_then(|at| forms.nth(at)).or_else(|| text.rsplit(NEXT_FORM).next()).unwrap_or_default()
}
