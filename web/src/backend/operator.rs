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

/// Which changes are looked for; all where nothing is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Who made them, by key; 0 is the server.
    pub user: String,
    /// What was changed, such as `user 7`.
    pub subject: String,
}

impl AuditFilter {
    /// What somebody changed.
    #[must_use]
    pub fn by(user: i64) -> Self {
        Self { user: user.to_string(), subject: String::new() }
    }

    /// What was changed of something.
    #[must_use]
    pub const fn about(subject: String) -> Self {
        Self { user: String::new(), subject }
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.user.is_empty() && self.subject.is_empty()
    }

    /// By the names that pages' addresses and the server's know them by.
    fn asked(&self) -> impl Iterator<Item = (&'static str, String)> {
        let all = [("user", &self.user), ("subject", &self.subject)];
        let all = all.map(|(name, value)| (name, value.clone()));
        all.into_iter().filter(|(_, value)| !value.is_empty())
    }

    /// An address with what is looked for.
    #[must_use]
    pub fn of(&self, path: &str) -> String {
        part(path, self.asked(), None)
    }
}

/// A part of what was changed, the newest first.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn audit(
    filter: AuditFilter,
    after: Option<String>,
) -> Result<Page<AuditRecord>, Failure> {
    http::get(&part("/audit", filter.asked(), after)).await
}

/// The address of a part of a list.
fn part(
    path: &str,
    filter: impl IntoIterator<Item = (&'static str, String)>,
    after: Option<String>,
) -> String {
    let after = after.map(|after| ("after", after));
    let asked = filter.into_iter().chain(after).map(|(name, value)| {
        format!("{name}={}", String::from(js_sys::encode_uri_component(&value)))
    });
    let asked: Vec<_> = asked.collect();
    if asked.is_empty() { path.to_owned() } else { format!("{path}?{}", asked.join("&")) }
}
