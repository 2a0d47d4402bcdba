//! Any text is cut and read without losing anything, and what is read is read again.
#![no_main]

use iap_core::phone::{Region, identify, parse, split};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u8, &str)| {
    const COUNTRIES: [&str; 8] = ["BE", "US", "AR", "BR", "IT", "RU", "AU", "SM"];
    let (country, text) = input;
    let default: Option<Region> =
        COUNTRIES.get(usize::from(country)).and_then(|country| country.parse().ok());

    let mut end = 0;
    for piece in split(text) {
        assert!(piece.range.start >= end && piece.range.start < piece.range.end);
        assert!(piece.range.start <= piece.number.start && piece.number.end <= piece.range.end);
        end = piece.range.end;
        if let Ok(read) = parse(&text[piece.number], default) {
            assert_eq!(identify(read.number), Ok(read));
            assert_eq!(parse(&read.number.to_string(), default), Ok(read));
            assert_eq!(parse(&read.number.international().to_string(), default), Ok(read));
        }
    }
    let _ = parse(text, default);
});
