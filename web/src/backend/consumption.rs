//! What was spent, and for what.

use iap_core::api::{AuditRecord, Consumption, ConsumptionLine, Dimension, Entry, Page, Spent};
use iap_core::time::Timestamp;

use super::demo;
use super::http::{self, Failure};

/// For whom something was spent; everybody where nothing is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Whose {
    /// The company, by its key in the customer's software; 0 is where none was said.
    pub company: Option<i64>,
    /// The user, by name; empty is where none was said.
    pub user: Option<String>,
}

impl Whose {
    /// Whether what is said of a charge is of those.
    #[must_use]
    pub fn is(&self, company: Option<i64>, user: &str) -> bool {
        self.company.is_none_or(|it| it == company.unwrap_or_default())
            && self.user.as_ref().is_none_or(|it| it == user)
    }

    /// What stands behind a question mark and more of a call that asks for it.
    fn query(&self) -> String {
        let company = self.company.map(|it| format!("&company={it}")).unwrap_or_default();
        let encoded = |user: &String| String::from(js_sys::encode_uri_component(user));
        let user = self.user.as_ref().map(|it| format!("&user={}", encoded(it)));
        company + &user.unwrap_or_default()
    }
}

/// Accounts by their keys, as calls name them.
fn named(accounts: &[i64]) -> String {
    let accounts: Vec<String> = accounts.iter().map(ToString::to_string).collect();
    accounts.join(",")
}

/// Entries that are shown at once; more on request.
pub const AT_ONCE: usize = 100;

/// Which entries of accounts are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntriesAsked {
    /// The accounts, by their keys.
    pub accounts: Vec<i64>,
    /// From this moment on.
    pub from: Timestamp,
    /// Before this moment.
    pub to: Timestamp,
    /// Only those by which something was charged or given back.
    pub charges: bool,
    /// Only those for somebody.
    pub whose: Whose,
}

impl EntriesAsked {
    /// What stands behind the question mark of a call that asks for them.
    fn query(&self) -> String {
        let Self { accounts, from, to, charges, whose } = self;
        let charges = if *charges { "&charges=true" } else { "" };
        format!("accounts={}&from={from}&to={to}{charges}{}", named(accounts), whose.query())
    }

    /// Where a CSV file of all of them lies.
    #[must_use]
    pub fn csv(&self) -> String {
        format!("/api/v1/consumption/entries.csv?{}", self.query())
    }
}

/// What accounts spent for somebody between each of the edges and the next.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn spent(
    is_demo: bool,
    accounts: &[i64],
    edges: &[Timestamp],
    whose: &Whose,
) -> Result<Vec<(i64, Vec<Spent>)>, Failure> {
    if is_demo {
        return Ok(accounts.iter().map(|&it| (it, demo::spent(it, edges, whose))).collect());
    }
    let edges: Vec<String> = edges.iter().map(ToString::to_string).collect();
    let path = format!(
        "/consumption?accounts={}&edges={}{}",
        named(accounts),
        edges.join(","),
        whose.query()
    );
    let all: Vec<Consumption> = http::get(&path).await?;
    Ok(all.into_iter().map(|it| (it.account, it.spans)).collect())
}

/// For which companies or users accounts spent, of those that are asked for, the largest first.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn divided(
    is_demo: bool,
    asked: &EntriesAsked,
    by: Dimension,
) -> Result<Vec<ConsumptionLine>, Failure> {
    if is_demo {
        return Ok(demo::divided(asked, by));
    }
    let EntriesAsked { accounts, from, to, whose, .. } = asked;
    let by = match by {
        Dimension::Company => "company",
        Dimension::User => "user",
    };
    let (accounts, whose) = (named(accounts), whose.query());
    http::get(&format!(
        "/consumption/divided?accounts={accounts}&from={from}&to={to}&by={by}{whose}"
    ))
    .await
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
    let query = asked.query();
    http::get(&format!("/consumption/entries?limit={AT_ONCE}&{query}{after}")).await
}

/// The newest changes of what is set for an account.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn changes(account: i64) -> Result<Page<AuditRecord>, Failure> {
    http::get(&format!("/accounts/{account}/changes?limit=20")).await
}
