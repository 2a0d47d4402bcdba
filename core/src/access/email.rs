//! Addresses of electronic mail.

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use super::letters::{Letters, letters};

/// An address of electronic mail that people sign in with and are written to at.
///
/// The part behind the @ is kept in small letters, because names of hosts are the same in either
/// (RFC 5321, 2.4); the part before it too, because nobody tells `Ann@` from `ann@`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// The longest, in bytes. Source: RFC 5321, 4.5.3.1.3, less the brackets of a path.
    pub const MAX_LEN: usize = 254;

    /// The longest part before the @, in bytes. Source: RFC 5321, 4.5.3.1.1.
    pub const MAX_LOCAL_LEN: usize = 64;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

/// Whether a text, in small letters or not, can stand behind the @.
pub(super) fn is_domain(text: &str) -> bool {
    let is_letter = letters().is_alphanumeric;
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|character| is_letter(character) || character == '-')
    };
    text.split('.').all(label)
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for EmailAddress {
    type Err = EmailAddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // What is kept is what is looked at: in small letters it may be longer, and İ is no letter.
        let Letters { lower, is_alphanumeric } = letters();
        let text = lower(text.trim());
        let (local, domain) = text.rsplit_once('@').ok_or(EmailAddressError)?;
        // The dot-string of RFC 5321, 4.1.2, with the letters of RFC 6531; no quoted strings.
        let atom = |character: char| {
            is_alphanumeric(character) || "!#$%&'*+-/=?^_`{|}~".contains(character)
        };
        let local_fits = local.len() <= Self::MAX_LOCAL_LEN
            && local.split('.').all(|part| !part.is_empty() && part.chars().all(atom));
        if text.len() <= Self::MAX_LEN && local_fits && is_domain(domain) {
            Ok(Self(text))
        } else {
            Err(EmailAddressError)
        }
    }
}

/// A text that is no address of electronic mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailAddressError;

impl fmt::Display for EmailAddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("This is no e-mail address: write it as in ann@example.com.")
    }
}

impl Error for EmailAddressError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_kept_in_small_letters() {
        for (given, kept) in [
            ("ann@example.com", "ann@example.com"),
            ("  Ann.Lee+iap@Example.COM ", "ann.lee+iap@example.com"),
            ("operator@localhost", "operator@localhost"),
            ("jürgen@müller.example", "jürgen@müller.example"),
        ] {
            assert_eq!(given.parse::<EmailAddress>().unwrap().as_str(), kept);
        }
    }

    #[test]
    fn what_could_be_something_else_is_refused() {
        let long = alloc::format!("{}@example.com", "a".repeat(65));
        for bad in [
            "",
            "ann",
            "@example.com",
            "ann@",
            "ann@-a.com",
            "ann@a..com",
            "a b@example.com",
            ".ann@example.com",
            "ann.@example.com",
            "ann@example.com\r\nBcc: bo@example.com",
            "\"ann\"@example.com",
            "ann@[127.0.0.1]",
            "<ann@example.com>",
            "ann@bo@example.com",
            // In small letters, an i and a mark.
            "İnci@example.com",
            &long,
        ] {
            assert_eq!(bad.parse::<EmailAddress>(), Err(EmailAddressError), "{bad:?}");
        }
    }
}
