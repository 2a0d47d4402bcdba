//! What a database may use, and beginning to use it.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{Activation, Catalogue, NewAccount, OfferedService, Problem};
use iap_core::catalogue::{Admission, TrialState};
use iap_core::credits::AccountToken;

use super::caller::Caller;
use super::input::{Body, IdempotencyKey, Keys};
use super::{Answer, Portal, accounts, by, databases};
use crate::customers::CustomerError;
use crate::http::problem::Refused;
use crate::secret;

/// Show what a database may use: its services, their packs, and its accounts for them; its members
#[utoipa::path(
    get, path = "/databases/{database}/catalogue", tag = "catalogue", security(("session" = [])),
    params(("database" = i64, Path, description = "The database, by key.")),
    responses(
        (status = 200, body = Catalogue),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
) -> Answer<Json<Catalogue>> {
    caller.sees(database, "database")?;
    let database = databases::shown(&portal, database).await?;
    let store = portal.store();
    let (mut packs, mut accounts) =
        (store.offered_packs().await?, store.accounts_of_database(database.id).await?);
    let trials = store.trials(database.id).await?;
    let mut services = store.shown_services().await?;
    services.retain(|service| service.rules().is_offered_to(database.hosting));
    let services = services.into_iter().map(|service| {
        let granted = trials.contains(&service.id);
        OfferedService {
            packs: packs.extract_if(.., |pack| pack.service == service.id).collect(),
            trial: TrialState::of(database.kind, &service.rules(), granted),
            accounts: accounts.extract_if(.., |it| it.service == service.id).collect(),
            service,
        }
    });
    let services = services.collect();
    Ok(Json(Catalogue { database, services }))
}

/// Activate a service for a database; its admins
///
/// The answer has the account and, if it was made now, its token, which is shown now and never again.
/// Credits to try the service are granted once for a database and a service. Where the database has an
/// account for the service, that is the answer, with status 200 and without a token. The same key again
/// within an hour, while nothing was done with the account, brings a new token in the place of one that
/// never arrived.
#[utoipa::path(
    post, path = "/databases/{database}/accounts", tag = "catalogue", security(("session" = [])),
    params(("database" = i64, Path, description = "The database, by key."), IdempotencyKey),
    request_body = NewAccount,
    responses(
        (status = 200, body = Activation, description = "There was an account before."),
        (status = 201, body = Activation, description = "The account was made."),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn activate(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
    IdempotencyKey(key): IdempotencyKey,
    Body(NewAccount { service }): Body<NewAccount>,
) -> Answer<(StatusCode, Json<Activation>)> {
    caller.administers(database, "database")?;
    let store = portal.store();
    let uuid = databases::shown(&portal, database).await?.uuid;
    let unknown = || Refused::not_found("database");
    let database = store.known_database(&uuid).await?.ok_or_else(unknown)?;
    if database.admission != Admission::Approved {
        return Err(CustomerError::NotAdmitted.into());
    }
    let unknown = || Refused::field("service", "There is no service of this key for the database.");
    let shown = store.shown_service(service).await?.ok_or_else(unknown)?;
    if !shown.rules().is_offered_to(database.hosting) {
        return Err(unknown());
    }
    let service = store.service(&shown.name).await?.ok_or_else(unknown)?;
    let token = secret::account_token()?;
    let read = token.parse::<AccountToken>()?;
    let actor = by(caller.user.id);
    let done = portal.customers.activate(&database, &service, &read, &key, &actor).await?;
    let account = accounts::seen(&portal, &caller, done.account).await?;
    let status = if done.is_new { StatusCode::CREATED } else { StatusCode::OK };
    let token = done.is_new.then_some(token);
    Ok((status, Json(Activation { account, token })))
}
