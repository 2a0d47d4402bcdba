//! Who changed what.

use axum::Json;
use axum::extract::State;
use iap_core::api::{AuditRecord, Page, Problem};
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, cut};
use super::{Answer, Portal};

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
