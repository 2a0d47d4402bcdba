//! Accounts.

use axum::Json;
use axum::extract::State;
use iap_core::api::{Account, AccountChange, Alert, AuditRecord, Hold, Page, Problem};
use iap_core::credits::Attribution;
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Body, Keys, cut, language, text};
use super::{Answer, Portal, by};
use crate::clock;
use crate::http::problem::Refused;
use crate::store::{AuditFilter, By, Change, Request};

/// Companies that an account may be limited to.
const COMPANIES: usize = 50;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those of a database.
    database: Option<i64>,
    /// Only those for a service.
    service: Option<i64>,
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List the accounts that one may see
#[utoipa::path(
    get, path = "/accounts", tag = "accounts", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<Account>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(asked): Asked<List>,
) -> Answer<Json<Page<Account>>> {
    if let Some(database) = asked.database {
        caller.sees(database, "database")?;
    }
    let part = cut(asked.after, asked.limit);
    let only = caller.databases();
    let store = portal.store();
    Ok(Json(store.shown_accounts(asked.database, asked.service, only.as_deref(), part).await?))
}

/// Show an account; members of its database
#[utoipa::path(
    get, path = "/accounts/{account}", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Account),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
) -> Answer<Json<Account>> {
    Ok(Json(seen(&portal, &caller, account).await?))
}

/// Change what is set for an account; admins of its database
#[utoipa::path(
    patch, path = "/accounts/{account}", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "Its key.")), request_body = AccountChange,
    responses(
        (status = 200, body = Account),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    Body(change): Body<AccountChange>,
) -> Answer<Json<Account>> {
    administered(&portal, &caller, account).await?;
    let companies = change.companies.as_deref().unwrap_or_default();
    if companies.len() > COMPANIES || companies.iter().any(|&company| company <= 0) {
        let detail = format!("Name up to {COMPANIES} companies by their keys, which are above 0.");
        return Err(Refused::field("companies", detail));
    }
    let sender = |name: String| text("sender_name", &name, AccountChange::LONGEST_SENDER);
    let change =
        AccountChange { sender_name: change.sender_name.map(sender).transpose()?, ..change };
    portal.store().change_account(account, &change, &by(caller.user.id)).await?;
    Ok(Json(seen(&portal, &caller, account).await?))
}

/// Say when and to whom a warning goes that credits run low; admins of the account's database
#[utoipa::path(
    put, path = "/accounts/{account}/alert", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key.")), request_body = Alert,
    responses(
        (status = 200, body = Account),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn set_alert(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    Body(alert): Body<Alert>,
) -> Answer<Json<Account>> {
    administered(&portal, &caller, account).await?;
    let threshold =
        alert.check().map_err(|error| Refused::field("recipients", error.to_string()))?;
    let recipients = alert
        .recipients
        .iter()
        .map(|it| Ok((it.email.to_string(), language("recipients", &it.language)?)))
        .collect::<Answer<Vec<_>>>()?;
    let store = portal.store();
    // Recipients first: once the threshold is set, a warning may go out at any moment.
    store.set_alert_recipients(account, &recipients).await?;
    let request = Request {
        account,
        by: By::House,
        at: clock::now(),
        change: Change::Threshold(threshold),
        description: String::new(),
        attribution: Attribution::NONE,
        key: None,
    };
    store.ledger().make(request).await?;
    store.note_alert(account, &alert, &by(caller.user.id)).await?;
    Ok(Json(seen(&portal, &caller, account).await?))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Part {
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List what an account has set aside for work under way, the newest first; members of its database
#[utoipa::path(
    get, path = "/accounts/{account}/holds", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), Part),
    responses(
        (status = 200, body = Page<Hold>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn holds(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    Asked(Part { after, limit }): Asked<Part>,
) -> Answer<Json<Page<Hold>>> {
    seen(&portal, &caller, account).await?;
    let part = cut(after, limit);
    Ok(Json(portal.store().open_holds(account, part).await?))
}

/// List who changed what is set for an account, the newest first; admins of its database
#[utoipa::path(
    get, path = "/accounts/{account}/changes", tag = "accounts", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key."), Part),
    responses(
        (status = 200, body = Page<AuditRecord>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn changes(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
    Asked(Part { after, limit }): Asked<Part>,
) -> Answer<Json<Page<AuditRecord>>> {
    administered(&portal, &caller, account).await?;
    let filter =
        AuditFilter { subject: Some(format!("account {account}")), ..AuditFilter::default() };
    Ok(Json(portal.store().audit(&filter, cut(after, limit)).await?))
}

/// An account that somebody may see.
pub(super) async fn seen(portal: &Portal, caller: &Caller, account: i64) -> Answer<Account> {
    let found = portal.store().shown_account(account).await?;
    let found = found.ok_or_else(|| Refused::not_found("account"))?;
    caller.sees(found.database, "account")?;
    Ok(found)
}

/// That somebody administers an account.
pub(super) async fn administered(portal: &Portal, caller: &Caller, account: i64) -> Answer<()> {
    let found = seen(portal, caller, account).await?;
    caller.administers(found.database, "account")
}
