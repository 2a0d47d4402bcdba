//! Who is signed in where, and attempts to.

use iap_core::access::{Attempts, EmailAddress, Locked};
use iap_core::api::SessionRecord;
use iap_core::time::{Hours, Timestamp};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::audit::{Actor, note};
use super::error::StoreError;
use super::open::Store;

/// How often it is noted that a session is used, in milliseconds.
const SEEN: i64 = 300_000;

/// A session that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// Its key.
    pub id: i64,
    /// Whose it is.
    pub user: i64,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

impl Store {
    /// Counts an attempt to sign in as failed, before it is known whether it will: so that those
    /// made at the same moment do not all pass. [`Store::open_session`] forgets it.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`Locked`] where too many have failed.
    pub async fn count_attempt(
        &self,
        email: &EmailAddress,
        now: Timestamp,
    ) -> Result<Result<(), Locked>, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        // There is a row to lock from here on.
        sqlx::query(
            "INSERT INTO sign_in_attempt (email, failed, until) VALUES ($1, 0, $2) \
             ON CONFLICT DO NOTHING",
        )
        .bind(email.as_str())
        .bind(now.millis())
        .execute(&mut *connection)
        .await?;
        let statement = AssertSqlSafe(format!(
            "SELECT failed, until FROM sign_in_attempt WHERE email = $1{}",
            self.dialect.for_update()
        ));
        let row = sqlx::query(statement).bind(email.as_str()).fetch_one(&mut *connection).await?;
        let failed = u32::try_from(row.try_get::<i64, _>(0)?).unwrap_or(u32::MAX);
        let attempts = Attempts::restore(failed, Timestamp::from_millis(row.try_get(1)?));
        if let Err(locked) = attempts.check(now) {
            return Ok(Err(locked));
        }
        let attempts = attempts.after_failure(now);
        sqlx::query("UPDATE sign_in_attempt SET failed = $2, until = $3 WHERE email = $1")
            .bind(email.as_str())
            .bind(i64::from(attempts.failed()))
            .bind(attempts.until().millis())
            .execute(&mut *connection)
            .await?;
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Somebody has signed in with their password: keeps the SHA-256 of what their browser is given, and forgets the
    /// attempts that failed.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn open_session(
        &self,
        token_sha256: &str,
        email: &EmailAddress,
        user_agent: &str,
        lasts: Hours,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        sqlx::query("DELETE FROM sign_in_attempt WHERE email = $1")
            .bind(email.as_str())
            .execute(&mut *connection)
            .await?;
        insert_session(connection, token_sha256, user_agent, lasts, actor).await?;
        note(connection, actor, "session.open", email.as_str(), "with a password").await?;
        Ok(transaction.commit().await?)
    }

    /// The session of what a browser holds, if it has not ended and its user is not kept out. Notes
    /// now and then that it is used.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn session(
        &self,
        token_sha256: &str,
        now: Timestamp,
    ) -> Result<Option<SessionRow>, StoreError> {
        let row = sqlx::query(
            "SELECT s.id, s.user_id, s.expires_at, s.seen_at FROM session AS s \
             JOIN iap_user AS u ON u.id = s.user_id \
             WHERE s.token_sha256 = $1 AND s.expires_at > $2 AND u.disabled = 0",
        )
        .bind(token_sha256)
        .bind(now.millis())
        .fetch_optional(&self.readers)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let session = SessionRow {
            id: row.try_get(0)?,
            user: row.try_get(1)?,
            expires_at: Timestamp::from_millis(row.try_get(2)?),
        };
        if row.try_get::<i64, _>(3)?.saturating_add(SEEN) < now.millis() {
            sqlx::query("UPDATE session SET seen_at = $2 WHERE id = $1")
                .bind(session.id)
                .bind(now.millis())
                .execute(&mut *self.writers.connection().await?)
                .await?;
        }
        Ok(Some(session))
    }

    /// Somebody's sessions, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn sessions(
        &self,
        current: &SessionRow,
        now: Timestamp,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, user_agent, created_at, seen_at FROM session \
             WHERE user_id = $1 AND expires_at > $2 ORDER BY id DESC",
        )
        .bind(current.user)
        .bind(now.millis())
        .fetch_all(&self.readers)
        .await?;
        let read = |row: &AnyRow| {
            let id: i64 = row.try_get(0)?;
            Ok(SessionRecord {
                id,
                user_agent: row.try_get(1)?,
                created_at: Timestamp::from_millis(row.try_get(2)?),
                seen_at: Timestamp::from_millis(row.try_get(3)?),
                current: id == current.id,
            })
        };
        rows.iter().map(read).collect()
    }

    /// Ends a session of somebody; all of theirs where none is named. How many there were.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn end_sessions(
        &self,
        user: i64,
        session: Option<i64>,
        actor: &Actor,
    ) -> Result<u64, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let ended = sqlx::query("DELETE FROM session WHERE user_id = $1 AND ($2 = 0 OR id = $2)")
            .bind(user)
            .bind(session.unwrap_or(0))
            .execute(&mut *connection)
            .await?
            .rows_affected();
        let detail = format!("{ended} ended");
        note(connection, actor, "session.end", &format!("user {user}"), &detail).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Sets somebody's password by its hash, and ends their other sessions.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_own_password(
        &self,
        session: &SessionRow,
        hash: &str,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        sqlx::query("UPDATE iap_user SET password_hash = $2 WHERE id = $1")
            .bind(session.user)
            .bind(hash)
            .execute(&mut *connection)
            .await?;
        sqlx::query("DELETE FROM session WHERE user_id = $1 AND id <> $2")
            .bind(session.user)
            .bind(session.id)
            .execute(&mut *connection)
            .await?;
        let subject = format!("user {}", session.user);
        note(connection, actor, "user.password", &subject, "by themselves").await?;
        Ok(transaction.commit().await?)
    }

    /// Forgets sessions that have ended, attempts to sign in of the day before and earlier, and
    /// sign-ins through an identity provider that nobody takes for being under way any more.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn forget_sessions(&self, now: Timestamp) -> Result<u64, StoreError> {
        let ended = sqlx::query("DELETE FROM session WHERE expires_at <= $1")
            .bind(now.millis())
            .execute(&mut *self.writers.connection().await?)
            .await?;
        sqlx::query("DELETE FROM sign_in_attempt WHERE until < $1")
            .bind(now.millis().saturating_sub(2 * 86_400_000))
            .execute(&mut *self.writers.connection().await?)
            .await?;
        sqlx::query("DELETE FROM finished_sign_in WHERE until < $1")
            .bind(now.millis().saturating_sub(86_400_000))
            .execute(&mut *self.writers.connection().await?)
            .await?;
        Ok(ended.rows_affected())
    }
}

/// Writes a session of whoever acts.
pub(super) async fn insert_session(
    connection: &mut AnyConnection,
    token_sha256: &str,
    user_agent: &str,
    lasts: Hours,
    actor: &Actor,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO session (token_sha256, user_id, user_agent, created_at, seen_at, \
         expires_at) VALUES ($1, $2, $3, $4, $4, $5)",
    )
    .bind(token_sha256)
    .bind(actor.user)
    .bind(user_agent)
    .bind(actor.at.millis())
    .bind(actor.at.after(lasts).millis())
    .execute(connection)
    .await
    .map(|_| ())
}
