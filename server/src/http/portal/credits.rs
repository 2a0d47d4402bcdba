//! Credits that come into accounts and are taken out, by the operator's hand.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{Entry, Movement, Problem};
use iap_core::credits::{Amount, Attribution, Kind};

use super::accounts::seen;
use super::caller::Caller;
use super::input::{Body, IdempotencyKey, Keys, filled};
use super::{Answer, Portal};
use crate::clock;
use crate::http::problem::Refused;
use crate::store::{By, Change, Request};

/// The longest text that says what credits are for, in characters.
const DESCRIPTION: usize = 500;

/// Put credits into an account; operators only
#[utoipa::path(
    post, path = "/accounts/{account}/credits", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), IdempotencyKey),
    request_body = Movement,
    responses(
        (status = 201, body = Entry),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    IdempotencyKey(key): IdempotencyKey,
    Body(movement): Body<Movement>,
) -> Answer<(StatusCode, Json<Entry>)> {
    make(&portal, &caller, account, Change::Credit, movement, key).await
}

/// Take credits out of an account: a purchase was reversed, or a mistake is corrected; operators only
#[utoipa::path(
    post, path = "/accounts/{account}/withdrawals", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), IdempotencyKey),
    request_body = Movement,
    responses(
        (status = 201, body = Entry),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn withdraw(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    IdempotencyKey(key): IdempotencyKey,
    Body(movement): Body<Movement>,
) -> Answer<(StatusCode, Json<Entry>)> {
    make(&portal, &caller, account, Change::Withdraw, movement, key).await
}

async fn make(
    portal: &Portal,
    caller: &Caller,
    account: i64,
    change: fn(Kind, Amount) -> Change,
    movement: Movement,
    key: String,
) -> Answer<(StatusCode, Json<Entry>)> {
    seen(portal, caller, account).await?;
    caller.operates()?;
    let Movement { kind, amount, description } = movement;
    if amount.is_zero() {
        return Err(Refused::field("amount", "Say how many credits: more than none."));
    }
    let description = filled("description", &description, DESCRIPTION)?;
    let request = Request {
        account,
        by: By::House,
        at: clock::now(),
        change: change(kind, amount),
        description,
        attribution: Attribution::NONE,
        key: Some(key),
    };
    let made = portal.store().ledger().make(request).await?;
    let entry = match made.entry {
        Some(entry) => portal.store().entry(account, entry).await?,
        None => None,
    };
    let entry = entry.ok_or_else(|| Refused::not_found("entry"))?;
    Ok((StatusCode::CREATED, Json(entry)))
}
