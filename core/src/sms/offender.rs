//! The characters that force a text into UCS-2.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::alphabet;
use super::character::{self, Class};
use super::count::count;
use super::encoding::Encoding;
use super::national;
use super::options::{CountOptions, National};

/// What a person sees as one character, and what no GSM-7 table of the options holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offender<'t> {
    /// The character as it stands in the text: a grapheme cluster, such as an emoji joined from
    /// several or a letter with its marks.
    pub text: &'t str,
    /// The first code point of it that GSM-7 lacks.
    pub culprit: char,
    /// What kind of character it is.
    pub class: Class,
    /// Bytes of the text where it stands, each time it does; never empty.
    pub ranges: Vec<Range<usize>>,
}

impl Offender<'_> {
    /// How often it stands in the text; 1 at least.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ranges.len()
    }

    /// The Unicode name of the culprit, if it is one that is often met.
    #[cfg(feature = "character-names")]
    #[must_use]
    pub fn name(&self) -> Option<&'static str> {
        character::name(self.culprit)
    }

    /// UTF-16 units that it takes each time.
    #[must_use]
    pub fn units(&self) -> usize {
        self.text.encode_utf16().count()
    }
}

/// The characters that force a text into UCS-2, in the order they first appear; none for a text
/// that is GSM-7 with these options.
///
/// With national tables, a character that one of them has is no offender, unless nothing else
/// stands in the way: then the text mixes languages, and those outside the default alphabet are.
#[must_use]
pub fn offenders<'t>(text: &'t str, options: &CountOptions) -> Vec<Offender<'t>> {
    if count(text, options).encoding == Encoding::Gsm7 {
        return Vec::new();
    }
    if options.national == National::Cheapest {
        let nowhere = |character| national::membership(u32::from(character)).is_empty();
        let found = collect(text, nowhere);
        if !found.is_empty() {
            return found;
        }
    }
    collect(text, |character| !alphabet::contains(character))
}

fn collect(text: &str, offends: impl Fn(char) -> bool) -> Vec<Offender<'_>> {
    let mut found: Vec<Offender<'_>> = Vec::new();
    let mut places = BTreeMap::new();
    for (at, cluster) in text.grapheme_indices(true) {
        let Some(culprit) = cluster.chars().find(|&character| offends(character)) else { continue };
        let place = *places.entry(cluster).or_insert(found.len());
        let range = at..at + cluster.len();
        match found.get_mut(place) {
            Some(offender) => offender.ranges.push(range),
            None => found.push(Offender {
                text: cluster,
                culprit,
                class: cluster_class(cluster, culprit),
                ranges: alloc::vec![range],
            }),
        }
    }
    found
}

/// A cluster with an emoji in it is an emoji, whatever joins its pieces.
fn cluster_class(cluster: &str, culprit: char) -> Class {
    let is_emoji = |character| character::class(character) == Class::Emoji;
    if cluster.chars().any(is_emoji) { Class::Emoji } else { character::class(culprit) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, char, usize)> {
        offenders(text, &CountOptions::default())
            .iter()
            .map(|offender| (offender.text, offender.culprit, offender.count()))
            .collect()
    }

    #[test]
    fn lists_what_people_see_once_each() {
        assert_eq!(found("plain € text"), []);
        assert_eq!(found("— a — ç"), [("—", '—', 2), ("ç", 'ç', 1)]);
        let family = "👨‍👩‍👧‍👦";
        assert_eq!(found(family), [(family, '👨', 1)]);
        assert_eq!(found("cafe\u{301}"), [("e\u{301}", '\u{301}', 1)]);
    }

    #[test]
    fn says_where() {
        let text = "Ünlü ’a’";
        let [quote] = &offenders(text, &CountOptions::default())[..] else { panic!() };
        let at: Vec<_> = quote.ranges.iter().filter_map(|range| text.get(range.clone())).collect();
        assert_eq!(at, ["’", "’"]);
        assert_eq!(
            (quote.class, quote.name()),
            (Class::Quote, Some("RIGHT SINGLE QUOTATION MARK"))
        );
    }

    #[test]
    fn national_tables_acquit() {
        let options = CountOptions { national: National::Cheapest, ..CountOptions::default() };
        let texts = |text| -> Vec<_> {
            offenders(text, &options).into_iter().map(|offender| offender.text).collect()
        };
        assert_eq!(texts("şğı"), [""; 0]);
        assert_eq!(texts("şğı —"), ["—"]);
        assert_eq!(texts("ş ಕ"), [""; 0], "one by its locking, one by its single shift table");
        assert_eq!(texts("ş ಕ ક"), ["ş", "ಕ", "ક"]);
    }
}
