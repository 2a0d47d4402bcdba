//! When and to whom a warning goes that credits run low.

use std::sync::Arc;

use iap_core::access::EmailAddress;
use iap_core::credits::{AccountToken, Amount, Attribution, Threshold};
use iap_core::pricing::Credits;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Odoo;
use super::fault::Fault;
use crate::clock;
use crate::store::{AccountKey, By, Change, Request};

/// Recipients that an account may have.
const MOST: usize = 50;

#[derive(Deserialize)]
pub(super) struct Alerts {
    account_token: String,
    warning_threshold: Box<RawValue>,
    #[serde(default)]
    warning_emails: Vec<Recipient>,
}

#[derive(Deserialize)]
struct Recipient {
    email: String,
    #[serde(default)]
    lang_code: Option<String>,
}

/// Sets the threshold and the recipients of an account. The call names no service: a token is of
/// one account, and if a database was copied, of its copies.
pub(super) async fn update_warning_email_alerts(
    odoo: Arc<Odoo>,
    params: Alerts,
) -> Result<bool, Fault> {
    let threshold = threshold(&params.warning_threshold)?;
    let recipients = params.warning_emails.into_iter().map(|recipient| {
        let language = recipient.lang_code.unwrap_or_default();
        (recipient.email, language)
    });
    set(&odoo, &params.account_token, None, threshold, recipients.collect()).await
}

/// As versions 14 to 17 say it.
#[derive(Deserialize)]
pub(super) struct OldAlert {
    account_token: String,
    #[serde(default)]
    dbuuid: Option<String>,
    #[serde(default)]
    warn_me: bool,
    #[serde(default)]
    warning_threshold: Option<Box<RawValue>>,
    #[serde(default)]
    warning_email: Option<String>,
}

/// Sets the threshold and the one recipient that there was.
pub(super) async fn update_warning_odoo(odoo: Arc<Odoo>, params: OldAlert) -> Result<bool, Fault> {
    let threshold = match params.warning_threshold.filter(|_| params.warn_me) {
        Some(number) => threshold(&number)?,
        None => None,
    };
    let recipients = params.warning_email.filter(|_| params.warn_me).into_iter();
    let recipients = recipients.map(|email| (email, String::new())).collect();
    set(&odoo, &params.account_token, params.dbuuid.as_deref(), threshold, recipients).await
}

fn threshold(number: &RawValue) -> Result<Option<Threshold>, Fault> {
    let wrong =
        || Fault::Type("A threshold is a number of credits that is not negative.".to_owned());
    // Odoo writes what is not set as false.
    if matches!(number.get(), "false" | "null") {
        return Ok(None);
    }
    let credits = Credits::nearest(number.get()).map_err(|_| wrong())?;
    let amount = Amount::new(credits).map_err(|_| wrong())?;
    // Nothing is how Odoo says that nobody is to be warned.
    Ok(Threshold::new(amount).ok())
}

async fn set(
    odoo: &Odoo,
    token: &str,
    uuid: Option<&str>,
    threshold: Option<Threshold>,
    recipients: Vec<(String, String)>,
) -> Result<bool, Fault> {
    let token: AccountToken = token.parse()?;
    if recipients.len() > MOST {
        return Err(Fault::User(format!("An account can have no more than {MOST} recipients.")));
    }
    let recipients = recipients
        .into_iter()
        .map(|(email, language)| Ok((address(&email)?.to_string(), language_of(&language))))
        .collect::<Result<Vec<_>, Fault>>()?;
    let mut accounts = odoo.customers.store.accounts_of_token(&AccountKey::from(&token)).await?;
    if let Some(uuid) = uuid {
        let database = odoo.customers.store.known_database(uuid).await?;
        accounts.retain(|account| Some(account.database) == database.as_ref().map(|it| it.id));
    }
    for account in accounts {
        // Recipients first: once the threshold is set, a warning may go out at any moment.
        odoo.customers.store.set_alert_recipients(account.id, &recipients).await?;
        let request = Request {
            account: account.id,
            by: By::House,
            at: clock::now(),
            change: Change::Threshold(threshold),
            description: String::new(),
            attribution: Attribution::NONE,
            key: None,
        };
        odoo.customers.store.ledger().make(request).await?;
    }
    Ok(true)
}

/// The address of a recipient; Odoo's users may have a name before it, as in `Ann <ann@example.com>`.
fn address(given: &str) -> Result<EmailAddress, Fault> {
    let bare = given.trim_end().strip_suffix('>').and_then(|given| given.rsplit_once('<'));
    bare.map_or(given, |(_, bare)| bare).parse().map_err(|_| {
        let shown: String = given.chars().take(EmailAddress::MAX_LEN).collect();
        Fault::User(format!("“{shown}” is no address of electronic mail."))
    })
}

/// A language as browsers name it; Odoo's has an underscore.
fn language_of(code: &str) -> String {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'@');
    if code.is_empty() || code.len() > 20 || !code.bytes().all(known) {
        return "en".to_owned();
    }
    code.split('@').next().unwrap_or_default().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_an_address_alone() {
        for (given, kept) in [
            ("ann@example.com", "ann@example.com"),
            ("Ann Lee <Ann@Example.com>", "ann@example.com"),
            ("\"Lee, Ann\" <ann@example.com> ", "ann@example.com"),
        ] {
            assert_eq!(address(given).unwrap().as_str(), kept, "{given}");
        }
        // One of these in the store, and no account of its database could be listed.
        for bad in ["", "ann", "a b@example.com", "ann@example.com, bo@example.com", "<>", "@"] {
            assert!(address(bad).is_err(), "{bad}");
        }
    }
}
