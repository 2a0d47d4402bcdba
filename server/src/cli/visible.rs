//! Texts of others on a terminal.

use std::fmt::{self, Write as _};

/// A text on one line of a terminal: what would move the cursor or turn the direction of writing
/// is shown as an escape.
pub(super) struct Visible<'a>(pub(super) &'a str);

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
