//! Services that somebody activates for a database, before its software uses them.

use iap_core::time::Timestamp;
use sqlx::{AnyConnection, Row as _};

use super::accounts::AccountKey;
use super::audit::{Actor, note};
use super::error::StoreError;
use super::open::Store;

/// For how long asking again with the same key brings a new token, in milliseconds: one that never
/// arrived, because a connection broke, is asked for at once.
const ASKED_AGAIN: i64 = 3_600_000;

/// A service that is to be activated for a database.
#[derive(Clone, Copy, Debug)]
pub struct NewActivation<'a> {
    /// The database.
    pub database: i64,
    /// The service.
    pub service: i64,
    /// The key of the account's token, if one is made.
    pub key: &'a AccountKey,
    /// With which it is asked for.
    pub request: &'a str,
}

/// A service that is activated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activated {
    /// The account, by key.
    pub account: i64,
    /// Whether the given token opens it: it was made now, or its token was replaced.
    pub is_new: bool,
}

impl Store {
    /// The account of a database for a service: the one that there is, or a new one. Whoever asks at
    /// the same moment gets the same.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn activate(
        &self,
        new: NewActivation<'_>,
        actor: &Actor,
    ) -> Result<Activated, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        if let Some(known) = known(connection, new, actor.at).await? {
            transaction.commit().await?;
            return Ok(known);
        }
        let NewActivation { database, service, key, request } = new;
        let row = sqlx::query(
            "INSERT INTO account (database_id, service_id, token_sha1, created_at) \
             VALUES ($1, $2, $3, $4) RETURNING id",
        )
        .bind(database)
        .bind(service)
        .bind(key.as_str())
        .bind(actor.at.millis())
        .fetch_one(&mut *connection)
        .await?;
        let account: i64 = row.try_get(0)?;
        let made = sqlx::query(
            "INSERT INTO activation (database_id, service_id, account_id, request_key) \
             VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(database)
        .bind(service)
        .bind(account)
        .bind(request)
        .execute(&mut *connection)
        .await?;
        if made.rows_affected() == 0 {
            // Somebody else did it meanwhile: this account was never there.
            drop(transaction);
            let mut transaction = self.writers.begin().await?;
            let other = known(transaction.connection()?, new, actor.at).await?;
            transaction.commit().await?;
            return other.ok_or_else(|| StoreError::Corrupt("an activation is gone".to_owned()));
        }
        let detail = format!("database {database} service {service}");
        note(connection, actor, "account.activate", &format!("account {account}"), &detail).await?;
        transaction.commit().await?;
        Ok(Activated { account, is_new: true })
    }
}

/// The account that there is: the one that was activated, or else the oldest.
async fn known(
    connection: &mut AnyConnection,
    new: NewActivation<'_>,
    now: Timestamp,
) -> Result<Option<Activated>, StoreError> {
    let row = sqlx::query(
        "SELECT account_id, request_key FROM activation WHERE database_id = $1 AND service_id = $2",
    )
    .bind(new.database)
    .bind(new.service)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(row) = row {
        let (account, request): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
        let is_new = request == new.request && renewed(connection, account, new.key, now).await?;
        return Ok(Some(Activated { account, is_new }));
    }
    let row = sqlx::query(
        "SELECT id FROM account WHERE database_id = $1 AND service_id = $2 ORDER BY id LIMIT 1",
    )
    .bind(new.database)
    .bind(new.service)
    .fetch_optional(&mut *connection)
    .await?;
    let account = row.map(|row| row.try_get(0)).transpose()?;
    Ok(account.map(|account| Activated { account, is_new: false }))
}

/// Puts another token in the place of the first, if nothing can have been held with that: then there is
/// no entry beside the credits to try the service. Whether it was done.
async fn renewed(
    connection: &mut AnyConnection,
    account: i64,
    key: &AccountKey,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE account SET token_sha1 = $2 WHERE id = $1 AND entries <= 1 AND created_at > $3",
    )
    .bind(account)
    .bind(key.as_str())
    .bind(now.millis().saturating_sub(ASKED_AGAIN))
    .execute(connection)
    .await?;
    Ok(done.rows_affected() > 0)
}
