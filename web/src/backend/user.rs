//! Everybody who can sign in, as operators see them.

use iap_core::access::Role;
use iap_core::api::{Database, NewUser, Service, User, UserChange, WaysToSignIn};

use super::http::{self, Failure};

/// Somebody, with what they belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownUser {
    /// Who it is.
    pub user: User,
    /// The databases in which they have a role.
    pub databases: Vec<(Database, Role)>,
    /// The services that they offer.
    pub services: Vec<Service>,
    /// The ways to sign in that there are.
    pub ways: WaysToSignIn,
}

/// Everybody who can sign in.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn users() -> Result<Vec<User>, Failure> {
    http::list("/users").await
}

/// Somebody, with the names of what they belong to.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn user(id: i64) -> Result<KnownUser, Failure> {
    let user = only(id).await?;
    let mut databases = Vec::new();
    for it in &user.databases {
        databases.push((http::get(&format!("/databases/{}", it.database)).await?, it.role));
    }
    let mut services = Vec::<Service>::new();
    if !user.services.is_empty() {
        services = http::get("/services").await?;
        services.retain(|service| user.services.contains(&service.id));
    }
    // Who asks is no part of it.
    let ways = WaysToSignIn { session: None, ..ways().await? };
    Ok(KnownUser { user, databases, services, ways })
}

async fn only(id: i64) -> Result<User, Failure> {
    http::get(&format!("/users/{id}")).await
}

/// The ways to sign in that there are.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn ways() -> Result<WaysToSignIn, Failure> {
    http::get("/sign-in").await
}

/// Lets somebody sign in from now on.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn add(new: &NewUser) -> Result<User, Failure> {
    http::post("/users", new).await
}

/// Changes somebody; what they are then.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn change(id: i64, change: &UserChange) -> Result<User, Failure> {
    http::patch_and_read(&format!("/users/{id}"), change).await
}

/// Forgets who somebody is at the identity provider.
///
/// # Errors
/// [`Failure`] where the server does not.
pub async fn forget_identity(id: i64) -> Result<(), Failure> {
    http::delete(&format!("/users/{id}/identity")).await
}
