//! Signing in through the identity provider.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use iap_core::api::{IdentityProvider, Problem, ProblemCode, WaysToSignIn};
use iap_core::time::Timestamp;
use serde::Deserialize;

use super::caller::Caller;
use super::input::Asked;
use super::sessions::{LASTS, cookie, set_cookie, user_agent, with_cookie};
use super::{Answer, Portal};
use crate::http::accept::names_html;
use crate::http::notice;
use crate::http::problem::Refused;
use crate::oidc::{Attempt, OidcError, Provider, ReturnPath};
use crate::{clock, secret};

/// The path that begins it.
const BEGIN: &str = "/api/v1/session/oidc";

/// What a sign-in under way is called in the browser.
const COOKIE: &str = "iap_sign_in";

/// The same where the server is reached through TLS.
const HOST_COOKIE: &str = "__Host-iap_sign_in";

/// List the ways to sign in, and show who is signed in
#[utoipa::path(
    get, path = "/sign-in", tag = "sessions",
    responses(
        (status = 200, body = WaysToSignIn),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn ways(
    State(portal): State<Portal>,
    caller: Option<Caller>,
) -> Json<WaysToSignIn> {
    let provider = portal.provider.map(|provider| IdentityProvider {
        label: provider.settings().label.clone(),
        path: BEGIN.to_owned(),
    });
    Json(WaysToSignIn { password: true, provider, session: caller.map(Caller::into_session) })
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Begin {
    /// The path of a page of this server to go on to afterwards, such as `/accounts`.
    #[param(max_length = 1_000, pattern = r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$")]
    next: Option<String>,
}

/// Begin to sign in through the identity provider: an address to open in a browser
///
/// The browser is sent to the provider, which sends it back. What goes wrong is told as a page to
/// browsers, and as a problem to programs.
#[utoipa::path(
    get, path = "/session/oidc", tag = "sessions", params(Begin),
    responses(
        (status = 303, description = "The browser goes to the provider."),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn begin(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Asked(Begin { next }): Asked<Begin>,
) -> Response {
    let answer = portal.begin(next, clock::now()).await;
    answer.unwrap_or_else(|error| portal.shown(error, &headers))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Back {
    /// What the server was given for the attempt.
    state: Option<String>,
    /// For which the provider tells who it is.
    code: Option<String>,
    /// Why the provider does not tell who it is.
    error: Option<String>,
    /// The same for people who run servers.
    error_description: Option<String>,
    /// Which provider it is (RFC 9207).
    iss: Option<String>,
}

/// Where the identity provider sends the browser back to
///
/// The answer sets a cookie that stands for the session, as a sign-in with a password does.
#[utoipa::path(
    get, path = "/session/oidc/callback", tag = "sessions", params(Back),
    responses(
        (status = 200, body = String, content_type = "text/html",
            description = "A page that goes on by itself."),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn end(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Asked(back): Asked<Back>,
) -> Response {
    let now = clock::now();
    let kept = cookie(&headers, portal.attempt_cookie());
    let attempt = kept.and_then(|kept| Attempt::read(kept, now));
    // What fits no attempt of this browser says nothing, and ends none.
    let fits = |attempt: &Attempt| back.state.as_deref() == Some(&*attempt.state());
    let Some(attempt) = attempt.filter(fits) else {
        let refused = if portal.provider.is_some() { interrupted() } else { no_provider() };
        return portal.shown(refused, &headers);
    };
    let answer = portal.end(&back, &attempt, &headers, now).await;
    let answer = answer.unwrap_or_else(|error| portal.shown(error, &headers));
    // Whatever came of it, it is over.
    set_cookie(answer, portal.attempt("", 0)).unwrap_or_else(Refused::into_response)
}

impl Portal {
    async fn begin(&self, next: Option<String>, now: Timestamp) -> Answer<Response> {
        let provider = self.provider()?;
        let next = next.map(|next| next.parse::<ReturnPath>()).transpose();
        let next = next.map_err(|error| Refused::field("next", error.to_string()))?;
        let attempt = Attempt::begin(next.unwrap_or_default(), now)?;
        let address = provider.address(&attempt, now).await?;
        let headers = [
            (header::LOCATION, address.as_str()),
            // The address of the page before is nothing to the provider.
            (header::REFERRER_POLICY, "no-referrer"),
        ];
        let answer = (StatusCode::SEE_OTHER, headers).into_response();
        set_cookie(answer, self.attempt(attempt.kept(), Attempt::SECONDS))
    }

    async fn end(
        &self,
        back: &Back,
        attempt: &Attempt,
        headers: &HeaderMap,
        now: Timestamp,
    ) -> Answer<Response> {
        let provider = self.provider()?;
        if let Some(error) = &back.error {
            return Err(refused(error, back.error_description.as_deref()));
        }
        let issuer = provider.settings().issuer.to_string();
        if back.iss.as_ref().is_some_and(|iss| *iss != issuer) {
            tracing::warn!("somebody comes back from another identity provider");
            return Err(OidcError::Untrusted.into());
        }
        let code = back.code.clone().ok_or(OidcError::Untrusted)?;
        let person = provider.person(code, attempt, now).await?;
        let token = secret::new()?;
        let (hash, user_agent) = (secret::hash(&token), user_agent(headers));
        let session = (&*hash, &*user_agent, LASTS);
        let admitted = &provider.settings().admitted;
        self.store().open_session_of(&person, attempt, admitted, session, clock::now()).await?;
        let address = format!("{}{}", self.public_url, attempt.next());
        let page = notice::going_on("You are signed in", &address);
        with_cookie(page, &self.public_url, &token, LASTS.get())
    }

    fn provider(&self) -> Answer<&Arc<Provider>> {
        self.provider.as_ref().ok_or_else(no_provider)
    }

    /// An error as whoever asks can read it.
    fn shown(&self, error: Refused, headers: &HeaderMap) -> Response {
        if names_html(headers) {
            notice::refused(error, &format!("{}/", self.public_url))
        } else {
            error.into_response()
        }
    }

    fn attempt_cookie(&self) -> &'static str {
        if self.public_url.is_secure() { HOST_COOKIE } else { COOKIE }
    }

    /// The cookie of an attempt. It has to come along when the provider sends the browser back.
    fn attempt(&self, kept: &str, seconds: i64) -> String {
        let secure = if self.public_url.is_secure() { "; Secure" } else { "" };
        let name = self.attempt_cookie();
        format!("{name}={kept}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}")
    }
}

fn no_provider() -> Refused {
    Refused::new(ProblemCode::NotFound, "This server has no identity provider to sign in through.")
}

fn interrupted() -> Refused {
    Refused::new(
        ProblemCode::SignInInterrupted,
        "This sign-in was begun in another window or more than ten minutes ago, or is done already. \
         Begin again.",
    )
}

/// What the provider says instead of who it is (RFC 6749, 4.1.2.1; OpenID Connect Core 1.0, 3.1.2.6).
fn refused(error: &str, description: Option<&str>) -> Refused {
    tracing::info!(error, description, "the identity provider does not say who it is");
    match error {
        "access_denied" => Refused::new(
            ProblemCode::SignInRefused,
            "The identity provider was not allowed to say who you are. Begin again if that was not \
             meant; else ask whoever runs this server.",
        ),
        "temporarily_unavailable" | "server_error" => OidcError::Unreachable.into(),
        _ => OidcError::Untrusted.into(),
    }
}
