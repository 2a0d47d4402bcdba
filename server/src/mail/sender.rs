//! In whose name mails are written.

use std::net::IpAddr;

use lettre::message::Mailbox;

/// In whose name mails are written, and where their links lead.
#[derive(Clone, Debug)]
pub struct Sender {
    pub(super) from: Mailbox,
    pub(super) host: String,
    pub(super) public_url: String,
}

impl Sender {
    /// The server that customers reach at `public_url`, whose host is `host`. Mails come from
    /// `from`, as in `iap@example.com` or `Credits <iap@example.com>`; if nothing is given, from
    /// `iap` at the host.
    ///
    /// # Errors
    /// [`SenderError`]
    pub fn new(from: Option<&str>, public_url: &str, host: &str) -> Result<Self, SenderError> {
        // A number is no name that mail goes to.
        let number = host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
        let host = if number { "localhost" } else { host };
        let from = match from {
            Some(given) => given.parse().map_err(|_| SenderError::NotAddress)?,
            None => format!("iap@{host}").parse().map_err(|_| SenderError::NoDefault)?,
        };
        Ok(Self { from, host: host.to_owned(), public_url: public_url.to_owned() })
    }

    /// The host that customers reach; `localhost` where they reach it by a number.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }
}

/// Why mails cannot be written in a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SenderError {
    /// What was given is no address.
    #[error("Give --mail-from as in iap@example.com, or as in Credits <iap@example.com>.")]
    NotAddress,
    /// The host makes no address.
    #[error("Say with --mail-from whom mails come from: there can be none at the host of --url.")]
    NoDefault,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(from: Option<&str>, host: &str) -> Result<String, SenderError> {
        Sender::new(from, "https://x", host).map(|sender| sender.from.to_string())
    }

    #[test]
    fn is_given_or_at_the_host() {
        assert_eq!(from(None, "iap.example.com").unwrap(), "iap@iap.example.com");
        assert_eq!(from(None, "127.0.0.1").unwrap(), "iap@localhost");
        assert_eq!(from(None, "[::1]").unwrap(), "iap@localhost");
        let given = from(Some("Credits & more <no-reply@example.com>"), "x").unwrap();
        assert_eq!(given, "Credits & more <no-reply@example.com>");
        for bad in ["", "iap", "iap@", "a@example.com\r\nBcc: b@example.com", "a@b.example, c@d"] {
            assert_eq!(from(Some(bad), "x"), Err(SenderError::NotAddress), "{bad}");
        }
        assert_eq!(from(None, "a b"), Err(SenderError::NoDefault));
    }
}
