//! People.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use iap_core::access::Password;
use iap_core::api::{NewUser, Page, Problem, User, UserChange};
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Body, Keys, cut, language, text};
use super::{Answer, Portal, by};
use crate::http::problem::Refused;
use crate::password;
use crate::store::NewUserRow;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List everybody who can sign in; operators only
#[utoipa::path(
    get, path = "/users", tag = "users", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<User>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(List { after, limit }): Asked<List>,
) -> Answer<Json<Page<User>>> {
    caller.operates()?;
    Ok(Json(portal.store().users(cut(after, limit)).await?))
}

/// Let somebody sign in from now on; operators only
#[utoipa::path(
    post, path = "/users", tag = "users", security(("session" = [])), request_body = NewUser,
    responses(
        (status = 201, body = User),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn add(
    State(portal): State<Portal>,
    caller: Caller,
    Body(new): Body<NewUser>,
) -> Answer<(StatusCode, Json<User>)> {
    caller.operates()?;
    let password_hash = match &new.password {
        Some(password) => {
            let password = Password::new(password, &new.email)?;
            Some(password::hash(password.reveal()).await?)
        }
        None if portal.provider.is_none() => {
            let detail = "Set a password: there is no other way to sign in here.";
            return Err(Refused::field("password", detail));
        }
        None => None,
    };
    let row = NewUserRow {
        name: text("name", &new.name, User::LONGEST_NAME)?,
        language: language("language", new.language.as_deref().unwrap_or_default())?,
        operator: new.operator,
        password_hash,
        email: new.email,
    };
    let id = portal.store().add_user(&row, &new.services, &by(caller.user.id)).await?;
    Ok((StatusCode::CREATED, Json(shown(&portal, id).await?)))
}

/// Show somebody: oneself, or for operators anybody
#[utoipa::path(
    get, path = "/users/{user}", tag = "users", security(("session" = [])),
    params(("user" = i64, Path, description = "Their key.")),
    responses(
        (status = 200, body = User),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(user): Keys<i64>,
) -> Answer<Json<User>> {
    if user != caller.user.id && !caller.rights.may_operate() {
        return Err(Refused::not_found("user"));
    }
    Ok(Json(shown(&portal, user).await?))
}

/// Change somebody: one's own name and language, or for operators everything
#[utoipa::path(
    patch, path = "/users/{user}", tag = "users", security(("session" = [])),
    params(("user" = i64, Path, description = "Their key.")), request_body = UserChange,
    responses(
        (status = 200, body = User),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(user): Keys<i64>,
    Body(change): Body<UserChange>,
) -> Answer<Json<User>> {
    if !caller.rights.may_operate() {
        if user != caller.user.id {
            return Err(Refused::not_found("user"));
        }
        let more = change.operator.is_some()
            || change.disabled.is_some()
            || change.services.is_some()
            || change.password.is_some();
        if more {
            return Err(Refused::not_allowed("an operator"));
        }
    }
    let change = UserChange {
        name: change.name.map(|name| text("name", &name, User::LONGEST_NAME)).transpose()?,
        language: change.language.map(|it| language("language", &it)).transpose()?,
        ..change
    };
    let hash = match &change.password {
        Some(password) => {
            let email = shown(&portal, user).await?.email;
            Some(password::hash(Password::new(password, &email)?.reveal()).await?)
        }
        None => None,
    };
    let store = portal.store();
    store.change_user(user, &change, hash.as_deref(), &by(caller.user.id)).await?;
    Ok(Json(shown(&portal, user).await?))
}

/// Forget who somebody is at the identity provider; operators only
///
/// It ends their sessions. Their next sign-in through the provider finds them by their address.
#[utoipa::path(
    delete, path = "/users/{user}/identity", tag = "users", security(("session" = [])),
    params(("user" = i64, Path, description = "Their key.")),
    responses(
        (status = 204),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn forget_identity(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(user): Keys<i64>,
) -> Answer<StatusCode> {
    caller.operates()?;
    let forgotten = portal.store().forget_identity(user, &by(caller.user.id)).await?;
    if forgotten { Ok(StatusCode::NO_CONTENT) } else { Err(Refused::not_found("identity")) }
}

async fn shown(portal: &Portal, user: i64) -> Answer<User> {
    portal.store().user(user).await?.ok_or_else(|| Refused::not_found("user"))
}
