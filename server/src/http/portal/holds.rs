//! How providers charge for their services.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{Capture, Hold, HoldState, NewHold, Problem, ProblemCode};
use iap_core::credits::{
    self, AccountToken, Amount, Attribution, InsufficientCredit, SandboxAccount, SandboxHold,
};
use iap_core::pricing::Credits;
use iap_core::time::Hours;

use super::caller::Provider;
use super::input::{Body, IdempotencyKey, Keys, text};
use super::{Answer, Portal};
use crate::clock;
use crate::http::problem::Refused;
use crate::store::{By, Change, Refusal, Request};

/// The longest text that says what a charge is for, in characters.
const DESCRIPTION: usize = 500;

/// Set credits aside for work
///
/// What cannot be covered is refused, and nothing is set aside. When the work is done, capture the
/// hold; when it cannot be done, cancel it. Nobody who pays is charged before. A server for tests
/// (`--sandbox`) has accounts that are none: `000000` and `000111` lack credits, `111111` has enough for
/// anything; nothing is charged on them.
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
    let [user, link] = [&new.user, &new.link].map(|it| it.as_deref().unwrap_or_default());
    let attribution = Attribution::new(new.company, user, link)
        .map_err(|error| Refused::field(error.field(), error.to_string()))?;
    if let Some(sandbox) = portal.sandbox_account(&new.account_token) {
        let hold = sandbox.authorize(new.amount);
        let hold =
            hold.ok_or(InsufficientCredit { needed: new.amount, available: Credits::ZERO })?;
        return Ok((StatusCode::CREATED, Json(tried(hold, HoldState::Open, Amount::ZERO))));
    }
    let token: AccountToken = new.account_token.parse()?;
    token.usable()?;
    let database = new.database.as_deref();
    let account =
        portal.customers.account_to_charge(&service, &token, database, &attribution).await?;
    let account = account.ok_or_else(|| Refused::not_found("account"))?;
    let change = Change::Authorize(new.amount, ttl);
    let request = Request {
        account,
        by: By::Service(service.id),
        at: clock::now(),
        change,
        description,
        attribution,
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
    if let Some(hold) = portal.sandbox_hold(hold) {
        return Ok(Json(tried(hold, HoldState::Open, Amount::ZERO)));
    }
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
    if let Some(hold) = portal.sandbox_hold(hold) {
        let charged = hold.capture(amount).map_err(Refusal::Resolve)?;
        return Ok(Json(tried(hold, HoldState::Captured, charged)));
    }
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
    if let Some(hold) = portal.sandbox_hold(hold) {
        return Ok(Json(tried(hold, HoldState::Cancelled, Amount::ZERO)));
    }
    resolve(&portal, service.id, hold, Change::Cancel(hold)).await
}

/// A hold of an account for tests, which is kept nowhere.
fn tried(hold: SandboxHold, state: HoldState, charged: Amount) -> Hold {
    Hold {
        id: hold.number(),
        account: 0,
        amount: hold.amount(),
        state,
        charged,
        refunded: Amount::ZERO,
        expires_at: clock::now().after(credits::Hold::DEFAULT_TTL),
    }
}

impl Portal {
    /// The account for tests of that token, where there are such.
    fn sandbox_account(&self, token: &str) -> Option<SandboxAccount> {
        SandboxAccount::of_token(token).filter(|_| self.sandbox)
    }

    /// The hold on such an account of that number.
    fn sandbox_hold(&self, number: i64) -> Option<SandboxHold> {
        SandboxHold::of_number(number).filter(|_| self.sandbox)
    }
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
        attribution: Attribution::NONE,
        key: None,
    };
    portal.store().ledger().make(request).await?;
    Ok(Json(of_service(portal, service, hold).await?))
}

async fn of_service(portal: &Portal, service: i64, hold: i64) -> Answer<Hold> {
    let found = portal.store().hold_of_service(hold, service).await?;
    found.ok_or_else(|| Refused::new(ProblemCode::NotFound, "There is no such hold."))
}
