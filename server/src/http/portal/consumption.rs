//! What accounts spent.

use axum::Json;
use axum::extract::State;
use iap_core::api::{Consumption, Problem};
use iap_core::time::Timestamp;
use serde::Deserialize;

use super::accounts::seen;
use super::caller::Caller;
use super::input::Asked;
use super::{Answer, Portal};
use crate::http::problem::Refused;
use crate::store::QUARTER;

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
    Asked(Ask { accounts, edges }): Asked<Ask>,
) -> Answer<Json<Vec<Consumption>>> {
    let accounts = read_accounts(&accounts)?;
    let edges = read_edges(&edges)?;
    for &account in &accounts {
        seen(&portal, &caller, account).await?;
    }
    Ok(Json(portal.store().consumption(&accounts, &edges).await?))
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
