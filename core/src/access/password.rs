//! Passwords, as people choose them.

use alloc::string::String;
use alloc::vec::Vec;
use core::error::Error;
use core::fmt;

use super::email::EmailAddress;
use super::letters::letters;

/// A password that may be set. It shows itself to nobody.
///
/// Source: NIST SP 800-63B-4, 3.1.1.2: length is what counts, no rules on kinds of characters, no
/// expiry, and nothing that is easily guessed.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// The shortest, in characters.
    pub const MIN_LEN: usize = 12;

    /// The longest, in bytes: what is longer costs the server time and nobody's safety.
    pub const MAX_LEN: usize = 1_024;

    /// A password that somebody chooses, who signs in with an address.
    ///
    /// # Errors
    /// [`PasswordError`] where it is too short, too long, or easily guessed.
    pub fn new(text: &str, email: &EmailAddress) -> Result<Self, PasswordError> {
        if text.chars().count() < Self::MIN_LEN {
            return Err(PasswordError::TooShort);
        }
        if text.len() > Self::MAX_LEN {
            return Err(PasswordError::TooLong);
        }
        let lower = (letters().lower)(text);
        let mut different: Vec<char> = lower.chars().collect();
        different.sort_unstable();
        different.dedup();
        let local = email.as_str().split('@').next().unwrap_or_default();
        let name = local.chars().count() >= 4 && lower.contains(local);
        let run = RUNS.iter().any(|run| run.contains(&*lower));
        if different.len() < 5 || name || run {
            return Err(PasswordError::Guessable);
        }
        Ok(Self(text.into()))
    }

    /// The text, for whoever makes a hash of it.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

/// What fingers type without thinking.
const RUNS: [&str; 3] = [
    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm1234567890",
    "012345678901234567890123456789",
];

/// Without the password.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Why a text cannot be a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PasswordError {
    /// It has fewer than [`Password::MIN_LEN`] characters.
    TooShort,
    /// It has more than [`Password::MAX_LEN`] bytes.
    TooLong,
    /// It is what somebody would try first.
    Guessable,
}

impl fmt::Display for PasswordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort => write!(
                f,
                "A password has at least {} characters. A few words in a row are easy to remember.",
                Password::MIN_LEN
            ),
            Self::TooLong => {
                write!(f, "A password has at most {} bytes.", Password::MAX_LEN)
            }
            Self::Guessable => f.write_str(
                "This password is easily guessed: take one without your name, without rows of keys \
                 and with more different characters.",
            ),
        }
    }
}

impl Error for PasswordError {}

#[cfg(test)]
mod tests {
    use alloc::format;

    use super::*;

    #[test]
    fn length_is_what_counts() {
        let email = "margaret@example.com".parse().unwrap();
        for (text, expected) in [
            ("demo", Err(PasswordError::TooShort)),
            ("elevenchars", Err(PasswordError::TooShort)),
            ("correct horse", Ok(())),
            ("grün wie Gras", Ok(())),
            ("aaaaaaaaaaaaaaaa", Err(PasswordError::Guessable)),
            ("123456789012", Err(PasswordError::Guessable)),
            ("qwertyuiopas", Err(PasswordError::Guessable)),
            ("Margaret's password", Err(PasswordError::Guessable)),
            (&"correct horse ".repeat(80), Err(PasswordError::TooLong)),
        ] {
            assert_eq!(Password::new(text, &email).map(|_| ()), expected, "{text}");
        }
        let short_name = "bo@example.com".parse().unwrap();
        assert!(Password::new("above the clouds", &short_name).is_ok());
    }

    #[test]
    fn shows_itself_to_nobody() {
        let password = Password::new("correct horse", &"a@b.example".parse().unwrap()).unwrap();
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert_eq!(password.reveal(), "correct horse");
    }
}
