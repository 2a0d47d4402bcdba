//! User data of parts, natively and in the browser.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may stop")]

use iap_core::sms::national::Language;
use iap_core::sms::pack::{Concatenation, JoinError, UserData, join, pack, unpack};
use iap_core::sms::{CountOptions, National, Reference};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    part: Vec<Part>,
    refused: Vec<Refused>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    name: String,
    source: String,
    text: String,
    direction: String,
    national: Option<String>,
    has_header: bool,
    data_coding: u8,
    length: u8,
    octets: String,
    concatenation: Option<Numbers>,
    #[serde(default)]
    shift: (String, String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    reference: u16,
    size: String,
    parts: u8,
    number: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Refused {
    name: String,
    has_header: bool,
    data_coding: u8,
    length: u8,
    octets: String,
    error: String,
}

fn vectors() -> Vectors {
    toml::from_str(include_str!("../testdata/pack.toml")).expect("vectors are well-formed")
}

fn octets(hex: &str) -> Vec<u8> {
    let digits: Vec<char> = hex.chars().collect();
    digits
        .chunks(2)
        .map(|pair| u8::from_str_radix(&String::from_iter(pair), 16).expect("hexadecimal"))
        .collect()
}

fn name(language: Option<Language>) -> &'static str {
    language.map_or("", Language::name)
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn parts_are_as_published() {
    for part in vectors().part {
        let context = format!("{} ({})", part.name, part.source);
        let data = UserData {
            has_header: part.has_header,
            data_coding: part.data_coding,
            length: part.length,
            octets: octets(&part.octets),
        };
        let segment = unpack(&data).expect(&context);
        assert_eq!(String::from_utf16_lossy(&segment.text), part.text, "{context}");
        let shift = (name(segment.shift.locking), name(segment.shift.single));
        assert_eq!(shift, (part.shift.0.as_str(), part.shift.1.as_str()), "{context}");
        let expected = part.concatenation.map(|numbers| Concatenation {
            size: match numbers.size.as_str() {
                "bits8" => Reference::Bits8,
                _ => Reference::Bits16,
            },
            reference: numbers.reference,
            parts: numbers.parts,
            number: numbers.number,
        });
        assert_eq!(segment.concatenation, expected, "{context}");
        if part.direction == "both" {
            let mut options = CountOptions::default();
            if part.national.is_some() {
                options.national = National::Cheapest;
            }
            let packed: Vec<UserData> = pack(&part.text, &options, 0).expect(&context).collect();
            assert_eq!(packed, [data], "{context}");
        } else {
            assert_eq!(part.direction, "unpack", "{context}");
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn malformed_parts_are_refused() {
    for Refused { name, has_header, data_coding, length, octets: hex, error } in vectors().refused {
        let data = UserData { has_header, data_coding, length, octets: octets(&hex) };
        let refusal = unpack(&data).expect_err(&name);
        assert_eq!(refusal.to_string(), error, "{name}");
    }
    let data = UserData { has_header: false, data_coding: 8, length: 142, octets: vec![0; 142] };
    let refusal = unpack(&data).expect_err("too long").to_string();
    assert_eq!(refusal, "The user data has 142 octets; at most 140 are allowed.");
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn parts_carry_the_reference_and_their_number() {
    let text = "a".repeat(161);
    let mut options = CountOptions::default();
    let headers = |options: &CountOptions| -> Vec<Vec<u8>> {
        let packed = pack(&text, options, 0xABCD).expect("two parts");
        packed.map(|part| part.octets.into_iter().take(7).collect()).collect()
    };
    // The seventh octet: one fill bit and the letter's seven bits; or the number of the part.
    assert_eq!(headers(&options), [octets("050003CD0201C2"), octets("050003CD0202C2")]);
    options.reference = Reference::Bits16;
    assert_eq!(headers(&options), [octets("060804ABCD0201"), octets("060804ABCD0202")]);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn only_all_parts_of_one_message_join() {
    let options = CountOptions::default();
    let segments = |text: &str, reference| {
        pack(text, &options, reference)
            .expect("few parts")
            .map(|part| unpack(&part).expect("a part"))
            .collect::<Vec<_>>()
    };
    let long = "a".repeat(153) + &"b".repeat(153) + "c";
    let parts = segments(&long, 1);
    let [a, b, c] = &parts[..] else { panic!("three parts") };
    assert_eq!(join(&parts), Ok(long.clone()));
    assert_eq!(join(&[c.clone(), a.clone(), b.clone(), a.clone()]), Ok(long.clone()));
    assert_eq!(join(&[a.clone(), c.clone()]), Err(JoinError::Missing { number: 2 }));
    let mut mixed = segments(&long, 2);
    mixed.push(a.clone());
    assert_eq!(join(&mixed), Err(JoinError::OtherMessage));
    let one = segments("one", 0);
    assert_eq!(join(&one), Ok("one".into()));
    assert_eq!(join(&[one.clone(), one].concat()), Err(JoinError::OtherMessage));
    assert_eq!(join(&[]), Ok(String::new()));
}
