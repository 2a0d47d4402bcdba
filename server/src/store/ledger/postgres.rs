//! The ledger's connection to PostgreSQL.
//!
//! All rows of a statement go at once, as one array for each column.

use std::fmt::Write as _;
use std::str::FromStr as _;

use sqlx::postgres::{PgArguments, PgConnectOptions, PgPoolOptions};
use sqlx::query::Query;
use sqlx::{AssertSqlSafe, Executor as _, PgPool, Postgres, Row as _};

use super::batch::{Batch, Column};
use super::row::Row;
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::open::WAIT;
use crate::store::transaction::WriteTransaction;

/// Every statement of the ledger finds its rows by their keys. The planner, which may look at a
/// table while it is empty, is not to think of another way and keep to it.
const SETTINGS: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; \
                        SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off";

/// A pool with the ledger's one connection.
pub(super) fn pool(url: &str) -> sqlx::Result<PgPool> {
    let options = PgConnectOptions::from_str(url)?;
    let pool = PgPoolOptions::new().max_connections(1).acquire_timeout(WAIT);
    let pool = pool.after_connect(|connection, _| {
        Box::pin(async move {
            connection.execute(Dialect::Postgres.settings()).await?;
            connection.execute(SETTINGS).await.map(|_| ())
        })
    });
    Ok(pool.connect_lazy_with(options))
}

/// A transaction that writes.
pub(super) struct PostgresTransaction(pub(super) WriteTransaction<Postgres>);

impl PostgresTransaction {
    pub(super) async fn execute(
        &mut self,
        batch: &Batch<'_>,
        statement: &str,
    ) -> Result<(), StoreError> {
        query(batch, statement).execute(self.0.connection()?).await?;
        Ok(())
    }

    pub(super) async fn fetch(
        &mut self,
        batch: &Batch<'_>,
        statement: &str,
        mut read: impl FnMut(Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let rows = query(batch, statement).fetch_all(self.0.connection()?).await?;
        rows.iter().try_for_each(|row| read(Row::Postgres(row)))
    }

    pub(super) async fn number(&mut self, statement: &'static str) -> Result<i64, StoreError> {
        Ok(sqlx::query(statement).fetch_one(self.0.connection()?).await?.try_get(0)?)
    }
}

/// `SELECT * FROM unnest($1::bigint[], $2::text[]) AS rows (column1, column2)`.
pub(super) fn rows(batch: &Batch<'_>) -> String {
    let (mut arrays, mut names) = (String::new(), String::new());
    for (place, column) in (1..).zip(batch.columns()) {
        let comma = if place == 1 { "" } else { ", " };
        let kind = match column {
            Column::Numbers(_) => "bigint",
            Column::Texts(_) => "text",
        };
        // Writing to a text never fails.
        let _ = write!(arrays, "{comma}${place}::{kind}[]");
        let _ = write!(names, "{comma}column{place}");
    }
    format!("SELECT * FROM unnest({arrays}) AS rows ({names})")
}

/// A statement of our own words alone; all that others give is in the values.
fn query(batch: &Batch<'_>, statement: &str) -> Query<'static, Postgres, PgArguments> {
    let query = sqlx::query(AssertSqlSafe(statement));
    batch.columns().fold(query, |query, column| match column {
        Column::Numbers(numbers) => query.bind(numbers),
        Column::Texts(texts) => query.bind(texts),
    })
}
