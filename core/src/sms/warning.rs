//! What a writer would want to know before sending.

use super::count::{Count, count};
use super::options::{CountOptions, Newlines};
use super::parts::{PartCount, TooManyParts};
use alloc::vec::Vec;

/// Something that costs more than it need, or that cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Warning {
    /// More parts than allowed: the message is refused.
    TooMany(TooManyParts),
    /// A few characters begin a new part.
    JustOver {
        /// Characters to take away at the end so that a part is saved: 1 to [`JUST_OVER`].
        characters: u32,
        /// Parts there would be then.
        parts: u32,
    },
    /// Line breaks sent as two characters cost parts.
    LineBreaks {
        /// Parts saved by sending one line feed for each line break.
        parts: u32,
    },
}

/// The most characters of which it is said that they begin a new part.
pub const JUST_OVER: u32 = 10;

/// What is worth a warning about a text, the gravest first.
#[must_use]
pub fn warnings(text: &str, options: &CountOptions, limit: PartCount) -> Vec<Warning> {
    let counted = count(text, options);
    let too_many = counted.within(limit).err().map(Warning::TooMany);
    [too_many, just_over(text, counted, *options), line_breaks(text, counted, *options)]
        .into_iter()
        .flatten()
        .collect()
}

fn just_over(text: &str, counted: Count, options: CountOptions) -> Option<Warning> {
    // Two units a character at the most, and what a message in several parts loses on the first.
    let near = 2 * JUST_OVER;
    let fill = counted.capacity - counted.left;
    if counted.parts < 2 || (counted.parts > 2 && fill > near) {
        return None;
    }
    let ends = text.char_indices().rev().zip(1..=JUST_OVER);
    ends.map(|((end, _), characters)| (text.get(..end).unwrap_or_default(), characters)).find_map(
        |(shorter, characters)| {
            let Count { parts, .. } = count(shorter, &options);
            (parts < counted.parts).then_some(Warning::JustOver { characters, parts })
        },
    )
}

fn line_breaks(text: &str, counted: Count, options: CountOptions) -> Option<Warning> {
    // Only a break that is sent as two characters can cost more than one, and most texts are
    // spared a second count.
    let doubled = match options.newlines {
        Newlines::AsTyped => text.contains("\r\n"),
        Newlines::Lf => false,
        Newlines::CrLf => text.contains(['\r', '\n']),
    };
    if !doubled {
        return None;
    }
    let feeds = count(text, &CountOptions { newlines: Newlines::Lf, ..options });
    let parts = counted.parts.checked_sub(feeds.parts)?;
    (parts > 0).then_some(Warning::LineBreaks { parts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;

    fn of(text: &str, newlines: Newlines) -> Vec<Warning> {
        warnings(text, &CountOptions { newlines, ..CountOptions::default() }, PartCount::from(6))
    }

    #[test]
    fn one_character_over() {
        let over = |characters, parts| [Warning::JustOver { characters, parts }];
        assert_eq!(of(&"a".repeat(160), Newlines::AsTyped), []);
        assert_eq!(of(&"a".repeat(161), Newlines::AsTyped), over(1, 1));
        assert_eq!(of(&"a".repeat(170), Newlines::AsTyped), over(10, 1));
        assert_eq!(of(&"a".repeat(171), Newlines::AsTyped), []);
        assert_eq!(of(&"a".repeat(306), Newlines::AsTyped), []);
        assert_eq!(of(&"a".repeat(308), Newlines::AsTyped), over(2, 2));
        let marked = "a".repeat(70) + "ş";
        assert_eq!(of(&marked, Newlines::AsTyped), over(1, 1), "the last letter alone is Unicode");
    }

    #[test]
    fn line_breaks_that_cost() {
        let text = String::from("a\n").repeat(80);
        assert_eq!(of(&text, Newlines::AsTyped), []);
        assert!(of(&text, Newlines::CrLf).contains(&Warning::LineBreaks { parts: 1 }));
        assert_eq!(of("a\nb", Newlines::CrLf), []);
    }

    #[test]
    fn over_the_cap() {
        let limit = PartCount::from(6);
        let text = "a".repeat(7 * 153);
        assert_eq!(
            of(&text, Newlines::AsTyped),
            [Warning::TooMany(TooManyParts { parts: 7, limit })]
        );
    }
}
