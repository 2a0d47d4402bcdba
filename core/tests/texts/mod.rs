//! Texts that are hard to count, for the property tests.

use iap_core::sms::{CountOptions, National, Newlines, Reference, Split};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// One septet, two septets, outside; one and two UTF-16 units; clusters; letters of every national
/// table, and what is in one but not in another.
const PIECES: [&str; 48] = [
    "a", "Z", " ", "@", "\n", "\r", "\r\n", "\n\r", "é", "Ç", "à", "Δ", "Ω", "€", "{", "]", "~",
    "|", "\u{0C}", "ç", "`", "\t", "\u{1B}", "\u{A0}", "\u{212B}", "Α", "’", "ş", "Ğ", "ı", "á",
    "Ú", "ã", "∞", "Ê", "क", "॥", "५", "ड", "ಡ", "త", "౬", "௮", "ب", "۴", "\u{FFFD}", "😀", "𝄞",
];
const CLUSTERS: [&str; 10] = [
    "e\u{301}",
    "क\u{94D}ष\u{93F}",
    "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}\u{200D}\u{1F466}",
    "\u{1F1E7}\u{1F1EA}",
    "👍\u{1F3FD}",
    "\u{1100}\u{1161}\u{11A8}",
    "❤\u{FE0F}",
    "a\u{20DD}",
    "\r\n",
    "र\u{951}\u{952}",
];

/// A base and a mark, the second pair also in the tables of Hindi.
const MARKED: [(&str, &str); 2] = [("a", "\u{301}"), ("क", "\u{951}")];

/// Letters that one pair of tables holds, or nearly.
const ALPHABETS: [&str; 11] = [
    "abc {}€\n",
    "aşğİç€ ^",
    "aáíóúç¿ |",
    "aãõçÁ ∞€Σ",
    "कखगघ क्ष०१२॥ A!",
    "অআইক০ড় {A",
    "ಅಆಡಪ೧ॐ",
    "தமிழ்௧ a",
    "తెలుగు౬౭ {b",
    "اردو ۴۵ـ؟ *",
    "ਗੁਰੂ੧ a]",
];

/// Numbers about which something changes: the room in a part, with every header.
const ROOMS: [usize; 13] = [66, 67, 70, 76, 77, 145, 146, 149, 152, 153, 155, 160, 306];

fn run() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => select(&PIECES[..]).prop_map(String::from),
        2 => select(&CLUSTERS[..]).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
        // One base with many marks, about as many as a part has room for, or half of it.
        1 => (select(&MARKED[..]), prop_oneof![25..40_usize, 60..80_usize])
            .prop_map(|((base, mark), marks)| format!("{base}{}", mark.repeat(marks))),
    ];
    let times = prop_oneof![
        4 => 1..4_usize,
        2 => 4..30_usize,
        2 => (select(&ROOMS[..]), 0..4_usize).prop_map(|(room, less)| room + 1 - less),
        1 => (select(&ROOMS[..]), 0..4_usize).prop_map(|(room, less)| room / 2 + 1 - less.min(2)),
    ];
    (piece, times).prop_map(|(piece, times)| {
        let times = if piece.len() > 30 { times.min(9) } else { times };
        piece.repeat(times)
    })
}

/// A text of up to about a thousand characters.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => vec(run(), 0..6).prop_map(|runs| runs.concat()),
        2 => alike(),
        1 => vec(prop_oneof![20..40_usize, 66..72_usize], 0..12).prop_map(|clusters| {
            clusters.into_iter().flat_map(|marks| [String::from("क"), "\u{951}".repeat(marks)]).collect()
        }),
    ]
}

/// A text in the letters of few tables, which GSM 7-bit can often send.
fn alike() -> impl Strategy<Value = String> {
    select(&ALPHABETS[..]).prop_flat_map(|alphabet| {
        let letters: Vec<char> = alphabet.chars().collect();
        vec(select(letters), 0..400).prop_map(String::from_iter)
    })
}

/// Every combination of options, the default ones often.
pub(crate) fn options() -> impl Strategy<Value = CountOptions> {
    prop_oneof![1 => Just(CountOptions::default()), 3 => any_options()]
}

fn any_options() -> impl Strategy<Value = CountOptions> {
    (
        select(&[Reference::Bits8, Reference::Bits16][..]),
        select(&[National::Off, National::Cheapest][..]),
        select(&[Split::Characters, Split::Graphemes][..]),
        select(&[Newlines::AsTyped, Newlines::Lf, Newlines::CrLf][..]),
    )
        .prop_map(|(reference, national, split, newlines)| CountOptions {
            reference,
            national,
            split,
            newlines,
        })
}
