//! Many rows in one statement.
//!
//! The rows are parameters of a list of values, which both databases take, and which is several
//! times quicker than a JSON text that the database has to take apart. So that few different
//! statements have to be prepared, a batch goes in pieces whose sizes are powers of two.

use std::fmt::Write as _;

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use super::dialect::Dialect;

/// Rows in a statement at most. The parameters of so many are within the limits of both databases:
/// SQLite has 32,766, PostgreSQL 65,535.
const MOST: usize = 512;

/// Rows of the same width.
#[derive(Debug)]
pub(super) struct Batch<'v> {
    width: usize,
    values: Vec<Value<'v>>,
}

impl<'v> Batch<'v> {
    /// No rows, of so many values each.
    pub(super) const fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// Whether there are none.
    pub(super) const fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// A further row.
    pub(super) fn row<const WIDTH: usize>(&mut self, values: [Value<'v>; WIDTH]) {
        debug_assert_eq!(WIDTH, self.width, "the rows of a batch are alike");
        self.values.extend(values);
    }

    /// Writes the rows. `statement` makes the statement around a list as in
    /// `($1, $2), ($3, $4)`; elsewhere its columns are called `column1`, `column2` and so on.
    pub(super) async fn execute(
        &self,
        connection: &mut AnyConnection,
        dialect: Dialect,
        statement: impl Fn(&str) -> String,
    ) -> sqlx::Result<()> {
        let mut rest = &*self.values;
        while !rest.is_empty() {
            let rows = rest.len() / self.width;
            // The largest power of two that there are rows for.
            let piece = MOST.min(1 << rows.ilog2());
            let (values, left) = rest.split_at_checked(piece * self.width).unwrap_or((rest, &[]));
            query(&statement(&list(dialect, piece, self.width)), values)
                .execute(&mut *connection)
                .await?;
            rest = left;
        }
        Ok(())
    }

    /// Reads by the rows. Where their number is no power of two, the last is asked for again.
    pub(super) async fn fetch(
        &self,
        connection: &mut AnyConnection,
        dialect: Dialect,
        statement: impl Fn(&str) -> String,
    ) -> sqlx::Result<Vec<AnyRow>> {
        let mut found = Vec::new();
        for values in self.values.chunks(MOST * self.width) {
            let rows = values.len() / self.width;
            let piece = rows.next_power_of_two();
            let last = values.rchunks(self.width).next().unwrap_or_default();
            let again = last.iter().cycle().take((piece - rows) * self.width);
            let values: Vec<_> = values.iter().chain(again).copied().collect();
            let query = query(&statement(&list(dialect, piece, self.width)), &values);
            found.extend(query.fetch_all(&mut *connection).await?);
        }
        Ok(found)
    }
}

/// A statement of our own words alone; all that others give is in the values.
fn query(statement: &str, values: &[Value<'_>]) -> Query<'static, Any, AnyArguments> {
    let query = sqlx::query(AssertSqlSafe(statement));
    values.iter().fold(query, |query, value| match *value {
        Value::Number(number) => query.bind(number),
        Value::NoNumber => query.bind(None::<i64>),
        Value::Text(text) => query.bind(kept(text)),
        Value::NoText => query.bind(None::<String>),
    })
}

/// PostgreSQL keeps no NUL in a text, so it becomes the sign for what cannot be shown.
fn kept(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// `($1, $2), ($3, $4)`, or with question marks for SQLite: to it, `$1` is a name, and names are
/// looked for one after the other, at every use of the statement.
fn list(dialect: Dialect, rows: usize, width: usize) -> String {
    let mut list = String::with_capacity(rows * width * 6);
    for place in 0..rows * width {
        let before = match (place, place % width) {
            (0, _) => "(",
            (_, 0) => "), (",
            _ => ", ",
        };
        // Writing to a text never fails.
        let _ = match dialect {
            Dialect::Sqlite => write!(list, "{before}?"),
            Dialect::Postgres => write!(list, "{before}${}", place + 1),
        };
    }
    list.push(')');
    list
}

/// A value of a row.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'v> {
    Number(i64),
    NoNumber,
    Text(&'v str),
    NoText,
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<Option<i64>> for Value<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Self::NoNumber, Self::Number)
    }
}

impl<'v> From<&'v str> for Value<'v> {
    fn from(text: &'v str) -> Self {
        Self::Text(text)
    }
}

impl<'v> From<Option<&'v str>> for Value<'v> {
    fn from(text: Option<&'v str>) -> Self {
        text.map_or(Self::NoText, Self::Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_numbered_through() {
        assert_eq!(list(Dialect::Postgres, 1, 1), "($1)");
        assert_eq!(list(Dialect::Postgres, 2, 3), "($1, $2, $3), ($4, $5, $6)");
        assert_eq!(list(Dialect::Sqlite, 2, 2), "(?, ?), (?, ?)");
    }

    #[test]
    fn keeps_no_nul() {
        assert_eq!(kept("a\0b"), "a\u{FFFD}b");
    }

    #[tokio::test]
    async fn any_number_of_rows_is_written_and_read() {
        sqlx::any::install_default_drivers();
        let pool = sqlx::any::AnyPoolOptions::new().max_connections(1);
        let pool = pool.connect("sqlite::memory:").await.unwrap();
        let mut connection = pool.acquire().await.unwrap();
        sqlx::query("CREATE TABLE t (a BIGINT, b TEXT)").execute(&mut *connection).await.unwrap();
        let mut all = 0;
        for rows in [0, 1, 2, 3, 7, 64, 511, 512, 513, 1_300] {
            let mut batch = Batch::new(2);
            let mut keys = Batch::new(1);
            for row in 0..rows {
                batch.row([(all + row).into(), "text".into()]);
                keys.row([(all + row).into()]);
            }
            let insert = |list: &str| format!("INSERT INTO t (a, b) VALUES {list}");
            batch.execute(&mut connection, Dialect::Sqlite, insert).await.unwrap();
            let select = |list: &str| format!("SELECT a FROM t WHERE a IN (VALUES {list})");
            let found = keys.fetch(&mut connection, Dialect::Sqlite, select).await.unwrap();
            assert_eq!(found.len(), usize::try_from(rows).unwrap());
            all += rows;
        }
        let count =
            sqlx::query("SELECT COUNT(*) FROM t").fetch_one(&mut *connection).await.unwrap();
        assert_eq!(sqlx::Row::get::<i64, _>(&count, 0), all);
    }
}
