//! What accounts spent.
//!
//! Like the entries of an account it is read along their chain: an index by account and time would
//! cost every change more than this ever saves.

use std::collections::BTreeMap;

use iap_core::api::{Consumption, Spent};
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
        let edges: Vec<i64> = edges.iter().map(|edge| edge.millis()).collect();
        let nothing = vec![Spent::default(); edges.len().saturating_sub(1)];
        let mut spent: BTreeMap<i64, Vec<Spent>> =
            accounts.iter().map(|&account| (account, nothing.clone())).collect();
        let (first, last) = (edges.first().copied(), edges.last().copied());
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
            .bind(first.unwrap_or(0))
            .bind(last.unwrap_or(0))
            .bind(first.unwrap_or(0).saturating_sub(SLACK))
            .fetch_all(&self.readers)
            .await?;
        for row in rows {
            let (account, at) = (row.try_get(0)?, row.try_get::<i64, _>(1)? * QUARTER);
            let span = edges.partition_point(|&edge| edge <= at).checked_sub(1);
            let spans = spent.get_mut(&account);
            let Some(sum) = spans.and_then(|spans| spans.get_mut(span?)) else { continue };
            let charged = sum.charged.checked_add(Credits::from_millionths(row.try_get(2)?));
            sum.charged = charged.map_err(|_| {
                StoreError::Corrupt(format!("account {account} spent more than there can be"))
            })?;
            sum.executions += row.try_get::<i64, _>(3)?;
        }
        let of = |&account: &i64| Some(Consumption { account, spans: spent.remove(&account)? });
        Ok(accounts.iter().filter_map(of).collect())
    }
}
