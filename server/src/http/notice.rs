//! Pages of one sentence, for where a browser is and the application is not.

use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse, Response};
use html_escape::{encode_double_quoted_attribute as attribute, encode_text};

use super::problem::Refused;

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");

/// A page that goes on by itself.
///
/// What a page of ours opens, a browser takes for a request of our own, and sends a cookie with it that
/// is `SameSite=Strict`. A redirection would still be one of the site that the browser comes from.
pub(super) fn going_on(title: &str, address: &str) -> Response {
    let refresh =
        format!("<meta http-equiv=\"refresh\" content=\"0; url={}\">", attribute(address));
    page(title, &refresh, &format!("{title}."), ("Go on", address))
}

/// The sentence of an error, and where to go instead.
pub(super) fn refused(refused: Refused, address: &str) -> Response {
    let body = page("Not signed in", "", refused.detail(), ("Back", address)).into_body();
    let (mut head, _) = refused.into_response().into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.insert(header::CONTENT_TYPE, HTML);
    Response::from_parts(head, body)
}

fn page(title: &str, head: &str, sentence: &str, (label, address): (&str, &str)) -> Response {
    let (title, sentence) = (encode_text(title), encode_text(sentence));
    let address = attribute(address);
    let page = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}\n<title>{title}</title>\n\
         <main>\n<h1>{title}</h1>\n<p>{sentence}</p>\n<p><a href=\"{address}\">{label}</a></p>\n\
         </main>\n</html>\n"
    );
    // The address of the page before may hold a code.
    ([(header::REFERRER_POLICY, "no-referrer")], Html(page)).into_response()
}
