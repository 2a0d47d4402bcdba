//! What must hold for every text.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

#[expect(dead_code, reason = "only its examples are needed here")]
mod library;

use std::sync::LazyLock;

use iap_core::phone::{Region, identify, parse, regions, split};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Texts with much that numbers and lists of numbers are made of.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => "[0-9]{1,12}",
        2 => select(vec!["+", "00", "+32", "(0)", " ", "\n", ",", ";", "\t", ", ", "-", "<", ">"])
            .prop_map(str::to_owned),
        1 => select(vec!["\"", "tel:", "TEL;TYPE=CELL:", ";ext=", "ext. ", "x", "#", "Ann", "\u{202a}"])
            .prop_map(str::to_owned),
        1 => select(vec!["٣", "5", "\u{a0}", "é", "😀", "%2B", "%", ":", "/"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    vec(word, 0..12).prop_map(|words| words.concat())
}

fn defaults() -> impl Strategy<Value = Option<Region>> {
    prop::option::of(select(regions().map(|(region, _)| region).collect::<Vec<_>>()))
}

static EXAMPLES: LazyLock<Vec<library::Example>> = LazyLock::new(library::examples);

/// What separates numbers and is in no piece.
fn is_between(sign: char) -> bool {
    sign.is_whitespace() || ",;|\u{60c}\u{61b}\u{3001}\u{ff0c}\u{ff1b}".contains(sign)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_read_is_read_again(text in texts(), default in defaults()) {
        if let Ok(read) = parse(&text, default) {
            prop_assert_eq!(identify(read.number), Ok(read));
            prop_assert_eq!(parse(&read.number.to_string(), default), Ok(read));
            prop_assert_eq!(parse(&read.number.international().to_string(), default), Ok(read));
        }
    }

    #[test]
    fn errors_point_into_the_text(text in texts(), default in defaults()) {
        use iap_core::phone::ParseError::{Extension, Letters, NotANumber};
        if let Err(Extension { at } | Letters { at } | NotANumber { at }) = parse(&text, default) {
            prop_assert!(text.is_char_boundary(at) && at < text.len(), "{at}");
        }
    }

    #[test]
    fn nothing_pasted_is_lost(text in texts()) {
        let mut end = 0;
        for piece in split(&text) {
            prop_assert!(piece.range.start >= end && piece.range.end > piece.range.start);
            prop_assert!(text[end..piece.range.start].chars().all(is_between));
            prop_assert!(piece.number.start >= piece.range.start);
            prop_assert!(piece.number.end <= piece.range.end && !piece.number.is_empty());
            prop_assert!(text.is_char_boundary(piece.number.start));
            prop_assert!(text.is_char_boundary(piece.number.end));
            end = piece.range.end;
        }
        prop_assert!(text[end..].chars().all(is_between));
    }

    #[test]
    fn numbers_a_line_are_one_piece_each(places in vec(0_usize..2_000, 1..20)) {
        let lines: Vec<String> = places
            .iter()
            .map(|place| {
                let example = &EXAMPLES[place % EXAMPLES.len()];
                let text = format!("+{}{}", example.code, example.national);
                library::grouped(text.parse().unwrap())
            })
            .collect();
        let text = lines.join("\n");
        let numbers: Vec<&str> = split(&text).map(|piece| &text[piece.number]).collect();
        prop_assert_eq!(numbers, lines);
    }
}

#[test]
fn every_country_of_the_library_is_known() {
    let mut ours: Vec<Region> = regions().map(|(region, _)| region).collect();
    ours.sort_unstable();
    assert_eq!(ours, library::regions());
}

#[test]
fn every_decimal_digit_counts() {
    let digits = regex::Regex::new(r"^\p{Nd}$").unwrap();
    let zeros = ('\0'..='\u{ffff}').filter(|sign| digits.is_match(&sign.to_string()));
    let signs: Vec<char> = zeros.collect();
    for (place, sign) in signs.iter().enumerate() {
        // Decimal digits stand in Unicode by tens, from 0 to 9.
        let text = format!("+3247012345{sign}");
        let read = parse(&text, None).unwrap();
        assert_eq!(read.number.to_string(), format!("+3247012345{}", place % 10), "{sign:?}");
    }
}
