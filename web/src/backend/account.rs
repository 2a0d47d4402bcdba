//! Accounts as the pages show them.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use iap_core::api::{Account, Company, Database};

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
    let mut companies = BTreeMap::<i64, Vec<Company>>::new();
    for account in accounts.iter().filter(|account| !account.companies.is_empty()) {
        let database = account.database;
        if let Entry::Vacant(place) = companies.entry(database) {
            place.insert(http::get(&format!("/databases/{database}/companies")).await?);
        }
    }
    let named = |account: Account| NamedAccount {
        database: databases.get(&account.database).map(database_name).unwrap_or_default(),
        companies: account
            .companies
            .iter()
            .map(|number| company_name(companies.get(&account.database), *number))
            .collect(),
        account,
    };
    Ok(accounts.into_iter().map(named).collect())
}

/// What a database is called: nobody need have named it.
fn database_name(database: &Database) -> String {
    let name = if database.name.is_empty() { &database.uuid } else { &database.name };
    name.clone()
}

fn company_name(companies: Option<&Vec<Company>>, number: i64) -> String {
    let found = companies.and_then(|all| all.iter().find(|company| company.number == number));
    match found {
        Some(company) if !company.name.is_empty() => company.name.clone(),
        _ => format!("#{number}"),
    }
}
