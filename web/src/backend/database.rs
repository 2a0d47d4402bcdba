//! Customers' databases as operators see them.

use iap_core::access::Role;
use iap_core::api::{Account, Company, CompanyChange, Database, DatabaseChange, Member, NewMember};
use iap_core::catalogue::Admission;

use super::http::{self, Failure};

/// All that is known of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownDatabase {
    /// The database.
    pub database: Database,
    /// Who has a role in it.
    pub members: Vec<Member>,
    /// Its companies.
    pub companies: Vec<Company>,
    /// Its accounts.
    pub accounts: Vec<Account>,
}

/// All databases that whoever is signed in may see.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn databases() -> Result<Vec<Database>, Failure> {
    http::list("/databases").await
}

/// A database with what belongs to it.
///
/// # Errors
/// [`Failure`] where the server does not tell it.
pub async fn database(id: i64) -> Result<KnownDatabase, Failure> {
    Ok(KnownDatabase {
        database: http::get(&format!("/databases/{id}")).await?,
        members: http::get(&format!("/databases/{id}/members")).await?,
        companies: http::get(&format!("/databases/{id}/companies")).await?,
        accounts: http::list(&format!("/accounts?database={id}")).await?,
    })
}

/// Lets a database in, keeps it out, or has it wait again.
///
/// # Errors
/// [`Failure`] where the server does not do it.
pub async fn admit(id: i64, admission: Admission) -> Result<(), Failure> {
    change(id, &DatabaseChange { admission: Some(admission), ..DatabaseChange::default() }).await
}

/// Changes a database.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn change(id: i64, change: &DatabaseChange) -> Result<(), Failure> {
    http::patch(&format!("/databases/{id}"), change).await
}

/// Gives somebody who can sign in a role, in place of the one before.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn set_member(id: i64, new: &NewMember) -> Result<Vec<Member>, Failure> {
    http::post(&format!("/databases/{id}/members"), new).await
}

/// Takes somebody's role.
///
/// # Errors
/// [`Failure`] where the server does not.
pub async fn remove_member(id: i64, user: i64) -> Result<(), Failure> {
    http::delete(&format!("/databases/{id}/members/{user}")).await
}

/// Says what a company is called.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn name_company(id: i64, company: &Company) -> Result<(), Failure> {
    let change = CompanyChange { name: company.name.clone() };
    http::put(&format!("/databases/{id}/companies/{}", company.number), &change).await
}

/// The role of that word; the one that may less where there is none of it.
#[must_use]
pub fn role(word: &str) -> Role {
    Role::from_word(word).unwrap_or(Role::Member)
}
