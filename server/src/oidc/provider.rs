//! An identity provider.

use std::sync::Arc;
use std::time::Duration;

use iap_core::time::Timestamp;
use openidconnect::core::{
    CoreAuthenticationFlow, CoreErrorResponseType, CoreGenderClaim, CoreProviderMetadata,
};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, CsrfToken, DiscoveryError, Nonce,
    OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError,
    Scope, UserInfoClaims,
};
use tokio::sync::{RwLock, Semaphore, SemaphorePermit};
use tokio::time::timeout;
use url::Url;

use super::attempt::Attempt;
use super::claims::Extra;
use super::discovered::{Claims, Discovered, Tokens};
use super::error::{OidcError, SetupError, causes};
use super::person::{Person, Said};
use super::settings::Settings;
use crate::http::PublicUrl;
use crate::outbound::Client;

/// So many talk to the provider at a time: whoever calls us without end makes us call it no faster.
const PLACES: usize = 8;

/// For how long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is said of somebody, in a token or in a list: their claims have the same names.
macro_rules! said {
    ($claims:expr) => {
        Said {
            subject: $claims.subject().as_str(),
            email: $claims.email().map(|email| email.as_str()),
            verified: $claims.email_verified() == Some(true),
            name: $claims.name().and_then(|name| name.get(None)).map_or("", |name| name.as_str()),
            language: $claims.locale().map_or("", |language| language.as_str()),
        }
    };
}

/// An identity provider, asked for what it is when that is first needed: the server starts and takes
/// passwords whether or not it answers.
#[derive(Debug)]
pub struct Provider {
    settings: Settings,
    redirect: RedirectUrl,
    client: Client,
    discovered: RwLock<Option<Arc<Discovered>>>,
    places: Semaphore,
}

impl Provider {
    /// Where the provider sends people back to, below the server's address.
    pub const CALLBACK: &str = "/api/v1/session/oidc/callback";

    /// The provider of these settings, for a server that people reach there.
    ///
    /// # Errors
    /// [`SetupError`]
    pub fn new(settings: Settings, public_url: &PublicUrl) -> Result<Self, SetupError> {
        let client = Client::new(settings.issuer.is_here)?;
        let redirect = RedirectUrl::new(format!("{public_url}{}", Self::CALLBACK))?;
        let places = Semaphore::new(PLACES);
        Ok(Self { settings, redirect, client, discovered: RwLock::new(None), places })
    }

    /// What an operator says of it.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where a browser goes that begins a sign-in.
    ///
    /// # Errors
    /// [`OidcError`]
    pub async fn address(&self, attempt: &Attempt, now: Timestamp) -> Result<Url, OidcError> {
        let discovered = if let Some(discovered) = self.known(now).await {
            discovered
        } else {
            let _place = self.place().await?;
            self.discover(now).await?
        };
        let verifier = PkceCodeVerifier::new(attempt.verifier());
        let (state, nonce) = (attempt.state(), attempt.nonce());
        let scopes = self.settings.scopes.iter().cloned().map(Scope::new);
        let (url, _, _) = discovered
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .add_scopes(scopes)
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
            .url();
        Ok(url)
    }

    /// Who has signed in, for the code that the provider gave the browser of an attempt.
    ///
    /// # Errors
    /// [`OidcError`]
    pub async fn person(
        &self,
        code: String,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<Person, OidcError> {
        let _place = self.place().await?;
        let discovered = match self.known(now).await {
            Some(discovered) => discovered,
            None => self.discover(now).await?,
        };
        let tokens = self.exchange(&discovered, code, attempt).await?;
        let nonce = Nonce::new(attempt.nonce());
        let claims = match discovered.verified(&tokens, &nonce, now) {
            // The provider may have taken new keys.
            Err(ClaimsVerificationError::SignatureVerification(_)) => {
                self.discover(now).await?.verified(&tokens, &nonce, now).cloned()
            }
            claims => claims.cloned(),
        };
        let claims = claims.map_err(|error| untrusted(&causes(&error)))?;
        // Source: OpenID Connect Core 1.0, 3.1.3.7, 5.
        let other =
            claims.authorized_party().filter(|party| party.as_str() != self.settings.client_id);
        if let Some(other) = other {
            return Err(untrusted(&format!("the token is for {other:?}")));
        }
        self.read(&discovered, &tokens, &claims).await
    }

    /// A place among those that talk to the provider.
    async fn place(&self) -> Result<SemaphorePermit<'_>, OidcError> {
        // The semaphore is never closed.
        let place = timeout(PATIENCE, self.places.acquire()).await;
        place.ok().and_then(Result::ok).ok_or(OidcError::Busy)
    }

    /// What is known of the provider, if it is not too old.
    async fn known(&self, now: Timestamp) -> Option<Arc<Discovered>> {
        let discovered = self.discovered.read().await.clone();
        discovered.filter(|discovered| discovered.is_fresh(now))
    }

    /// Asks the provider what it is.
    async fn discover(&self, now: Timestamp) -> Result<Arc<Discovered>, OidcError> {
        let issuer = self.settings.issuer.url.clone();
        let found = CoreProviderMetadata::discover_async(issuer, &self.client).await;
        let metadata = found.map_err(|error| {
            // Of what was answered instead nothing is written down: it may be anything.
            let cause = match &error {
                DiscoveryError::Response(status, ..) => format!("the status is {status}"),
                error => causes(error),
            };
            unreachable(&cause)
        })?;
        let discovered =
            Arc::new(Discovered::new(metadata, &self.settings, self.redirect.clone(), now));
        *self.discovered.write().await = Some(Arc::clone(&discovered));
        Ok(discovered)
    }

    async fn exchange(
        &self,
        discovered: &Discovered,
        code: String,
        attempt: &Attempt,
    ) -> Result<Tokens, OidcError> {
        let request = discovered
            .client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| unreachable(&causes(&error)))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier()));
        request.request_async(&self.client).await.map_err(|error| match error {
            RequestTokenError::ServerResponse(answer) => match answer.error() {
                CoreErrorResponseType::InvalidGrant => {
                    tracing::info!(%answer, "the identity provider does not take a code");
                    OidcError::Over
                }
                _ => untrusted(&format!("it refuses this server: {answer}")),
            },
            RequestTokenError::Request(error) => unreachable(&causes(&error)),
            // What could not be read may hold tokens.
            RequestTokenError::Parse(..) => untrusted("its tokens cannot be read"),
            RequestTokenError::Other(_) => unreachable("it answers in another way"),
        })
    }

    /// Who it is, by the token, or by the provider's own list where the token does not say enough
    /// (OpenID Connect Core 1.0, 5.4).
    async fn read(
        &self,
        discovered: &Discovered,
        tokens: &Tokens,
        claims: &Claims,
    ) -> Result<Person, OidcError> {
        let subject = claims.subject();
        let needs_groups = !self.settings.groups.is_empty();
        let enough = claims.email().is_some()
            && (!needs_groups || claims.additional_claims().groups().is_some());
        if enough || discovered.client.user_info_url().is_none() {
            return self.person_of(said!(claims), claims.additional_claims());
        }
        let token = tokens.access_token().clone();
        let asked = discovered
            .client
            .user_info(token, Some(subject.clone()))
            .map_err(|error| unreachable(&causes(&error)))?;
        let listed: UserInfoClaims<Extra, CoreGenderClaim> = asked
            .request_async(&self.client)
            .await
            .map_err(|error| untrusted(&format!("its list of people: {error}")))?;
        self.person_of(said!(listed), listed.additional_claims())
    }

    fn person_of(&self, said: Said<'_>, extra: &Extra) -> Result<Person, OidcError> {
        let needed = &self.settings.groups;
        let groups = extra.groups().unwrap_or_default();
        if !needed.is_empty() && !groups.iter().any(|group| needed.contains(group)) {
            return Err(OidcError::NotInGroup);
        }
        let said = Said { verified: said.verified || extra.domain_owner_is_verified(), ..said };
        let person = Person::new(&self.settings.issuer.to_string(), &said);
        person.ok_or_else(|| untrusted("the subject cannot be one"))
    }
}

fn unreachable(cause: &str) -> OidcError {
    tracing::warn!(cause, "the identity provider cannot be reached");
    OidcError::Unreachable
}

fn untrusted(cause: &str) -> OidcError {
    tracing::warn!(cause, "the identity provider's answer is not taken");
    OidcError::Untrusted
}
