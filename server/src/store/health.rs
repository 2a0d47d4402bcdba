//! How the database and the mails in it do.

use iap_core::api::DatabaseEngine;
use iap_core::time::Timestamp;
use sqlx::Row as _;

use super::dialect::Dialect;
use super::error::StoreError;
use super::open::{SCHEMA, Store};

/// What a database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseFacts {
    /// Which it is.
    pub engine: DatabaseEngine,
    /// Its version.
    pub version: String,
    /// How large it is, in bytes.
    pub size: u64,
    /// How many steps its schema has taken.
    pub schema: u64,
    /// How many this program knows.
    pub known_schema: u64,
}

/// How many mails are on their way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailCounts {
    /// How many are to be sent.
    pub waiting: u64,
    /// How many of those were tried and not taken.
    pub retried: u64,
    /// How many are not tried any more.
    pub failed: u64,
    /// How many of those were written since the moment that was asked for.
    pub failed_lately: u64,
}

impl Store {
    /// What the database is.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn facts(&self) -> Result<DatabaseFacts, StoreError> {
        let (engine, statement) = match self.dialect {
            Dialect::Sqlite => (
                DatabaseEngine::Sqlite,
                "SELECT sqlite_version(), (SELECT page_count FROM pragma_page_count) \
                 * (SELECT page_size FROM pragma_page_size), MAX(number) FROM schema_step",
            ),
            Dialect::Postgres => (
                DatabaseEngine::Postgresql,
                "SELECT current_setting('server_version'), \
                 pg_database_size(current_database()), MAX(number) FROM schema_step",
            ),
        };
        let row = sqlx::query(statement).fetch_one(&self.readers).await?;
        Ok(DatabaseFacts {
            engine,
            version: row.try_get(0)?,
            size: count(row.try_get(1)?),
            schema: count(row.try_get(2)?),
            known_schema: u64::try_from(SCHEMA.len()).unwrap_or(u64::MAX),
        })
    }

    /// How many mails are on their way out, and how many were given up; `lately` since that moment.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn mail_counts(&self, lately: Timestamp) -> Result<MailCounts, StoreError> {
        let row = sqlx::query(
            "SELECT COUNT(CASE WHEN state = 'waiting' THEN 1 END), \
             COUNT(CASE WHEN state = 'waiting' AND error <> '' THEN 1 END), \
             COUNT(CASE WHEN state = 'failed' THEN 1 END), \
             COUNT(CASE WHEN state = 'failed' AND created_at >= $1 THEN 1 END) \
             FROM mail WHERE state IN ('waiting', 'failed')",
        )
        .bind(lately.millis())
        .fetch_one(&self.readers)
        .await?;
        Ok(MailCounts {
            waiting: count(row.try_get(0)?),
            retried: count(row.try_get(1)?),
            failed: count(row.try_get(2)?),
            failed_lately: count(row.try_get(3)?),
        })
    }
}

/// A number of something, which a database says with a sign.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}
