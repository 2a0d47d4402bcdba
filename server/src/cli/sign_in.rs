//! How people sign in beside with passwords.

use std::sync::Arc;

use clap::Args;
use iap_core::access::AdmittedDomains;

use super::failure::Failure;
use crate::http::PublicUrl;
use crate::oidc::{ClientSecret, Issuer, Provider, Settings};

/// An identity provider through which people sign in, too.
#[derive(Args, Debug)]
#[command(next_help_heading = "Signing in through an identity provider (OpenID Connect)")]
pub(super) struct SignIn {
    /// The provider's issuer, letter for letter as it writes it, such as
    /// `https://login.example.com/realms/staff`. There, allow the redirection to
    /// /api/v1/session/oidc/callback below --url.
    #[arg(
        long = "oidc-issuer",
        value_name = "URL",
        env = "IAP_OIDC_ISSUER",
        requires = "client_id"
    )]
    issuer: Option<Issuer>,

    /// What this server is called there.
    #[arg(
        long = "oidc-client-id",
        value_name = "ID",
        env = "IAP_OIDC_CLIENT_ID",
        requires = "issuer"
    )]
    client_id: Option<String>,

    /// By which it proves to be that. Better in the environment: other users of the machine see what
    /// stands on a command line.
    #[arg(
        long = "oidc-client-secret",
        value_name = "SECRET",
        env = "IAP_OIDC_CLIENT_SECRET",
        hide_env_values = true,
        requires = "issuer"
    )]
    client_secret: Option<ClientSecret>,

    /// What people call the provider: "Sign in with …". Without it, the name of its host.
    #[arg(long = "oidc-label", value_name = "NAME", env = "IAP_OIDC_LABEL", requires = "issuer")]
    label: Option<String>,

    /// What is asked for beside who somebody is. Some providers tell groups only with the scope
    /// groups.
    #[arg(
        long = "oidc-scopes",
        value_name = "SCOPES",
        env = "IAP_OIDC_SCOPES",
        default_value = "email,profile",
        value_delimiter = ','
    )]
    scopes: Vec<String>,

    /// Let in only who is in one of these groups, by the claim `groups`.
    #[arg(
        long = "oidc-groups",
        value_name = "GROUPS",
        env = "IAP_OIDC_GROUPS",
        value_delimiter = ',',
        requires = "issuer"
    )]
    groups: Vec<String>,

    /// Make users, without any rights yet, of people whom nobody has added and whose verified address
    /// is in one of these domains, such as example.com,example.org. Without it, they are refused.
    #[arg(
        long = "oidc-admit",
        value_name = "DOMAINS",
        env = "IAP_OIDC_ADMIT",
        requires = "issuer"
    )]
    admit: Option<AdmittedDomains>,
}

impl SignIn {
    /// The provider that is set up, for a server that people reach at `url`.
    pub(super) fn provider(&self, url: &PublicUrl) -> Result<Option<Arc<Provider>>, Failure> {
        let (Some(issuer), Some(client_id)) = (&self.issuer, &self.client_id) else {
            return Ok(None);
        };
        let label = self.label.clone().unwrap_or_else(|| issuer.host().to_owned());
        let words = |words: &[String]| -> Vec<String> {
            let words = words.iter().map(|word| word.trim().to_owned());
            words.filter(|word| !word.is_empty()).collect()
        };
        let groups = words(&self.groups);
        if groups.len() != self.groups.len() {
            // A name that got lost would let everybody in.
            return Err(Failure::Usage("Give --oidc-groups names with commas between them."));
        }
        let settings = Settings {
            issuer: issuer.clone(),
            client_id: client_id.clone(),
            client_secret: self.client_secret.clone(),
            label,
            scopes: words(&self.scopes),
            groups: groups.into_iter().collect(),
            admitted: self.admit.clone().unwrap_or_default(),
        };
        let back = format!("{url}{}", Provider::CALLBACK);
        tracing::info!(%issuer, back, "people can sign in through an identity provider");
        Ok(Some(Arc::new(Provider::new(settings, url)?)))
    }
}
