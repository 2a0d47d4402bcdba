//! When and to whom a warning goes that credits run low.

use iap_core::credits::{AccountToken, Amount, Threshold};
use iap_core::pricing::Credits;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Odoo;
use super::fault::Fault;
use crate::clock;
use crate::store::{AccountKey, Change, Request};

/// Recipients that an account may have.
const MOST: usize = 50;

/// The longest address, by RFC 5321 section 4.5.3.1.
const EMAIL: usize = 254;

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
pub(super) async fn update_warning_email_alerts(odoo: Odoo, params: Alerts) -> Result<bool, Fault> {
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
pub(super) async fn update_warning_odoo(odoo: Odoo, params: OldAlert) -> Result<bool, Fault> {
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
    for (email, _) in &recipients {
        if email.len() > EMAIL || !email.contains('@') || email.chars().any(char::is_control) {
            return Err(Fault::User(format!("“{email}” is no address of electronic mail.")));
        }
    }
    let recipients: Vec<_> =
        recipients.into_iter().map(|(email, language)| (email, language_of(&language))).collect();
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
            service: None,
            at: clock::now(),
            change: Change::Threshold(threshold),
            description: String::new(),
            key: None,
        };
        odoo.customers.store.ledger().make(request).await?;
    }
    Ok(true)
}

/// A language as browsers name it; Odoo's has an underscore.
fn language_of(code: &str) -> String {
    let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'@');
    if code.is_empty() || code.len() > 20 || !code.bytes().all(known) {
        return "en".to_owned();
    }
    code.split('@').next().unwrap_or_default().replace('_', "-")
}
