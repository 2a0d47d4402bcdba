//! Credits that come into accounts and are taken out, by the operator's hand.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{Entry, NewCredits, NewWithdrawal, Problem, ProblemCode};

use super::accounts::seen;
use super::caller::Caller;
use super::input::{Body, IdempotencyKey, Keys, filled};
use super::{Answer, Portal};
use crate::clock;
use crate::http::problem::Refused;
use crate::store::{Change, Request};

/// The longest text that says what credits are for, in characters.
const DESCRIPTION: usize = 500;

/// Put credits into an account; operators only
#[utoipa::path(
    post, path = "/accounts/{account}/credits", tag = "accounts", security(("session" = [])),
    params(
        ("account" = i64, Path, description = "The account, by key."),
        (
            "Idempotency-Key" = String, Header, min_length = 1, max_length = 128,
            pattern = "^[!-~]+$", description = "Made up for this change alone.",
        ),
    ),
    request_body = NewCredits,
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
    Body(new): Body<NewCredits>,
) -> Answer<(StatusCode, Json<Entry>)> {
    let change = Change::Credit(new.kind, new.amount);
    make(&portal, &caller, account, change, &new.description, key).await
}

/// Take credits out of an account: a purchase was reversed, or a mistake is corrected; operators only
#[utoipa::path(
    post, path = "/accounts/{account}/withdrawals", tag = "accounts", security(("session" = [])),
    params(
        ("account" = i64, Path, description = "The account, by key."),
        (
            "Idempotency-Key" = String, Header, min_length = 1, max_length = 128,
            pattern = "^[!-~]+$", description = "Made up for this change alone.",
        ),
    ),
    request_body = NewWithdrawal,
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
    Body(new): Body<NewWithdrawal>,
) -> Answer<(StatusCode, Json<Entry>)> {
    let change = Change::Withdraw(new.kind, new.amount);
    make(&portal, &caller, account, change, &new.description, key).await
}

async fn make(
    portal: &Portal,
    caller: &Caller,
    account: i64,
    change: Change,
    description: &str,
    key: String,
) -> Answer<(StatusCode, Json<Entry>)> {
    seen(portal, caller, account).await?;
    caller.operates()?;
    let (Change::Credit(_, amount) | Change::Withdraw(_, amount)) = change else {
        return Err(Refused::new(ProblemCode::Failed, "This changes nothing."));
    };
    if amount.is_zero() {
        return Err(Refused::field("amount", "Say how many credits: more than none."));
    }
    let description = filled("description", description, DESCRIPTION)?;
    let request =
        Request { account, service: None, at: clock::now(), change, description, key: Some(key) };
    let made = portal.store().ledger().make(request).await?;
    let entry = match made.entry {
        Some(entry) => portal.store().entry(account, entry).await?,
        None => None,
    };
    let entry = entry.ok_or_else(|| Refused::not_found("entry"))?;
    Ok((StatusCode::CREATED, Json(entry)))
}
