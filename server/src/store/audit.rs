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

/// Which changes are asked for; all where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter {
    /// Only those that somebody made, by key; 0 is the server and its command line.
    pub user: Option<i64>,
    /// Only those to one thing, such as `account 7`. An index leads to them.
    pub subject: Option<String>,
    /// Only those whose subject has these words in it one behind the other: `user 7` also finds
    /// `database 3 user 7`, but not `user 71`.
    pub about: Option<String>,
}

impl Store {
    /// What was changed, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn audit(
        &self,
        filter: &AuditFilter,
        cut_at: Cut,
    ) -> Result<Page<AuditRecord>, StoreError> {
        let AuditFilter { user, subject, about } = filter;
        // A text for each filter, so that the index by subject is taken where there is one.
        let mut only = String::new();
        let mut place = 2;
        let mut add = |condition: &str| {
            place += 1;
            only.push_str(&condition.replace('?', &format!("${place}")));
        };
        if user.is_some() {
            add(" AND COALESCE(a.user_id, 0) = ?");
        }
        if subject.is_some() {
            add(" AND a.subject = ?");
        }
        if about.is_some() {
            add(" AND ' ' || LOWER(a.subject) || ' ' LIKE ? ESCAPE '!'");
        }
        let statement = AssertSqlSafe(format!(
            "SELECT a.id, a.at, COALESCE(a.user_id, 0), COALESCE(u.email, ''), a.action, \
             a.subject, a.detail FROM audit AS a LEFT JOIN iap_user AS u ON u.id = a.user_id \
             WHERE a.id < $1{only} ORDER BY a.id DESC LIMIT $2"
        ));
        let mut query = sqlx::query(statement).bind(cut_at.before()).bind(cut_at.rows());
        if let Some(user) = user {
            query = query.bind(*user);
        }
        if let Some(subject) = subject {
            query = query.bind(subject.clone());
        }
        if let Some(about) = about {
            query = query.bind(words(about));
        }
        let rows = query.fetch_all(&self.readers).await?;
        let records = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(records, cut_at, |record| record.id))
    }
}

/// A pattern of words that stand one behind the other. What means something in a pattern means
/// itself.
fn words(text: &str) -> String {
    let mut pattern = String::from("% ");
    for sign in text.trim().to_lowercase().chars() {
        if matches!(sign, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(sign);
    }
    pattern + " %"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_pattern_means_itself() {
        assert_eq!(words(" User 7 "), "% user 7 %");
        assert_eq!(words("a_b%!"), "% a!_b!%!! %");
    }
}
