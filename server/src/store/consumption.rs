//! What accounts spent.
//!
//! Like the entries of an account it is read along their chain: an index by account and time would
//! cost every change more than this ever saves.

use std::collections::BTreeMap;

use iap_core::api::{Consumption, ConsumptionLine, Dimension, Spent, spent_between};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::attributions::{self, Whose};
use super::databases::within;
use super::error::StoreError;
use super::open::Store;

/// Spans of time are told apart by quarters of an hour, in milliseconds: there is no offset from UTC
/// that is not a multiple of it. The database adds up what lies within each, so that hundreds of
/// thousands of entries come back as some thousand rows.
pub const QUARTER: i64 = 900_000;

/// So many lines tell for whom something was spent: the rest is little.
const LINES: i64 = 1_000;

/// The chain is followed for so much longer than is asked for, in milliseconds: a clock may have gone
/// back.
const SLACK: i64 = 86_400_000;

impl Store {
    /// What accounts spent for somebody between each of the `edges` and the next, in the order of
    /// `accounts`. Edges ascend and are multiples of [`QUARTER`].
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn consumption(
        &self,
        accounts: &[i64],
        edges: &[Timestamp],
        whose: &Whose,
    ) -> Result<Vec<Consumption>, StoreError> {
        let [first, last] =
            [edges.first(), edges.last()].map(|edge| edge.map_or(0, |it| it.millis()));
        // Whom charges are for is looked up where it matters alone.
        let (join, whom) = if whose.is_everybody() {
            ("", String::new())
        } else {
            (attributions::JOIN, format!(" AND {}", attributions::condition([4, 5, 6])))
        };
        let statement = AssertSqlSafe(format!(
            "{} SELECT e.account_id, e.at / {QUARTER}, CAST(SUM(e.charged) AS BIGINT), COUNT(*) \
             FROM chain AS e {join} WHERE e.at >= $1 AND e.at < $2 AND e.charged <> 0{whom} \
             GROUP BY e.account_id, e.at / {QUARTER}",
            chain(accounts)
        ));
        let query = sqlx::query(statement).bind(first).bind(last).bind(first.saturating_sub(SLACK));
        let query = if whose.is_everybody() {
            query
        } else {
            query.bind(whose.company()).bind(whose.tells_users()).bind(whose.user())
        };
        let rows = query.fetch_all(&self.readers).await?;
        let mut quarters = BTreeMap::<i64, Vec<(Timestamp, Spent)>>::new();
        for row in rows {
            let at = Timestamp::from_millis(row.try_get::<i64, _>(1)? * QUARTER);
            let charged = Credits::from_millionths(row.try_get(2)?);
            let spent = Spent { charged, executions: row.try_get(3)? };
            quarters.entry(row.try_get(0)?).or_default().push((at, spent));
        }
        let of = |&account: &i64| {
            let quarters = quarters.remove(&account).unwrap_or_default();
            let spans = spent_between(edges, quarters).map_err(|_| {
                StoreError::Corrupt(format!("account {account} spent more than there can be"))
            })?;
            Ok(Consumption { account, spans })
        };
        accounts.iter().map(of).collect()
    }

    /// For whom accounts spent, of those looked at, from one moment on and before another: for each account and company, or each
    /// account and user, the largest first and not more than 1,000.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn consumption_by(
        &self,
        accounts: &[i64],
        [from, to]: [Timestamp; 2],
        dimension: Dimension,
        whose: &Whose,
    ) -> Result<Vec<ConsumptionLine>, StoreError> {
        let named = match dimension {
            Dimension::Company => "COALESCE(w.company, 0) AS company, '' AS user_name",
            Dimension::User => {
                "CAST(0 AS BIGINT) AS company, COALESCE(w.user_name, '') AS user_name"
            }
        };
        let statement = AssertSqlSafe(format!(
            "{} SELECT account_id, company, user_name, CAST(SUM(charged) AS BIGINT), COUNT(*) FROM \
             (SELECT e.account_id, e.charged, {named} FROM chain AS e {} \
               WHERE e.at >= $1 AND e.at < $2 AND e.charged <> 0 AND {}) AS charge \
             GROUP BY account_id, company, user_name ORDER BY 4 DESC, 1, 2, 3 LIMIT {LINES}",
            chain(accounts),
            attributions::JOIN,
            attributions::condition([4, 5, 6])
        ));
        let rows = sqlx::query(statement)
            .bind(from.millis())
            .bind(to.millis())
            .bind(from.millis().saturating_sub(SLACK))
            .bind(whose.company())
            .bind(whose.tells_users())
            .bind(whose.user())
            .fetch_all(&self.readers)
            .await?;
        let line = |row: &AnyRow| {
            let charged = Credits::from_millionths(row.try_get(3)?);
            Ok(ConsumptionLine {
                account: row.try_get(0)?,
                company: attributions::read_company(row.try_get(1)?),
                user: row.try_get(2)?,
                spent: Spent { charged, executions: row.try_get(4)? },
            })
        };
        rows.iter().map(line).collect()
    }
}

/// The entries of accounts as `chain`, down to the moment `$3`.
fn chain(accounts: &[i64]) -> String {
    format!(
        "WITH RECURSIVE chain AS (\
           SELECT e.id, e.account_id, e.previous, e.at, e.hold, \
             e.provider_paid + e.provider_granted AS charged \
           FROM account AS a JOIN entry AS e ON e.id = a.last_entry WHERE 1 = 1{} \
           UNION ALL \
           SELECT e.id, e.account_id, e.previous, e.at, e.hold, e.provider_paid + e.provider_granted \
           FROM chain AS c JOIN entry AS e ON e.id = c.previous WHERE c.at >= $3\
         )",
        within("a.id", Some(accounts))
    )
}
