//! What an operator says of the identity provider.

use std::collections::BTreeSet;
use std::fmt;

use iap_core::access::AdmittedDomains;

use super::issuer::Issuer;

/// What an operator says of the identity provider.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Who it is.
    pub issuer: Issuer,
    /// What this server is called there.
    pub client_id: String,
    /// By which it proves to be that; none where PKCE alone has to do.
    pub client_secret: Option<ClientSecret>,
    /// What people call the provider.
    pub label: String,
    /// What is asked for beside who somebody is: as a rule `email` and `profile`.
    pub scopes: Vec<String>,
    /// Of which groups one has to be in one; where there is none, everybody may come.
    pub groups: BTreeSet<String>,
    /// Who is let in whom nobody has added.
    pub admitted: AdmittedDomains,
}

/// What proves to the identity provider that it is this server that asks.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(pub(super) String);

impl From<String> for ClientSecret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}
