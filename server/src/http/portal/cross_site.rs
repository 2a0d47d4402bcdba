//! What other sites make a browser send.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use iap_core::api::ProblemCode;

use crate::http::problem::Refused;
use crate::http::public_url::PublicUrl;

/// Refuses what a browser sends on behalf of another site, so that no other site can act for
/// somebody who is signed in here.
///
/// A browser says itself where a request comes from: since 2023 all do so in `Sec-Fetch-Site`, and
/// those before in `Origin`. Neither can be set by a page. A program that is no browser sends
/// neither, and acts for nobody but itself. The session's cookie is `SameSite=Strict` besides.
pub(super) async fn refuse(
    State(public_url): State<PublicUrl>,
    request: Request,
    next: Next,
) -> Response {
    if is_safe(request.method()) || is_own(request.headers(), &public_url) {
        return next.run(request).await;
    }
    let detail = "This request comes from another site. Open this server's own page and try again.";
    Refused::new(ProblemCode::CrossSite, detail).into_response()
}

/// Methods that change nothing (RFC 9110, 9.2.1).
fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return matches!(site.as_bytes(), b"same-origin" | b"none");
    }
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.parse::<Uri>().ok());
    let Some(authority) = origin.as_ref().and_then(Uri::authority) else { return false };
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host == Some(authority.as_str()) || public_url.authority() == Some(authority.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_its_own_pages_from_others() {
        let public_url = "https://iap.example.com".parse().unwrap();
        for (sent, expected) in [
            (&[][..], true),
            (&[("sec-fetch-site", "same-origin")], true),
            (&[("sec-fetch-site", "none")], true),
            (&[("sec-fetch-site", "cross-site")], false),
            (&[("sec-fetch-site", "same-site")], false),
            (&[("sec-fetch-site", "cross-site"), ("origin", "https://iap.example.com")], false),
            (&[("origin", "https://iap.example.com")], true),
            (&[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")], true),
            (&[("origin", "https://evil.example"), ("host", "iap.example.com")], false),
            (&[("origin", "https://iap.example.com.evil.example")], false),
            (&[("origin", "null")], false),
        ] {
            let headers = sent
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()))
                .collect();
            assert_eq!(is_own(&headers, &public_url), expected, "{sent:?}");
        }
    }
}
