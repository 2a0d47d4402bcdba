//! Where the two databases differ.

/// The database that is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    /// What begins a transaction that will write. SQLite has one writer at a time: asking for its
    /// place at once is what keeps a transaction from failing in its middle.
    pub(super) const fn begin(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Writers of the ledger, each with a connection of its own. SQLite has one writer at a time.
    pub(super) const fn ledger_writers(self) -> usize {
        match self {
            Self::Sqlite => 1,
            Self::Postgres => 2,
        }
    }

    /// What every connection is told first. What is told as done has reached the disk, whatever
    /// happens to the machine.
    pub(super) const fn settings(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY"
            }
            Self::Postgres => {
                "SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'; \
                 SET lock_timeout = '10s'; SET timezone = 'UTC'"
            }
        }
    }

    /// Ends a query whose rows nobody else may change until the transaction ends.
    pub(super) const fn for_update(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE",
        }
    }

    /// Ends a query whose rows are taken as with [`Dialect::for_update`], but for those that somebody
    /// else is taking at the moment. In SQLite nobody else can be.
    pub(super) const fn for_update_skipping(self) -> &'static str {
        match self {
            Self::Sqlite => "",
            Self::Postgres => " FOR UPDATE SKIP LOCKED",
        }
    }

    /// The text of a schema, with the words of this database put in.
    pub(super) fn schema(self, text: &str) -> String {
        let (id, key, entry_block, room) = match self {
            Self::Sqlite => (
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "INTEGER PRIMARY KEY",
                "CREATE TABLE entry_block (value BIGINT NOT NULL); \
                 INSERT INTO entry_block (value) VALUES (0)",
                "",
            ),
            Self::Postgres => (
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "BIGINT PRIMARY KEY",
                "CREATE SEQUENCE entry_block",
                " WITH (fillfactor = 25)",
            ),
        };
        text.replace("{id}", id)
            .replace("{key}", key)
            .replace("{entry_block}", entry_block)
            .replace("{room}", room)
    }

    /// Takes the next block of keys of entries. What is taken and not used is left out.
    pub(super) const fn next_entry_block(self) -> &'static str {
        match self {
            Self::Sqlite => "UPDATE entry_block SET value = value + 1 RETURNING value",
            Self::Postgres => "SELECT nextval('entry_block')",
        }
    }
}
