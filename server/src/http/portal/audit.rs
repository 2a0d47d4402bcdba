//! Who changed what.

use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use iap_core::api::{AuditRecord, Page, Problem};
use iap_core::csv::cell;
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, cut};
use super::{Answer, Portal, csv};

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List who changed what, the newest first; operators only
#[utoipa::path(
    get, path = "/audit", tag = "audit", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<AuditRecord>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(List { after, limit }): Asked<List>,
) -> Answer<Json<Page<AuditRecord>>> {
    caller.operates()?;
    Ok(Json(portal.store().audit(None, cut(after, limit)).await?))
}

/// Export who changed what as CSV (RFC 4180), the newest first; operators only
#[utoipa::path(
    get, path = "/audit.csv", tag = "audit", security(("session" = [])),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(State(portal): State<Portal>, caller: Caller) -> Answer<Response> {
    caller.operates()?;
    let store = portal.store().clone();
    csv::stream("audit", HEADER, write_line, move |cut| {
        let store = store.clone();
        async move { store.audit(None, cut).await }
    })
    .await
}

const HEADER: &str = "change,at,user,email,action,subject,detail\r\n";

fn write_line(lines: &mut String, record: &AuditRecord) {
    let AuditRecord { id, at, user, email, action, subject, detail } = record;
    let user = user.map(|user| user.to_string()).unwrap_or_default();
    let [email, action, subject, detail] = [email, action, subject, detail].map(|it| cell(it));
    // Writing to a text never fails.
    let _ = write!(lines, "{id},{at},{user},{email},{action},{subject},{detail}\r\n");
}
