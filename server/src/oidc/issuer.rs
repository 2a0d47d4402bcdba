//! Where an identity provider is.

use std::fmt;
use std::str::FromStr;

use crate::outbound::is_here;
use openidconnect::IssuerUrl;

/// The address that an identity provider calls itself by, letter for letter (OpenID Connect Core
/// 1.0, 2): a slash at its end counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer {
    pub(super) url: IssuerUrl,
    /// Whether it is on this machine, where no TLS is needed.
    pub(super) is_here: bool,
}

impl Issuer {
    /// The name of its host, by which people may know it.
    #[must_use]
    pub fn host(&self) -> &str {
        self.url.url().host_str().unwrap_or_default()
    }
}

impl FromStr for Issuer {
    type Err = IssuerError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = IssuerUrl::new(text.to_owned()).map_err(|_| IssuerError)?;
        let parsed = url.url();
        let is_here = parsed.scheme() == "http" && is_here(parsed);
        let plain = parsed.query().is_none()
            && parsed.fragment().is_none()
            && parsed.username().is_empty()
            && parsed.password().is_none();
        if plain && parsed.has_host() && (is_here || parsed.scheme() == "https") {
            Ok(Self { url, is_here })
        } else {
            Err(IssuerError)
        }
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.url)
    }
}

/// A text that is no address of an identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "Give the issuer's address as the provider writes it, as in https://login.example.com/realm: \
     with https, which only a provider on this machine does without, and without ?, # and @."
)]
pub struct IssuerError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_does_without_tls() {
        for good in [
            "https://login.example.com",
            "https://login.example.com/realms/iap",
            "https://login.example.com/",
            "http://localhost:8081/realms/iap",
            "http://127.0.0.1:9000",
            "http://[::1]:9000/",
        ] {
            assert_eq!(good.parse::<Issuer>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "login.example.com",
            "http://login.example.com",
            "http://localhost.example.com",
            "ftp://localhost",
            "https://login.example.com/?a=b",
            "https://login.example.com/#a",
            "https://me:secret@login.example.com",
        ] {
            assert_eq!(bad.parse::<Issuer>(), Err(IssuerError), "{bad}");
        }
    }
}
