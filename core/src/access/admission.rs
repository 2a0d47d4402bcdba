//! Whom an identity provider lets in whom nobody has added.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::error::Error;
use core::fmt;
use core::str::FromStr;

use super::EmailAddress;
use super::email::is_domain;

/// The domains of addresses whose holders an identity provider lets in, although nobody has added
/// them: none, unless some are named. Written as in `example.com, example.org`.
///
/// A domain stands for itself alone and not for those below it: who may have an address there is
/// decided elsewhere.
///
/// ```
/// use iap_core::access::AdmittedDomains;
///
/// let admitted: AdmittedDomains = "example.com".parse().unwrap();
/// assert!(admitted.admit(&"ann@example.com".parse().unwrap()));
/// assert!(!admitted.admit(&"ann@guests.example.com".parse().unwrap()));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdmittedDomains(BTreeSet<String>);

impl AdmittedDomains {
    /// Whether somebody with this address, which the provider has verified, is let in.
    #[must_use]
    pub fn admit(&self, email: &EmailAddress) -> bool {
        self.0.contains(email.domain())
    }
}

impl FromStr for AdmittedDomains {
    type Err = AdmittedDomainsError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let domain = |part: &str| {
            let domain = part.trim().to_lowercase();
            // A name without a dot is the whole of a country, or a slip.
            if domain.contains('.') && is_domain(&domain) {
                Ok(domain)
            } else {
                Err(AdmittedDomainsError)
            }
        };
        text.split(',').map(domain).collect::<Result<_, _>>().map(Self)
    }
}

/// A text that is no list of domains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AdmittedDomainsError;

impl fmt::Display for AdmittedDomainsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Write domains as in example.com,example.org, without an @.")
    }
}

impl Error for AdmittedDomainsError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(domains: &str, email: &str) -> bool {
        domains.parse::<AdmittedDomains>().unwrap().admit(&email.parse().unwrap())
    }

    #[test]
    fn a_domain_stands_for_itself_alone() {
        assert!(admits("Example.com, example.org", "Ann@EXAMPLE.com"));
        assert!(admits("Example.com, example.org", "bo@example.org"));
        for other in ["ann@a.example.com", "ann@badexample.com", "ann@com", "ann@example.com.evil"]
        {
            assert!(!admits("example.com,example.org", other), "{other}");
        }
        assert!(!AdmittedDomains::default().admit(&"ann@example.com".parse().unwrap()));
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        for bad in ["", ",", "example.com,", "@example.com", "com", "*", "*.example.com", "a b.com"]
        {
            assert_eq!(bad.parse::<AdmittedDomains>(), Err(AdmittedDomainsError), "{bad:?}");
        }
    }
}
