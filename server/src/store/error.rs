//! Why the store does not do what it is asked for.

use sqlx::error::{DatabaseError, ErrorKind};

/// Why the store does not do what it is asked for.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database cannot be reached, or does not answer.
    #[error("The database cannot be reached. Try again in a moment.")]
    Unreachable(#[source] sqlx::Error),
    /// There is no room left where the database lies.
    #[error("The disk of the database is full: nothing can be written until there is room.")]
    Full(#[source] sqlx::Error),
    /// The database holds what a newer version of this program wrote.
    #[error(
        "The database was written by a newer version of this program: it has schema {found}, and \
         this version knows up to {known}. Use the newer version, or restore a backup."
    )]
    Newer {
        /// The schema that is there.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// What is kept contradicts the rules; `iap verify` says more.
    #[error("What the database holds contradicts the rules: {0}. Run `iap verify`.")]
    Corrupt(String),
    /// The server is about to end, and takes nothing more.
    #[error("The server is being stopped. Try again in a moment.")]
    Closed,
    /// Something else, which is a fault of this program.
    #[error("The database refused a query of this program.")]
    Database(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the same transaction may do better when it is begun again.
    pub(super) fn is_passing(error: &sqlx::Error) -> bool {
        // PostgreSQL: serialization failure, deadlock. SQLite: busy.
        let code = error.as_database_error().and_then(DatabaseError::code);
        matches!(code.as_deref(), Some("40001" | "40P01" | "5" | "517"))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed => Self::Unreachable(error),
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // SQLite: full, or an error of the disk. PostgreSQL: disk full.
                Some("13" | "53100") => Self::Full(error),
                // SQLite: cannot open, busy. PostgreSQL: class 57 is an operator's intervention,
                // class 08 a lost connection, 53300 too many connections.
                Some("14" | "5" | "53300") => Self::Unreachable(error),
                Some(code) if code.starts_with("57P") || code.starts_with("08") => {
                    Self::Unreachable(error)
                }
                _ => Self::Database(error),
            },
            _ => Self::Database(error),
        }
    }
}

/// Whether a row was refused because there is one with the same key.
pub(super) fn is_duplicate(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(|error| error.kind() == ErrorKind::UniqueViolation)
}

#[cfg(test)]
mod tests {
    use iap_core::catalogue::{Admission, Origin, Service};
    use iap_core::credits::{Amount, Hold, Kind};
    use iap_core::time::Timestamp;

    use super::*;
    use crate::store::{
        AccountKey, Actor, Change, DatabaseUrl, LedgerError, NewService, Request, Store,
    };

    /// The size of the file stands for that of the disk: SQLite tells both in the same way.
    #[tokio::test(flavor = "multi_thread")]
    async fn on_a_full_disk_nothing_is_lost_and_nothing_half_done() {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::sqlite(&folder.path().join("iap.db"));
        let store = Store::open(&url).await.unwrap();
        let at = Timestamp::default();
        let name = "sms".parse().unwrap();
        let service = Service { name, origin: Origin::FirstParty, trial: Amount::ZERO };
        let service = NewService {
            service,
            label: "SMS".into(),
            description: String::new(),
            privacy_url: String::new(),
            key_sha256: None,
        };
        let service = store.add_service(&service, &Actor::server(at)).await.unwrap().unwrap();
        let database = store.database("here", Admission::Approved, at).await.unwrap();
        let key = AccountKey::from(&"d20c879d28ee40eeb567e13ec375bd1b".parse().unwrap());
        let account = store.account(database.id, service, &key, at).await.unwrap().id;
        let make = |change| {
            let request = Request {
                account,
                service: None,
                at,
                change,
                description: "x".repeat(200),
                key: None,
            };
            store.ledger().make(request)
        };
        let limit = async |pages: i64| {
            let statement = sqlx::AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
            sqlx::query(statement).fetch_all(&store.writers).await.unwrap();
        };

        make(Change::Credit(Kind::Paid, "1000".parse().unwrap())).await.unwrap();
        limit(1).await; // The least it can be is what it has.
        let one = Change::Authorize("1".parse().unwrap(), Hold::DEFAULT_TTL);
        let mut held = 0;
        let full = loop {
            match make(one).await {
                Ok(_) => held += 1,
                Err(LedgerError::Store(error)) => break error,
                Err(refused) => panic!("{refused:?}"),
            }
        };
        assert!(matches!(*full, StoreError::Full(_)), "{full:?}");
        assert!(full.to_string().contains("disk"));
        assert!(held < 1000);
        // It can still be read, and all that was told as done is there.
        assert_eq!(store.verify().await.unwrap().findings, []);
        limit(1 << 30).await;
        let balance = make(one).await.unwrap().balance;
        assert_eq!(balance.held().total().millionths(), (held + 1) * 1_000_000);
        assert_eq!(store.verify().await.unwrap().findings, []);
    }
}
