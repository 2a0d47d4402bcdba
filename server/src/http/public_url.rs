//! Where customers reach the server.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

use axum::http::Uri;

/// Where customers reach the server, such as `https://iap.example.com`: without a slash at the end,
/// and without anything that does not belong into links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// Where a server is reached that nobody has given a name.
impl From<SocketAddr> for PublicUrl {
    fn from(address: SocketAddr) -> Self {
        Self(format!("http://{address}"))
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "Give the address as in https://iap.example.com, without ? and #.";
        let uri: Uri = text.parse().map_err(|_| wrong)?;
        let http = matches!(uri.scheme_str(), Some("http" | "https"));
        let authority = uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
        if http && authority && uri.query().is_none() && !text.contains('#') {
            Ok(Self(text.trim_end_matches('/').to_owned()))
        } else {
            Err(wrong)
        }
    }
}

impl PublicUrl {
    /// Host and port.
    #[must_use]
    pub fn authority(&self) -> Option<&str> {
        self.0.split_once("://")?.1.split('/').next()
    }

    /// The name or number of the machine, as in `iap.example.com`.
    #[must_use]
    pub fn host(&self) -> &str {
        let authority = self.authority().unwrap_or_default();
        match authority.rsplit_once(':') {
            // Colons stand in numbers of version 6, too, which are in brackets.
            Some((host, port)) if !port.contains(']') => host,
            _ => authority,
        }
    }

    /// Whether it is reached through TLS.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.starts_with("https:")
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_an_address_of_the_web() {
        for (given, expected) in [
            ("https://iap.example.com/", "https://iap.example.com"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
            ("https://example.com/credits/", "https://example.com/credits"),
        ] {
            assert_eq!(given.parse::<PublicUrl>().unwrap().to_string(), expected);
        }
        for (given, host) in [
            ("https://iap.example.com/credits", "iap.example.com"),
            ("http://127.0.0.1:8080", "127.0.0.1"),
            ("http://[::1]:8080/", "[::1]"),
            ("http://[::1]", "[::1]"),
        ] {
            assert_eq!(given.parse::<PublicUrl>().unwrap().host(), host);
        }
        for bad in [
            "",
            "iap.example.com",
            "/x",
            "ftp://a",
            "https://u:p@a",
            "https://a/?b",
            "https://a/#b",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
