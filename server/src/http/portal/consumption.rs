//! What accounts spent.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use iap_core::api::{Consumption, ConsumptionLine, Dimension, Entry, Page, Problem};
use iap_core::credits::Attribution;
use iap_core::time::Timestamp;
use serde::Deserialize;

use super::accounts::seen;
use super::caller::Caller;
use super::input::{Asked, text};
use super::{Answer, Portal, csv, entries};
use crate::http::problem::Refused;
use crate::store::{Cut, EntryFilter, QUARTER, Told, Whose};

/// So many accounts at once.
const ACCOUNTS: usize = 100;

/// So many edges of spans at once: each day of a quarter, and each week of two years.
const EDGES: usize = 110;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// The accounts, by their keys with commas between them; 1 to 100.
    #[param(pattern = "^[0-9]+(,[0-9]+)*$", example = "1,2")]
    accounts: String,
    /// Where spans of time begin and end, with commas between them: 2 to 110 moments that ascend, each
    /// on a quarter of an hour. Whoever asks knows when a day begins where they are.
    #[param(example = "2026-01-01,2026-01-02T00:00:00Z")]
    edges: String,
    /// Only what was spent for the company of that key in the customer's software; 0 is where the programs
    /// that charged did not say.
    #[param(minimum = 0)]
    company: Option<i64>,
    /// Only what was spent for the user of that name; empty is where the programs did not say.
    #[param(max_length = 100)]
    user: Option<String>,
}

/// Show what accounts spent, one span of time after another; members of their databases
#[utoipa::path(
    get, path = "/consumption", tag = "accounts", security(("session" = [])), params(Ask),
    responses(
        (status = 200, body = Vec<Consumption>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(Ask { accounts, edges, company, user }): Asked<Ask>,
) -> Answer<Json<Vec<Consumption>>> {
    let edges = read_edges(&edges)?;
    let whose = whose(company, user)?;
    let accounts = all_seen(&portal, &caller, &accounts).await?;
    Ok(Json(portal.store().consumption(&accounts, &edges, &whose).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Divide {
    /// The accounts, by their keys with commas between them; 1 to 100.
    #[param(pattern = "^[0-9]+(,[0-9]+)*$", example = "1,2")]
    accounts: String,
    /// From this moment on.
    #[param(inline)]
    from: Timestamp,
    /// Before this moment.
    #[param(inline)]
    to: Timestamp,
    /// What is told apart.
    #[param(inline)]
    by: Dimension,
    /// Only what was spent for the company of that key in the customer's software; 0 is where none was said.
    #[param(minimum = 0)]
    company: Option<i64>,
    /// Only what was spent for the user of that name; empty is where none was said.
    #[param(max_length = 100)]
    user: Option<String>,
}

/// Show for which companies or users accounts spent, the largest first; members of their databases
///
/// At most 1,000 lines: what is behind them is little.
#[utoipa::path(
    get, path = "/consumption/divided", tag = "accounts", security(("session" = [])), params(Divide),
    responses(
        (status = 200, body = Vec<ConsumptionLine>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn divide(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(Divide { accounts, from, to, by, company, user }): Asked<Divide>,
) -> Answer<Json<Vec<ConsumptionLine>>> {
    let whose = whose(company, user)?;
    let accounts = all_seen(&portal, &caller, &accounts).await?;
    Ok(Json(portal.store().consumption_by(&accounts, [from, to], by, &whose).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// The accounts, by their keys with commas between them; 1 to 100.
    #[param(pattern = "^[0-9]+(,[0-9]+)*$", example = "1,2")]
    accounts: String,
    /// Only those by which something was charged or given back.
    charges: Option<bool>,
    /// Only those from this moment on.
    #[param(inline)]
    from: Option<Timestamp>,
    /// Only those before this moment.
    #[param(inline)]
    to: Option<Timestamp>,
    /// Only those for the company of that key in the customer's software; 0 is where none was said.
    #[param(minimum = 0)]
    company: Option<i64>,
    /// Only those for the user of that name; empty is where none was said.
    #[param(max_length = 100)]
    user: Option<String>,
    /// `next` of the part before; not for the file.
    after: Option<String>,
    /// How many, 1 to 1,000; 100 where nothing is said; not for the file.
    limit: Option<i64>,
}

impl List {
    fn filter(&self) -> Answer<EntryFilter> {
        let whose = whose(self.company, self.user.clone())?;
        let charges = self.charges.unwrap_or(false);
        Ok(EntryFilter { kind: None, charges, from: self.from, to: self.to, whose })
    }
}

/// List the entries of accounts' ledgers, the newest first; members of their databases
#[utoipa::path(
    get, path = "/consumption/entries", tag = "accounts", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<Entry>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(list): Asked<List>,
) -> Answer<Json<Page<Entry>>> {
    let filter = list.filter()?;
    let told = list.after.as_deref().map_or(Ok(Told::default()), str::parse);
    let told = told.map_err(|error| Refused::field("after", error.to_string()))?;
    let limit = list.limit.unwrap_or(100).clamp(1, Cut::MOST);
    let limit = usize::try_from(limit).unwrap_or_default();
    let accounts = all_seen(&portal, &caller, &list.accounts).await?;
    Ok(Json(portal.store().entries_of(&accounts, &filter, told, limit).await?))
}

/// Export the entries of accounts' ledgers as CSV, the newest first; members of their databases
#[utoipa::path(
    get, path = "/consumption/entries.csv", tag = "accounts", security(("session" = [])),
    params(List),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(list): Asked<List>,
) -> Answer<Response> {
    let filter = list.filter()?;
    let accounts = all_seen(&portal, &caller, &list.accounts).await?;
    let store = portal.store().clone();
    csv::stream(
        "consumption",
        entries::HEADER_OF_ACCOUNTS,
        entries::write_account_line,
        move |after| {
            let (store, accounts, filter) = (store.clone(), accounts.clone(), filter.clone());
            async move {
                // What the part before says is what was made of it.
                let told = after.and_then(|after| after.parse().ok()).unwrap_or_default();
                store.entries_of(&accounts, &filter, told, PART).await
            }
        },
    )
    .await
}

/// Entries that are read at once for a file.
const PART: usize = 1_000;

fn whose(company: Option<i64>, user: Option<String>) -> Answer<Whose> {
    if company.is_some_and(|company| company < 0) {
        return Err(Refused::field(
            "company",
            "Name a company by its key, or 0 for those of none.",
        ));
    }
    let user = user.map(|user| text("user", &user, Attribution::LONGEST_USER)).transpose()?;
    Ok(Whose { company, user })
}

/// The accounts that are named, if whoever calls may see them all.
async fn all_seen(portal: &Portal, caller: &Caller, text: &str) -> Answer<Vec<i64>> {
    let accounts = read_accounts(text)?;
    for &account in &accounts {
        seen(portal, caller, account).await?;
    }
    Ok(accounts)
}

fn read_accounts(text: &str) -> Answer<Vec<i64>> {
    let accounts = text.split(',').map(|key| key.parse().ok()).collect::<Option<Vec<i64>>>();
    let mut accounts = accounts.unwrap_or_default();
    // An account that is named twice is one.
    let mut known = std::collections::BTreeSet::new();
    accounts.retain(|account| known.insert(*account));
    if (1..=ACCOUNTS).contains(&accounts.len()) {
        Ok(accounts)
    } else {
        let detail = format!("Name 1 to {ACCOUNTS} accounts by their keys, as in 1,2.");
        Err(Refused::field("accounts", detail))
    }
}

pub(super) fn read_edges(text: &str) -> Answer<Vec<Timestamp>> {
    let edges = text.split(',').map(|edge| edge.parse().ok()).collect::<Option<Vec<Timestamp>>>();
    let edges = edges.unwrap_or_default();
    let ascend = edges.is_sorted_by(|one, next| one < next);
    let aligned = edges.iter().all(|edge| edge.millis() % QUARTER == 0);
    if (2..=EDGES).contains(&edges.len()) && ascend && aligned {
        Ok(edges)
    } else {
        let detail = format!(
            "Name 2 to {EDGES} moments that ascend, each on a quarter of an hour, as in \
             2026-01-01,2026-01-02."
        );
        Err(Refused::field("edges", detail))
    }
}
