//! The count of a text, for people.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

use iap_core::sms::{self, Count, CountOptions, Encoding};

/// Writes what the text needs and what each part holds.
pub(super) fn write(
    out: &mut impl Write,
    text: &str,
    count: &Count,
    options: CountOptions,
) -> io::Result<()> {
    let (alphabet, unit) = match count.encoding {
        Encoding::Gsm7 => ("GSM 7-bit", "septets"),
        Encoding::Ucs2 => ("Unicode", "16-bit units"),
    };
    writeln!(out, "Encoding  {} ({alphabet})", count.encoding)?;
    writeln!(out, "Units     {} {unit}", count.units)?;
    writeln!(
        out,
        "Parts     {} of up to {} units, {} left in the last",
        count.parts, count.capacity, count.left
    )?;
    for (number, part) in (1..).zip(sms::parts(text, &options)) {
        let held = text.get(part.range).unwrap_or_default();
        writeln!(out, "{number:>7}.  {:>3}/{}  {}", part.units, part.capacity, Visible(held))?;
    }
    Ok(())
}

/// A text on one line of a terminal: what would move the cursor or turn the direction of writing
/// is shown as an escape.
struct Visible<'a>(&'a str);

impl fmt::Display for Visible<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}' => {
                    write!(f, "{}", character.escape_unicode())?;
                }
                _ if character.is_control() => write!(f, "{}", character.escape_default())?,
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_controls_as_escapes() {
        let text = "a\nb\t\u{1b}[31m \u{202e}\u{85}é👩\u{200d}👧";
        let shown = "a\\nb\\t\\u{1b}[31m \\u{202e}\\u{85}é👩\u{200d}👧";
        assert_eq!(Visible(text).to_string(), shown);
    }
}
