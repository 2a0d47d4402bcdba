//! What was entered in the ledgers of accounts.

use axum::Json;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use iap_core::api::{Entry, Page, Problem};
use iap_core::credits::EntryKind;
use iap_core::time::Timestamp;
use serde::Deserialize;

use super::accounts::seen;
use super::caller::Caller;
use super::input::{Asked, Keys, cut};
use super::{Answer, Portal};
use crate::store::{Cut, EntryFilter, Store, StoreError};

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
        EntryFilter { kind: self.kind, charges, from: self.from, to: self.to }
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
    };
    let lines = Lines { store: portal.store().clone(), account, filter };
    // The first part before the headers go out: then what fails can still be said.
    let (first, next) = lines.part(None).await?;
    let first = Bytes::from([HEADER.as_bytes(), &first].concat());
    let rest = stream::try_unfold((lines, next), async |(lines, next)| {
        let Some(after) = next else { return Ok(None) };
        let (part, next) = lines.part(Some(after)).await.map_err(|error| {
            tracing::error!(?error, "an export stopped in its middle");
            error
        })?;
        Ok::<_, StoreError>(Some((part, (lines, next))))
    });
    let body = Body::from_stream(stream::once(async { Ok(first) }).chain(rest));
    let name = format!("attachment; filename=\"account-{account}-entries.csv\"");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, body).into_response())
}

use futures_util::StreamExt as _;

const HEADER: &str =
    "number,at,kind,description,available_paid,available_granted,held,charged,hold\r\n";

/// The lines of an export, as they are read.
struct Lines {
    store: Store,
    account: i64,
    filter: EntryFilter,
}

impl Lines {
    /// Some lines, and where those begin that follow.
    async fn part(&self, after: Option<i64>) -> Result<(Bytes, Option<i64>), StoreError> {
        let cut = Cut::new(after, Cut::MOST);
        let page = self.store.entries(self.account, &self.filter, cut).await?;
        let mut lines = String::new();
        for entry in &page.items {
            write_line(&mut lines, entry);
        }
        Ok((lines.into(), page.next.and_then(|next| next.parse().ok())))
    }
}

fn write_line(lines: &mut String, entry: &Entry) {
    use std::fmt::Write as _;
    let hold = entry.hold.map(|hold| hold.to_string()).unwrap_or_default();
    // Writing to a text never fails.
    let _ = write!(
        lines,
        "{},{},{},{},{},{},{},{},{hold}\r\n",
        entry.number,
        entry.at,
        entry.kind.as_str(),
        cell(&entry.description),
        entry.available_paid,
        entry.available_granted,
        entry.held,
        entry.charged,
    );
}

/// A text of somebody else as a cell: in quotation marks, and so that no spreadsheet takes it for a
/// formula, which it would do with a text that begins like one.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        assert_eq!(cell("Two leads"), "\"Two leads\"");
        assert_eq!(cell("a \"b\",\nc"), "\"a \"\"b\"\",\nc\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        assert_eq!(cell("-1"), "\"'-1\"");
    }
}
