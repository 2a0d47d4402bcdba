//! The national language tables, septet by septet, natively and in the browser.
#![expect(clippy::expect_used, reason = "a test may stop")]

use iap_core::sms::national::Language;
use iap_core::sms::pack::{UserData, pack, unpack};
use iap_core::sms::{self, CountOptions, Encoding, National};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vectors {
    table: Vec<Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    identifier: u8,
    language: String,
    kind: String,
    source: String,
    /// Septets for which the specification prints another code number.
    #[serde(default)]
    corrected: Vec<String>,
    rows: Vec<String>,
}

impl Table {
    /// Each septet, as the table has it, and its character.
    fn cells(&self) -> impl Iterator<Item = (u8, Option<char>)> {
        let cells = self.rows.iter().flat_map(|row| row.split(' ')).map(|cell| match cell {
            "----" => None,
            code => u32::from_str_radix(code, 16).ok().and_then(char::from_u32),
        });
        (0..=127).zip(cells)
    }
}

fn tables() -> Vec<Table> {
    let vectors: Vectors =
        toml::from_str(include_str!("../testdata/national.toml")).expect("vectors are well-formed");
    vectors.table
}

const ESCAPE: u8 = 0x1B;
const SINGLE_SHIFT: u8 = 0x24;
const LOCKING_SHIFT: u8 = 0x25;

/// A part with a header of one element (32 bits and 3 fill bits), then these septets.
fn part(element: [u8; 3], septets: &[u8]) -> UserData {
    let [identifier, length, language] = element;
    let header = [3, identifier, length, language];
    let mut bits: Vec<bool> =
        header.iter().flat_map(|octet| (0..8).map(move |bit| octet >> bit & 1 == 1)).collect();
    bits.extend([false; 3]);
    bits.extend(septets.iter().flat_map(|septet| (0..7).map(move |bit| septet >> bit & 1 == 1)));
    let octets = bits
        .chunks(8)
        .map(|bits| bits.iter().rev().fold(0, |octet, &bit| octet << 1 | u8::from(bit)))
        .collect();
    let length = u8::try_from(5 + septets.len()).expect("short");
    UserData { has_header: true, data_coding: 0, length, octets }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_language_has_its_tables() {
    let tables = tables();
    for language in Language::ALL {
        let kinds: Vec<&str> = tables
            .iter()
            .filter(|table| table.identifier == language.identifier())
            .inspect(|table| assert_eq!(table.language, language.name(), "{}", table.source))
            .map(|table| table.kind.as_str())
            .collect();
        let expected: &[&str] =
            if language.has_locking_table() { &["locking", "single"] } else { &["single"] };
        assert_eq!(kinds, expected, "{language}");
    }
    assert_eq!(tables.iter().map(|table| table.corrected.len()).sum::<usize>(), 4);
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_septet_reads_as_its_character() {
    for table in tables() {
        for (septet, character) in table.cells().filter(|&(septet, _)| septet != ESCAPE) {
            let locking = table.kind == "locking";
            let identifier = if locking { LOCKING_SHIFT } else { SINGLE_SHIFT };
            let element = [identifier, 1, table.identifier];
            let septets: &[u8] = if locking { &[septet] } else { &[ESCAPE, septet] };
            let segment = unpack(&part(element, septets)).expect("a part");
            let text = String::from_utf16_lossy(&segment.text);
            let context = format!("{} {} 0x{septet:02X}", table.language, table.kind);
            match character {
                Some(character) => assert_eq!(text, character.to_string(), "{context}"),
                None if locking => assert_eq!(text, "\u{FFFD}", "{context}"),
                // Without a character of its own it reads as in the default alphabet.
                None => {
                    let plain = [LOCKING_SHIFT, 1, 0];
                    let expected = unpack(&part(plain, &[septet])).expect("a part").text;
                    assert_eq!(segment.text, expected, "{context}");
                }
            }
        }
    }
}

#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
#[cfg_attr(not(target_arch = "wasm32"), test)]
fn every_character_is_sent_as_gsm7() {
    let options = CountOptions { national: National::Cheapest, ..CountOptions::default() };
    for table in tables() {
        for (_, character) in table.cells() {
            let Some(character) = character else { continue };
            let text = character.to_string().repeat(3);
            let count = sms::count(&text, &options);
            assert_eq!(count.encoding, Encoding::Gsm7, "{} {character:?}", table.language);
            let part = pack(&text, &options, 0).expect("one part").next().expect("one part");
            let segment = unpack(&part).expect("a part");
            assert_eq!(String::from_utf16_lossy(&segment.text), text, "{}", table.language);
            assert_eq!(segment.shift, count.shift);
        }
    }
}
