//! The search for placeholders.

use core::ops::Range;

/// The placeholders of a text from the left: the bytes each takes, and the name in it.
pub(super) fn find(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut from = 0;
    core::iter::from_fn(move || {
        loop {
            let start = from + text.get(from..)?.find("{{")?;
            if let Some((end, name)) = text.get(start..).and_then(at_start) {
                from = start + end;
                return Some((start..from, name));
            }
            // The second brace may open a placeholder, as in `{{{name}}`. What was read in vain
            // ends before the next brace, so that no byte is read more than a few times.
            from = start + 1;
        }
    })
}

/// The placeholder that a text begins with: where it ends, and its name.
fn at_start(text: &str) -> Option<(usize, &str)> {
    let inside = text.strip_prefix("{{")?.trim_start();
    let length = name_length(inside)?;
    let (name, rest) = inside.split_at_checked(length)?;
    let rest = rest.trim_start().strip_prefix("}}")?;
    Some((text.len() - rest.len(), name))
}

/// The length of the name that a text begins with: words with points between them.
fn name_length(text: &str) -> Option<usize> {
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.');
    let end = text.bytes().position(|byte| !is_name(&byte)).unwrap_or(text.len());
    let name = text.get(..end)?;
    name.split('.').all(is_word).then_some(end)
}

/// Whether a text is a word: letters, digits, underscores, no digit in front.
fn is_word(text: &str) -> bool {
    text.bytes().next().is_some_and(|byte| byte == b'_' || byte.is_ascii_alphabetic())
}
