//! Texts that counters are judged by: made up, the same in every run, most of them close to where
//! a part ends.

use crate::random::Random;

/// Texts of each family.
const EACH: usize = 240;

/// Units that fit into one part, and into a part among several, of either encoding.
const SEPTETS: (usize, usize) = (160, 153);
const UNITS: (usize, usize) = (70, 67);

const WORDS: [&str; 12] = [
    "order",
    "ready",
    "until",
    "today",
    "at",
    "the",
    "counter",
    "Thank you",
    "4711",
    "18:00",
    "please",
    "call",
];
const BASIC: [&str; 12] = ["@", "£", "é", "ü", "Ø", "Δ", "Σ", "ß", "¿", "à", "_", "Ç"];
const EXTENSION: [&str; 9] = ["€", "[", "]", "{", "}", "\\", "^", "~", "|"];
const CYRILLIC: [&str; 10] = ["ж", "заказ", "готов", "сегодня", "ы", "до", "й", "Щ", "ё", "мир"];
const EMOJI: [&str; 10] = ["😀", "🎉", "👍🏽", "🇳🇱", "🇹🇷", "👨‍👩‍👧‍👦", "❤️", "1️⃣", "🏳️‍🌈", "𝒜"];
const MARKS: [&str; 6] =
    ["e\u{301}", "a\u{308}", "o\u{302}\u{323}", "n\u{303}", "ş\u{307}", "ท\u{e35}"];
const NATIONAL: [&str; 14] = ["ç", "ğ", "ş", "ı", "İ", "á", "í", "ó", "ú", "ã", "õ", "ă", "ț", "ê"];
const BREAKS: [&str; 3] = ["\r\n", "\n", "\r"];
const PLACEHOLDERS: [&str; 4] = ["{{name}}", "{{ amount }}", "{{object.partner_id}}", "{{date}}"];
const TYPESET: [&str; 8] = ["“", "”", "’", "…", "–", "\u{a0}", "`", "\t"];

/// What texts of a family are made of, and what their parts hold.
type Family = (&'static [&'static [&'static str]], (usize, usize));

/// The texts, none of them empty: whether nothing is no part or one is a matter of taste.
pub(crate) fn texts() -> Vec<String> {
    let mut random = Random::new(0x0005_05A7);
    let families: [Family; 10] = [
        (&[&WORDS, &[" "]], SEPTETS),
        (&[&WORDS, &BASIC, &[" "]], SEPTETS),
        (&[&WORDS, &EXTENSION, &[" "]], SEPTETS),
        (&[&EXTENSION], SEPTETS),
        (&[&CYRILLIC, &[" "]], UNITS),
        (&[&EMOJI], UNITS),
        (&[&WORDS, &MARKS, &EMOJI, &[" "]], UNITS),
        (&[&WORDS, &BREAKS, &[" "]], SEPTETS),
        (&[&WORDS, &NATIONAL, &TYPESET, &[" "]], UNITS),
        (&[&WORDS, &PLACEHOLDERS, &EXTENSION, &[" "]], SEPTETS),
    ];
    let mut texts = Vec::with_capacity(families.len() * EACH);
    for (sources, capacity) in families {
        for _ in 0..EACH {
            texts.push(text(&mut random, sources, capacity));
        }
    }
    texts
}

/// A text of pieces from `sources` that ends within three units of a full part or, one time in
/// four, anywhere. Where a part has one unit left, every other time a character of two follows.
fn text(random: &mut Random, sources: &[&[&str]], (alone, among): (usize, usize)) -> String {
    let pieces = sources.iter().copied().flatten().copied();
    let doubles: Vec<&str> =
        pieces.filter(|piece| piece.chars().count() == 1 && units(piece, alone) == 2).collect();
    let parts = random.within(1, 5);
    let full = if parts == 1 { alone } else { parts * among };
    let goal = match random.within(0, 3) {
        0 => random.within(1, full),
        _ => random.within(full - 3, full + 3),
    };
    // Where exactly a part ends is for the counters to say; this only has to come close.
    let mut text = String::new();
    let mut length = 0;
    while length < goal {
        let at = random.within(0, sources.len() - 1);
        let piece = random.pick(sources.get(at).copied().unwrap_or_default());
        let straddles = length % among == among - 1 && random.within(0, 1) == 0;
        if straddles && !doubles.is_empty() {
            text.push_str(random.pick(&doubles));
            length += 3;
        } else if length + units(piece, alone) > goal {
            text.push('x');
            length += 1;
        } else {
            text.push_str(piece);
            length += units(piece, alone);
        }
    }
    text
}

/// About what a piece takes: an extension character is two septets.
fn units(piece: &str, alone: usize) -> usize {
    let doubles = if alone == SEPTETS.0 {
        piece.chars().filter(|c| EXTENSION.iter().any(|it| it.starts_with(*c))).count()
    } else {
        0
    };
    piece.encode_utf16().count() + doubles
}

/// Texts with unpaired surrogates, which JavaScript may hold and Rust's strings may not.
pub(crate) fn broken() -> Vec<Vec<u16>> {
    let (high, low) = (0xD83D, 0xDE00);
    let mut texts = vec![vec![high], vec![low], vec![low, high], vec![high, high, low]];
    for length in [69, 70, 71, 133, 134, 135, 300, 2_000] {
        for unpaired in [high, low] {
            for at in [0, length / 2, length - 1] {
                let mut text = vec![u16::from(b'a'); length];
                if let Some(unit) = text.get_mut(at) {
                    *unit = unpaired;
                }
                texts.push(text);
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use iap_core::sms::CountOptions;

    use super::{EACH, broken, texts};
    use crate::twin;

    #[test]
    fn texts_differ_and_are_the_same_in_every_run() {
        let texts = texts();
        assert_eq!(texts.len(), 10 * EACH);
        assert_eq!(texts, super::texts());
        assert!(texts.iter().all(|text| !text.is_empty()));
        assert!(texts.iter().collect::<HashSet<_>>().len() > texts.len() * 9 / 10);
    }

    #[test]
    fn many_texts_need_more_parts_than_a_division_says() {
        let straddling = texts().into_iter().filter(|text| {
            let verdict =
                twin::count(&text.encode_utf16().collect::<Vec<_>>(), CountOptions::default());
            verdict.parts > 1 && verdict.parts > verdict.units.div_ceil(verdict.capacity)
        });
        assert!(straddling.count() > 50);
    }

    #[test]
    fn broken_texts_are_broken() {
        assert!(broken().iter().all(|text| String::from_utf16(text).is_err()));
    }
}
