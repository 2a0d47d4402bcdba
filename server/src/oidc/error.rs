//! Why an identity provider does not say who somebody is.

use std::error::Error;
use std::io;

use url::ParseError;

/// Why an identity provider cannot be asked by this server.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SetupError {
    /// It could not be told from a stranger.
    #[error(
        "The certificates that this system trusts cannot be read ({0}); install ca-certificates."
    )]
    Certificates(#[from] io::Error),
    /// It could not send anybody back.
    #[error("People cannot be sent back to --url ({0}): give it as in https://iap.example.com.")]
    Address(#[from] ParseError),
}

/// Why an identity provider does not say who somebody is. What it said itself goes to the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OidcError {
    /// It does not answer, or not as a provider does.
    #[error(
        "The identity provider cannot be reached at the moment. Try again in a moment, or sign in with \
         a password."
    )]
    Unreachable,
    /// So many are signing in that there is no place.
    #[error("The identity provider is asked by many at once. Try again in a moment.")]
    Busy,
    /// It does not take the code: it was used, or is too old.
    #[error(
        "The identity provider does not take this sign-in for being under way any more. Begin again."
    )]
    Over,
    /// What it said proves nothing.
    #[error(
        "The identity provider gave an answer that cannot be trusted. Begin again; if it happens \
         again, tell whoever runs this server."
    )]
    Untrusted,
    /// Whoever it is is in none of the groups that may come.
    #[error(
        "The identity provider does not say that you are in a group that has access here. Ask whoever \
         runs this server."
    )]
    NotInGroup,
}

/// What went wrong and why, for the log.
pub(super) fn causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}
