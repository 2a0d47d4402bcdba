//! What is put into a text's placeholders.

use super::Locale;
use crate::dom::{IntoNode, Node};
use crate::format;

/// An argument of a text: words as they are, or a number that is written as the language does.
#[derive(Debug, Clone)]
pub enum Arg<'a> {
    /// Words, or a number that is already formatted.
    Text(&'a str),
    /// A number as a decimal string, yet to be formatted.
    Decimal(String),
    /// Words made for this text.
    Owned(String),
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Arg<'_> {
    fn from(text: String) -> Self {
        Self::Owned(text)
    }
}

impl From<Count> for Arg<'_> {
    fn from(count: Count) -> Self {
        match count.shown {
            Some(shown) => Self::Owned(shown),
            None => Self::Decimal(count.decimal),
        }
    }
}

/// The number that selects a plural form.
#[derive(Debug, Clone)]
pub struct Count {
    decimal: String,
    /// How it is shown, if not as the plain number.
    shown: Option<String>,
}

impl Count {
    /// A decimal number and how it is shown: `1.5000` is another plural than `1.5` in some
    /// languages, so the digits given are those that are shown.
    #[must_use]
    pub fn shown_as(decimal: String, shown: String) -> Self {
        Self { decimal, shown: Some(shown) }
    }

    /// The number as a decimal string, with a full stop and without grouping.
    #[must_use]
    pub fn decimal(&self) -> &str {
        &self.decimal
    }

    pub(super) fn category(&self, locale: Locale) -> String {
        format::plural_category(locale, &self.decimal)
    }
}

macro_rules! from_integers {
    ($($integer:ty),*) => {$(
        impl From<$integer> for Count {
            fn from(number: $integer) -> Self {
                Self { decimal: number.to_string(), shown: None }
            }
        }

        impl From<$integer> for Arg<'_> {
            fn from(number: $integer) -> Self {
                Self::Decimal(number.to_string())
            }
        }
    )*};
}

from_integers!(u8, u16, u32, u64, usize, i32, i64);

/// The number of the placeholder that a character of a table's text stands for.
fn placeholder(character: char) -> Option<usize> {
    let number = u32::from(character);
    (1..=9).contains(&number).then(|| usize::try_from(number).ok()).flatten()?.checked_sub(1)
}

/// Replaces the placeholders by the arguments.
pub(super) fn fill(locale: Locale, text: &str, arguments: &[Arg<'_>]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        let Some(at) = placeholder(character) else {
            filled.push(character);
            continue;
        };
        match arguments.get(at) {
            Some(Arg::Text(text)) => filled.push_str(text),
            Some(Arg::Owned(text)) => filled.push_str(text),
            Some(Arg::Decimal(decimal)) => filled.push_str(&format::decimal(locale, decimal)),
            None => {}
        }
    }
    filled
}

/// Replaces the placeholders by views; what stands between them becomes text.
pub(super) fn fill_view(text: &'static str, arguments: Vec<Node>) -> Vec<Node> {
    let mut arguments: Vec<Option<Node>> = arguments.into_iter().map(Some).collect();
    let mut views = Vec::with_capacity(arguments.len() * 2 + 1);
    let mut rest = text;
    while let Some((at, mark)) =
        rest.char_indices().find_map(|(at, c)| placeholder(c).map(|mark| (at, mark)))
    {
        if let Some((before, after)) = rest.split_at_checked(at) {
            if !before.is_empty() {
                views.push(before.into_node());
            }
            // A mark is one byte long.
            rest = after.get(1..).unwrap_or_default();
        }
        if let Some(view) = arguments.get_mut(mark).and_then(Option::take) {
            views.push(view);
        }
    }
    if !rest.is_empty() {
        views.push(rest.into_node());
    }
    views
}
