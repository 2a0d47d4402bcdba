//! Accounts as the pages show them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use iap_core::api::{Account, AccountChange, Alert, Company, Database};

use super::demo;
use super::http::{self, Failure};

/// An account with the names of what it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedAccount {
    /// The account.
    pub account: Account,
    /// What its database is called.
    pub database: String,
    /// What the companies are called that it is limited to; none where all may use it.
    pub companies: Vec<String>,
}

/// The accounts that whoever is signed in may see, with their names.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn accounts() -> Result<Vec<NamedAccount>, Failure> {
    let accounts: Vec<Account> = http::list("/accounts").await?;
    let databases: Vec<Database> = http::list("/databases").await?;
    let databases: BTreeMap<i64, Database> =
        databases.into_iter().map(|database| (database.id, database)).collect();
    let mut all = BTreeMap::<i64, Vec<Company>>::new();
    for account in accounts.iter().filter(|account| !account.companies.is_empty()) {
        if let Entry::Vacant(place) = all.entry(account.database) {
            place.insert(companies(false, account.database).await?);
        }
    }
    let name = |account: Account| {
        let database = databases.get(&account.database).map(database_name).unwrap_or_default();
        let companies = all.get(&account.database).map_or(&[][..], Vec::as_slice);
        named(account, database, companies)
    };
    Ok(accounts.into_iter().map(name).collect())
}

/// An account with the names of its database and of its companies, which are among those.
#[must_use]
pub fn named(account: Account, database: &str, companies: &[Company]) -> NamedAccount {
    let companies = account.companies.iter().map(|it| company_name(companies, *it)).collect();
    NamedAccount { account, database: database.to_owned(), companies }
}

/// What a database is called: nobody need have named it.
#[must_use]
pub fn database_name(database: &Database) -> &str {
    if database.name.is_empty() { &database.uuid } else { &database.name }
}

/// What a company is called, by its key in the customer's software: nobody need have named it.
#[must_use]
pub fn company_name(companies: &[Company], number: i64) -> String {
    match companies.iter().find(|company| company.number == number) {
        Some(company) if !company.name.is_empty() => company.name.clone(),
        _ => format!("#{number}"),
    }
}

/// The companies of a database.
///
/// # Errors
/// [`Failure`] where the server does not tell them.
pub async fn companies(is_demo: bool, database: i64) -> Result<Vec<Company>, Failure> {
    if is_demo {
        return Ok(demo::companies());
    }
    http::get(&format!("/databases/{database}/companies")).await
}

/// Sets the warning of an account.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn set_alert(is_demo: bool, account: i64, alert: &Alert) -> Result<(), Failure> {
    if is_demo {
        demo::set_alert(account, alert);
        return Ok(());
    }
    http::put(&format!("/accounts/{account}/alert"), alert).await
}

/// Changes what is set for an account.
///
/// # Errors
/// [`Failure`] where the server does not take it.
pub async fn change(is_demo: bool, account: i64, change: &AccountChange) -> Result<(), Failure> {
    if is_demo {
        demo::change_account(account, change);
        return Ok(());
    }
    http::patch(&format!("/accounts/{account}"), change).await
}
