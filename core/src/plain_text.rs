//! Texts that people write, as they are kept.

use core::error::Error;
use core::fmt;

/// A text that people write: without spaces around it, without signs that cannot be seen, and not
/// longer than `most` characters.
///
/// # Errors
/// [`PlainTextError`]
pub fn plain(text: &str, most: usize) -> Result<&str, PlainTextError> {
    let text = text.trim();
    if text.chars().any(|character| character.is_control() && character != '\n') {
        return Err(PlainTextError::NotPrintable);
    }
    if text.chars().count() > most {
        return Err(PlainTextError::TooLong(most));
    }
    Ok(text)
}

/// Why a text is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainTextError {
    /// It has signs that cannot be seen.
    NotPrintable,
    /// It has more characters than this.
    TooLong(usize),
}

impl fmt::Display for PlainTextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotPrintable => f.write_str("This text has signs in it that cannot be shown."),
            Self::TooLong(most) => write!(f, "This text has at most {most} characters."),
        }
    }
}

impl Error for PlainTextError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kept_without_what_stands_around_it() {
        assert_eq!(plain(" a\nb \n", 3), Ok("a\nb"));
        assert_eq!(plain("", 0), Ok(""));
        assert_eq!(plain("éé", 2), Ok("éé"));
        assert_eq!(plain("ééé", 2), Err(PlainTextError::TooLong(2)));
        assert_eq!(plain("a\u{7}b", 9), Err(PlainTextError::NotPrintable));
    }
}
