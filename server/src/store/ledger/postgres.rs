//! The ledger's connection to PostgreSQL.
//!
//! All statements of a step go at once, each with all its rows (`script.rs`), so that a group takes
//! two ways there and back: one to read, one to write and commit. A way costs several times what a
//! statement does where both ends have other work.

use std::str::FromStr as _;
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Either, Executor as _};
use tokio::time::timeout;

use super::group::Group;
use super::row::Row;
use super::script::{Prepared, Script};
use super::statement::{Read, Write};
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;
use crate::store::open::WAIT;

/// Every statement of the ledger finds its rows by their keys. The planner, which may look at a
/// table while it is empty, is not to think of another way and keep to it.
const SETTINGS: &str = "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; \
                        SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off";

/// For how long the connection need not be asked whether it is there still. If it is not, the group
/// that finds out begins again with another: nothing was done in it yet.
const FRESH: Duration = Duration::from_secs(1);

/// What makes and keeps the connection.
pub(super) struct Postgres {
    options: PgConnectOptions,
    /// Where it waits for the next transaction.
    idle: Option<Link>,
}

impl Postgres {
    pub(super) fn new(url: &str) -> sqlx::Result<Self> {
        // What is sent would be logged with the values of its rows.
        let options = PgConnectOptions::from_str(url)?.disable_statement_logging();
        Ok(Self { options, idle: None })
    }

    pub(super) async fn begin(&mut self) -> Result<PostgresTransaction<'_>, StoreError> {
        let kept = match self.idle.take() {
            Some(link) => link.if_it_answers().await,
            None => None,
        };
        let kept_before = kept.is_some();
        let link = match kept {
            Some(link) => link,
            None => Link::open(&self.options).await?,
        };
        Ok(PostgresTransaction { link, may_be_gone: kept_before, begun: false, postgres: self })
    }

    pub(super) async fn close(self) {
        if let Some(link) = self.idle {
            // It is gone either way.
            let _ = link.connection.close().await;
        }
    }
}

/// An open connection.
struct Link {
    connection: PgConnection,
    prepared: Prepared,
    used: Instant,
}

impl Link {
    async fn open(options: &PgConnectOptions) -> Result<Self, StoreError> {
        let open = async {
            let mut connection = PgConnection::connect_with(options).await?;
            connection.execute(Dialect::Postgres.settings()).await?;
            connection.execute(SETTINGS).await?;
            Ok::<_, sqlx::Error>(connection)
        };
        let connection = timeout(WAIT, open).await.map_err(|_| sqlx::Error::PoolTimedOut)??;
        Ok(Self { connection, prepared: Prepared::default(), used: Instant::now() })
    }

    async fn if_it_answers(mut self) -> Option<Self> {
        if self.used.elapsed() < FRESH {
            return Some(self);
        }
        let answer = timeout(WAIT, self.connection.ping()).await;
        answer.is_ok_and(|answer| answer.is_ok()).then_some(self)
    }

    /// Sends a script; what it reads goes where each of `reads` says.
    async fn run(
        &mut self,
        script: Script,
        group: &mut Group,
        reads: &[Read<'_, '_>],
    ) -> Result<(), StoreError> {
        let mut owners = script.owners.into_iter();
        let mut owner = owners.next().flatten();
        let mut answers =
            sqlx::raw_sql(AssertSqlSafe(script.text)).fetch_many(&mut self.connection);
        while let Some(answer) = answers.try_next().await? {
            match answer {
                Either::Left(_) => owner = owners.next().flatten(),
                Either::Right(row) => {
                    if let Some(read) = owner.and_then(|place: usize| reads.get(place)) {
                        (read.take)(group, &Row::Postgres(&row))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// A transaction that writes. If it does not come to its commit, whatever the reason, its connection
/// is closed, which undoes it.
pub(super) struct PostgresTransaction<'c> {
    link: Link,
    /// Whether the connection was made before, so that it may have been lost since.
    may_be_gone: bool,
    begun: bool,
    postgres: &'c mut Postgres,
}

impl PostgresTransaction<'_> {
    pub(super) async fn read(
        &mut self,
        group: &mut Group,
        reads: &[Read<'_, '_>],
    ) -> Result<(), StoreError> {
        let script = self.script(reads);
        match self.link.run(script, group, reads).await {
            // Nothing was done yet that could be lost with it.
            Err(StoreError::Unreachable(_)) if self.may_be_gone => {
                self.link = Link::open(&self.postgres.options).await?;
                (self.may_be_gone, self.begun) = (false, false);
                let script = self.script(reads);
                self.link.run(script, group, reads).await?;
            }
            done => done?,
        }
        self.may_be_gone = false;
        Ok(())
    }

    fn script(&mut self, reads: &[Read<'_, '_>]) -> Script {
        let mut script = Script::default();
        self.begin(&mut script);
        for (place, read) in reads.iter().enumerate() {
            script.add(read.statement, read.rows, Some(place), &mut self.link.prepared);
        }
        script
    }

    fn begin(&mut self, script: &mut Script) {
        if !self.begun {
            script.word(Dialect::Postgres.begin());
            self.begun = true;
        }
    }

    pub(super) async fn commit(mut self, writes: &[Write<'_>]) -> Result<(), StoreError> {
        let mut script = Script::default();
        self.begin(&mut script);
        for write in writes {
            script.add(write.statement, &write.rows, None, &mut self.link.prepared);
        }
        // Where a statement fails, nothing behind it is carried out.
        script.word("COMMIT");
        self.link.run(script, &mut Group::default(), &[]).await?;
        self.link.used = Instant::now();
        self.postgres.idle = Some(self.link);
        Ok(())
    }
}
