//! What is offered.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{
    NewService, Problem, ProblemCode, Service, ServiceChange, ServiceKey, ServiceWithKey,
};
use iap_core::catalogue::{self, Origin};
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Body, Keys, filled, text};
use super::{Answer, Portal, by, databases};
use crate::http::problem::Refused;
use crate::secret;
use crate::store::{self, NameRefused};

/// The longest label and description, in characters.
const LABEL: usize = Service::LONGEST_LABEL;
const DESCRIPTION: usize = Service::LONGEST_DESCRIPTION;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those that are offered to this database.
    database: Option<i64>,
}

/// List services, by their names
#[utoipa::path(
    get, path = "/services", tag = "services", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Vec<Service>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(List { database }): Asked<List>,
) -> Answer<Json<Vec<Service>>> {
    let mut services = portal.store().shown_services().await?;
    if let Some(database) = database {
        caller.sees(database, "database")?;
        let hosting = databases::shown(&portal, database).await?.hosting;
        services.retain(|service| service.rules().is_offered_to(hosting));
    }
    Ok(Json(services))
}

/// Offer a service; operators only
///
/// The answer has the key with which its provider calls. It is shown now and never again.
#[utoipa::path(
    post, path = "/services", tag = "services", security(("session" = [])),
    request_body = NewService,
    responses(
        (status = 201, body = ServiceWithKey),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Body(new): Body<NewService>,
) -> Answer<(StatusCode, Json<ServiceWithKey>)> {
    caller.operates()?;
    let key = secret::new()?;
    let origin = if new.first_party { Origin::FirstParty } else { Origin::ThirdParty };
    let row = store::NewService {
        service: catalogue::Service { name: new.name, origin, trial: new.trial },
        label: filled("label", &new.label, LABEL)?,
        icon: new.icon,
        description: text("description", &new.description, DESCRIPTION)?,
        privacy_url: web_address("privacy_url", &new.privacy_url)?,
        key_sha256: Some(secret::hash(&key)),
    };
    let added = portal.store().add_service(&row, &by(caller.user.id)).await?;
    let id = added.ok_or_else(|| {
        Refused::new(ProblemCode::AlreadyExists, "There is a service of that name already.")
    })?;
    let service = shown(&portal, id).await?;
    Ok((StatusCode::CREATED, Json(ServiceWithKey { service, key })))
}

/// Show a service
#[utoipa::path(
    get, path = "/services/{service}", tag = "services", security(("session" = [])),
    params(("service" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Service),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    _: Caller,
    Keys(service): Keys<i64>,
) -> Answer<Json<Service>> {
    Ok(Json(shown(&portal, service).await?))
}

/// Change a service; its providers, and operators
#[utoipa::path(
    patch, path = "/services/{service}", tag = "services", security(("session" = [])),
    params(("service" = i64, Path, description = "Its key.")), request_body = ServiceChange,
    responses(
        (status = 200, body = Service),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
    Body(change): Body<ServiceChange>,
) -> Answer<Json<Service>> {
    shown(&portal, service).await?;
    caller.provides(service)?;
    // What is given away is the operator's to give, and so is the place among their own services.
    if change.first_party.is_some() || change.trial.is_some() {
        caller.operates()?;
    }
    let described = |it: String| text("description", &it, DESCRIPTION);
    let change = ServiceChange {
        label: change.label.map(|label| filled("label", &label, LABEL)).transpose()?,
        description: change.description.map(described).transpose()?,
        privacy_url: change.privacy_url.map(|it| web_address("privacy_url", &it)).transpose()?,
        ..change
    };
    let changed = portal.store().change_service(service, &change, &by(caller.user.id)).await?;
    changed.map_err(|refused| {
        let detail = match refused {
            NameRefused::Taken => "There is a service of that name already.",
            NameRefused::Used => {
                "Programs know the service by its name, so it stays: an account has been made for it."
            }
        };
        let mut refused = Refused::field("name", detail);
        refused.set_code(ProblemCode::AlreadyExists);
        refused
    })?;
    Ok(Json(shown(&portal, service).await?))
}

/// Make a new key for a service; its providers, and operators
///
/// The key before opens nothing any more. The new one is shown now and never again.
#[utoipa::path(
    post, path = "/services/{service}/key", tag = "services", security(("session" = [])),
    params(("service" = i64, Path, description = "Its key here, a number.")),
    responses(
        (status = 201, body = ServiceKey),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn renew_key(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
) -> Answer<(StatusCode, Json<ServiceKey>)> {
    shown(&portal, service).await?;
    caller.provides(service)?;
    let key = secret::new()?;
    portal.store().set_service_key(service, &secret::hash(&key), &by(caller.user.id)).await?;
    Ok((StatusCode::CREATED, Json(ServiceKey { key })))
}

pub(super) async fn shown(portal: &Portal, service: i64) -> Answer<Service> {
    let service = portal.store().shown_service(service).await?;
    service.ok_or_else(|| Refused::not_found("service"))
}

/// An address that a page may link to; nothing, or one of the web.
fn web_address(field: &str, given: &str) -> Answer<String> {
    let address = catalogue::web_address(given);
    address.map(str::to_owned).map_err(|error| Refused::field(field, error.to_string()))
}
