//! Signing in and out.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use iap_core::access::Password;
use iap_core::api::{PasswordChange, Problem, ProblemCode, Session, SessionRecord, SignIn};
use iap_core::time::Hours;

use super::caller::Caller;
use super::input::{Body, Keys};
use super::{Answer, Portal, by};
use crate::http::problem::Refused;
use crate::http::public_url::PublicUrl;
use crate::store::{Actor, IdentityError};
use crate::{clock, password, secret};

/// What the session is called in the browser.
pub(super) const COOKIE: &str = "iap_session";

/// The same where the server is reached through TLS: the name alone makes browsers refuse it from
/// other hosts, from other paths and without TLS (RFC 6265bis, 4.1.3.2).
const HOST_COOKIE: &str = "__Host-iap_session";

/// How long a session lasts: 30 days.
pub(super) const LASTS: Hours = match Hours::new(720) {
    Ok(hours) => hours,
    Err(_) => Hours::MAX,
};

/// The longest name of a browser that is kept, in characters.
const USER_AGENT: usize = 200;

/// What the session is called in the browser of somebody who reaches the server there.
fn cookie_name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_secure() { HOST_COOKIE } else { COOKIE }
}

/// What the browser sends of its session.
pub(super) fn token<'h>(headers: &'h HeaderMap, public_url: &PublicUrl) -> Option<&'h str> {
    cookie(headers, cookie_name(public_url))
}

/// What the browser sends under a name.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|it| it.split_once('='));
    pairs.find(|(key, _)| key.trim() == name).map(|(_, value)| value.trim())
}

/// An answer that has the browser keep a session for so many hours; with none it forgets it.
pub(super) fn with_cookie(
    answer: impl IntoResponse,
    public_url: &PublicUrl,
    token: &str,
    hours: u32,
) -> Answer<Response> {
    let secure = if public_url.is_secure() { "; Secure" } else { "" };
    let cookie = format!(
        "{}={token}; Path=/; Max-Age={}; HttpOnly; SameSite=Strict{secure}",
        cookie_name(public_url),
        hours.saturating_mul(3_600)
    );
    set_cookie(answer.into_response(), cookie)
}

/// An answer that has the browser keep a cookie, which no log shows.
pub(super) fn set_cookie(mut response: Response, cookie: String) -> Answer<Response> {
    let mut value = HeaderValue::try_from(cookie)
        .map_err(|_| Refused::new(ProblemCode::Failed, "The session could not be begun."))?;
    value.set_sensitive(true);
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

/// What a browser calls itself, as far as it is kept.
pub(super) fn user_agent(headers: &HeaderMap) -> String {
    let name = headers.get(header::USER_AGENT).and_then(|name| name.to_str().ok());
    name.unwrap_or_default().chars().take(USER_AGENT).collect()
}

/// Sign in with an address and its password
///
/// The answer sets a cookie that stands for the session. After several failed attempts the address
/// has to wait, whether or not anybody has it.
#[utoipa::path(
    post, path = "/session", tag = "sessions", request_body = SignIn,
    responses(
        (status = 200, body = Session),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn sign_in(
    State(portal): State<Portal>,
    headers: HeaderMap,
    Body(sign_in): Body<SignIn>,
) -> Answer<Response> {
    let store = portal.store();
    if sign_in.password.len() > Password::MAX_LEN {
        return Err(wrong_password());
    }
    store.count_attempt(&sign_in.email, clock::now()).await??;
    let credentials = store.credentials(&sign_in.email).await?;
    let hash = credentials.as_ref().and_then(|it| it.password_hash.as_deref());
    let fits = password::is_of(&sign_in.password, hash).await?;
    let Some(credentials) = credentials.filter(|_| fits) else { return Err(wrong_password()) };
    if credentials.disabled {
        return Err(Refused::new(ProblemCode::NotAllowed, IdentityError::Disabled.to_string()));
    }
    let token = secret::new()?;
    let user_agent = user_agent(&headers);
    let actor = Actor { user: Some(credentials.user), at: clock::now() };
    let hash = secret::hash(&token);
    store.open_session(&hash, &sign_in.email, &user_agent, LASTS, &actor).await?;
    let user = store.user(credentials.user).await?.ok_or_else(wrong_password)?;
    let session = Session { user, expires_at: actor.at.after(LASTS) };
    with_cookie(Json(session), &portal.public_url, &token, LASTS.get())
}

fn wrong_password() -> Refused {
    Refused::new(
        ProblemCode::WrongPassword,
        "Address and password do not fit. Look whether a key is locked, and try again.",
    )
}

/// Show who is signed in
#[utoipa::path(
    get, path = "/session", tag = "sessions", security(("session" = [])),
    responses(
        (status = 200, body = Session),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(caller: Caller) -> Json<Session> {
    Json(caller.into_session())
}

/// Sign out here
#[utoipa::path(
    delete, path = "/session", tag = "sessions", security(("session" = [])),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn sign_out(State(portal): State<Portal>, caller: Caller) -> Answer<Response> {
    let session = Some(caller.session.id);
    portal.store().end_sessions(caller.user.id, session, &by(caller.user.id)).await?;
    forget(&portal)
}

/// Sign out everywhere
#[utoipa::path(
    delete, path = "/sessions", tag = "sessions", security(("session" = [])),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn sign_out_everywhere(
    State(portal): State<Portal>,
    caller: Caller,
) -> Answer<Response> {
    portal.store().end_sessions(caller.user.id, None, &by(caller.user.id)).await?;
    forget(&portal)
}

fn forget(portal: &Portal) -> Answer<Response> {
    with_cookie(StatusCode::NO_CONTENT, &portal.public_url, "", 0)
}

/// List one's own sessions, the newest first
#[utoipa::path(
    get, path = "/sessions", tag = "sessions", security(("session" = [])),
    responses(
        (status = 200, body = Vec<SessionRecord>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
) -> Answer<Json<Vec<SessionRecord>>> {
    Ok(Json(portal.store().sessions(&caller.session, clock::now()).await?))
}

/// End one of one's own sessions
#[utoipa::path(
    delete, path = "/sessions/{session}", tag = "sessions", security(("session" = [])),
    params(("session" = i64, Path, description = "Its key.")),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn end(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(session): Keys<i64>,
) -> Answer<StatusCode> {
    let actor = by(caller.user.id);
    // No session has the key 0, which would stand for all.
    let session = Some(session).filter(|&session| session > 0);
    let session = session.ok_or_else(|| Refused::not_found("session"))?;
    match portal.store().end_sessions(caller.user.id, Some(session), &actor).await? {
        0 => Err(Refused::not_found("session")),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// Set another password
///
/// It ends all other sessions.
#[utoipa::path(
    put, path = "/password", tag = "sessions", security(("session" = [])),
    request_body = PasswordChange,
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change_password(
    State(portal): State<Portal>,
    caller: Caller,
    Body(change): Body<PasswordChange>,
) -> Answer<StatusCode> {
    let store = portal.store();
    let new = Password::new(&change.new, &caller.user.email)
        .map_err(|error| Refused::field("new", error.to_string()))?;
    // Whoever finds a browser signed in has no more tries than at the door.
    store.count_attempt(&caller.user.email, clock::now()).await??;
    let credentials = store.credentials(&caller.user.email).await?;
    let hash = credentials.as_ref().and_then(|it| it.password_hash.as_deref());
    if hash.is_none() {
        let detail = "You have no password here: you sign in through the identity provider. An \
                      operator can set one for you.";
        return Err(Refused::field("current", detail));
    }
    if change.current.len() > Password::MAX_LEN || !password::is_of(&change.current, hash).await? {
        return Err(Refused::field("current", "This is not your password."));
    }
    let hash = password::hash(new.reveal()).await?;
    store.set_own_password(&caller.session, &hash, &by(caller.user.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_cookie_among_others() {
        let plain: PublicUrl = "http://127.0.0.1:8080".parse().unwrap();
        let secure: PublicUrl = "https://iap.example.com".parse().unwrap();
        for (sent, url, expected) in [
            ("iap_session=a", &plain, Some("a")),
            ("x=1; iap_session=a; y=2", &plain, Some("a")),
            ("my_iap_session=b", &plain, None),
            ("", &plain, None),
            ("iap_session=a", &secure, None),
            ("iap_session=a; __Host-iap_session=b", &secure, Some("b")),
        ] {
            let headers =
                HeaderMap::from_iter([(header::COOKIE, HeaderValue::try_from(sent).unwrap())]);
            assert_eq!(token(&headers, url), expected, "{sent}");
        }
    }
}
