//! What the operator sees of mails, and what becomes of old ones.

use iap_core::api::{MailRecord, MailState, Page};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::{attempts, moment};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Cut, cut};

/// What becomes of a mail that is to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resend {
    /// It waits to be sent, as if it had just been written.
    Waits,
    /// It waited already.
    Waited,
    /// There is no such mail.
    Unknown,
}

impl Store {
    /// Mails from the newest back, of one state if one is given.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn mails(
        &self,
        state: Option<MailState>,
        cut_at: Cut,
    ) -> Result<Page<MailRecord>, StoreError> {
        let of_state = if state.is_some() { "AND m.state = $3" } else { "" };
        let statement = AssertSqlSafe(format!(
            "SELECT m.id, m.template, m.recipient, m.state, m.created_at, m.attempts, \
             m.next_attempt_at, m.sent_at, m.error, COALESCE(i.number, '') FROM mail AS m \
             LEFT JOIN invoice AS i ON i.id = m.invoice_id \
             WHERE m.id < $1 {of_state} ORDER BY m.id DESC LIMIT $2"
        ));
        let query = sqlx::query(statement).bind(cut_at.before()).bind(cut_at.rows());
        let query = match state {
            Some(state) => query.bind(state.as_str()),
            None => query,
        };
        let rows = query.fetch_all(&self.readers).await?;
        let mails = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(mails, cut_at, |mail| mail.id))
    }

    /// Lets a mail be sent again that was sent or has failed; its tries are counted anew.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn resend_mail(&self, id: i64, now: Timestamp) -> Result<Resend, StoreError> {
        let done = sqlx::query(
            "UPDATE mail SET state = 'waiting', attempts = 0, tried_since = NULL, sent_at = NULL, \
             next_attempt_at = $2, error = '', claim = claim + 1 WHERE id = $1 AND state IN ('sent', 'failed')",
        )
        .bind(id)
        .bind(now.millis())
        .execute(&mut *self.writers.connection().await?)
        .await?;
        if done.rows_affected() == 1 {
            return Ok(Resend::Waits);
        }
        let known = sqlx::query("SELECT 1 FROM mail WHERE id = $1").bind(id);
        let known = known.fetch_optional(&mut *self.writers.connection().await?).await?;
        Ok(if known.is_some() { Resend::Waited } else { Resend::Unknown })
    }

    /// Forgets mails that were sent before a moment, at most so many; how many there were.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn forget_sent_mails(&self, before: Timestamp, most: i64) -> Result<u64, StoreError> {
        let done = sqlx::query(
            "DELETE FROM mail WHERE id IN (SELECT id FROM mail \
             WHERE state = 'sent' AND sent_at < $1 ORDER BY sent_at LIMIT $2) AND state = 'sent'",
        )
        .bind(before.millis())
        .bind(most)
        .execute(&mut *self.writers.connection().await?)
        .await?;
        Ok(done.rows_affected())
    }
}

fn read(row: &AnyRow) -> Result<MailRecord, StoreError> {
    let state: String = row.try_get(3)?;
    let state = MailState::from_word(&state)
        .ok_or_else(|| StoreError::Corrupt(format!("a mail is “{state}”")))?;
    let next = (state == MailState::Waiting).then(|| row.try_get(6)).transpose()?;
    Ok(MailRecord {
        id: row.try_get(0)?,
        template: row.try_get(1)?,
        recipient: row.try_get(2)?,
        state,
        created_at: Timestamp::from_millis(row.try_get(4)?),
        attempts: attempts(row.try_get(5)?)?,
        next_attempt_at: moment(next),
        sent_at: moment(row.try_get(7)?),
        error: row.try_get(8)?,
        invoice: row.try_get(9)?,
    })
}
