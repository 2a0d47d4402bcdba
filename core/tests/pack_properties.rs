//! What is packed reads back as the text, and is exactly what was counted.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::as_conversions, clippy::indexing_slicing, reason = "a test may stop")]

mod texts;

use iap_core::sms::pack::{Segment, UserData, join, pack, unpack};
use iap_core::sms::{self, CountOptions, Encoding, Newlines, Part, PartCount, Reference};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// The text as the policy on line breaks sends it.
fn sent(text: &str, newlines: Newlines) -> String {
    let one = || text.replace("\r\n", "\n").replace('\r', "\n");
    match newlines {
        Newlines::AsTyped => text.to_owned(),
        Newlines::Lf => one(),
        Newlines::CrLf => one().replace('\n', "\r\n"),
    }
}

/// Bits from the start of the user data, lowest first, as the septets lie in it.
fn bits(octets: &[u8]) -> Vec<bool> {
    octets.iter().flat_map(|octet| (0..8).map(move |bit| octet >> bit & 1 == 1)).collect()
}

/// Octets of the header, from the header itself.
fn header_octets(data: &UserData) -> usize {
    if data.has_header { 1 + usize::from(data.octets[0]) } else { 0 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn packed_parts_are_those_counted(
        text in texts::text(),
        options in texts::options(),
        reference in any::<u16>(),
    ) {
        let count = sms::count(&text, &options);
        let packed: Vec<UserData> = match pack(&text, &options, reference) {
            Ok(packed) => packed.collect(),
            Err(error) => {
                prop_assert!(count.parts > 255);
                prop_assert_eq!(error.parts, count.parts);
                return Ok(());
            }
        };
        let parts: Vec<Part> = sms::parts(&text, &options).collect();
        prop_assert_eq!(packed.len(), parts.len());
        for (data, part) in packed.iter().zip(&parts) {
            let header = header_octets(data);
            prop_assert!(data.octets.len() <= 140);
            prop_assert_eq!(data.has_header, count.parts > 1 || count.shift.elements() > 0);
            let units = part.units as usize;
            match count.encoding {
                Encoding::Gsm7 => {
                    prop_assert_eq!(data.data_coding, 0x00);
                    let before = (8 * header).next_multiple_of(7);
                    prop_assert_eq!(usize::from(data.length), before / 7 + units);
                    prop_assert_eq!(data.octets.len(), (before + 7 * units).div_ceil(8));
                    let bits = bits(&data.octets);
                    prop_assert!(bits[8 * header..before].iter().all(|&bit| !bit), "fill bits");
                    prop_assert!(bits[before + 7 * units..].iter().all(|&bit| !bit), "spare bits");
                    // One more septet would not have fitted beyond the room that was counted.
                    prop_assert_eq!(part.capacity as usize, (140 * 8 - before) / 7);
                }
                Encoding::Ucs2 => {
                    prop_assert_eq!(data.data_coding, 0x08);
                    prop_assert_eq!(usize::from(data.length), data.octets.len());
                    prop_assert_eq!(data.octets.len(), header + 2 * units);
                }
            }
        }
        let segments = packed.iter().map(unpack).collect::<Result<Vec<_>, _>>().unwrap();
        for (number, segment) in (1..).zip(&segments) {
            prop_assert_eq!(segment.encoding, count.encoding);
            prop_assert_eq!(segment.shift, count.shift);
            match segment.concatenation {
                None => prop_assert_eq!(count.parts, 1),
                Some(part) => {
                    prop_assert_eq!(part.size, options.reference);
                    let kept = match options.reference {
                        Reference::Bits8 => reference % 256,
                        Reference::Bits16 => reference,
                    };
                    prop_assert_eq!(part.reference, kept);
                    prop_assert_eq!((u32::from(part.parts), part.number), (count.parts, number));
                }
            }
            // Nothing is torn apart.
            prop_assert!(String::from_utf16(&segment.text).is_ok());
        }
        let reversed: Vec<Segment> = segments.into_iter().rev().collect();
        prop_assert_eq!(join(&reversed).unwrap(), sent(&text, options.newlines));
    }

    #[test]
    fn any_octets_are_read_or_refused(
        has_header in any::<bool>(),
        data_coding in prop_oneof![Just(0), Just(8), any::<u8>()],
        length in any::<u8>(),
        octets in vec(any::<u8>(), 0..150),
    ) {
        // Never a panic, and never more text than the octets have room for.
        if let Ok(segment) = unpack(&UserData { has_header, data_coding, length, octets }) {
            prop_assert!(segment.text.len() <= 160);
        }
    }

    #[test]
    fn damaged_user_data_is_read_or_refused(
        text in texts::text(),
        options in texts::options(),
        at in any::<prop::sample::Index>(),
        bit in select(&[1_u8, 2, 4, 8, 16, 32, 64, 128][..]),
    ) {
        let Ok(packed) = pack(&text, &options, 0x1234) else { return Ok(()) };
        for mut data in packed {
            let at = at.index(data.octets.len());
            data.octets[at] ^= bit;
            let _ = unpack(&data);
            data.octets.truncate(at);
            prop_assert!(unpack(&data).is_err());
        }
    }
}

#[test]
fn the_256th_part_is_refused() {
    let options = CountOptions::default();
    let longest = "a".repeat(255 * 153);
    assert_eq!(pack(&longest, &options, 0).unwrap().count(), 255);
    let Err(error) = pack(&format!("{longest}a"), &options, 0) else { panic!("256 parts") };
    assert_eq!((error.parts, error.limit), (256, PartCount::MAX));
}
