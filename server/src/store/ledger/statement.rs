//! Statements of the ledger, in the words of both databases.

use super::batch::Batch;
use super::group::Group;
use super::row::Row;
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;

/// A statement. It is of our own words alone; all that others give is in the rows it is carried out
/// for, whose values it calls `column1`, `column2` and so on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// Reads the rows whose columns `key` are as in one of those given. What is asked for twice may
    /// be read twice.
    Find { select: &'static str, key: &'static str },
    /// The same, in the order of their keys, and nobody else may change them until the transaction
    /// ends.
    Lock { select: &'static str, key: &'static str },
    /// Writes the rows given, or what a query makes of them, whose other words stand around.
    Insert { before: &'static str, after: &'static str },
    /// Gives columns other values: each row given begins with a key, the values follow.
    Update { table: &'static str, columns: &'static [&'static str] },
    /// As it stands, once.
    Alone(&'static str),
}

impl Statement {
    /// The statement in SQLite, for one row of so many values.
    pub(super) fn for_row(self, width: usize) -> String {
        // Question marks because `$1` is a name to SQLite.
        let places = format!("({})", vec!["?"; width].join(", "));
        match self {
            Self::Find { select, key } | Self::Lock { select, key } => {
                format!("{select} WHERE ({key}) = {places}")
            }
            Self::Insert { before, after } => format!("{before} VALUES {places}{after}"),
            // A query for the values would take longer than the change.
            Self::Update { table, columns } => {
                let values =
                    (2..).zip(columns).map(|(place, column)| format!("{column} = ?{place}"));
                let values = values.collect::<Vec<_>>().join(", ");
                format!("UPDATE {table} SET {values} WHERE id = ?1")
            }
            Self::Alone(statement) => statement.to_owned(),
        }
    }

    /// The statement in PostgreSQL, for all rows that a query gives.
    pub(super) fn for_rows(self, rows: &str) -> String {
        match self {
            Self::Find { select, key } => format!("{select} WHERE ({key}) IN ({rows})"),
            Self::Lock { select, key } => {
                let for_update = Dialect::Postgres.for_update();
                format!("{select} WHERE ({key}) IN ({rows}) ORDER BY {key}{for_update}")
            }
            Self::Insert { before, after } => format!("{before} {rows}{after}"),
            Self::Update { table, columns } => {
                let values = (2..).zip(columns);
                let values = values.map(|(place, column)| format!("{column} = c.column{place}"));
                let values = values.collect::<Vec<_>>().join(", ");
                format!(
                    "UPDATE {table} SET {values} FROM ({rows}) AS c WHERE {table}.id = c.column1"
                )
            }
            Self::Alone(statement) => statement.to_owned(),
        }
    }
}

/// A statement that reads, what it is carried out for, and where its rows go.
pub(super) struct Read<'b, 'v> {
    pub(super) statement: Statement,
    pub(super) rows: &'b Batch<'v>,
    pub(super) take: fn(&mut Group, &Row<'_>) -> Result<(), StoreError>,
}

/// A statement that writes, and what it is carried out for.
pub(super) struct Write<'v> {
    pub(super) statement: Statement,
    pub(super) rows: Batch<'v>,
}
