//! Who offers a service.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{NewServiceProvider, Problem, ServiceProvider};

use super::caller::Caller;
use super::input::{Body, Keys};
use super::{Answer, Portal, by, services};
use crate::http::problem::Refused;

/// List who offers a service, by their addresses; its providers, and operators
#[utoipa::path(
    get, path = "/services/{service}/providers", tag = "services", security(("session" = [])),
    params(("service" = i64, Path, description = "The service, by key.")),
    responses(
        (status = 200, body = Vec<ServiceProvider>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
) -> Answer<Json<Vec<ServiceProvider>>> {
    services::shown(&portal, service).await?;
    caller.provides(service)?;
    Ok(Json(portal.store().providers(service).await?))
}

/// Let somebody offer a service; operators only
///
/// They have to be a user already. Again it changes nothing.
#[utoipa::path(
    post, path = "/services/{service}/providers", tag = "services", security(("session" = [])),
    params(("service" = i64, Path, description = "The service, by key.")),
    request_body = NewServiceProvider,
    responses(
        (status = 200, body = Vec<ServiceProvider>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
    Body(new): Body<NewServiceProvider>,
) -> Answer<Json<Vec<ServiceProvider>>> {
    services::shown(&portal, service).await?;
    caller.operates()?;
    let known = portal.store().credentials(&new.email).await?;
    let known = known.ok_or_else(|| {
        Refused::field("email", "Nobody signs in with this address. Add them as a user first.")
    })?;
    portal.store().set_provider(service, known.user, true, &by(caller.user.id)).await?;
    Ok(Json(portal.store().providers(service).await?))
}

/// Let somebody offer a service no longer; operators only
#[utoipa::path(
    delete, path = "/services/{service}/providers/{user}", tag = "services",
    security(("session" = [])),
    params(
        ("service" = i64, Path, description = "The service, by key."),
        ("user" = i64, Path, description = "Who, by key."),
    ),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn remove(
    State(portal): State<Portal>,
    caller: Caller,
    Keys((service, user)): Keys<(i64, i64)>,
) -> Answer<StatusCode> {
    services::shown(&portal, service).await?;
    caller.operates()?;
    let removed = portal.store().set_provider(service, user, false, &by(caller.user.id)).await?;
    if removed { Ok(StatusCode::NO_CONTENT) } else { Err(Refused::not_found("provider")) }
}
