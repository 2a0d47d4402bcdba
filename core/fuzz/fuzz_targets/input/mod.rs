//! Options and text from a fuzzer's bytes.

use iap_core::sms::{CountOptions, National, Newlines, Reference, Split};

/// The first byte chooses the options, the rest is left.
pub fn options(data: &[u8]) -> Option<(CountOptions, &[u8])> {
    let (&choice, rest) = data.split_first()?;
    let options = CountOptions {
        reference: if choice & 1 == 0 { Reference::Bits8 } else { Reference::Bits16 },
        national: if choice & 2 == 0 { National::Off } else { National::Cheapest },
        split: if choice & 4 == 0 { Split::Characters } else { Split::Graphemes },
        newlines: match choice >> 3 & 3 {
            0 | 3 => Newlines::AsTyped,
            1 => Newlines::Lf,
            _ => Newlines::CrLf,
        },
    };
    Some((options, rest))
}

/// A text in which short inputs reach far: a byte from 0xF8 on repeats what stands before it, up to
/// the last such byte, 50 times for each step.
pub fn text(data: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = data;
    while let Some(end) = rest.iter().position(|&byte| byte >= 0xF8) {
        let piece = String::from_utf8_lossy(&rest[..end]);
        text.push_str(&piece.repeat(1 + 50 * usize::from(rest[end] - 0xF7)));
        rest = &rest[end + 1..];
    }
    text + &String::from_utf8_lossy(rest)
}
