//! Mails on their way out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{MailRecord, MailState, Page, Problem};
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Keys, cut};
use super::{Answer, Portal};
use crate::clock;
use crate::http::problem::Refused;
use crate::store::Resend;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those that wait, were sent or have failed.
    #[param(inline)]
    state: Option<MailState>,
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List mails, the newest first; operators only
///
/// Those that were sent are forgotten after as many days as the settings say, 90 at first.
#[utoipa::path(
    get, path = "/mails", tag = "mails", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<MailRecord>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(List { state, after, limit }): Asked<List>,
) -> Answer<Json<Page<MailRecord>>> {
    caller.operates()?;
    Ok(Json(portal.store().mails(state, cut(after, limit)).await?))
}

/// Send a mail again that was sent or has failed; operators only
///
/// Nothing changes where it waits to be sent as it is.
#[utoipa::path(
    post, path = "/mails/{mail}/resend", tag = "mails", security(("session" = [])),
    params(("mail" = i64, Path, description = "Its key.")),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn resend(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(mail): Keys<i64>,
) -> Answer<StatusCode> {
    caller.operates()?;
    match portal.store().resend_mail(mail, clock::now()).await? {
        Resend::Waits | Resend::Waited => Ok(StatusCode::NO_CONTENT),
        Resend::Unknown => Err(Refused::not_found("mail")),
    }
}
