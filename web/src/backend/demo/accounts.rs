//! The accounts of the demo's database. What is set for them is kept in this browser.

use iap_core::api::{Account, AccountChange, Alert, Company, Funds};
use iap_core::credits::Amount;
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;

use super::catalogue::{SERVICES, is_active};
use super::orders::bought;
use super::{DATABASE, MESSAGES, SENDER};
use crate::backend::account::{NamedAccount, named};
use crate::backend::value;
use crate::storage;

/// What is set for an account is kept under this and its key.
const CHANGES: &str = "iap.demo.account.";

/// The warning of an account is kept under this and its key.
const ALERT: &str = "iap.demo.alert.";

/// The companies of the database.
const COMPANIES: [(i64, &str); 2] = [(1, SENDER.company), (2, "Demo Shop")];

/// The paid and granted credits of an account, the threshold of its warning, and the company that it is
/// limited to.
type Made = (&'static str, &'static str, &'static str, Option<i64>);

/// The accounts for the first services. The first has the composer's balance in place of what stands
/// here.
const ACCOUNTS: [Made; 3] =
    [("0", "0", "10", None), ("438", "0", "50", Some(1)), ("0", "25", "", None)];

/// The accounts, of which the first has the composer's balance.
#[must_use]
pub fn accounts(balance: Credits) -> Vec<NamedAccount> {
    let companies = companies();
    (1..)
        .zip(SERVICES)
        .filter(|(id, _)| is_active(*id))
        .filter_map(|(id, _)| {
            let mut account = account(id)?;
            if id == MESSAGES {
                let paid = Amount::new(balance).unwrap_or_default();
                account.available = Funds { paid, granted: Amount::ZERO, total: paid };
            }
            Some(named(account, SENDER.company, &companies))
        })
        .collect()
}

/// The technical name and the label of an account's service.
pub(super) fn made(account: i64) -> Option<(&'static str, &'static str)> {
    let place = usize::try_from(account).ok()?.checked_sub(1)?;
    SERVICES.get(place).map(|service| (service.name, service.label))
}

/// An account by its key, which is that of its service. One that was activated here has what the service
/// gives to try it.
fn account(id: i64) -> Option<Account> {
    let place = usize::try_from(id).ok()?.checked_sub(1)?;
    let service = SERVICES.get(place)?;
    let (name, label) = (service.name, service.label);
    let (paid, granted, threshold, company) =
        ACCOUNTS.get(place).copied().unwrap_or(("0", service.trial, "", None));
    let paid = credits(paid).checked_add(bought(id)).ok()?;
    let granted = credits(granted);
    let total = paid.checked_add(granted).ok()?;
    let alert = Alert { threshold: threshold.parse().ok(), recipients: Vec::new() };
    let change: AccountChange = kept(CHANGES, id).unwrap_or_default();
    Some(Account {
        id,
        database: DATABASE,
        service: id,
        service_name: name.parse().ok()?,
        service_label: label.to_owned(),
        available: Funds { paid, granted, total },
        held: Funds::default(),
        sender_name: change.sender_name.unwrap_or_default(),
        companies: change.companies.unwrap_or_else(|| company.into_iter().collect()),
        alert: kept(ALERT, id).unwrap_or(alert),
        disabled: change.disabled.unwrap_or_default(),
        created_at: Timestamp::from_millis(1_788_220_800_000),
    })
}

fn kept<T: serde::de::DeserializeOwned>(what: &str, account: i64) -> Option<T> {
    value::from_text(&storage::get(&format!("{what}{account}"))?)
}

/// A number of credits of our own.
pub(super) fn credits(number: &str) -> Amount {
    number.parse().unwrap_or_default()
}

/// The companies of the database.
#[must_use]
pub fn companies() -> Vec<Company> {
    let company = |(number, name): (i64, &str)| Company { number, name: name.to_owned() };
    COMPANIES.map(company).into()
}

/// Sets the warning of an account.
pub fn set_alert(account: i64, alert: &Alert) {
    if let Some(text) = value::to_text(alert) {
        storage::set(&format!("{ALERT}{account}"), &text);
    }
}

/// Changes what is set for an account.
pub fn change_account(account: i64, change: &AccountChange) {
    let before: AccountChange = kept(CHANGES, account).unwrap_or_default();
    let change = AccountChange {
        sender_name: change.sender_name.clone().or(before.sender_name),
        companies: change.companies.clone().or(before.companies),
        disabled: change.disabled.or(before.disabled),
    };
    if let Some(text) = value::to_text(&change) {
        storage::set(&format!("{CHANGES}{account}"), &text);
    }
}
