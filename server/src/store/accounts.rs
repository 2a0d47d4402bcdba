//! Who has accounts, and for what.

use iap_core::catalogue::ServiceName;
use iap_core::credits::{AccountToken, Amount, TokenBase};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sha1::{Digest as _, Sha1};
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::error::StoreError;
use super::open::Store;
use crate::hexadecimal::hexadecimal;

/// By what an account is known to customers' software: the SHA-1 of its token without flags, in
/// hexadecimal. Source: Odoo's `iap.account`, which sends it in the link to the credit page.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AccountKey(String);

impl AccountKey {
    /// The key of a token.
    #[must_use]
    pub fn of(token: &TokenBase) -> Self {
        Self(hexadecimal(&Sha1::digest(token.as_str())))
    }

    /// A key as a link holds it: 40 hexadecimal digits.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let digits = text.len() == 40 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&AccountToken> for AccountKey {
    fn from(token: &AccountToken) -> Self {
        Self::of(token.base())
    }
}

/// An account with the names of those it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAccount {
    /// Its key here.
    pub id: i64,
    /// By what the database calls itself.
    pub database: String,
    /// What programs call the service.
    pub service: String,
    /// What can be spent.
    pub available: Credits,
    /// What is set aside.
    pub held: Credits,
}

/// The credits of a database for a service, as they are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRow {
    /// Its key here.
    pub id: i64,
    /// The database.
    pub database: i64,
    /// The service.
    pub service: i64,
    /// What can be spent.
    pub available: Credits,
    /// Below how much somebody is warned; nothing where nobody is.
    pub threshold: Amount,
    /// In whose name messages are sent; empty where nothing is set.
    pub sender_name: String,
    /// How many entries its ledger has.
    pub entries: i64,
}

const ACCOUNT: &str = "SELECT a.id, a.database_id, a.service_id, \
                       a.available_paid + a.available_granted, COALESCE(a.threshold, 0), \
                       a.sender_name, a.entries FROM account AS a";

impl Store {
    /// Notes that a database is given its trial of a service on an account, if it was not before;
    /// the account that it was or is given on.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn note_trial(&self, account: &AccountRow) -> Result<i64, StoreError> {
        sqlx::query(
            "INSERT INTO trial (database_id, service_id, account_id) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
        )
        .bind(account.database)
        .bind(account.service)
        .bind(account.id)
        .execute(&mut *self.writers.connection().await?)
        .await?;
        let row =
            sqlx::query("SELECT account_id FROM trial WHERE database_id = $1 AND service_id = $2")
                .bind(account.database)
                .bind(account.service)
                .fetch_one(&mut *self.writers.connection().await?)
                .await?;
        Ok(row.try_get(0)?)
    }

    /// The account of a database for a service; made where it has not been seen before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn account(
        &self,
        database: i64,
        service: i64,
        key: &AccountKey,
        now: Timestamp,
    ) -> Result<AccountRow, StoreError> {
        if let Some(known) = self.known_account(database, service, key).await? {
            return Ok(known);
        }
        sqlx::query(
            "INSERT INTO account (database_id, service_id, token_sha1, created_at) \
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(database)
        .bind(service)
        .bind(key.as_str())
        .bind(now.millis())
        .execute(&mut *self.writers.connection().await?)
        .await?;
        let made = self.known_account(database, service, key).await?;
        made.ok_or_else(|| StoreError::Corrupt("an account that was made is gone".to_owned()))
    }

    /// How many accounts of a database were first seen since a moment.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn new_accounts(&self, database: i64, since: Timestamp) -> Result<i64, StoreError> {
        let count = "SELECT COUNT(*) FROM account WHERE database_id = $1 AND created_at > $2";
        let query = sqlx::query(count).bind(database).bind(since.millis());
        Ok(query.fetch_one(&self.readers).await?.try_get(0)?)
    }

    /// The account of a database for a service, if it has been seen before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn known_account(
        &self,
        database: i64,
        service: i64,
        key: &AccountKey,
    ) -> Result<Option<AccountRow>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{ACCOUNT} WHERE service_id = $1 AND token_sha1 = $2 AND database_id = $3"
        ));
        let row = sqlx::query(statement)
            .bind(service)
            .bind(key.as_str())
            .bind(database)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| read_account(&row)).transpose()
    }

    /// The account of a token for a service and a database that is let in, if something has been
    /// entered in it: all that is to be known of one that is in use, read at once.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn account_in_use(
        &self,
        uuid: &str,
        service: &ServiceName,
        key: &AccountKey,
    ) -> Result<Option<AccountRow>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{ACCOUNT} JOIN service AS s ON s.id = a.service_id \
             JOIN database AS d ON d.id = a.database_id WHERE s.name = $1 AND d.uuid = $2 \
             AND d.admission = 'approved' AND a.token_sha1 = $3 AND a.entries > 0"
        ));
        let query = sqlx::query(statement).bind(service.as_str()).bind(uuid).bind(key.as_str());
        let row = query.fetch_optional(&self.readers).await?;
        row.map(|row| read_account(&row)).transpose()
    }

    /// The accounts of a token for a service, of whatever database. There is more than one where a
    /// database was copied and called itself anew.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn accounts_of_key(
        &self,
        service: i64,
        key: &AccountKey,
    ) -> Result<Vec<AccountRow>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{ACCOUNT} WHERE service_id = $1 AND token_sha1 = $2 ORDER BY id"
        ));
        let query = sqlx::query(statement).bind(service).bind(key.as_str());
        query.fetch_all(&self.readers).await?.iter().map(read_account).collect()
    }

    /// The accounts of a token, of whatever service and database.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn accounts_of_token(&self, key: &AccountKey) -> Result<Vec<AccountRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{ACCOUNT} WHERE token_sha1 = $1 ORDER BY id"));
        let query = sqlx::query(statement).bind(key.as_str());
        query.fetch_all(&self.readers).await?.iter().map(read_account).collect()
    }

    /// An account by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn account_by_id(&self, id: i64) -> Result<Option<AccountRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{ACCOUNT} WHERE id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read_account(&row)).transpose()
    }

    /// Whether a database has an account for a service.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn has_account(&self, database: i64, service: i64) -> Result<bool, StoreError> {
        let query = "SELECT id FROM account WHERE database_id = $1 AND service_id = $2 LIMIT 1";
        let query = sqlx::query(query).bind(database).bind(service);
        Ok(query.fetch_optional(&self.readers).await?.is_some())
    }

    /// The services whose trial a database was granted, by key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn trials(&self, database: i64) -> Result<Vec<i64>, StoreError> {
        let query = sqlx::query("SELECT service_id FROM trial WHERE database_id = $1");
        let rows = query.bind(database).fetch_all(&self.readers).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    /// All accounts, in the order in which they were made.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn named_accounts(&self) -> Result<Vec<NamedAccount>, StoreError> {
        let rows = sqlx::query(
            "SELECT a.id, d.uuid, s.name, a.available_paid + a.available_granted, \
             a.held_paid + a.held_granted FROM account AS a \
             JOIN database AS d ON d.id = a.database_id \
             JOIN service AS s ON s.id = a.service_id ORDER BY a.id",
        )
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &AnyRow| {
            Ok(NamedAccount {
                id: row.try_get(0)?,
                database: row.try_get(1)?,
                service: row.try_get(2)?,
                available: Credits::from_millionths(row.try_get(3)?),
                held: Credits::from_millionths(row.try_get(4)?),
            })
        };
        rows.iter().map(read).collect()
    }

    /// Who is told that an account's credits run low, with their languages, in place of those
    /// before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_alert_recipients(
        &self,
        account: i64,
        recipients: &[(String, String)],
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        sqlx::query("DELETE FROM alert_recipient WHERE account_id = $1")
            .bind(account)
            .execute(&mut *connection)
            .await?;
        for (email, language) in recipients {
            sqlx::query(
                "INSERT INTO alert_recipient (account_id, email, language) VALUES ($1, $2, $3) \
                 ON CONFLICT DO NOTHING",
            )
            .bind(account)
            .bind(&**email)
            .bind(&**language)
            .execute(&mut *connection)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// Open holds whose time is over, the longest ago first: their accounts and keys.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn due_holds(
        &self,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<(i64, i64)>, StoreError> {
        let rows = sqlx::query(
            "SELECT account_id, id FROM hold WHERE state = 'open' AND expires_at <= $1 \
             ORDER BY expires_at LIMIT $2",
        )
        .bind(now.millis())
        .bind(most)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }
}

fn read_account(row: &AnyRow) -> Result<AccountRow, StoreError> {
    let threshold = Amount::new(Credits::from_millionths(row.try_get(4)?));
    Ok(AccountRow {
        id: row.try_get(0)?,
        database: row.try_get(1)?,
        service: row.try_get(2)?,
        available: Credits::from_millionths(row.try_get(3)?),
        threshold: threshold.unwrap_or_default(),
        sender_name: row.try_get(5)?,
        entries: row.try_get(6)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_of_the_token_without_its_flags() {
        let token = |text: &str| text.parse::<AccountToken>().unwrap();
        let plain = AccountKey::from(&token("d20c879d28ee40eeb567e13ec375bd1b"));
        let disabled = AccountKey::from(&token("d20c879d28ee40eeb567e13ec375bd1b+disabled"));
        assert_eq!(plain, disabled);
        assert_eq!(AccountKey::read(&plain.as_str().to_ascii_uppercase()), Some(plain));
        for bad in ["", "d20c879d28ee40eeb567e13ec375bd1b", &"g".repeat(40)] {
            assert_eq!(AccountKey::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn is_sha1() {
        // The third example of FIPS 180-4's test values is “abc”.
        let expected = "a9993e364706816aba3e25717850c26c9cd0d89d";
        assert_eq!(hexadecimal(&Sha1::digest("abc")), expected);
    }
}
