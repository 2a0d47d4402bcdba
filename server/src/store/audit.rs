//! Who changed what.

use iap_core::api::{AuditRecord, Page};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};

/// Who makes a change, and when.
#[derive(Clone, Copy, Debug)]
pub struct Actor {
    /// Who is signed in; nobody where the server or its command line does it.
    pub user: Option<i64>,
    /// When.
    pub at: Timestamp,
}

impl Actor {
    /// The server itself, or whoever has its command line.
    #[must_use]
    pub const fn server(at: Timestamp) -> Self {
        Self { user: None, at }
    }
}

/// Notes a change in the transaction that makes it.
pub(super) async fn note(
    connection: &mut AnyConnection,
    actor: &Actor,
    action: &str,
    subject: &str,
    detail: &str,
) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO audit (at, user_id, action, subject, detail) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(actor.at.millis())
    .bind(actor.user)
    .bind(action)
    .bind(subject)
    .bind(detail)
    .execute(connection)
    .await
    .map(|_| ())
}

/// What changed, in one text: of each part what there is to say, if there is something.
pub(super) fn joined<const PARTS: usize>(said: [Option<String>; PARTS]) -> String {
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

impl Store {
    /// What was changed, the newest first: everything, or one subject such as `account 7`.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn audit(
        &self,
        subject: Option<&str>,
        cut_at: Cut,
    ) -> Result<Page<AuditRecord>, StoreError> {
        // Two texts, so that the index by subject is taken where there is one.
        let only = if subject.is_some() { " AND a.subject = $3" } else { "" };
        let statement = AssertSqlSafe(format!(
            "SELECT a.id, a.at, COALESCE(a.user_id, 0), COALESCE(u.email, ''), a.action, \
             a.subject, a.detail FROM audit AS a LEFT JOIN iap_user AS u ON u.id = a.user_id \
             WHERE a.id < $1{only} ORDER BY a.id DESC LIMIT $2"
        ));
        let query = sqlx::query(statement).bind(cut_at.before()).bind(cut_at.rows());
        let query = match subject {
            Some(subject) => query.bind(subject.to_owned()),
            None => query,
        };
        let rows = query.fetch_all(&self.readers).await?;
        let records = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(records, cut_at, |record| record.id))
    }
}

fn read(row: &AnyRow) -> Result<AuditRecord, StoreError> {
    Ok(AuditRecord {
        id: row.try_get(0)?,
        at: Timestamp::from_millis(row.try_get(1)?),
        user: Some(row.try_get(2)?).filter(|&user| user != 0),
        email: row.try_get(3)?,
        action: row.try_get(4)?,
        subject: row.try_get(5)?,
        detail: row.try_get(6)?,
    })
}
