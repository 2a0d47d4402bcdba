//! Numbers as people of a language write them.

use iap_core::pricing::Credits;

use super::language::Language;

/// The amount, exact, without zeros at its end: `1,234.5` in English, `1.234,5` in Dutch.
pub(crate) fn format(credits: Credits, language: Language) -> String {
    let text = credits.to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() {
        decimal(whole, language)
    } else {
        decimal(text.trim_end_matches('0'), language)
    }
}

/// A number that is written with a point, such as `1234.50`, with all its digits.
///
/// Separators are those of the Unicode CLDR: French groups with a narrow space that does not break.
pub(crate) fn decimal(text: &str, language: Language) -> String {
    let (group, point) = match language {
        Language::English => (',', '.'),
        Language::French => ('\u{202f}', ','),
        Language::Dutch | Language::Romanian | Language::Turkish => ('.', ','),
    };
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let mut written = String::with_capacity(text.len() * 2);
    let digits = whole.bytes().filter(u8::is_ascii_digit).count();
    let mut left = digits;
    for character in whole.chars() {
        if character.is_ascii_digit() {
            if left < digits && left % 3 == 0 {
                written.push(group);
            }
            left -= 1;
        }
        written.push(character);
    }
    if !decimals.is_empty() {
        written.push(point);
        written.push_str(decimals);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_those_of_the_language() {
        for (credits, english, french, dutch) in [
            ("0", "0", "0", "0"),
            ("10", "10", "10", "10"),
            ("9.999999", "9.999999", "9,999999", "9,999999"),
            ("999.5", "999.5", "999,5", "999,5"),
            ("1000", "1,000", "1\u{202f}000", "1.000"),
            ("100000.05", "100,000.05", "100\u{202f}000,05", "100.000,05"),
            ("1234567.25", "1,234,567.25", "1\u{202f}234\u{202f}567,25", "1.234.567,25"),
            ("-1234", "-1,234", "-1\u{202f}234", "-1.234"),
            ("-100", "-100", "-100", "-100"),
        ] {
            let credits: Credits = credits.parse().unwrap();
            assert_eq!(format(credits, Language::English), english);
            assert_eq!(format(credits, Language::French), french);
            for language in [Language::Dutch, Language::Romanian, Language::Turkish] {
                assert_eq!(format(credits, language), dutch);
            }
        }
        let most = format(Credits::MAX, Language::English);
        assert_eq!(most, "9,223,372,036,854.775807");
        assert_eq!(format(Credits::MIN, Language::Dutch), "-9.223.372.036.854,775808");
    }
}
