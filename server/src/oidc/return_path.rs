//! Where somebody goes on to who has signed in.

use std::fmt;
use std::str::FromStr;

/// A path of this server, perhaps with a question mark and more: nothing that a browser could take for
/// another host.
///
/// ```
/// use iap_server::oidc::ReturnPath;
///
/// assert!("/accounts?after=7".parse::<ReturnPath>().is_ok());
/// assert!("//evil.example".parse::<ReturnPath>().is_err());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// The longest, in bytes: it has to fit into a cookie.
    pub const MAX_LEN: usize = 1_000;

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The start of the application.
impl Default for ReturnPath {
    fn default() -> Self {
        Self("/".to_owned())
    }
}

impl FromStr for ReturnPath {
    type Err = ReturnPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Browsers take a backslash for a slash, and leave out tabs and line ends (URL Standard, 4.4).
        let plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        let own = text.starts_with('/') && !text.starts_with("//");
        if plain && own && text.len() <= Self::MAX_LEN {
            Ok(Self(text.to_owned()))
        } else {
            Err(ReturnPathError)
        }
    }
}

impl fmt::Display for ReturnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// A text that is no path of this server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Name a path of this server, as in /accounts, of at most 1,000 letters, digits and signs.")]
pub struct ReturnPathError;

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn leads_to_no_other_host() {
        let base = Url::parse("https://iap.example.com/").unwrap();
        for good in
            ["/", "/accounts", "/a?b=c&d=https://evil.example", "/c/J%C3%BCrgen", "/..//x", "/@x"]
        {
            let path: ReturnPath = good.parse().unwrap();
            let url = base.join(path.as_str()).unwrap();
            assert_eq!(url.host_str(), Some("iap.example.com"), "{good}");
        }
        for bad in [
            "",
            "accounts",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            " /",
            "/ ",
            "/Jürgen",
            &"/a".repeat(501),
        ] {
            assert_eq!(bad.parse::<ReturnPath>(), Err(ReturnPathError), "{bad:?}");
        }
    }
}
