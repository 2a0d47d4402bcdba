//! Opening a store.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyPool, AssertSqlSafe, Executor as _, Row as _};
use tokio::sync::broadcast::Receiver;

use super::changes::{Changed, Changes};
use super::dialect::Dialect;
use super::error::{StoreError, is_duplicate};
use super::ledger::Ledger;
use super::writers::Writers;

/// Connections that read. SQLite's readers do not wait for its writer.
const READERS: u32 = 8;

/// Groups that PostgreSQL commits side by side; SQLite has one writer.
const WRITERS: u32 = 2;

/// For how long somebody waits for a connection.
pub(super) const WAIT: Duration = Duration::from_secs(5);

/// The steps to the newest schema, from the oldest on. What was released is never changed: a
/// further step is added.
pub(super) const SCHEMA: &[&str] = &[
    include_str!("../../migrations/0001_ledger.sql"),
    include_str!("../../migrations/0002_outbox.sql"),
    include_str!("../../migrations/0003_people.sql"),
    include_str!("../../migrations/0004_new_customers.sql"),
    include_str!("../../migrations/0005_orders.sql"),
    include_str!("../../migrations/0006_identity.sql"),
    include_str!("../../migrations/0007_payments.sql"),
    include_str!("../../migrations/0008_invoices.sql"),
    include_str!("../../migrations/0009_changes.sql"),
    include_str!("../../migrations/0010_rate_card.sql"),
    include_str!("../../migrations/0011_provider.sql"),
    include_str!("../../migrations/0012_activation.sql"),
    include_str!("../../migrations/0013_disabled_account.sql"),
    include_str!("../../migrations/0014_invoice_mail.sql"),
    include_str!("../../migrations/0015_attribution.sql"),
];

/// Where a database is: `sqlite:PATH`, or `postgres://…`.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    dialect: Dialect,
    url: String,
}

impl DatabaseUrl {
    /// The database in an SQLite file.
    #[must_use]
    pub fn sqlite(path: &std::path::Path) -> Self {
        Self { dialect: Dialect::Sqlite, url: format!("sqlite:{}", path.display()) }
    }

    /// The path of the SQLite file, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self.dialect {
            Dialect::Sqlite => self.url.strip_prefix("sqlite:"),
            Dialect::Postgres => None,
        }
    }

    /// Which database it is of.
    pub(super) const fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// The address as PostgreSQL's own programs take it, if it is PostgreSQL's.
    pub(crate) fn postgres(&self) -> Option<&str> {
        (self.dialect == Dialect::Postgres).then_some(&*self.url)
    }
}

impl FromStr for DatabaseUrl {
    type Err = DatabaseUrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let path = text.strip_prefix("sqlite:").map(|path| path.strip_prefix("//").unwrap_or(path));
        if let Some(path) = path {
            // What follows a question mark would be settings, which are ours to choose.
            if path.is_empty() || path.contains(['?', '#', '%']) || path.starts_with(':') {
                return Err(DatabaseUrlError::Path);
            }
            return Ok(Self { dialect: Dialect::Sqlite, url: format!("sqlite:{path}") });
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self { dialect: Dialect::Postgres, url: text.to_owned() });
        }
        Err(DatabaseUrlError::Scheme)
    }
}

/// Without the password that may stand in it.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.dialect {
            Dialect::Sqlite => &self.url,
            Dialect::Postgres => "postgres://…",
        })
    }
}

/// Why a text is no address of a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DatabaseUrlError {
    /// It begins with another word.
    #[error("A database is given as sqlite:PATH or as postgres://USER@HOST/NAME.")]
    Scheme,
    /// There is no path, or one with signs that have a meaning in addresses.
    #[error("Behind sqlite: comes the path of a file, without any of ?, # and %.")]
    Path,
}

/// What the server keeps. Cheap to copy.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) readers: AnyPool,
    pub(super) writers: Writers,
    pub(super) dialect: Dialect,
    url: DatabaseUrl,
    ledger: Ledger,
    changes: Changes,
}

impl Store {
    /// Opens a database and brings its schema up to date; makes the file if there is none.
    ///
    /// # Errors
    /// [`StoreError`] where the database cannot be reached, or is of a newer version.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let dialect = url.dialect;
        let options: AnyConnectOptions = match dialect {
            Dialect::Sqlite => format!("{}?mode=rwc", url.url),
            Dialect::Postgres => url.url.clone(),
        }
        .parse()?;
        let pool = |connections: u32| {
            let pool = AnyPoolOptions::new().max_connections(connections).acquire_timeout(WAIT);
            let pool = pool.after_connect(move |connection, _| {
                let settings = sqlx::raw_sql(dialect.settings());
                Box::pin(async move { connection.execute(settings).await.map(|_| ()) })
            });
            // To ask takes as long as a query does, and those to a file are there still.
            pool.test_before_acquire(dialect == Dialect::Postgres)
        };
        let connections = match dialect {
            Dialect::Sqlite => 1,
            Dialect::Postgres => WRITERS,
        };
        let writers = pool(connections).connect_with(options.clone()).await?;
        let writers = Writers::new(writers, dialect, connections);
        migrate(&writers, dialect).await?;
        let readers = pool(READERS).connect_with(options).await?;
        let changes = Changes::new();
        let ledger = Ledger::start(url, &writers, changes.clone())?;
        Ok(Self { readers, writers, dialect, url: url.clone(), ledger, changes })
    }

    /// The ledger.
    #[must_use]
    pub const fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Which accounts change from now on.
    #[must_use]
    pub fn changes(&self) -> Receiver<Changed> {
        self.changes.watch()
    }

    /// Passes changes on to the servers that share the database, and takes theirs, until it is
    /// aborted; at once done where there can be no others.
    pub async fn share_changes(self) {
        if let Some(url) = self.url.postgres() {
            self.changes.share(url, &self.readers).await;
        }
    }

    /// Where it is.
    #[must_use]
    pub const fn url(&self) -> &DatabaseUrl {
        &self.url
    }

    /// That the database answers.
    ///
    /// # Errors
    /// [`StoreError`] where it does not.
    pub async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Writes what is under way and closes all connections.
    pub async fn close(&self) {
        self.ledger.close().await;
        self.readers.close().await;
        self.writers.close().await;
    }

    /// Copies the database into a new file, as it is at one moment, while it is used.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be written; there must be none of that name. Only for
    /// SQLite: PostgreSQL has programs of its own for it.
    pub async fn backup(&self, file: &str) -> Result<(), StoreError> {
        sqlx::query("VACUUM INTO $1").bind(file).execute(&self.readers).await?;
        Ok(())
    }
}

/// Takes the steps that the database has not taken yet, each in a transaction of its own. Several
/// servers may start at once: one takes a step, the others see that it is taken.
async fn migrate(writers: &Writers, dialect: Dialect) -> Result<(), StoreError> {
    let table = "CREATE TABLE IF NOT EXISTS schema_step (number BIGINT PRIMARY KEY)";
    if let Err(error) = sqlx::query(table).execute(&mut *writers.connection().await?).await {
        // PostgreSQL: two servers at the same moment.
        if !is_duplicate(&error) {
            return Err(error.into());
        }
    }
    let known = i64::try_from(SCHEMA.len()).unwrap_or(i64::MAX);
    for (number, step) in (1..).zip(SCHEMA) {
        let mut transaction = writers.begin().await?;
        let connection = transaction.connection()?;
        if dialect == Dialect::Postgres {
            sqlx::query("LOCK TABLE schema_step").execute(&mut *connection).await?;
        }
        let found: i64 = sqlx::query("SELECT COALESCE(MAX(number), 0) FROM schema_step")
            .fetch_one(&mut *connection)
            .await?
            .try_get(0)?;
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found < number {
            let step = AssertSqlSafe(dialect.schema(step));
            connection.execute(sqlx::raw_sql(step)).await?;
            sqlx::query("INSERT INTO schema_step (number) VALUES ($1)")
                .bind(number)
                .execute(&mut *connection)
                .await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_files_or_postgres() {
        let url = |text: &str| text.parse::<DatabaseUrl>();
        assert_eq!(url("sqlite:iap.db").unwrap().path(), Some("iap.db"));
        assert_eq!(url("sqlite:///var/iap.db").unwrap().path(), Some("/var/iap.db"));
        assert!(url("postgres://u@h/n").unwrap().postgres().is_some());
        for bad in ["", "iap.db", "mysql://x", "sqlite"] {
            assert_eq!(url(bad), Err(DatabaseUrlError::Scheme), "{bad}");
        }
        for bad in ["sqlite:", "sqlite::memory:", "sqlite:a?mode=memory"] {
            assert_eq!(url(bad), Err(DatabaseUrlError::Path), "{bad}");
        }
    }

    #[test]
    fn a_password_is_never_written_out() {
        let url: DatabaseUrl = "postgres://me:secret@host/name".parse().unwrap();
        assert!(!format!("{url:?}").contains("secret"));
    }
}
