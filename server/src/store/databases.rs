//! Customers' installations.

use iap_core::api::{Company, Database, DatabaseChange, Page};
use iap_core::catalogue::{Admission, DatabaseKind, Hosting};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::audit::{Actor, joined, note};
use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};

/// A customer's installation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatabaseRow {
    /// Its key here.
    pub id: i64,
    /// By what its software calls itself.
    pub uuid: String,
    /// Where it runs.
    pub hosting: Hosting,
    /// What it is for.
    pub kind: DatabaseKind,
    /// Whether it is let in.
    pub admission: Admission,
}

const DATABASE: &str = "SELECT id, uuid, hosting, kind, admission FROM database";

impl Store {
    /// A database by its UUID; made, and left waiting or let in, where it has not been seen before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn database(
        &self,
        uuid: &str,
        admission: Admission,
        now: Timestamp,
    ) -> Result<DatabaseRow, StoreError> {
        if let Some(known) = self.known_database(uuid).await? {
            return Ok(known);
        }
        sqlx::query(
            "INSERT INTO database (uuid, hosting, kind, admission, created_at) \
             VALUES ($1, $2, $3, $4, $5) ON CONFLICT (uuid) DO NOTHING",
        )
        .bind(uuid)
        .bind(Hosting::default().as_str())
        .bind(DatabaseKind::default().as_str())
        .bind(admission.as_str())
        .bind(now.millis())
        .execute(&mut *self.writers.connection().await?)
        .await?;
        let made = self.known_database(uuid).await?;
        made.ok_or_else(|| StoreError::Corrupt(format!("database {uuid} is gone")))
    }

    /// How many databases were first seen since a moment.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn new_databases(&self, since: Timestamp) -> Result<i64, StoreError> {
        let row = sqlx::query("SELECT COUNT(*) FROM database WHERE created_at > $1")
            .bind(since.millis())
            .fetch_one(&self.readers)
            .await?;
        Ok(row.try_get(0)?)
    }

    /// A database by its UUID, if it has been seen before.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn known_database(&self, uuid: &str) -> Result<Option<DatabaseRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{DATABASE} WHERE uuid = $1"));
        let row = sqlx::query(statement).bind(uuid).fetch_optional(&self.readers).await?;
        row.map(|row| read_database(&row)).transpose()
    }

    /// All databases, in the order in which they were first seen.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn databases(&self) -> Result<Vec<DatabaseRow>, StoreError> {
        let statement = AssertSqlSafe(format!("{DATABASE} ORDER BY id"));
        let rows = sqlx::query(statement).fetch_all(&self.readers).await?;
        rows.iter().map(read_database).collect()
    }

    /// Keeps what the operator has decided about a database.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_database(&self, database: &DatabaseRow) -> Result<(), StoreError> {
        sqlx::query("UPDATE database SET admission = $2, kind = $3, hosting = $4 WHERE id = $1")
            .bind(database.id)
            .bind(database.admission.as_str())
            .bind(database.kind.as_str())
            .bind(database.hosting.as_str())
            .execute(&mut *self.writers.connection().await?)
            .await?;
        Ok(())
    }

    /// Databases as they are shown, by their keys: those whose admission is the one given, if one
    /// is, and only those of some keys, if some are.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn shown_databases(
        &self,
        admission: Option<Admission>,
        only: Option<&[i64]>,
        cut_at: Cut,
    ) -> Result<Page<Database>, StoreError> {
        let statement = AssertSqlSafe(format!(
            "{SHOWN} WHERE id > $1 AND ($2 = '' OR admission = $2){} ORDER BY id LIMIT $3",
            within("id", only)
        ));
        let rows = sqlx::query(statement)
            .bind(cut_at.above())
            .bind(admission.map_or("", Admission::as_str))
            .bind(cut_at.rows())
            .fetch_all(&self.readers)
            .await?;
        let databases = rows.iter().map(read_shown).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(databases, cut_at, |database| database.id))
    }

    /// A database as it is shown, by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn shown_database(&self, id: i64) -> Result<Option<Database>, StoreError> {
        let statement = AssertSqlSafe(format!("{SHOWN} WHERE id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read_shown(&row)).transpose()
    }

    /// Changes a database. Nothing happens where there is none of that key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn change_database(
        &self,
        id: i64,
        change: &DatabaseChange,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        let (hosting, kind) =
            (change.hosting.map(Hosting::as_str), change.kind.map(DatabaseKind::as_str));
        let admission = change.admission.map(Admission::as_str);
        sqlx::query(
            "UPDATE database SET name = COALESCE($2, name), hosting = COALESCE($3, hosting), \
             kind = COALESCE($4, kind), admission = COALESCE($5, admission) WHERE id = $1",
        )
        .bind(id)
        .bind(change.name.as_deref())
        .bind(hosting)
        .bind(kind)
        .bind(admission)
        .execute(&mut *connection)
        .await?;
        let said = [
            change.name.as_ref().map(|name| format!("name = {name}")),
            hosting.map(|word| format!("hosting = {word}")),
            kind.map(|word| format!("kind = {word}")),
            admission.map(|word| format!("admission = {word}")),
        ];
        let detail = joined(said);
        note(connection, actor, "database.change", &format!("database {id}"), &detail).await?;
        Ok(transaction.commit().await?)
    }

    /// The companies of a database, by their numbers.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn companies(&self, database: i64) -> Result<Vec<Company>, StoreError> {
        let rows =
            sqlx::query("SELECT number, name FROM company WHERE database_id = $1 ORDER BY number")
                .bind(database)
                .fetch_all(&self.readers)
                .await?;
        let read = |row: &AnyRow| Ok(Company { number: row.try_get(0)?, name: row.try_get(1)? });
        rows.iter().map(read).collect()
    }

    /// Says what a company is called.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn set_company(
        &self,
        database: i64,
        company: &Company,
        actor: &Actor,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        sqlx::query(
            "INSERT INTO company (database_id, number, name) VALUES ($1, $2, $3) \
             ON CONFLICT (database_id, number) DO UPDATE SET name = excluded.name",
        )
        .bind(database)
        .bind(company.number)
        .bind(&*company.name)
        .execute(&mut *connection)
        .await?;
        let subject = format!("database {database} company {}", company.number);
        note(connection, actor, "company.set", &subject, &company.name).await?;
        Ok(transaction.commit().await?)
    }
}

/// A condition that a column is one of some keys; none where all will do. Keys are numbers, so
/// nothing in them can be taken for words of SQL.
pub(super) fn within(column: &str, keys: Option<&[i64]>) -> String {
    let Some(keys) = keys else { return String::new() };
    let keys: Vec<_> = keys.iter().map(ToString::to_string).collect();
    // There is no empty list in SQL.
    let keys = if keys.is_empty() { "0".to_owned() } else { keys.join(", ") };
    format!(" AND {column} IN ({keys})")
}

const SHOWN: &str = "SELECT id, uuid, hosting, kind, admission, name, created_at FROM database";

fn read_shown(row: &AnyRow) -> Result<Database, StoreError> {
    let DatabaseRow { id, uuid, hosting, kind, admission } = read_database(row)?;
    let (name, created_at) = (row.try_get(5)?, Timestamp::from_millis(row.try_get(6)?));
    Ok(Database { id, uuid, name, hosting, kind, admission, created_at })
}

fn read_database(row: &AnyRow) -> Result<DatabaseRow, StoreError> {
    let (hosting, kind, admission): (String, String, String) =
        (row.try_get(2)?, row.try_get(3)?, row.try_get(4)?);
    let unknown = |word: &str| StoreError::Corrupt(format!("a database is “{word}”"));
    Ok(DatabaseRow {
        id: row.try_get(0)?,
        uuid: row.try_get(1)?,
        hosting: Hosting::from_word(&hosting).ok_or_else(|| unknown(&hosting))?,
        kind: DatabaseKind::from_word(&kind).ok_or_else(|| unknown(&kind))?,
        admission: Admission::from_word(&admission).ok_or_else(|| unknown(&admission))?,
    })
}
