//! What can be bought.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{NewPack, Pack, PackChange, Problem, ProblemCode};
use iap_core::credits::{self, Amount, Money, PackError};

use super::caller::Caller;
use super::input::{Body, Keys, filled, text};
use super::{Answer, Portal, by, services};
use crate::http::problem::Refused;
use crate::store::NameTaken;

/// The longest name and description, in characters.
const NAME: usize = Pack::LONGEST_NAME;
const DESCRIPTION: usize = Pack::LONGEST_DESCRIPTION;

/// List the packs of a service that can be bought; its providers and operators see all
#[utoipa::path(
    get, path = "/services/{service}/packs", tag = "packs", security(("session" = [])),
    params(("service" = i64, Path, description = "The service, by key.")),
    responses(
        (status = 200, body = Vec<Pack>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
) -> Answer<Json<Vec<Pack>>> {
    services::shown(&portal, service).await?;
    Ok(Json(portal.store().packs(service, caller.rights.may_provide(service)).await?))
}

/// Sell a pack of credits for a service; its providers, and operators
#[utoipa::path(
    post, path = "/services/{service}/packs", tag = "packs", security(("session" = [])),
    params(("service" = i64, Path, description = "The service, by key.")), request_body = NewPack,
    responses(
        (status = 201, body = Pack),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(service): Keys<i64>,
    Body(new): Body<NewPack>,
) -> Answer<(StatusCode, Json<Pack>)> {
    services::shown(&portal, service).await?;
    caller.provides(service)?;
    let new = NewPack {
        name: filled("name", &new.name, NAME)?,
        description: text("description", &new.description, DESCRIPTION)?,
        ..new
    };
    check(new.credits, Money::new(new.price, new.currency))?;
    let added = portal.store().add_pack(service, &new, &by(caller.user.id)).await?;
    let id = added.map_err(taken)?;
    Ok((StatusCode::CREATED, Json(shown(&portal, id).await?)))
}

/// Change a pack, or sell it no longer; the providers of its service, and operators
///
/// What was bought before stays as it was.
#[utoipa::path(
    patch, path = "/packs/{pack}", tag = "packs", security(("session" = [])),
    params(("pack" = i64, Path, description = "Its key.")), request_body = PackChange,
    responses(
        (status = 200, body = Pack),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(pack): Keys<i64>,
    Body(change): Body<PackChange>,
) -> Answer<Json<Pack>> {
    let before = shown(&portal, pack).await?;
    // What is not sold is nobody else's to know.
    if !before.offered && !caller.rights.may_provide(before.service) {
        return Err(Refused::not_found("pack"));
    }
    caller.provides(before.service)?;
    let price = Money::new(change.price.unwrap_or(before.price), before.currency);
    check(change.credits.unwrap_or(before.credits), price)?;
    let described = |it: String| text("description", &it, DESCRIPTION);
    let change = PackChange {
        name: change.name.map(|name| filled("name", &name, NAME)).transpose()?,
        description: change.description.map(described).transpose()?,
        ..change
    };
    portal.store().change_pack(pack, &change, &by(caller.user.id)).await?.map_err(taken)?;
    Ok(Json(shown(&portal, pack).await?))
}

/// That there is something in a pack, and that its price is meant.
fn check(credits: Amount, price: Money) -> Answer<()> {
    credits::Pack::new(credits, price).map(drop).map_err(|error| {
        let field = match error {
            PackError::Empty => "credits",
            PackError::TooDear => "price",
        };
        Refused::field(field, error.to_string())
    })
}

fn taken(NameTaken: NameTaken) -> Refused {
    let mut refused = Refused::field("name", "There is a pack of that name for this service.");
    refused.set_code(ProblemCode::AlreadyExists);
    refused
}

async fn shown(portal: &Portal, pack: i64) -> Answer<Pack> {
    portal.store().pack(pack).await?.ok_or_else(|| Refused::not_found("pack"))
}
