//! Texts and what they need, natively and in the browser.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may stop"
)]
#![expect(clippy::string_slice, reason = "a test may stop")]

use iap_core::sms::national::Language;
use iap_core::sms::{
    self, Count, CountOptions, Encoding, National, Newlines, PartCount, Reference, Split,
};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    source: String,
    runs: Option<Vec<(String, usize)>>,
    utf16: Option<Vec<u16>>,
    #[serde(default)]
    reference: ReferenceName,
    #[serde(default)]
    national: NationalName,
    #[serde(default)]
    split: SplitName,
    #[serde(default)]
    newlines: NewlinesName,
    encoding: String,
    units: u32,
    parts: Option<u32>,
    part_units: Option<Vec<u32>>,
    left: Option<u32>,
    shift: Option<(String, String)>,
}

/// The names that the vectors give to options.
macro_rules! names {
    ($($name:ident for $option:ident { $($variant:ident),* })*) => {$(
        #[derive(Clone, Copy, Default, Deserialize)]
        #[serde(rename_all = "lowercase")]
        enum $name { #[default] Default, $($variant),* }
        impl From<$name> for $option {
            fn from(name: $name) -> Self {
                match name {
                    $name::Default => Self::default(),
                    $($name::$variant => Self::$variant),*
                }
            }
        }
    )*};
}
names! {
    ReferenceName for Reference { Bits16 }
    NationalName for National { Cheapest }
    SplitName for Split { Graphemes }
    NewlinesName for Newlines { Lf, CrLf }
}

fn name(language: Option<Language>) -> &'static str {
    language.map_or("", Language::name)
}

fn check(case: &Case, count: Count) {
    let context = format!("{} ({})", case.name, case.source);
    assert_eq!(count.encoding.as_str(), case.encoding, "{context}");
    assert_eq!(count.units, case.units, "units of {context}");
    let parts = case.parts.or_else(|| u32::try_from(case.part_units.as_ref()?.len()).ok());
    assert_eq!(Some(count.parts), parts, "parts of {context}");
    assert_eq!(count.within(PartCount::MAX).is_ok(), count.parts <= 255, "{context}");
    if let Some(left) = case.left {
        assert_eq!(count.left, left, "left of {context}");
    }
    if let Some((locking, single)) = &case.shift {
        let found = (name(count.shift.locking), name(count.shift.single));
        assert_eq!(found, (locking.as_str(), single.as_str()), "tables of {context}");
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn texts_need_what_they_need() {
    let vectors: Vectors =
        toml::from_str(include_str!("../testdata/parts.toml")).expect("vectors are well-formed");
    for case in vectors.case {
        let options = CountOptions {
            reference: case.reference.into(),
            national: case.national.into(),
            split: case.split.into(),
            newlines: case.newlines.into(),
        };
        if let Some(utf16) = &case.utf16 {
            check(&case, sms::count_utf16(utf16, &options));
        }
        if let Some(runs) = &case.runs {
            let text: String = runs.iter().map(|(piece, times)| piece.repeat(*times)).collect();
            check(&case, sms::count(&text, &options));
            let utf16: Vec<u16> = text.encode_utf16().collect();
            check(&case, sms::count_utf16(&utf16, &options));
            let parts = sms::parts(&text, &options);
            let units: Vec<u32> = parts.clone().map(|part| part.units).collect();
            if let Some(expected) = &case.part_units {
                assert_eq!(&units, expected, "{}", case.name);
            }
            let joined: String = parts.map(|part| &text[part.range]).collect();
            assert_eq!(joined, text, "{}", case.name);
        }
        assert!(case.runs.is_some() != case.utf16.is_some(), "{} has one text", case.name);
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_code_point_is_in_the_alphabet_or_not() {
    let alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                    ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    let extension = "\u{0C}^{}\\[~]|€";
    assert_eq!((alphabet.chars().count(), extension.chars().count()), (127, 10));
    for character in '\0'..=char::MAX {
        let expected = if alphabet.contains(character) {
            (Encoding::Gsm7, 1)
        } else if extension.contains(character) {
            (Encoding::Gsm7, 2)
        } else if u32::from(character) < 0x0001_0000 {
            (Encoding::Ucs2, 1)
        } else {
            (Encoding::Ucs2, 2)
        };
        let mut utf8 = [0; 4];
        let count = sms::count(character.encode_utf8(&mut utf8), &CountOptions::default());
        assert_eq!((count.encoding, count.units), expected, "U+{:04X}", u32::from(character));
    }
}
