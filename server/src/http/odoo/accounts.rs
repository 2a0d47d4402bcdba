//! What accounts have.

use std::collections::BTreeMap;
use std::sync::Arc;

use iap_core::catalogue::ServiceName;
use iap_core::credits::AccountToken;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Odoo;
use super::fault::{Fault, number};
use crate::store::AccountRow;

/// Accounts that one call may ask for. A database has one for each service and company.
const MOST: usize = 500;

#[derive(Deserialize)]
pub(super) struct Balance {
    dbuuid: String,
    account_token: String,
    service_name: String,
}

/// What can be spent, as a bare number.
pub(super) async fn balance(odoo: Arc<Odoo>, params: Balance) -> Result<Value, Fault> {
    let token: AccountToken = params.account_token.parse()?;
    let service: ServiceName =
        params.service_name.parse().map_err(|_| unknown_service(&params.service_name))?;
    let in_use = odoo.customers.account_in_use(&params.dbuuid, &service, &token).await?;
    if let Some(account) = in_use {
        return Ok(number_of(Some(&account)));
    }
    let service = odoo
        .customers
        .store
        .service(&service)
        .await?
        .ok_or_else(|| unknown_service(service.as_str()))?;
    // Nobody who is not let in has anything.
    let Some(database) = odoo.customers.admitted(&params.dbuuid).await? else {
        return Ok(number_of(None));
    };
    let account = odoo.customers.account(&database, &service, &token).await?;
    Ok(number_of(Some(&account)))
}

fn number_of(account: Option<&AccountRow>) -> Value {
    number(account.map(|account| account.available).unwrap_or_default())
}

fn unknown_service(name: &str) -> Fault {
    let name: String = name.chars().take(ServiceName::MAX_LEN).collect();
    Fault::User(format!("This server offers no service “{name}”."))
}

#[derive(Deserialize)]
pub(super) struct AccountsInformation {
    iap_accounts: Vec<Asked>,
    dbuuid: String,
}

#[derive(Deserialize)]
struct Asked {
    token: String,
    service: String,
}

/// What the client's form shows of an account. It does not open without the first three.
#[derive(Serialize)]
pub(super) struct Information {
    balance: Value,
    warning_threshold: Value,
    registered: Value,
    #[serde(skip_serializing_if = "String::is_empty")]
    sender_name: String,
}

/// Of each account that is known here, by the token that was sent. Those of services that are not
/// offered here are left out, as the client expects.
pub(super) async fn accounts_information(
    odoo: Arc<Odoo>,
    params: AccountsInformation,
) -> Result<BTreeMap<String, Information>, Fault> {
    if params.iap_accounts.len() > MOST {
        return Err(Fault::User(format!("No more than {MOST} accounts can be asked for at once.")));
    }
    let mut known = BTreeMap::new();
    let Some(database) = odoo.customers.admitted(&params.dbuuid).await? else { return Ok(known) };
    for asked in params.iap_accounts {
        // One that is none here is no reason to show nothing of the others.
        let (Ok(token), Ok(name)) = (asked.token.parse(), asked.service.parse()) else { continue };
        let in_use = odoo.customers.account_in_use(&params.dbuuid, &name, &token).await?;
        let account = if let Some(account) = in_use {
            account
        } else {
            let Some(service) = odoo.customers.store.service(&name).await? else { continue };
            odoo.customers.account(&database, &service, &token).await?
        };
        let registered = match name.as_str() {
            // Senders need no registration here.
            "sms" => Value::from("registered"),
            _ => Value::from(false),
        };
        let information = Information {
            balance: number(account.available),
            warning_threshold: number(account.threshold.credits()),
            registered,
            sender_name: account.sender_name,
        };
        known.insert(asked.token, information);
    }
    Ok(known)
}
