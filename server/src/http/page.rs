//! The files and pages of the web application.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

use super::accept;
use super::assets::{Assets, File, Snapshot};

/// A year, the longest that RFC 9111's predecessors asked caches to honour.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Kept, but asked for again each time; the answer is then 304.
const ALWAYS_ASK: HeaderValue = HeaderValue::from_static("no-cache");

/// Answers with a file, or with the page that starts the application.
///
/// Any path that can be a page gets that page with status 200, also one that the application
/// does not know. Which pages there are is decided in one place, the application's router, and
/// whether `/orders/17` exists only its data can say; a second list here would go out of step.
/// The application shows its not-found page for the rest.
pub(super) async fn serve(
    State(assets): State<Arc<Assets>>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let assets = assets.snapshot();
    let path = uri.path();
    if path == "/" {
        return index(&assets, &headers, "Accept-Encoding");
    }
    if let Some(file) = assets.file(path) {
        return answer(file, &assets, &headers, "Accept-Encoding");
    }
    if can_be_page(path) && accept::takes_html(&headers) {
        return index(&assets, &headers, "Accept, Accept-Encoding");
    }
    (StatusCode::NOT_FOUND, [(header::CACHE_CONTROL, "no-store")], "There is no such file.\n")
        .into_response()
}

fn index(assets: &Snapshot, headers: &HeaderMap, vary: &'static str) -> Response {
    match assets.index() {
        Some(file) => answer(file, assets, headers, vary),
        None => not_built(),
    }
}

fn answer(file: &File, assets: &Snapshot, request: &HeaderMap, vary: &'static str) -> Response {
    let (coding, form) = file.form(request);
    let mut headers = HeaderMap::new();
    headers.insert(header::ETAG, form.etag.clone());
    headers.insert(header::CACHE_CONTROL, if file.hashed { FOREVER } else { ALWAYS_ASK });
    headers.insert(header::VARY, HeaderValue::from_static(vary));
    headers.insert(header::CONTENT_SECURITY_POLICY, assets.policy().clone());
    if is_known(&form.etag, request) {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, file.content_type.clone());
    headers.extend(coding.header().map(|value| (header::CONTENT_ENCODING, value)));
    (headers, form.bytes.clone()).into_response()
}

/// Whether `If-None-Match` names the validator (RFC 9110, 13.1.2; the comparison is weak).
fn is_known(etag: &HeaderValue, request: &HeaderMap) -> bool {
    request
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag).as_bytes() == etag)
}

/// Whether a path has the form of a page's address: no segment starts with a dot or hides a dot,
/// a slash, a backslash or a control character, and the last one has no extension.
fn can_be_page(path: &str) -> bool {
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let last = segments.peek().is_none();
        if segment.starts_with('.') || (last && segment.contains('.')) || !is_plain(segment) {
            return false;
        }
    }
    true
}

fn is_plain(segment: &str) -> bool {
    let mut pieces = segment.split('%');
    let literal = pieces.next().is_none_or(|piece| !piece.contains('\\'));
    literal
        && pieces.all(|piece| {
            let byte = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
            !piece.contains('\\')
                && byte.is_some_and(|byte| {
                    !byte.is_ascii_control() && !matches!(byte, b'.' | b'/' | b'\\')
                })
        })
}

fn not_built() -> Response {
    let body = "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
        <meta name=\"viewport\" content=\"width=device-width\">\n<title>Not built</title>\n\
        <p>This server was started without the web application: run <code>cargo xtask serve</code>, \
        which builds both.</p>\n</html>\n";
    (
        StatusCode::SERVICE_UNAVAILABLE,
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "no-store")],
        body,
    )
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_addresses_of_pages() {
        for path in ["/compose", "/services/sms/buy", "/contacts/", "/c/J%C3%BCrgen", "/a.b/c"] {
            assert!(can_be_page(path), "{path}");
        }
        for path in [
            "/missing.js",
            "/.env",
            "/.git/config",
            "/a/../b",
            "/%2e%2e/etc/passwd",
            "/%2E%2E%2Fetc",
            "/a%2fb",
            "/a\\b",
            "/a%5Cb",
            "/a%00",
            "/a%0d%0ab",
            "/a%",
            "/a%zz",
            "/a%\u{e9}",
        ] {
            assert!(!can_be_page(path), "{path}");
        }
    }
}
