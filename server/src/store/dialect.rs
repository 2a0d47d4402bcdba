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
        let (id, key, entry_block) = match self {
            Self::Sqlite => (
                "INTEGER PRIMARY KEY AUTOINCREMENT",
                "INTEGER PRIMARY KEY",
                "CREATE TABLE entry_block (value BIGINT NOT NULL); \
                 INSERT INTO entry_block (value) VALUES (0)",
            ),
            Self::Postgres => (
                "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "BIGINT PRIMARY KEY",
                "CREATE SEQUENCE entry_block",
            ),
        };
        text.replace("{id}", id).replace("{key}", key).replace("{entry_block}", entry_block)
    }

    /// Takes the next block of keys of entries. What is taken and not used is left out.
    pub(super) const fn next_entry_block(self) -> &'static str {
        match self {
            Self::Sqlite => "UPDATE entry_block SET value = value + 1 RETURNING value",
            Self::Postgres => "SELECT nextval('entry_block')",
        }
    }
}
