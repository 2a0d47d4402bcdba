//! Strings of JSON that JavaScript can write and Rust's `str` cannot hold.

use std::borrow::Cow;

/// The text of a JSON string, given with its quotes; none if it is no well-formed JSON string.
///
/// JSON may name an unpaired surrogate, `"\ud83d"`, and a browser that cuts a text in the middle
/// of an emoji writes just that. It becomes U+FFFD, which counts as the same one unit of UCS-2
/// that the surrogate is: the count and the parts are the same.
pub(super) fn decode(json: &str) -> Option<Cow<'_, str>> {
    let inner = json.strip_prefix('"')?.strip_suffix('"')?;
    let Some((mut literal, mut rest)) = inner.split_once('\\') else {
        return Some(Cow::Borrowed(inner));
    };
    let mut text = String::with_capacity(inner.len());
    loop {
        text.push_str(literal);
        let (escaped, tail) = escape(rest)?;
        text.push(escaped);
        let Some(next) = tail.split_once('\\') else {
            text.push_str(tail);
            return Some(Cow::Owned(text));
        };
        (literal, rest) = next;
    }
}

/// The character that the escape stands for, and what follows it. `rest` begins after `\`.
fn escape(rest: &str) -> Option<(char, &str)> {
    let mut characters = rest.chars();
    let character = match characters.next()? {
        plain @ ('"' | '\\' | '/') => plain,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(characters.as_str()),
        _ => return None,
    };
    Some((character, characters.as_str()))
}

/// The character that four hexadecimal digits stand for, with a second escape where they are the
/// first half of a surrogate pair.
fn unicode(rest: &str) -> Option<(char, &str)> {
    let (first, rest) = four_digits(rest)?;
    if let Some((second, tail)) = rest.strip_prefix("\\u").and_then(four_digits)
        && let Some(Ok(paired)) = char::decode_utf16([first, second]).next()
        && u32::from(paired) > 0xFFFF
    {
        return Some((paired, tail));
    }
    Some((char::from_u32(first.into()).unwrap_or(char::REPLACEMENT_CHARACTER), rest))
}

fn four_digits(rest: &str) -> Option<(u16, &str)> {
    let (digits, rest) = rest.split_at_checked(4)?;
    // `from_str_radix` takes a sign, JSON does not.
    let digits = digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(digits)?;
    Some((u16::from_str_radix(digits, 16).ok()?, rest))
}

#[cfg(test)]
mod tests {
    use iap_core::sms::{self, CountOptions};

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(text: String) {
            let json = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(decode(&json).unwrap(), text);
        }

        #[test]
        fn reads_escaped_utf16_as_the_standard_library_does(
            units in proptest::collection::vec(prop_oneof![
                any::<u16>(), 0xD7FF..=0xE000_u16, Just(0x41),
            ], 0..12),
        ) {
            let escapes: Vec<_> = units.iter().map(|unit| format!("\\u{unit:04X}")).collect();
            let json = format!("\"{}\"", escapes.concat());
            prop_assert_eq!(decode(&json).unwrap(), String::from_utf16_lossy(&units));
        }

        #[test]
        fn takes_nothing_that_serde_json_refuses(inner in "[\\\\\"u0-9a-fbnrt/x{é]{0,12}") {
            let json = format!("\"{inner}\"");
            match serde_json::from_str::<String>(&json) {
                Ok(text) => prop_assert_eq!(decode(&json).unwrap(), text),
                // Unpaired surrogates it refuses, and bare quotes the caller's parser.
                Err(_) if inner.contains("\\u") || inner.contains('"') => {}
                Err(_) => prop_assert_eq!(decode(&json), None),
            }
        }
    }

    #[test]
    fn decodes_like_serde_json() {
        for json in [
            r#""""#,
            r#""plain é €""#,
            r#""\"\\\/\b\f\n\r\t""#,
            r#""\u0041\u00e9\u20AC""#,
            r#""\ud83d\ude00""#,
            r#""a\ud83d\ude00b\n""#,
            r#""\\u0041""#,
            r#""\\\\""#,
        ] {
            let expected: String = serde_json::from_str(json).unwrap();
            assert_eq!(decode(json).unwrap(), expected, "{json}");
        }
    }

    #[test]
    fn counts_unpaired_surrogates_as_utf16_does() {
        for (json, units) in [
            (r#""\ud83d""#, vec![0xD83D]),
            (r#""\ude00""#, vec![0xDE00]),
            (r#""\ud83d\ud83d\ude00""#, vec![0xD83D, 0xD83D, 0xDE00]),
            (r#""\ud83dx\ude00""#, vec![0xD83D, 0x78, 0xDE00]),
            (r#""\ud83d\n""#, vec![0xD83D, 0x0A]),
            (r#""\ud83d\u0041""#, vec![0xD83D, 0x41]),
        ] {
            let options = CountOptions::default();
            let text = decode(json).unwrap();
            assert_eq!(sms::count(&text, &options), sms::count_utf16(&units, &options), "{json}");
        }
    }

    #[test]
    fn refuses_what_is_no_json_string() {
        for json in [
            "",
            "\"",
            "a",
            "1",
            "null",
            r#""\x""#,
            r#""\u12""#,
            r#""\u12é""#,
            r#""\u+123""#,
            "\"\\\"",
        ] {
            assert_eq!(decode(json), None, "{json}");
        }
    }
}
