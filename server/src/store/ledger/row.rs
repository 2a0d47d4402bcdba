//! A row that was read.

use sqlx::Row as _;
use sqlx::postgres::PgRow;

use crate::store::error::StoreError;

/// A row that was read. Nothing in it may be missing: queries put something in its place.
pub(super) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r PgRow),
}

impl Row<'_> {
    /// The number at a place.
    pub(super) fn number(&self, place: usize) -> Result<i64, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }

    /// The text at a place.
    pub(super) fn text(&self, place: usize) -> Result<String, StoreError> {
        Ok(match self {
            Self::Sqlite(row) => row.get(place)?,
            Self::Postgres(row) => row.try_get(place)?,
        })
    }
}
