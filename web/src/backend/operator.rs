//! What only operators ask for.

use iap_core::api::{AuditRecord, MailRecord, MailState, Page};

use super::http::{self, Failure};

/// A part of the mails, the newest first: those in a state, or all.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn mails(
    state: Option<MailState>,
    after: Option<String>,
) -> Result<Page<MailRecord>, Failure> {
    let state = state.map(|state| ("state", state.as_str().to_owned()));
    http::get(&part("/mails", state, after)).await
}

/// Has a mail sent again.
///
/// # Errors
/// [`Failure`] where the server does not do it.
pub async fn resend(mail: i64) -> Result<(), Failure> {
    http::post_empty(&format!("/mails/{mail}/resend")).await
}

/// A part of what was changed, the newest first.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn audit(after: Option<String>) -> Result<Page<AuditRecord>, Failure> {
    http::get(&part("/audit", None, after)).await
}

/// The address of a part of a list.
fn part(path: &str, filter: Option<(&str, String)>, after: Option<String>) -> String {
    let after = after.map(|after| ("after", after));
    let asked = filter.into_iter().chain(after).map(|(name, value)| {
        format!("{name}={}", String::from(js_sys::encode_uri_component(&value)))
    });
    let asked: Vec<_> = asked.collect();
    format!("{path}?{}", asked.join("&"))
}
