//! What the operator sets for the whole server.

use axum::Json;
use axum::extract::State;
use iap_core::api::{Problem, Settings, SettingsChange};

use super::caller::Caller;
use super::input::Body;
use super::{Answer, Portal, by};
use crate::http::problem::Refused;

/// Show what is set for the whole server; operators only
#[utoipa::path(
    get, path = "/settings", tag = "settings", security(("session" = [])),
    responses(
        (status = 200, body = Settings),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(State(portal): State<Portal>, caller: Caller) -> Answer<Json<Settings>> {
    caller.operates()?;
    Ok(Json(shown(&portal).await?))
}

/// Change what is set for the whole server; operators only
///
/// What the command line or the environment of the server sets stays as it is, and is refused here.
#[utoipa::path(
    patch, path = "/settings", tag = "settings", security(("session" = [])),
    request_body = SettingsChange,
    responses(
        (status = 200, body = Settings),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Body(change): Body<SettingsChange>,
) -> Answer<Json<Settings>> {
    caller.operates()?;
    if change.new_databases.is_some() && portal.customers.new_databases.is_some() {
        return Err(Refused::field(
            "new_databases",
            "The server was started with --new-databases or IAP_NEW_DATABASES. Start it without \
             to set it here.",
        ));
    }
    let change = change.check().map_err(|wrong| {
        Refused::fields(wrong.into_iter().map(|it| (it.field(), it.to_string())))
    })?;
    portal.store().change_settings(&change, &by(caller.user.id)).await?;
    Ok(Json(shown(&portal).await?))
}

async fn shown(portal: &Portal) -> Answer<Settings> {
    let mut settings = portal.store().settings().await?;
    if let Some(policy) = portal.customers.new_databases {
        settings.new_databases = policy;
        settings.fixed.push("new_databases".to_owned());
    }
    Ok(settings)
}
