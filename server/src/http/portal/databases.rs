//! Customers' installations and their companies.

use axum::Json;
use axum::extract::State;
use iap_core::api::{Company, CompanyChange, Database, DatabaseChange, Page, Problem};
use iap_core::catalogue::Admission;
use serde::Deserialize;

use super::caller::Caller;
use super::input::{Asked, Body, Keys, cut, filled, text};
use super::{Answer, Portal, by};
use crate::http::problem::Refused;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct List {
    /// Only those that wait, are approved or refused.
    #[param(inline)]
    admission: Option<Admission>,
    /// `next` of the part before.
    after: Option<i64>,
    /// How many, 1 to 1,000; 100 where nothing is said.
    limit: Option<i64>,
}

/// List the databases that one may see
#[utoipa::path(
    get, path = "/databases", tag = "databases", security(("session" = [])), params(List),
    responses(
        (status = 200, body = Page<Database>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn list(
    State(portal): State<Portal>,
    caller: Caller,
    Asked(List { admission, after, limit }): Asked<List>,
) -> Answer<Json<Page<Database>>> {
    let part = cut(after, limit);
    let only = caller.databases();
    Ok(Json(portal.store().shown_databases(admission, only.as_deref(), part).await?))
}

/// Show a database; its members
#[utoipa::path(
    get, path = "/databases/{database}", tag = "databases", security(("session" = [])),
    params(("database" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Database),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
) -> Answer<Json<Database>> {
    caller.sees(database, "database")?;
    Ok(Json(shown(&portal, database).await?))
}

/// Change a database: its name by admins of it, the rest by operators
#[utoipa::path(
    patch, path = "/databases/{database}", tag = "databases", security(("session" = [])),
    params(("database" = i64, Path, description = "Its key.")), request_body = DatabaseChange,
    responses(
        (status = 200, body = Database),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn change(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
    Body(change): Body<DatabaseChange>,
) -> Answer<Json<Database>> {
    caller.administers(database, "database")?;
    if change.hosting.is_some() || change.kind.is_some() || change.admission.is_some() {
        caller.operates()?;
    }
    shown(&portal, database).await?;
    let name = change.name.map(|name| text("name", &name, Database::LONGEST_NAME)).transpose()?;
    let change = DatabaseChange { name, ..change };
    portal.store().change_database(database, &change, &by(caller.user.id)).await?;
    Ok(Json(shown(&portal, database).await?))
}

/// List the companies of a database; its members
#[utoipa::path(
    get, path = "/databases/{database}/companies", tag = "databases", security(("session" = [])),
    params(("database" = i64, Path, description = "Its key.")),
    responses(
        (status = 200, body = Vec<Company>),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn companies(
    State(portal): State<Portal>,
    caller: Caller,
    Keys(database): Keys<i64>,
) -> Answer<Json<Vec<Company>>> {
    caller.sees(database, "database")?;
    shown(&portal, database).await?;
    Ok(Json(portal.store().companies(database).await?))
}

/// Say what a company is called; admins of its database
#[utoipa::path(
    put, path = "/databases/{database}/companies/{number}", tag = "databases",
    security(("session" = [])),
    params(
        ("database" = i64, Path, description = "The database, by key."),
        ("number" = i64, Path, description = "The company's key in the customer's software."),
    ),
    request_body = CompanyChange,
    responses(
        (status = 200, body = Company),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(super) async fn set_company(
    State(portal): State<Portal>,
    caller: Caller,
    Keys((database, number)): Keys<(i64, i64)>,
    Body(change): Body<CompanyChange>,
) -> Answer<Json<Company>> {
    caller.administers(database, "database")?;
    shown(&portal, database).await?;
    if number <= 0 {
        return Err(Refused::not_found("company"));
    }
    let company = Company { number, name: filled("name", &change.name, Database::LONGEST_NAME)? };
    portal.store().set_company(database, &company, &by(caller.user.id)).await?;
    Ok(Json(company))
}

pub(super) async fn shown(portal: &Portal, database: i64) -> Answer<Database> {
    let database = portal.store().shown_database(database).await?;
    database.ok_or_else(|| Refused::not_found("database"))
}
