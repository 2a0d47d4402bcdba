//! Smart encoding: what could be replaced so that a text becomes GSM-7 or needs fewer parts.
//!
//! A proposal only: nothing is ever replaced unless the writer says so. Marks are composed with
//! their letters first (Unicode Normalization Form C), then typographic characters are mapped to
//! the ones on the keyboard. Letters are apart from that, for other letters change the wording.
//! No space becomes two, no mark becomes a sign of its own, no letter is dropped.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use unicode_normalization::char::compose;

use super::alphabet;
use super::count::{Count, count};
use super::encoding::Encoding;
use super::options::CountOptions;

/// When a replacement is worth offering.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Offer {
    /// Only when it saves a part: Unicode stays where it is free.
    #[default]
    WhenItSaves,
    /// Also when it makes the text GSM-7 without saving a part.
    WhenItBecomesGsm7,
}

/// Why something is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The same character in one code point instead of two or more.
    Composed,
    /// Looks alike or means the same: quotes, dashes, spaces, ligatures.
    Typography,
    /// Cannot be seen, and is left out.
    Invisible,
    /// Another letter: the one without its mark.
    Letter,
}

/// One replacement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the text that are replaced.
    pub range: Range<usize>,
    /// What takes their place; empty for what cannot be seen.
    pub with: Cow<'static, str>,
    /// Why.
    pub reason: Reason,
}

/// Replacements that make a text cheaper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is replaced, in order and without overlap; never empty.
    pub edits: Vec<Edit>,
    /// The text with all of them.
    pub text: String,
    /// The text as it was.
    pub before: Count,
    /// The text as it would be.
    pub after: Count,
}

impl Proposal {
    /// Parts saved; 0 where the text only becomes GSM-7.
    #[must_use]
    pub fn parts_saved(&self) -> u32 {
        self.before.parts.saturating_sub(self.after.parts)
    }

    /// Whether letters are among what is replaced, so that the wording changes.
    #[must_use]
    pub fn changes_letters(&self) -> bool {
        self.edits.iter().any(|edit| edit.reason == Reason::Letter)
    }

    fn new(text: &str, before: Count, edits: Vec<Edit>, options: CountOptions) -> Option<Self> {
        if edits.is_empty() {
            return None;
        }
        let applied = apply(text, &edits);
        let after = count(&applied, &options);
        Some(Self { edits, text: applied, before, after })
    }

    fn is_worth(&self, offer: Offer) -> bool {
        let becomes_gsm7 =
            self.before.encoding == Encoding::Ucs2 && self.after.encoding == Encoding::Gsm7;
        self.parts_saved() > 0 || (offer == Offer::WhenItBecomesGsm7 && becomes_gsm7)
    }
}

/// What can be offered for a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Replaces typography and composes marks; the wording stays.
    pub typography: Option<Proposal>,
    /// Replaces letters too, for a further saving.
    pub letters: Option<Proposal>,
}

/// What could be replaced to make a text cheaper. Nothing for a text that is GSM-7 already.
#[must_use]
pub fn proposals(text: &str, options: &CountOptions, offer: Offer) -> Proposals {
    let before = count(text, options);
    if before.encoding == Encoding::Gsm7 {
        return Proposals::default();
    }
    let typography = edits(text, false);
    let letters = edits(text, true);
    let any_letter = letters.iter().any(|edit| edit.reason == Reason::Letter);
    let propose = |edits| cheaper(text, before, edits, *options);

    let typography = propose(typography).filter(|proposal| proposal.is_worth(offer));
    let letters = if any_letter { propose(letters) } else { None };
    let letters = letters.filter(|proposal| {
        proposal.is_worth(offer)
            && typography.as_ref().is_none_or(|other| {
                proposal.after.parts < other.after.parts
                    || (offer == Offer::WhenItBecomesGsm7
                        && proposal.after.encoding < other.after.encoding)
            })
    });
    Proposals { typography, letters }
}

/// All edits, if they make the text GSM-7; else only those that make it shorter, for in UCS-2
/// every character costs the same and the others would change the text for nothing.
fn cheaper(text: &str, before: Count, edits: Vec<Edit>, options: CountOptions) -> Option<Proposal> {
    let all = Proposal::new(text, before, edits, options)?;
    if all.after.encoding == Encoding::Gsm7 {
        return Some(all);
    }
    let units = |text: &str| text.encode_utf16().count();
    let shortens = |edit: &Edit| {
        text.get(edit.range.clone()).is_some_and(|replaced| units(&edit.with) < units(replaced))
    };
    let edits = all.edits.into_iter().filter(shortens).collect();
    Proposal::new(text, before, edits, options)
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut applied = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        applied.push_str(text.get(at..edit.range.start).unwrap_or_default());
        applied.push_str(&edit.with);
        at = edit.range.end;
    }
    applied.push_str(text.get(at..).unwrap_or_default());
    applied
}

fn edits(text: &str, letters: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut rest = text.char_indices().peekable();
    while let Some((start, first)) = rest.next() {
        let mut character = first;
        let mut end = start + first.len_utf8();
        while let Some(&(at, mark)) = rest.peek()
            && let Some(composed) = compose(character, mark)
        {
            character = composed;
            end = at + mark.len_utf8();
            rest.next();
        }
        let replacement = if alphabet::contains(character) {
            None
        } else {
            typography(character).or_else(|| {
                letter(character).filter(|_| letters).map(|with| (with, Reason::Letter))
            })
        };
        let range = start..end;
        match replacement {
            Some((with, reason)) => edits.push(Edit { range, with, reason }),
            None if character != first => {
                let with = Cow::Owned(String::from(character));
                edits.push(Edit { range, with, reason: Reason::Composed });
            }
            None => {}
        }
    }
    edits
}

/// What stands for a typographic character on every keyboard.
fn typography(character: char) -> Option<(Cow<'static, str>, Reason)> {
    let with = match character {
        '`'
        | '\u{B4}'
        | '\u{2BB}'..='\u{2BD}'
        | '\u{2018}'..='\u{201B}'
        | '\u{2032}'
        | '\u{2035}'
        | '\u{2039}'
        | '\u{203A}' => "'",
        '\u{AB}'
        | '\u{BB}'
        | '\u{201C}'..='\u{201F}'
        | '\u{2033}'
        | '\u{2036}'
        | '\u{301D}'..='\u{301F}' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2043}' | '\u{FE58}' | '\u{FE63}' => "-",
        '\t'
        | '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{3000}' => " ",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "\n",
        '\u{2026}' => "...",
        '\u{2022}' | '\u{2023}' | '\u{25E6}' | '\u{25AA}' | '\u{25CF}' => "*",
        '\u{2044}' | '\u{2215}' => "/",
        '\u{B7}' | '\u{2024}' | '\u{2219}' | '\u{22C5}' => ".",
        '\u{D7}' | '\u{2715}' => "x",
        '\u{212B}' => "Å",
        '\u{2126}' => "Ω",
        '\u{2206}' => "Δ",
        '\u{1E9E}' => "ß",
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        '\u{132}' => "IJ",
        '\u{133}' => "ij",
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {
            return Some((Cow::Borrowed(""), Reason::Invisible));
        }
        // The forms that fill the width of an ideograph stand 0xFEE0 above ASCII.
        '\u{FF01}'..='\u{FF5E}' => {
            let narrow = char::from_u32(u32::from(character) - 0xFEE0)?;
            let narrow = if narrow == '`' { '\'' } else { narrow };
            return Some((Cow::Owned(String::from(narrow)), Reason::Typography));
        }
        _ => return None,
    };
    Some((Cow::Borrowed(with), Reason::Typography))
}

/// The nearest spelling of a Latin letter that the alphabet lacks.
fn letter(character: char) -> Option<Cow<'static, str>> {
    let with = match character {
        'Œ' => "OE",
        'œ' => "oe",
        'Þ' => "Th",
        'þ' => "th",
        'Ð' | 'Đ' => "D",
        'ð' | 'đ' => "d",
        'Ħ' => "H",
        'ħ' => "h",
        'ı' => "i",
        'ĸ' => "k",
        'Ł' => "L",
        'ł' => "l",
        'ŉ' => "'n",
        'Ŧ' => "T",
        'ŧ' => "t",
        'ſ' => "s",
        _ => return base_letter(character).map(|base| Cow::Owned(String::from(base))),
    };
    Some(Cow::Borrowed(with))
}

/// The letter under the marks, for precomposed Latin letters.
fn base_letter(character: char) -> Option<char> {
    let code = usize::try_from(u32::from(character)).ok()?;
    let base =
        BASES.iter().find_map(|&(first, bases)| bases.as_bytes().get(code.checked_sub(first)?))?;
    (*base != b'.').then_some(char::from(*base))
}

/// The ASCII letter of each precomposed one from a code point on; a dot where there is none or the
/// alphabet has the letter itself. Checked against the Unicode decompositions below.
const BASES: [(usize, &str); 2] = [
    (
        0xC0,
        "AAAA....E.EEIIII..OOOO...UUU.Y...aaa...c..ee.iii...ooo....uu.y.y\
         AaAaAaCcCcCcCcDd..EeEeEeEeEeGgGgGgGgHh..IiIiIiIiI...JjKk.LlLlLl.\
         ...NnNnNn...OoOoOo..RrRrRrSsSsSsSsTtTt..UuUuUuUuUuUuWwYyYZzZzZz.\
         ................................Oo.............Uu...............\
         .............AaIiOoUuUuUuUuUu.AaAa....GgKkOoOo..j...Gg..NnAa....\
         AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh......AaEeOoOoOoOoYy",
    ),
    (
        0x1E00,
        "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm\
         MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv\
         WwWwWwWwWwXxXxYyZzZzZzhtwy......AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe\
         EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::ToString;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn bases_are_those_of_unicode() {
        for (first, bases) in BASES {
            let last = first + 0x100_usize.max(bases.len());
            for code in first..last {
                let character = char::from_u32(u32::try_from(code).unwrap()).unwrap();
                let mut decomposed = character.to_string().nfd().collect::<Vec<_>>().into_iter();
                let base = decomposed.next().unwrap();
                let marks = decomposed.count();
                let expected =
                    (marks > 0 && base.is_ascii_alphabetic() && !alphabet::contains(character))
                        .then_some(base);
                assert_eq!(base_letter(character), expected, "{character}");
            }
        }
    }

    fn both(text: &str) -> (Option<String>, Option<String>) {
        let found = proposals(text, &CountOptions::default(), Offer::WhenItBecomesGsm7);
        let text = |proposal: Proposal| proposal.text;
        (found.typography.map(text), found.letters.map(text))
    }

    fn typography_of(text: &str) -> Option<String> {
        let (typography, letters) = both(text);
        assert_eq!(letters, None, "{text}");
        typography
    }

    #[test]
    fn maps_typography() {
        for (text, expected) in [
            ("“It’s ready” – see you…", "\"It's ready\" - see you..."),
            ("a\u{A0}b\u{2003}c\td", "a b c d"),
            ("ﬁne ＡＢＣ", "fine ABC"),
            ("soft\u{AD}ly", "softly"),
            ("cafe\u{301} A\u{30A}", "café Å"),
            ("\u{212B}ngström", "Ångström"),
        ] {
            assert_eq!(typography_of(text).as_deref(), Some(expected));
        }
    }

    #[test]
    fn letters_are_apart() {
        assert_eq!(both("façade"), (None, Some("facade".into())));
        assert_eq!(both("façade — now"), (None, Some("facade - now".into())));
        assert_eq!(both("s\u{327}i"), (None, Some("si".into())));
    }

    #[test]
    fn offers_nothing_that_gains_nothing() {
        assert_eq!(both("plain"), (None, None));
        assert_eq!(both("ready — 😀"), (None, None));
        assert_eq!(both("日本"), (None, None));
        let short = proposals("a — b", &CountOptions::default(), Offer::WhenItSaves);
        assert_eq!(short, Proposals::default());
    }

    #[test]
    fn saves_parts_in_ucs2_by_composing() {
        let text = "e\u{301}".repeat(40) + "😀";
        let found = proposals(&text, &CountOptions::default(), Offer::WhenItSaves);
        let proposal = found.typography.unwrap();
        assert_eq!((proposal.parts_saved(), proposal.after.encoding), (1, Encoding::Ucs2));
        assert!(proposal.edits.iter().all(|edit| edit.reason == Reason::Composed));
    }

    #[test]
    fn saves_what_it_says() {
        let text = "Dear customer, your order is ready — pick it up at our shop on the Korenmarkt, \
                    open until 18:00. Bring this message with you, please. See you soon!";
        let found = proposals(text, &CountOptions::default(), Offer::WhenItSaves);
        let proposal = found.typography.unwrap();
        assert_eq!(proposal.parts_saved(), 2);
        assert_eq!(proposal.edits.len(), 1);
        assert_eq!(text.get(proposal.edits[0].range.clone()), Some("—"));
    }
}
