//! The counter against its slow twin, and what must hold for every text.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

mod texts;
mod twin;

use iap_core::sms::{self, Count, CountOptions, Encoding, Newlines, Part, Shift};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn identifiers(shift: Shift) -> (u8, u8) {
    let identifier = |language: Option<sms::national::Language>| {
        language.map_or(0, sms::national::Language::identifier)
    };
    (identifier(shift.locking), identifier(shift.single))
}

fn agrees(count: Count, text: &[u16], options: CountOptions) -> Result<(), TestCaseError> {
    let verdict = twin::count(text, options);
    prop_assert_eq!(count.encoding, verdict.encoding);
    let expected = [verdict.units, verdict.parts, verdict.capacity, verdict.left].map(|n| n as u32);
    prop_assert_eq!([count.units, count.parts, count.capacity, count.left], expected);
    prop_assert!(
        verdict.pairs.contains(&identifiers(count.shift)),
        "{:?} is not among {:?}",
        count.shift,
        verdict.pairs
    );
    Ok(())
}

/// What the text up to a byte takes, as far as the policy on line breaks lets one say: where a part
/// ends between the two characters sent for a break, its line feed is in the next part.
fn units_up_to(text: &str, count: &Count, newlines: Newlines) -> [usize; 2] {
    let text: Vec<u16> = text.encode_utf16().collect();
    let units = twin::units(&text, count.encoding, identifiers(count.shift), newlines).unwrap();
    let ends_with_break = matches!(text.last(), Some(0x0A | 0x0D));
    [units, units - usize::from(newlines == Newlines::CrLf && ends_with_break)]
}

/// UTF-16 with unpaired surrogates.
fn utf16() -> impl Strategy<Value = Vec<u16>> {
    let unit = prop_oneof![
        3 => select(&[0x61, 0x20AC, 0x0A, 0x0D, 0x0301][..]),
        3 => 0xD800..0xE000_u16,
        1 => any::<u16>(),
    ];
    prop_oneof![
        vec(unit, 0..200),
        (texts::text(), any::<prop::sample::Index>(), 0xD800..0xE000_u16).prop_map(
            |(text, at, unit)| {
                let mut units: Vec<u16> = text.encode_utf16().collect();
                units.insert(at.index(units.len() + 1), unit);
                units
            }
        ),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(800))]

    #[test]
    fn count_finds_the_minimum(text in texts::text(), options in texts::options()) {
        let utf16: Vec<u16> = text.encode_utf16().collect();
        agrees(sms::count(&text, &options), &utf16, options)?;
        prop_assert_eq!(sms::count_utf16(&utf16, &options), sms::count(&text, &options));
    }

    #[test]
    fn broken_utf16_is_counted_too(text in utf16(), options in texts::options()) {
        agrees(sms::count_utf16(&text, &options), &text, options)?;
    }

    #[test]
    fn parts_lie_end_to_end(text in texts::text(), options in texts::options()) {
        let count = sms::count(&text, &options);
        let parts: Vec<Part> = sms::parts(&text, &options).collect();
        prop_assert_eq!(parts.len(), count.parts as usize);
        let (mut end, mut units) = (0, 0);
        for part in &parts {
            prop_assert_eq!(part.range.start, end);
            prop_assert_eq!(part.capacity, count.capacity);
            prop_assert!(part.units > 0 && part.units <= part.capacity);
            end = part.range.end;
            units += part.units as usize;
            // On a character boundary, or `get` finds nothing.
            let before = text.get(..end).unwrap();
            prop_assert!(units_up_to(before, &count, options.newlines).contains(&units));
        }
        prop_assert_eq!(end, text.len());
        prop_assert_eq!(units, count.units as usize);
        if let Some(last) = parts.last() {
            prop_assert_eq!(last.capacity - last.units, count.left);
        }
    }

    #[test]
    fn a_longer_text_never_needs_fewer_parts(
        text in texts::text(),
        more in texts::text(),
        mut options in texts::options(),
    ) {
        // A mark appended may join a cluster to one too large to be kept whole, and free room.
        options.split = sms::Split::Characters;
        let count = sms::count(&text, &options);
        let longer = sms::count(&format!("{text}{more}"), &options);
        prop_assert!(longer.parts >= count.parts);
        prop_assert!(longer.encoding >= count.encoding);
    }

    #[test]
    fn options_off_and_default_agree(text in texts::text()) {
        let count = sms::count(&text, &CountOptions::default());
        let cheapest =
            CountOptions { national: sms::National::Cheapest, ..CountOptions::default() };
        let best = sms::count(&text, &cheapest);
        prop_assert!(best.parts <= count.parts);
        prop_assert!(best.encoding <= count.encoding);
        prop_assert!(
            (best.parts, std::cmp::Reverse(best.left)) <= (count.parts, std::cmp::Reverse(count.left))
                || best.encoding < count.encoding
        );
    }
}

#[test]
fn encodings_are_in_the_order_of_their_cost() {
    assert!(Encoding::Gsm7 < Encoding::Ucs2);
}
