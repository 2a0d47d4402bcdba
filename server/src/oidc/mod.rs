//! Signing in through somebody else's identity provider: OpenID Connect 1.0, with an authorization
//! code and PKCE (RFC 7636).
//!
//! What is a rule of the protocol is the crate `openidconnect`'s: issuer, audience, expiry, nonce and
//! signature of a token are checked there. What is ours: what a browser keeps meanwhile
//! ([`Attempt`]), where it goes on to ([`ReturnPath`]), which key sets are asked for again, and who
//! somebody is ([`Person`]). Whom that lets in here the store decides.

mod attempt;
mod claims;
mod discovered;
mod error;
mod issuer;
mod person;
mod provider;
mod return_path;
mod settings;
mod transport;

pub use attempt::Attempt;
pub use error::{OidcError, SetupError};
pub use issuer::{Issuer, IssuerError};
pub use person::Person;
pub use provider::Provider;
pub use return_path::{ReturnPath, ReturnPathError};
pub use settings::{ClientSecret, Settings};
