//! What was entered in the ledgers of accounts.

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use iap_core::api::{Entry, Page, Problem};
use iap_core::credits::EntryKind;
use iap_core::csv::cell;
use iap_core::time::Timestamp;
use serde::Deserialize;

use super::accounts::seen;
use super::caller::Caller;
use super::csv;
use super::input::{Asked, Keys, cut};
use super::{Answer, Portal};
use crate::store::EntryFilter;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those of a kind.
    #[param(inline)]
    kind: Option<EntryKind>,
    /// Only those by which something was charged or given back.
    charges: Option<bool>,
    /// Only those from this moment on.
    #[param(inline)]
    from: Option<Timestamp>,
    /// Only those before this moment.
    #[param(inline)]
    to: Option<Timestamp>,
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

impl List {
    fn filter(&self) -> EntryFilter {
        let charges = self.charges.unwrap_or(false);
        let (from, to) = (self.from, self.to);
        EntryFilter { kind: self.kind, charges, from, to, ..EntryFilter::default() }
    }
}

/// List the entries of an account's ledger, the newest first; members of its database
#[utoipa::path(
    get, path = "/accounts/{account}/entries", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), List),
    responses(
        (status = 200, body = Page<Entry>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    Asked(list): Asked<List>,
) -> Answer<Json<Page<Entry>>> {
    seen(&portal, &caller, account).await?;
    let part = cut(list.after, list.limit);
    Ok(Json(portal.store().entries(account, &list.filter(), part).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Export {
    /// Only those of a kind.
    #[param(inline)]
    kind: Option<EntryKind>,
    /// Only those by which something was charged or given back.
    charges: Option<bool>,
    /// Only those from this moment on.
    #[param(inline)]
    from: Option<Timestamp>,
    /// Only those before this moment.
    #[param(inline)]
    to: Option<Timestamp>,
}

/// Export the entries of an account's ledger as CSV, the newest first; members of its database
#[utoipa::path(
    get, path = "/accounts/{account}/entries.csv", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), Export),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    Asked(asked): Asked<Export>,
) -> Answer<Response> {
    seen(&portal, &caller, account).await?;
    let filter = EntryFilter {
        kind: asked.kind,
        charges: asked.charges.unwrap_or(false),
        from: asked.from,
        to: asked.to,
        ..EntryFilter::default()
    };
    let store = portal.store().clone();
    csv::stream(&format!("account-{account}-entries"), HEADER, write_line, move |after| {
        let (store, filter) = (store.clone(), filter.clone());
        async move { store.entries(account, &filter, csv::part(after.as_deref())).await }
    })
    .await
}

/// The columns of a file that holds entries of several accounts.
pub(super) const HEADER_OF_ACCOUNTS: &str = "account,number,at,kind,description,available_paid,available_granted,held,charged,hold,company,\
     user,link\r\n";

/// A line of it.
pub(super) fn write_account_line(lines: &mut String, entry: &Entry) {
    lines.push_str(&entry.account.to_string());
    lines.push(',');
    write_line(lines, entry);
}

const HEADER: &str = "number,at,kind,description,available_paid,available_granted,held,charged,\
                      hold,company,user,link\r\n";

fn write_line(lines: &mut String, entry: &Entry) {
    use std::fmt::Write as _;
    let [hold, company] =
        [entry.hold, entry.company].map(|it| it.map(|it| it.to_string()).unwrap_or_default());
    // Writing to a text never fails.
    let _ = write!(
        lines,
        "{},{},{},{},{},{},{},{},{hold},{company},{},{}\r\n",
        entry.number,
        entry.at,
        entry.kind.as_str(),
        cell(&entry.description),
        entry.available_paid,
        entry.available_granted,
        entry.held,
        entry.charged,
        cell(&entry.user),
        cell(&entry.link),
    );
}
