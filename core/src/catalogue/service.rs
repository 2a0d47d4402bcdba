//! Services.

use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use super::database::Hosting;
use crate::credits::Amount;

/// Who offers a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// The operator of the platform.
    FirstParty,
    /// Somebody else, through the platform.
    ThirdParty,
}

/// A service that is sold for credits, as the rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// By what programs call it.
    pub name: ServiceName,
    /// Who offers it.
    pub origin: Origin,
    /// What an entitled database is given to try it.
    pub trial: Amount,
}

impl Service {
    /// Whether a customer sees it in the catalogue and can use it.
    #[must_use]
    pub const fn is_offered_to(&self, hosting: Hosting) -> bool {
        match self.origin {
            Origin::FirstParty => true,
            Origin::ThirdParty => !matches!(hosting, Hosting::Online),
        }
    }
}

/// The name that programs call a service by, such as `sms`: 1 to 64 of `a-z`, `0-9`, `_`, `.` and
/// `-`, a letter or digit first.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServiceName(String);

impl ServiceName {
    /// The longest name, in characters.
    pub const MAX_LEN: usize = 64;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ServiceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for ServiceName {
    type Err = ServiceNameError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let first = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
        let known = |byte: u8| first(byte) || matches!(byte, b'_' | b'.' | b'-');
        if text.len() <= Self::MAX_LEN
            && text.bytes().next().is_some_and(first)
            && text.bytes().all(known)
        {
            Ok(Self(text.into()))
        } else {
            Err(ServiceNameError)
        }
    }
}

/// A text that names no service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ServiceNameError;

impl fmt::Display for ServiceNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "The name of a service has 1 to {} small letters, digits, underscores, points and \
             hyphens, and begins with a letter or a digit.",
            ServiceName::MAX_LEN
        )
    }
}

impl Error for ServiceNameError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_small_and_short() {
        for name in ["sms", "reveal", "partner_autocomplete", "invoice-ocr", "a.b", "1"] {
            assert_eq!(name.parse::<ServiceName>().unwrap().as_str(), name);
        }
        let long = "a".repeat(65);
        for name in ["", "SMS", "_a", "a b", "é", &long] {
            assert_eq!(name.parse::<ServiceName>(), Err(ServiceNameError), "{name}");
        }
    }

    #[test]
    fn third_parties_are_not_seen_where_nothing_can_be_installed() {
        let service =
            |origin| Service { name: ServiceName("x".into()), origin, trial: Amount::ZERO };
        for hosting in Hosting::ALL {
            assert!(service(Origin::FirstParty).is_offered_to(hosting));
            let seen = service(Origin::ThirdParty).is_offered_to(hosting);
            assert_eq!(seen, hosting != Hosting::Online);
        }
    }
}
