//! Who sends a mail, and what became of it.

use iap_core::api::{InvoiceDocument, MailState};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::attempts;
use crate::store::accounts::AccountKey;
use crate::store::error::StoreError;
use crate::store::open::Store;

/// The longest sentence that is kept about a try that failed, in characters.
const LONGEST_ERROR: usize = 500;

/// The right to send a mail, for a limited time. Who holds it is the only one who sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Claim {
    mail: i64,
    number: i64,
}

impl Claim {
    /// The mail's key.
    #[must_use]
    pub const fn mail(&self) -> i64 {
        self.mail
    }
}

/// A mail that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingMail {
    /// The right to send it.
    pub claim: Claim,
    /// What it is about.
    pub template: String,
    /// The address it goes to.
    pub recipient: String,
    /// The recipient's language, as browsers name it.
    pub language: String,
    /// What the template is filled with, a JSON object.
    pub content: String,
    /// How often it was tried since it was written or told to be sent again, this time included.
    pub attempts: u32,
    /// When it was tried first since then.
    pub tried_since: Timestamp,
    /// The account that it tells of, if it tells of one.
    pub account: Option<MailAccount>,
    /// The invoice or credit note that it brings, if it brings one.
    pub invoice: Option<Box<InvoiceDocument>>,
}

/// The account that a mail tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailAccount {
    /// By what it is bought for.
    pub key: AccountKey,
    /// What programs call the service.
    pub service: String,
    /// What people call the service.
    pub label: String,
    /// By what the database calls itself.
    pub database: String,
    /// What people call the database; empty where nobody has said.
    pub database_name: String,
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It was sent at this moment.
    Sent(Timestamp),
    /// It is tried again.
    Again {
        /// When.
        at: Timestamp,
        /// What went wrong, in a sentence.
        error: String,
    },
    /// It is not tried any more: what went wrong, in a sentence.
    Failed(String),
}

impl Store {
    /// Takes the mail that has been due for the longest, if one is due. Until `until` nobody else is
    /// given it; if it is not settled by then, it is due again.
    ///
    /// Several servers may do it side by side. Their clocks may differ by less than what lies between
    /// the end of a try and `until`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn claim_mail(
        &self,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<WaitingMail>, StoreError> {
        // Mostly there is nothing to do, and then nobody who writes is disturbed.
        let due = "SELECT 1 FROM mail WHERE state = 'waiting' AND next_attempt_at <= $1 LIMIT 1";
        let due = sqlx::query(due).bind(now.millis());
        if due.fetch_optional(&self.readers).await?.is_none() {
            return Ok(None);
        }
        let statement = AssertSqlSafe(format!(
            "WITH due AS MATERIALIZED (SELECT id FROM mail \
             WHERE state = 'waiting' AND next_attempt_at <= $1 \
             ORDER BY next_attempt_at, id LIMIT 1{}) \
             UPDATE mail SET claim = claim + 1, attempts = attempts + 1, next_attempt_at = $2, \
             tried_since = COALESCE(tried_since, $1) \
             FROM due WHERE mail.id = due.id RETURNING mail.id, mail.claim",
            self.dialect.for_update_skipping()
        ));
        let claimed = sqlx::query(statement)
            .bind(now.millis())
            .bind(until.millis())
            .fetch_optional(&mut *self.writers.connection().await?)
            .await?;
        let Some(row) = claimed else { return Ok(None) };
        let claim = Claim { mail: row.try_get(0)?, number: row.try_get(1)? };
        self.claimed_mail(claim).await
    }

    /// A mail with what it tells of; none if the claim is no longer held.
    async fn claimed_mail(&self, claim: Claim) -> Result<Option<WaitingMail>, StoreError> {
        let row = sqlx::query(
            "SELECT m.template, m.recipient, m.language, m.content, m.attempts, m.tried_since, \
             a.token_sha1, s.name, s.label, d.uuid, d.name, i.document FROM mail AS m \
             LEFT JOIN invoice AS i ON i.id = m.invoice_id \
             LEFT JOIN account AS a ON a.id = m.account_id \
             LEFT JOIN service AS s ON s.id = a.service_id \
             LEFT JOIN database AS d ON d.id = a.database_id \
             WHERE m.id = $1 AND m.claim = $2 AND m.state = 'waiting'",
        )
        .bind(claim.mail)
        .bind(claim.number)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| read(claim, &row)).transpose()
    }

    /// Notes what became of a try. `false` if the claim is no longer held: its time was over, and
    /// somebody else has taken the mail or settled it.
    ///
    /// # Errors
    /// [`StoreError`]; then it may be noted again with the same claim.
    pub async fn settle_mail(&self, claim: Claim, settled: &Settled) -> Result<bool, StoreError> {
        let (state, sent_at, again_at, error) = match settled {
            Settled::Sent(at) => (MailState::Sent, Some(at.millis()), None, String::new()),
            Settled::Again { at, error } => {
                (MailState::Waiting, None, Some(at.millis()), kept(error))
            }
            Settled::Failed(error) => (MailState::Failed, None, None, kept(error)),
        };
        let done = sqlx::query(
            "UPDATE mail SET state = $3, sent_at = $4, \
             next_attempt_at = COALESCE($5, next_attempt_at), error = $6 \
             WHERE id = $1 AND claim = $2 AND state = 'waiting'",
        )
        .bind(claim.mail)
        .bind(claim.number)
        .bind(state.as_str())
        .bind(sent_at)
        .bind(again_at)
        .bind(error)
        .execute(&mut *self.writers.connection().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}

fn read(claim: Claim, row: &AnyRow) -> Result<WaitingMail, StoreError> {
    let key: Option<String> = row.try_get(6)?;
    let account = match key {
        None => None,
        Some(digits) => Some(MailAccount {
            key: AccountKey::read(&digits)
                .ok_or_else(|| StoreError::Corrupt("the key of an account".to_owned()))?,
            service: row.try_get(7)?,
            label: row.try_get(8)?,
            database: row.try_get(9)?,
            database_name: row.try_get(10)?,
        }),
    };
    let document: Option<String> = row.try_get(11)?;
    Ok(WaitingMail {
        claim,
        template: row.try_get(0)?,
        recipient: row.try_get(1)?,
        language: row.try_get(2)?,
        content: row.try_get(3)?,
        attempts: attempts(row.try_get(4)?)?,
        tried_since: Timestamp::from_millis(row.try_get(5)?),
        account,
        // One that cannot be read is not sent, and says so in the list of mails.
        invoice: document.and_then(|document| serde_json::from_str(&document).ok()),
    })
}

/// What others say about a failure, on one line that is not too long.
fn kept(error: &str) -> String {
    let plain = |character: char| if character.is_control() { ' ' } else { character };
    error.chars().map(plain).take(LONGEST_ERROR).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_one_line_and_not_too_long() {
        assert_eq!(kept("550 no\r\nsuch\0user"), "550 no  such user");
        assert_eq!(kept(&"é".repeat(600)).chars().count(), LONGEST_ERROR);
    }
}
