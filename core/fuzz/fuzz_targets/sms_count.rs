//! Any text: counted as UTF-8 and as UTF-16 alike, in parts that lie end to end, and, where it is
//! short enough for that, as the slow twin counts it.
#![no_main]

mod input;
#[path = "../../tests/twin/mod.rs"]
mod twin;

use iap_core::sms::{self, CountOptions, National};
use libfuzzer_sys::fuzz_target;

/// Longer texts take the twin too long; with national tables it has 182 pairs of them to try.
const TWIN_UNITS: usize = 640;
const TWIN_UNITS_NATIONAL: usize = 170;

fn check_against_twin(utf16: &[u16], options: CountOptions) {
    let most = match options.national {
        National::Off => TWIN_UNITS,
        National::Cheapest => TWIN_UNITS_NATIONAL,
    };
    if utf16.len() > most {
        return;
    }
    let count = sms::count_utf16(utf16, &options);
    let verdict = twin::count(utf16, options);
    let found = [count.units, count.parts, count.capacity, count.left].map(|n| n as usize);
    assert_eq!(count.encoding, verdict.encoding);
    assert_eq!(found, [verdict.units, verdict.parts, verdict.capacity, verdict.left]);
    let units = twin::units(utf16, count.encoding, verdict.pairs[0], options.newlines);
    assert_eq!(units, Some(verdict.units));
}

fuzz_target!(|data: &[u8]| {
    let Some((options, data)) = input::options(data) else { return };
    // Read as UTF-16, surrogates and all.
    let units: Vec<u16> = data.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect();
    check_against_twin(&units, options);

    let text = input::text(data);
    let utf16: Vec<u16> = text.encode_utf16().collect();
    let count = sms::count(&text, &options);
    assert_eq!(sms::count_utf16(&utf16, &options), count);
    check_against_twin(&utf16, options);

    let (mut end, mut units, mut parts) = (0, 0, 0);
    for part in sms::parts(&text, &options) {
        assert_eq!(part.range.start, end);
        assert!(part.units > 0 && part.units <= part.capacity);
        assert!(text.is_char_boundary(part.range.end));
        end = part.range.end;
        units += part.units;
        parts += 1;
    }
    assert_eq!((end, units, parts), (text.len(), count.units, count.parts));
});
