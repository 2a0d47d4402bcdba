//! A mail server that takes mails on.

use std::error::Error as _;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use lettre::transport::smtp;
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use url::{Host, Url};

use super::carrier::{Carrier, Undelivered};
use super::letter::Letter;

/// For how long an answer of the server is waited for.
const ANSWER_TIME: Duration = Duration::from_secs(30);

/// Where a mail server is, perhaps with a user and a password, as somebody wrote it.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl(String);

impl From<String> for SmtpUrl {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// Without the password that may stand in it.
impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmtpUrl(…)")
    }
}

/// Why a text is no address of a mail server. What it is does not stand in it: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SmtpUrlError {
    /// It is written in another way.
    #[error(
        "Give --smtp as in smtps://USER:PASSWORD@HOST, or smtp://USER:PASSWORD@HOST?tls=required \
         where TLS begins later; write %40 for @ in a name or password, and %25 for %."
    )]
    Address,
    /// A user without a password, or the other way round.
    #[error("Give --smtp both a user and a password, or neither.")]
    Credentials,
    /// The certificates that the system trusts cannot be read.
    #[error("The certificates that this system trusts cannot be read; install ca-certificates.")]
    Certificates,
}

/// A mail server that takes mails on. Each mail goes over a connection of its own.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    exposed: bool,
}

impl Smtp {
    /// The server at an address that lettre's `from_url` understands. `host` is what this machine
    /// calls itself to it, if the address says nothing else.
    ///
    /// # Errors
    /// [`SmtpUrlError`]
    pub fn new(url: &SmtpUrl, host: &str) -> Result<Self, SmtpUrlError> {
        let parsed = Url::parse(&url.0).map_err(|_| SmtpUrlError::Address)?;
        let known = parsed.query_pairs().all(|(name, _)| name == "tls");
        if !known || parsed.fragment().is_some() || parsed.host().is_none() {
            return Err(SmtpUrlError::Address);
        }
        if parsed.password().is_some() == parsed.username().is_empty() {
            return Err(SmtpUrlError::Credentials);
        }
        let encrypted = parsed.scheme() == "smtps" || parsed.query() == Some("tls=required");
        let exposed = parsed.password().is_some() && !encrypted && !is_here(&parsed);
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&url.0)
            .map_err(|error| {
                if error.is_tls() { SmtpUrlError::Certificates } else { SmtpUrlError::Address }
            })?
            .timeout(Some(ANSWER_TIME));
        if parsed.path().len() <= 1 && host != "localhost" {
            builder = builder.hello_name(ClientId::Domain(host.to_owned()));
        }
        Ok(Self { transport: builder.build(), exposed })
    }

    /// Whether the password may go over a network unencrypted.
    #[must_use]
    pub const fn is_exposed(&self) -> bool {
        self.exposed
    }
}

/// Without the password that it holds.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smtp(…)")
    }
}

impl Carrier for Smtp {
    async fn deliver(&self, letter: &Letter) -> Result<(), Undelivered> {
        let sent = self.transport.send_raw(letter.envelope(), &letter.to_bytes()).await;
        sent.map(|_| ()).map_err(|error| undelivered(&error))
    }
}

/// Whether the server is this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => {
            name == "localhost" || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        }
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// What became of a mail by the server's answer. A code that begins with 5 is final (RFC 5321, section
/// 4.2.1), unless it says that the server does not know us (RFC 4954, section 6): then the settings
/// are wrong and not the mail, and somebody can put them right.
fn undelivered(error: &smtp::Error) -> Undelivered {
    let said = || error.source().map(ToString::to_string).unwrap_or_default();
    match error.status().map(u16::from) {
        Some(code @ (530 | 534 | 535 | 538)) => Undelivered::Later(format!(
            "The mail server does not let this program in; check the user and the password in \
             --smtp. It says: {code} {}",
            said()
        )),
        Some(code) if error.is_permanent() => {
            Undelivered::Refused(format!("The mail server refuses the mail: {code} {}", said()))
        }
        Some(code) => Undelivered::Later(format!(
            "The mail server does not take the mail now: {code} {}",
            said()
        )),
        None => Undelivered::Later(format!("The mail server cannot be used: {error}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn smtp(url: &str) -> Result<Smtp, SmtpUrlError> {
        Smtp::new(&SmtpUrl::from(url.to_owned()), "iap.example.com")
    }

    #[test]
    fn addresses_are_read() {
        for (url, exposed) in [
            ("smtp://mail.example.com", false),
            ("smtp://127.0.0.1:2525", false),
            ("smtp://me:secret@localhost", false),
            ("smtp://me:secret@127.0.0.1:2525", false),
            ("smtps://me:sec%40ret@mail.example.com", false),
            ("smtp://me:secret@mail.example.com:587/ehlo.example.com?tls=required", false),
            ("smtp://me:secret@mail.example.com?tls=opportunistic", true),
            ("smtp://me:secret@mail.example.com", true),
        ] {
            assert_eq!(smtp(url).unwrap().is_exposed(), exposed, "{url}");
        }
        for (url, error) in [
            ("", SmtpUrlError::Address),
            ("mail.example.com", SmtpUrlError::Address),
            ("http://mail.example.com", SmtpUrlError::Address),
            ("smtp://", SmtpUrlError::Address),
            ("smtp://mail.example.com?tls=maybe", SmtpUrlError::Address),
            ("smtp://mail.example.com?tsl=required", SmtpUrlError::Address),
            ("smtp://me@mail.example.com", SmtpUrlError::Credentials),
            ("smtp://:secret@mail.example.com", SmtpUrlError::Credentials),
        ] {
            assert_eq!(smtp(url).map(|_| ()).unwrap_err(), error, "{url}");
        }
    }

    #[test]
    fn a_password_is_never_written_out() {
        let url = SmtpUrl::from("smtps://me:secret@mail.example.com".to_owned());
        assert!(!format!("{url:?}").contains("secret"));
        assert!(!format!("{:?}", Smtp::new(&url, "x.example.com").unwrap()).contains("secret"));
        let broken = SmtpUrl::from("smtps//me:secret@mail.example.com".to_owned());
        assert!(!Smtp::new(&broken, "x").unwrap_err().to_string().contains("secret"));
    }
}
