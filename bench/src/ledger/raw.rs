//! The limit: a loop over rusqlite that writes the same rows in groups of the same size, knowing
//! beforehand what to write, and asking nobody.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::{Connection, params};

use super::{ACCOUNTS, GROUP, Random, SECONDS};

/// One credit, in millionths.
const ONE: i64 = 1_000_000;

/// The rows that the ledger has for a charge, without what only the rest of the server needs.
const SCHEMA: &str = "
    CREATE TABLE account (
        id INTEGER PRIMARY KEY, available_paid INTEGER NOT NULL CHECK (available_paid >= 0),
        held_paid INTEGER NOT NULL CHECK (held_paid >= 0), entries INTEGER NOT NULL,
        last_entry INTEGER
    );
    CREATE TABLE entry (
        id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, number INTEGER NOT NULL,
        previous INTEGER, at INTEGER NOT NULL, kind TEXT NOT NULL, available_paid INTEGER NOT NULL,
        held_paid INTEGER NOT NULL, provider_paid INTEGER NOT NULL, description TEXT NOT NULL,
        CHECK (available_paid + held_paid + provider_paid = 0)
    );
    CREATE TABLE hold (
        id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL, paid INTEGER NOT NULL,
        expires_at INTEGER NOT NULL, state TEXT NOT NULL
    );
    CREATE INDEX hold_open ON hold (expires_at) WHERE state = 'open';";

/// What one change takes, in ns.
pub(super) fn ns_a_change(file: &Path) -> Result<f64> {
    let mut connection = Connection::open(file)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
         PRAGMA cache_size = -16000;",
    )?;
    connection.execute_batch(SCHEMA)?;
    for id in 0..i64::try_from(ACCOUNTS)? {
        connection
            .execute("INSERT INTO account VALUES (?1, 1000000000000, 0, 0, NULL)", params![id])?;
    }
    let mut random = Random(1);
    let (mut changes, mut next) = (0_u32, 0_i64);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(SECONDS) {
        let transaction = connection.transaction()?;
        {
            let mut read = transaction
                .prepare_cached("SELECT entries, last_entry FROM account WHERE id = ?1")?;
            let mut account = transaction.prepare_cached(
                "UPDATE account SET available_paid = available_paid + ?2, \
                 held_paid = held_paid + ?3, entries = ?4, last_entry = ?5 WHERE id = ?1",
            )?;
            let mut entry = transaction.prepare_cached(
                "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, 1800000000000, ?5, ?6, ?7, ?8, \
                 'A message to +32 470 12 34 56')",
            )?;
            let mut open = transaction.prepare_cached(
                "INSERT INTO hold VALUES (?1, ?2, 1000000, 1815552000000, 'open')",
            )?;
            let mut close =
                transaction.prepare_cached("UPDATE hold SET state = 'captured' WHERE id = ?1")?;
            for _ in 0..GROUP / 2 {
                let id = i64::try_from(random.below(ACCOUNTS))?;
                let (number, last): (i64, Option<i64>) =
                    read.query_row(params![id], |row| Ok((row.get(0)?, row.get(1)?)))?;
                next += 1;
                entry.execute(params![next, id, number, last, "authorize", -ONE, ONE, 0])?;
                open.execute(params![next, id])?;
                account.execute(params![id, -ONE, ONE, number + 1, next])?;
                entry.execute(params![next + 1, id, number + 1, next, "capture", 0, -ONE, ONE])?;
                close.execute(params![next])?;
                next += 1;
                account.execute(params![id, 0, -ONE, number + 2, next])?;
                changes += 2;
            }
        }
        transaction.commit()?;
    }
    Ok(start.elapsed().as_secs_f64() * 1e9 / f64::from(changes))
}
