//! What accounts spent.
//!
//! Like the entries of an account it is read along their chain: an index by account and time would
//! cost every change more than this ever saves.

use std::collections::BTreeMap;

use iap_core::api::{Consumption, Spent, spent_between};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::{AssertSqlSafe, Row as _};

use super::databases::within;
use super::error::StoreError;
use super::open::Store;

/// Spans of time are told apart by quarters of an hour, in milliseconds: there is no offset from UTC
/// that is not a multiple of it. The database adds up what lies within each, so that hundreds of
/// thousands of entries come back as some thousand rows.
pub const QUARTER: i64 = 900_000;

/// The chain is followed for so much longer than is asked for, in milliseconds: a clock may have gone
/// back.
const SLACK: i64 = 86_400_000;

impl Store {
    /// What accounts spent between each of the `edges` and the next, in the order of `accounts`. Edges
    /// ascend and are multiples of [`QUARTER`].
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn consumption(
        &self,
        accounts: &[i64],
        edges: &[Timestamp],
    ) -> Result<Vec<Consumption>, StoreError> {
        let [first, last] =
            [edges.first(), edges.last()].map(|edge| edge.map_or(0, |it| it.millis()));
        let statement = AssertSqlSafe(format!(
            "WITH RECURSIVE chain AS (\
               SELECT e.id, e.account_id, e.previous, e.at, \
                 e.provider_paid + e.provider_granted AS charged \
               FROM account AS a JOIN entry AS e ON e.id = a.last_entry WHERE 1 = 1{} \
               UNION ALL \
               SELECT e.id, e.account_id, e.previous, e.at, e.provider_paid + e.provider_granted \
               FROM chain AS c JOIN entry AS e ON e.id = c.previous WHERE c.at >= $3\
             ) SELECT account_id, at / {QUARTER}, CAST(SUM(charged) AS BIGINT), COUNT(*) FROM chain \
             WHERE at >= $1 AND at < $2 AND charged <> 0 GROUP BY account_id, at / {QUARTER}",
            within("a.id", Some(accounts))
        ));
        let rows = sqlx::query(statement)
            .bind(first)
            .bind(last)
            .bind(first.saturating_sub(SLACK))
            .fetch_all(&self.readers)
            .await?;
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
}
