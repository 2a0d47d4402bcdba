//! Buying packs: by admins of a database, and by whoever has an account's link.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{AccountLink, LinkedOrder, Problem, Purchase, Service, Shop};

use super::caller::Caller;
use super::input::{Body, IdempotencyKey, Keys, checked};
use super::{Answer, Portal, accounts, orders, services};
use crate::customers::CustomerError;
use crate::http::problem::Refused;
use crate::store::{AccountKey, AccountRow, Actor, NewOrderRow};
use crate::{clock, secret};

/// Show what can be bought for an account; admins of its database
#[utoipa::path(
    get, path = "/accounts/{account}/shop", tag = "shop", security(("session" = [])),
    params(("account" = i64, Path, description = "The account, by key.")),
    responses(
        (status = 200, body = Shop),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn of_account(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(account): Keys<i64>,
) -> Answer<Json<Shop>> {
    let found = accounts::seen(&portal, &caller, account).await?;
    caller.administers(found.database, "account")?;
    let service = services::shown(&portal, found.service).await?;
    let shop = shop(&portal, service).await?;
    let buyer = portal.store().last_buyer(found.database).await?;
    Ok(Json(Shop { buyer, ..shop }))
}

/// Show what can be bought for the account of a link; anybody who has the link
///
/// Nothing is told of the account, its database or who bought for it before. An account that was never
/// seen is made, as when the database's software first asks for it.
#[utoipa::path(
    post, path = "/shop", tag = "shop", request_body = AccountLink,
    responses(
        (status = 200, body = Shop),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn of_link(
    State(portal): State<Portal>,
    Body(link): Body<AccountLink>,
) -> Answer<Json<Shop>> {
    let account = linked(&portal, &link).await?;
    let service = services::shown(&portal, account.service).await?;
    Ok(Json(shop(&portal, service).await?))
}

/// Order a pack for the account of a link; anybody who has the link
///
/// The answer holds a receipt, a secret with which whoever ordered comes back to the order: as the header
/// `Iap-Receipt`. The same key with the same content gives the same order. Its receipt is a new one then,
/// and the one before opens nothing any more; but only for an hour, and only until paying is begun, so
/// that somebody who has the link and guesses the key locks nobody out who is paying. After that it is
/// refused.
#[utoipa::path(
    post, path = "/shop/orders", tag = "shop", params(IdempotencyKey), request_body = LinkedOrder,
    responses(
        (status = 201, body = Purchase),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn order(
    State(portal): State<Portal>,
    IdempotencyKey(key): IdempotencyKey,
    Body(LinkedOrder { link, pack, buyer }): Body<LinkedOrder>,
) -> Answer<(StatusCode, Json<Purchase>)> {
    let buyer = checked("buyer", &buyer)?;
    let account = linked(&portal, &link).await?;
    let receipt = secret::new()?;
    let new = NewOrderRow {
        account: account.id,
        pack,
        // Keys of those who are signed in are others.
        key: format!("link:{key}"),
        buyer: Some(buyer),
        receipt_sha256: Some(secret::hash(&receipt)),
    };
    let (id, _) = portal.store().add_order(&new, &Actor::server(clock::now())).await??;
    let order = orders::shown(&portal, id).await?;
    Ok((StatusCode::CREATED, Json(Purchase { order, receipt })))
}

/// The account of a link. Whatever is wrong with a link, the answer is the same; only a database that is
/// not let in is told so.
async fn linked(portal: &Portal, link: &AccountLink) -> Answer<AccountRow> {
    let unknown = || Refused::not_found("account to buy for");
    let key = AccountKey::read(&link.account).ok_or_else(unknown)?;
    let name = link.service.parse().map_err(|_| unknown())?;
    let service = portal.store().service(&name).await?.ok_or_else(unknown)?;
    let database = match portal.customers.admitted(&link.database).await {
        Err(CustomerError::BadUuid) => return Err(unknown()),
        database => database?.ok_or(CustomerError::NotAdmitted)?,
    };
    Ok(portal.customers.account_of_link(&database, &service, &key).await?)
}

async fn shop(portal: &Portal, service: Service) -> Answer<Shop> {
    let packs = portal.store().packs(service.id, false).await?;
    let settings = portal.store().settings().await?;
    let seller = settings.seller.unwrap_or_default();
    let card = portal.payments.settings();
    Ok(Shop {
        service_name: service.name,
        service_label: service.label,
        description: service.description,
        packs,
        // Nobody who sells takes no tax.
        tax_rate: settings.tax_rate.filter(|_| !seller.name.is_empty()),
        seller_name: seller.name,
        seller_country: seller.country,
        means: portal.payments.means(),
        publishable_key: card.map(|it| it.publishable_key.clone()),
        card_script: card.map(|it| it.script.clone()),
        buyer: None,
    })
}
