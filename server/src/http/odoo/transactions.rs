//! How providers charge for their services.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use iap_core::credits::{AccountToken, Amount, Attribution, Hold, SandboxAccount, SandboxHold};
use iap_core::pricing::Credits;
use iap_core::time::Hours;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::Odoo;
use super::fault::{Fault, disabled, refused};
use crate::clock;
use crate::known_accounts::Name;
use crate::secret;
use crate::store::{By, Change, LedgerError, Outcome, Refusal, Request, ServiceRow};

/// The longest text that says what a charge is for, in characters; more is cut off.
const DESCRIPTION: usize = 500;

/// The longest key of a caller for a request of theirs.
const REQUEST: usize = 128;

/// The most credits that can be asked for at once: a slip of the finger, above that.
const MOST: Amount =
    match Amount::new(Credits::from_millionths(1_000_000_000 * Credits::MILLIONTHS)) {
        Ok(amount) => amount,
        Err(_) => Amount::ZERO,
    };

#[derive(Deserialize)]
pub(super) struct Authorize {
    account_token: String,
    key: String,
    credit: Box<RawValue>,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    ttl: Option<Box<RawValue>>,
    #[serde(default)]
    dbuuid: Option<String>,
    /// Ours: the caller's key for this request. The same one again is the same hold.
    #[serde(default)]
    request_id: Option<String>,
    /// Ours: the company that it is for, by its key in the customer's software.
    #[serde(default)]
    company: Option<i64>,
    /// Ours: the user that it is for, by name.
    #[serde(default)]
    user: Option<String>,
    /// Ours: where the message or document that it is for is found.
    #[serde(default)]
    link: Option<String>,
}

/// What is to be set aside, once it is read.
struct Asked {
    token: AccountToken,
    needed: Amount,
    ttl: Hours,
    description: String,
    attribution: Attribution,
    request_id: Option<String>,
}

impl Authorize {
    fn asked(&self) -> Result<Asked, Fault> {
        let needed = amount("credit", &self.credit)?;
        let ttl = match &self.ttl {
            Some(ttl) => hours(ttl)?,
            None => Hold::DEFAULT_TTL,
        };
        if self.request_id.as_ref().is_some_and(|id| id.is_empty() || id.len() > REQUEST) {
            return Err(Fault::Type(format!("`request_id` has 1 to {REQUEST} bytes.")));
        }
        let description = self.description.as_deref().unwrap_or_default();
        let [user, link] = [&self.user, &self.link].map(|it| it.as_deref().unwrap_or_default());
        let attribution = Attribution::new(self.company, user, link)
            .map_err(|error| Fault::Type(format!("`{}`: {error}", error.field())))?;
        Ok(Asked {
            token: self.account_token.parse()?,
            needed,
            ttl,
            description: description.chars().take(DESCRIPTION).collect(),
            attribution,
            request_id: self.request_id.clone(),
        })
    }
}

impl Asked {
    fn request(&self, account: i64, by: By) -> Request {
        Request {
            account,
            by,
            at: clock::now(),
            change: Change::Authorize(self.needed, self.ttl),
            description: self.description.clone(),
            attribution: self.attribution.clone(),
            key: self.request_id.clone(),
        }
    }
}

/// Sets credits aside for work; the result names the transaction.
pub(super) async fn authorize(odoo: Arc<Odoo>, params: Authorize) -> Result<String, Fault> {
    if let Some(account) = odoo.sandbox_account(&params.account_token) {
        return odoo.try_out(account, &params).await;
    }
    let key = secret::hash(&params.key);
    let asked = params.asked();
    let name = match (&asked, &params.dbuuid) {
        // Whether it may be charged for a company is looked up.
        (Ok(asked), Some(uuid))
            if asked.token.usable().is_ok() && asked.attribution.company().is_none() =>
        {
            Some(Name::new(&key, uuid, &asked.token))
        }
        _ => None,
    };
    if let (Some(name), Ok(asked)) = (name, &asked)
        && let Some(account) = odoo.customers.known_accounts.find(name)
    {
        let request = asked.request(account, By::Key(key.clone()));
        match odoo.customers.store.ledger().make(request).await {
            Ok(outcome) => return Ok(Transaction::of(account, &outcome).to_string()),
            // What is in the way is told below, or is none there: credits to try a service, say.
            Err(LedgerError::Refused(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    let service = odoo.service_of(&key).await?;
    let asked = asked?;
    let (needed, service_name) = (asked.needed, service.service.name.as_str());
    let usable = asked.token.usable();
    usable.map_err(|error| disabled(error, needed, service_name, &odoo.public_url))?;
    let uuid = params.dbuuid.as_deref();
    let account =
        odoo.customers.account_to_charge(&service, &asked.token, uuid, &asked.attribution).await?;
    let Some(account) = account else {
        let none = "There are no credits for this service yet. Buy credits, then try again.";
        return Err(Fault::insufficient(needed, service_name, &odoo.public_url, &none));
    };
    let request = asked.request(account, By::Service(service.id));
    let made = odoo.customers.store.ledger().make(request).await;
    let outcome = made.map_err(|error| refused(error, needed, service_name, &odoo.public_url))?;
    if let Some(name) = name {
        odoo.customers.known_accounts.note(name, account);
    }
    Ok(Transaction::of(account, &outcome).to_string())
}

#[derive(Deserialize)]
#[expect(clippy::struct_field_names, reason = "as the client calls them")]
pub(super) struct Capture {
    token: String,
    key: String,
    #[serde(default)]
    credit_to_capture: Option<Box<RawValue>>,
}

/// Charges what was set aside, or less. Again it changes nothing.
pub(super) async fn capture(odoo: Arc<Odoo>, params: Capture) -> Result<bool, Fault> {
    let amount = match &params.credit_to_capture {
        Some(number) if !matches!(number.get(), "null" | "false") => {
            Some(amount("credit_to_capture", number)?)
        }
        _ => None,
    };
    if let Some(hold) = odoo.sandbox_hold(&params.token) {
        return hold.capture(amount).map(|_| true).map_err(|error| Fault::User(error.to_string()));
    }
    odoo.resolve(&params.key, &params.token, |hold| Change::Capture(hold, amount)).await
}

#[derive(Deserialize)]
pub(super) struct Cancel {
    token: String,
    key: String,
}

/// Gives back what was set aside. Again it changes nothing.
pub(super) async fn cancel(odoo: Arc<Odoo>, params: Cancel) -> Result<bool, Fault> {
    if odoo.sandbox_hold(&params.token).is_some() {
        return Ok(true);
    }
    odoo.resolve(&params.key, &params.token, Change::Cancel).await
}

impl Odoo {
    /// The account for tests of that token, where there are such.
    fn sandbox_account(&self, token: &str) -> Option<SandboxAccount> {
        SandboxAccount::of_token(token).filter(|_| self.sandbox)
    }

    /// The hold on such an account that a transaction is.
    fn sandbox_hold(&self, transaction: &str) -> Option<SandboxHold> {
        let transaction: Transaction = transaction.parse().ok()?;
        let ours = self.sandbox && transaction.account == 0;
        SandboxHold::of_number(transaction.hold.checked_neg()?).filter(|_| ours)
    }

    /// Sets nothing aside, and answers as if. The key opens nothing here and is not looked at, as in the
    /// original; it only says what the service is called that lacks credits.
    async fn try_out(&self, account: SandboxAccount, params: &Authorize) -> Result<String, Fault> {
        let needed = amount("credit", &params.credit)?;
        if let Some(hold) = account.authorize(needed) {
            let transaction = Transaction { account: 0, hold: hold.number().saturating_neg() };
            return Ok(transaction.to_string());
        }
        let service = self.customers.store.service_of_key(&secret::hash(&params.key)).await?;
        let name = service.map(|it| it.service.name.to_string());
        let none = "This account for tests has no credits.";
        Err(Fault::insufficient(needed, &name.unwrap_or_default(), &self.public_url, &none))
    }

    /// The service that has a key, by the SHA-256 of that.
    async fn service_of(&self, key: &str) -> Result<ServiceRow, Fault> {
        let service = self.customers.store.service_of_key(key).await?;
        service.ok_or_else(|| {
            Fault::Access(
                "No service has this key. Look it up with the service, or have a new one made."
                    .to_owned(),
            )
        })
    }

    async fn resolve(
        &self,
        key: &str,
        transaction: &str,
        change: impl FnOnce(i64) -> Change,
    ) -> Result<bool, Fault> {
        let key = secret::hash(key);
        let made = match transaction.parse() {
            Ok(Transaction { account, hold }) => {
                let request = Request {
                    account,
                    by: By::Key(key.clone()),
                    at: clock::now(),
                    change: change(hold),
                    description: String::new(),
                    attribution: Attribution::NONE,
                    key: None,
                };
                self.customers.store.ledger().make(request).await
            }
            Err(()) => Err(Refusal::UnknownHold.into()),
        };
        match made {
            Ok(_) => Ok(true),
            // Those of others are none for them.
            Err(LedgerError::Refused(Refusal::UnknownAccount | Refusal::UnknownHold)) => {
                self.service_of(&key).await?;
                Err(Fault::User("There is no such transaction.".to_owned()))
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// What a transaction is called: the account and the number of the hold, in hexadecimal. It need
/// not be secret, as nothing can be done with it without the key of its service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Transaction {
    account: i64,
    hold: i64,
}

impl Transaction {
    fn of(account: i64, outcome: &Outcome) -> Self {
        Self { account, hold: outcome.hold.map(|(number, _)| number).unwrap_or_default() }
    }
}

impl fmt::Display for Transaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.account, self.hold)
    }
}

impl FromStr for Transaction {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (account, hold) = text.split_once('-').ok_or(())?;
        // A sign would be a number to the standard library, too.
        let number = |digits: &str| {
            let digits = Some(digits).filter(|it| it.bytes().all(|byte| byte.is_ascii_hexdigit()));
            i64::from_str_radix(digits.ok_or(())?, 16).map_err(|_| ())
        };
        Ok(Self { account: number(account)?, hold: number(hold)? })
    }
}

fn amount(name: &str, number: &RawValue) -> Result<Amount, Fault> {
    let wrong = || Fault::Type(format!("`{name}` has to be a number of credits from 0 to {MOST}."));
    let amount = Credits::nearest(number.get()).ok().and_then(|credits| Amount::new(credits).ok());
    amount.filter(|amount| *amount <= MOST).ok_or_else(wrong)
}

/// Hours, rounded up to whole ones.
fn hours(number: &RawValue) -> Result<Hours, Fault> {
    let wrong = || {
        Fault::Type(format!("`ttl` has to be a number of hours from 1 to {}.", Hours::MAX.get()))
    };
    if number.get() == "null" {
        return Ok(Hold::DEFAULT_TTL);
    }
    let millionths = Credits::nearest(number.get()).map_err(|_| wrong())?.millionths();
    let up = millionths.checked_add(Credits::MILLIONTHS - 1).ok_or_else(wrong)?;
    let hours = u32::try_from(up.div_euclid(Credits::MILLIONTHS)).map_err(|_| wrong())?;
    Hours::new(hours).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn amounts_are_numbers_that_are_not_negative() {
        for (text, expected) in [("4", "4"), ("0.1", "0.1"), ("1e-1", "0.1"), ("0", "0")] {
            assert_eq!(amount("credit", &raw(text)).unwrap(), expected.parse().unwrap());
        }
        for bad in ["-1", "\"4\"", "true", "null", "[]", "{}", "1e10", "1e400"] {
            let Err(Fault::Type(message)) = amount("credit", &raw(bad)) else { panic!("{bad}") };
            assert!(message.contains("`credit`"), "{message}");
        }
    }

    #[test]
    fn hours_are_rounded_up() {
        for (text, expected) in [("1", 1), ("4320", 4320), ("0.5", 1), ("1.01", 2)] {
            assert_eq!(hours(&raw(text)).unwrap().get(), expected);
        }
        for bad in ["0", "-1", "87601", "\"1\"", "true", "[]"] {
            assert!(hours(&raw(bad)).is_err(), "{bad}");
        }
        assert_eq!(hours(&raw("null")).unwrap(), Hold::DEFAULT_TTL);
    }

    #[test]
    fn transactions_are_read_as_they_are_written() {
        let transaction = Transaction { account: 0x1F, hold: 300 };
        assert_eq!(transaction.to_string(), "1f-12c");
        assert_eq!("1f-12c".parse(), Ok(transaction));
        for bad in
            ["", "-", "1f", "1f-", "1f--1", "+1-1", "1f-12c-1", "xyz-1", "1f-ffffffffffffffff"]
        {
            assert_eq!(bad.parse::<Transaction>(), Err(()), "{bad}");
        }
    }
}
