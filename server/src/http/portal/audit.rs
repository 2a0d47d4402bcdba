//! Who changed what.

use std::fmt::Write as _;

use axum::Json;
use axum::extract::State;
use axum::response::Response;
use iap_core::api::{AuditRecord, Page, Problem};
use iap_core::csv::cell;
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, cut, text};
use super::{Answer, Portal, csv};
use crate::store::AuditFilter;

/// The longest subject that is looked for, in characters.
const SUBJECT: usize = 300;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Only {
    /// Only what somebody changed, by key; 0 for the server and its command line.
    user: Option<i64>,
    /// Only what was changed of this, such as `user 7` or `database 3`. What belongs to both, such as
    /// a role of that user in that database, is found by either.
    #[param(max_length = 300)]
    subject: Option<String>,
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only what somebody changed, by key; 0 for the server and its command line.
    user: Option<i64>,
    /// Only what was changed of this, such as `user 7` or `database 3`. What belongs to both, such as
    /// a role of that user in that database, is found by either.
    #[param(max_length = 300)]
    subject: Option<String>,
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
    Asked(List { user, subject, after, limit }): Asked<List>,
) -> Answer<Json<Page<AuditRecord>>> {
    caller.operates()?;
    let filter = filter(Only { user, subject })?;
    Ok(Json(portal.store().audit(&filter, cut(after, limit)).await?))
}

/// Export who changed what as CSV (RFC 4180), the newest first; operators only
#[utoipa::path(
    get, path = "/audit.csv", tag = "audit", security(("session" = [])), params(Only),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn export(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(only): Asked<Only>,
) -> Answer<Response> {
    caller.operates()?;
    let filter = filter(only)?;
    let store = portal.store().clone();
    csv::stream("audit", HEADER, write_line, move |after| {
        let (store, filter) = (store.clone(), filter.clone());
        async move { store.audit(&filter, csv::part(after.as_deref())).await }
    })
    .await
}

/// What is asked for, as the store finds it.
fn filter(Only { user, subject }: Only) -> Answer<AuditFilter> {
    let about = subject.map(|it| text("subject", &it, SUBJECT)).transpose()?;
    Ok(AuditFilter { user, subject: None, about: about.filter(|it| !it.is_empty()) })
}

const HEADER: &str = "change,at,user,email,action,subject,detail\r\n";

fn write_line(lines: &mut String, record: &AuditRecord) {
    let AuditRecord { id, at, user, email, action, subject, detail } = record;
    let user = user.map(|user| user.to_string()).unwrap_or_default();
    let [email, action, subject, detail] = [email, action, subject, detail].map(|it| cell(it));
    // Writing to a text never fails.
    let _ = write!(lines, "{id},{at},{user},{email},{action},{subject},{detail}\r\n");
}
