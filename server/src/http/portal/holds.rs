//! How providers charge for their services.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{Capture, Hold, HoldState, NewHold, Problem, ProblemCode};
use iap_core::credits::{self, AccountToken, Amount};
use iap_core::time::Hours;

use super::caller::Provider;
use super::input::{Body, IdempotencyKey, Keys, text};
use super::{Answer, Portal};
use crate::clock;
use crate::http::problem::Refused;
use crate::store::{By, Change, Request};

/// The longest text that says what a charge is for, in characters.
const DESCRIPTION: usize = 500;

/// Set credits aside for work
///
/// What cannot be covered is refused, and nothing is set aside. When the work is done, capture the
/// hold; when it cannot be done, cancel it. Nobody who pays is charged before.
#[utoipa::path(
    post, path = "/holds", tag = "holds", security(("service_key" = [])),
    params(IdempotencyKey),
    request_body = NewHold,
    responses(
        (status = 201, body = Hold),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn authorize(
    State(portal): State<Portal>,
    Provider(service): Provider,
    IdempotencyKey(key): IdempotencyKey,
    Body(new): Body<NewHold>,
) -> Answer<(StatusCode, Json<Hold>)> {
    let ttl = new.ttl.map_or(Ok(credits::Hold::DEFAULT_TTL), Hours::new);
    let ttl = ttl.map_err(|error| Refused::field("ttl", error.to_string()))?;
    if new.amount.is_zero() {
        return Err(Refused::field("amount", "Say how many credits: more than none."));
    }
    let description = text("description", &new.description, DESCRIPTION)?;
    let token: AccountToken = new.account_token.parse()?;
    token.usable()?;
    let database = new.database.as_deref();
    let account = portal.customers.account_to_charge(&service, &token, database).await?;
    let account = account.ok_or_else(|| Refused::not_found("account"))?;
    let change = Change::Authorize(new.amount, ttl);
    let request = Request {
        account,
        by: By::Service(service.id),
        at: clock::now(),
        change,
        description,
        key: Some(key),
    };
    let made = portal.store().ledger().make(request).await?;
    let (id, hold) = made.hold.ok_or_else(|| Refused::not_found("hold"))?;
    // Asked again it is answered as it was at first, whatever became of it since.
    let first = Hold {
        id,
        account,
        amount: new.amount,
        state: HoldState::Open,
        charged: Amount::ZERO,
        refunded: Amount::ZERO,
        expires_at: hold.expires_at(),
    };
    Ok((StatusCode::CREATED, Json(first)))
}

/// Show what became of a hold
#[utoipa::path(
    get, path = "/holds/{hold}", tag = "holds", security(("service_key" = [])),
    params(("hold" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Hold),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    Provider(service): Provider,
    Keys(hold): Keys<i64>,
) -> Answer<Json<Hold>> {
    Ok(Json(of_service(&portal, service.id, hold).await?))
}

/// Charge what was set aside, or less
///
/// Again it changes nothing and gives the same answer.
#[utoipa::path(
    post, path = "/holds/{hold}/capture", tag = "holds", security(("service_key" = [])),
    params(("hold" = i64, Path, description = "Its key.")), request_body = Capture,
    responses(
        (status = 200, body = Hold),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn capture(
    State(portal): State<Portal>,
    Provider(service): Provider,
    Keys(hold): Keys<i64>,
    Body(Capture { amount }): Body<Capture>,
) -> Answer<Json<Hold>> {
    resolve(&portal, service.id, hold, Change::Capture(hold, amount)).await
}

/// Give back what was set aside
///
/// Again it changes nothing and gives the same answer.
#[utoipa::path(
    post, path = "/holds/{hold}/cancel", tag = "holds", security(("service_key" = [])),
    params(("hold" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Hold),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn cancel(
    State(portal): State<Portal>,
    Provider(service): Provider,
    Keys(hold): Keys<i64>,
) -> Answer<Json<Hold>> {
    resolve(&portal, service.id, hold, Change::Cancel(hold)).await
}

async fn resolve(portal: &Portal, service: i64, hold: i64, change: Change) -> Answer<Json<Hold>> {
    // Which account it is on; the ledger looks again whether it is the service's, under its lock.
    let account = of_service(portal, service, hold).await?.account;
    let request = Request {
        account,
        by: By::Service(service),
        at: clock::now(),
        change,
        description: String::new(),
        key: None,
    };
    portal.store().ledger().make(request).await?;
    Ok(Json(of_service(portal, service, hold).await?))
}

async fn of_service(portal: &Portal, service: i64, hold: i64) -> Answer<Hold> {
    let found = portal.store().hold_of_service(hold, service).await?;
    found.ok_or_else(|| Refused::new(ProblemCode::NotFound, "There is no such hold."))
}
