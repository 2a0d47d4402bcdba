//! What an identity provider says of itself, and what follows for its tokens.

use std::time::{Duration, UNIX_EPOCH};

use iap_core::time::Timestamp;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreClientAuthMethod, CoreErrorResponseType, CoreGenderClaim,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthType, ClaimsVerificationError, Client, ClientId, ClientSecret, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenClaims, IdTokenFields, Nonce,
    RedirectUrl, StandardErrorResponse, StandardTokenResponse, TokenResponse as _,
};

use super::claims::Extra;
use super::settings::Settings;

/// For how long what the provider says of itself is taken for true, in milliseconds: an hour. A key
/// that is not in it is looked for again at once.
const KNOWN: i64 = 3_600_000;

/// What it tells for a code.
pub(super) type Tokens = StandardTokenResponse<
    IdTokenFields<
        Extra,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// What this server is to it.
pub(super) type Relying = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// What a token says of somebody.
pub(super) type Claims = IdTokenClaims<Extra, CoreGenderClaim>;

/// What the provider said of itself.
#[derive(Debug)]
pub(super) struct Discovered {
    pub(super) client: Relying,
    /// By which its tokens may be signed.
    algorithms: Vec<CoreJwsSigningAlgorithm>,
    at: Timestamp,
}

impl Discovered {
    /// What its metadata say, for a server with these settings, where people are sent back there.
    pub(super) fn new(
        metadata: CoreProviderMetadata,
        settings: &Settings,
        redirect: RedirectUrl,
        now: Timestamp,
    ) -> Self {
        // A token that is signed with what both know, or not at all, proves less.
        let algorithms = metadata.id_token_signing_alg_values_supported().iter().filter(|it| {
            !matches!(
                it,
                CoreJwsSigningAlgorithm::HmacSha256
                    | CoreJwsSigningAlgorithm::HmacSha384
                    | CoreJwsSigningAlgorithm::HmacSha512
                    | CoreJwsSigningAlgorithm::None
            )
        });
        let algorithms = algorithms.cloned().collect();
        // Where nothing is said, it is the header (OpenID Connect Discovery 1.0, 3).
        let in_body = metadata.token_endpoint_auth_methods_supported().is_some_and(|methods| {
            methods.contains(&CoreClientAuthMethod::ClientSecretPost)
                && !methods.contains(&CoreClientAuthMethod::ClientSecretBasic)
        });
        let secret = settings.client_secret.as_ref();
        let secret = secret.map(|secret| ClientSecret::new(secret.0.clone()));
        let id = ClientId::new(settings.client_id.clone());
        let client = Relying::from_provider_metadata(metadata, id, secret)
            .set_redirect_uri(redirect)
            .set_auth_type(if in_body { AuthType::RequestBody } else { AuthType::BasicAuth });
        Self { client, algorithms, at: now }
    }

    /// Whether it was said lately.
    pub(super) fn is_fresh(&self, now: Timestamp) -> bool {
        (0..KNOWN).contains(&now.millis().saturating_sub(self.at.millis()))
    }

    /// What a token says, if it is the provider's, for this server and this attempt, and in time.
    pub(super) fn verified<'t>(
        &self,
        tokens: &'t Tokens,
        nonce: &Nonce,
        now: Timestamp,
    ) -> Result<&'t Claims, ClaimsVerificationError> {
        let millis = u64::try_from(now.millis()).unwrap_or_default();
        let moment = UNIX_EPOCH + Duration::from_millis(millis);
        let verifier = self
            .client
            .id_token_verifier()
            .set_allowed_algs(self.algorithms.iter().cloned())
            .set_time_fn(move || moment.into());
        let token = tokens.id_token();
        let token =
            token.ok_or_else(|| ClaimsVerificationError::Other("there is none".to_owned()))?;
        token.claims(&verifier, nonce)
    }
}
