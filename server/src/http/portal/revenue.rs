//! What providers earn.

use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use iap_core::api::{Problem, Revenue, Service};
use iap_core::credits::Currency;
use iap_core::csv::cell;
use iap_core::time::Timestamp;
use serde::Deserialize;

use super::caller::Caller;
use super::consumption::read_edges;
use super::input::{Asked, Keys};
use super::{Answer, Portal, services};

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Ask {
    /// Where spans of time begin and end, with commas between them: 2 to 110 moments that ascend, each
    /// on a quarter of an hour. Whoever asks knows when a month begins where they are.
    #[param(example = "2026-01-01,2026-02-01")]
    edges: String,
}

/// Show what a service took and earned, one span of time after another; its providers, and operators
///
/// Paid credits lie in a pool with the money that their account paid for them, without tax; what is taken
/// takes its part of that along. Granted credits earn nothing.
#[utoipa::path(
    get, path = "/services/{service}/revenue", tag = "revenue", security(("session" = [])),
    params(("service" = i64, Path, description = "The service, by key."), Ask),
    responses(
        (status = 200, body = Revenue),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn of_service(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
    Asked(Ask { edges }): Asked<Ask>,
) -> Answer<Json<Revenue>> {
    let service = services::shown(&portal, service).await?;
    caller.provides(service.id)?;
    let edges = read_edges(&edges)?;
    let revenue = of(&portal, vec![service], &edges).await?.pop();
    let revenue = revenue.ok_or_else(|| crate::http::problem::Refused::not_found("service"))?;
    Ok(Json(revenue))
}

/// Show what the services took and earned that one offers, by their names; operators see all
#[utoipa::path(
    get, path = "/revenue", tag = "revenue", security(("session" = [])), params(Ask),
    responses(
        (status = 200, body = Vec<Revenue>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(Ask { edges }): Asked<Ask>,
) -> Answer<Json<Vec<Revenue>>> {
    let edges = read_edges(&edges)?;
    let mut services = portal.store().shown_services().await?;
    services.retain(|service| caller.rights.may_provide(service.id));
    Ok(Json(of(&portal, services, &edges).await?))
}

/// Download what is to be paid to providers as CSV: a line for each service, span and currency; operators only
#[utoipa::path(
    get, path = "/payouts.csv", tag = "revenue", security(("session" = [])), params(Ask),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn payouts(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(Ask { edges }): Asked<Ask>,
) -> Answer<Response> {
    caller.operates()?;
    let edges = read_edges(&edges)?;
    let services = portal.store().shown_services().await?;
    let all = of(&portal, services, &edges).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"payouts.csv\""),
    ];
    Ok((headers, to_csv(&all, &edges)).into_response())
}

async fn of(portal: &Portal, services: Vec<Service>, edges: &[Timestamp]) -> Answer<Vec<Revenue>> {
    let share = portal.store().settings().await?.platform_share;
    Ok(portal.store().revenue(services, edges, share).await?)
}

const HEADER: &str = "provider,service,from,to,currency,credits_paid,credits_granted,executions,\
                      gross,platform_share,payout\r\n";

/// A line for each provider's service and each span in which it took something. A service with several
/// providers stands in one line with all of them; what nobody but the operator offers is paid to nobody.
fn to_csv(all: &[Revenue], edges: &[Timestamp]) -> String {
    let mut lines = HEADER.to_owned();
    for revenue in all.iter().filter(|it| !it.providers.is_empty()) {
        let providers: Vec<_> = revenue.providers.iter().map(ToString::to_string).collect();
        let (providers, name) = (cell(&providers.join("; ")), cell(revenue.name.as_str()));
        for (span, (from, to)) in revenue.spans.iter().zip(edges.iter().zip(edges.iter().skip(1))) {
            let mut line = |currency: &str, money: [String; 3]| {
                let (paid, granted, executions) = (span.paid, span.granted, span.executions);
                let money = money.join(",");
                // Writing to a text never fails.
                let _ = write!(
                    lines,
                    "{providers},{name},{from},{to},{currency},{paid},{granted},{executions},{money}\r\n"
                );
            };
            for it in &span.money {
                let sums = [it.gross, it.platform, it.payout];
                line(it.currency.code(), sums.map(|minor| decimal(minor, it.currency)));
            }
            // Granted credits earn nothing, and are taken all the same.
            if span.money.is_empty() && span.executions > 0 {
                line("", ["0", "0", "0"].map(str::to_owned));
            }
        }
    }
    lines
}

/// Minor units as the digits of their currency, below nothing too.
fn decimal(minor: i64, currency: Currency) -> String {
    let digits = iap_core::credits::Money::new(minor.unsigned_abs(), currency).decimal();
    if minor < 0 { format!("-{digits}") } else { digits }
}
