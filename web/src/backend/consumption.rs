//! What was spent, and for what.

use iap_core::api::{AuditRecord, Consumption, Entry, Page, Spent};
use iap_core::time::Timestamp;

use super::demo;
use super::http::{self, Failure};

/// Entries that are shown at once; more on request.
pub const AT_ONCE: usize = 100;

/// Which entries of an account are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntriesAsked {
    /// The account, by key.
    pub account: i64,
    /// From this moment on.
    pub from: Timestamp,
    /// Before this moment.
    pub to: Timestamp,
    /// Only those by which something was charged or given back.
    pub charges: bool,
}

impl EntriesAsked {
    /// What stands behind the question mark of a call that asks for them.
    fn query(&self) -> String {
        let Self { from, to, charges, .. } = self;
        let charges = if *charges { "&charges=true" } else { "" };
        format!("from={from}&to={to}{charges}")
    }

    /// Where a CSV file of all of them lies.
    #[must_use]
    pub fn csv(&self) -> String {
        format!("/api/v1/accounts/{}/entries.csv?{}", self.account, self.query())
    }
}

/// What accounts spent between each of the edges and the next.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn spent(
    is_demo: bool,
    accounts: &[i64],
    edges: &[Timestamp],
) -> Result<Vec<(i64, Vec<Spent>)>, Failure> {
    if is_demo {
        return Ok(accounts.iter().map(|&it| (it, demo::spent(it, edges))).collect());
    }
    let accounts: Vec<String> = accounts.iter().map(ToString::to_string).collect();
    let edges: Vec<String> = edges.iter().map(ToString::to_string).collect();
    let path = format!("/consumption?accounts={}&edges={}", accounts.join(","), edges.join(","));
    let all: Vec<Consumption> = http::get(&path).await?;
    Ok(all.into_iter().map(|it| (it.account, it.spans)).collect())
}

/// A part of the entries that are asked for, the newest first.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn entries(
    is_demo: bool,
    asked: &EntriesAsked,
    after: Option<String>,
) -> Result<Page<Entry>, Failure> {
    if is_demo {
        return Ok(Page { items: demo::entries(asked), next: None });
    }
    let after = after.map(|after| format!("&after={after}")).unwrap_or_default();
    let EntriesAsked { account, .. } = asked;
    let query = asked.query();
    http::get(&format!("/accounts/{account}/entries?limit={AT_ONCE}&{query}{after}")).await
}

/// The newest changes of what is set for an account.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn changes(account: i64) -> Result<Page<AuditRecord>, Failure> {
    http::get(&format!("/accounts/{account}/changes?limit=20")).await
}
