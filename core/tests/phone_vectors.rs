//! Phone numbers by their vectors, natively and in the browser; natively the phone library reads
//! them, too.
#![allow(
    clippy::string_slice,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may stop"
)]

mod support;

#[cfg(not(target_arch = "wasm32"))]
#[expect(dead_code, reason = "only its reading is needed here")]
mod library;

use iap_core::phone::{Region, identify, parse, split};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    number: Vec<NumberCase>,
    paste: Vec<PasteCase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NumberCase {
    text: String,
    country: Option<String>,
    source: String,
    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "the library is not here"))]
    library: Option<bool>,
    e164: Option<String>,
    region: Option<String>,
    kind: Option<String>,
    shown: Option<String>,
    error: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PasteCase {
    text: String,
    source: String,
    numbers: Vec<String>,
    ranges: Vec<String>,
}

impl NumberCase {
    fn default(&self) -> Option<Region> {
        self.country.as_ref().map(|country| country.parse().unwrap())
    }
}

fn vectors() -> Vectors {
    toml::from_str(include_str!("../testdata/phone.toml")).unwrap()
}

tests_everywhere! {
    fn numbers() {
        for case in vectors().number {
            match parse(&case.text, case.default()) {
                Ok(read) => {
                    assert_eq!(Some(read.number.to_string()), case.e164, "{}", case.source);
                    let region = read.region.map(|region| region.to_string());
                    assert_eq!(region, case.region, "{}", case.source);
                    assert_eq!(Some(read.kind.as_str()), case.kind.as_deref(), "{}", case.source);
                    let shown = read.number.international().to_string();
                    assert_eq!(Some(shown), case.shown, "{}", case.source);
                    assert_eq!(identify(read.number), Ok(read), "{}", case.source);
                    assert_eq!(case.error, None, "{}", case.source);
                }
                Err(error) => {
                    let name = format!("{error:?}");
                    let name = name.split(' ').next();
                    assert_eq!(name, case.error.as_deref(), "{} ({})", case.text, case.source);
                    assert!(error.to_string().contains(": "), "says what to do: {error}");
                }
            }
        }
    }

    fn pasted_text() {
        for case in vectors().paste {
            let pieces: Vec<_> = split(&case.text).collect();
            let numbers: Vec<_> = pieces.iter().map(|piece| &case.text[piece.number.clone()]).collect();
            let ranges: Vec<_> = pieces.iter().map(|piece| &case.text[piece.range.clone()]).collect();
            assert_eq!(numbers, case.numbers, "{}", case.source);
            assert_eq!(ranges, case.ranges, "{}", case.source);
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[test]
fn the_library_reads_the_vectors_alike() {
    for case in vectors().number {
        let theirs = library::parse(&case.text, case.default()).ok();
        let ours = parse(&case.text, case.default()).ok();
        if let Some(read) = ours {
            assert_eq!(Some(library::grouped(read.number)), case.shown, "{}", case.source);
        }
        let alike = case.library.unwrap_or(true);
        assert_eq!(theirs == ours, alike, "{} ({}): {theirs:?}", case.text, case.source);
    }
}
