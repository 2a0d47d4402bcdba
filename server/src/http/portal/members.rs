//! Who may see and administer a database.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::api::{Member, NewMember, Problem, ProblemCode};

use super::caller::Caller;
use super::databases::shown;
use super::input::{Body, Keys};
use super::{Answer, Portal, by};
use crate::http::problem::Refused;

/// List who has a role in a database; admins of it
#[utoipa::path(
    get, path = "/databases/{database}/members", tag = "databases", security(("session" = [])),
    params(("database" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Vec<Member>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
) -> Answer<Json<Vec<Member>>> {
    caller.administers(database, "database")?;
    shown(&portal, database).await?;
    Ok(Json(portal.store().members(database).await?))
}

/// Give somebody who can sign in a role in a database; admins of it
#[utoipa::path(
    post, path = "/databases/{database}/members", tag = "databases", security(("session" = [])),
    params(("database" = i64, Path, description = "Its key.")), request_body = NewMember,
    responses(
        (status = 200, body = Vec<Member>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
    Body(new): Body<NewMember>,
) -> Answer<Json<Vec<Member>>> {
    caller.administers(database, "database")?;
    shown(&portal, database).await?;
    let store = portal.store();
    let user = store.credentials(&new.email).await?.map(|credentials| credentials.user);
    let user = user.ok_or_else(|| {
        let detail = "Nobody with this address can sign in yet. Ask an operator to add them first.";
        let mut refused = Refused::field("email", detail);
        refused.set_code(ProblemCode::NotFound);
        refused
    })?;
    store.set_role(database, user, Some(new.role), &by(caller.user.id)).await?;
    Ok(Json(store.members(database).await?))
}

/// Take somebody's role in a database; admins of it
#[utoipa::path(
    delete, path = "/databases/{database}/members/{user}", tag = "databases",
    security(("session" = [])),
    params(
        ("database" = i64, Path, description = "The database, by key."),
        ("user" = i64, Path, description = "Whose role it is, by key."),
    ),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn remove(
    State(portal): State<Portal>,
    caller: Caller,
    Keys((database, user)): Keys<(i64, i64)>,
) -> Answer<StatusCode> {
    caller.administers(database, "database")?;
    portal.store().set_role(database, user, None, &by(caller.user.id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
