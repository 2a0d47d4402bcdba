//! Checks what is kept against the rules.

use std::fmt;

use futures_util::TryStreamExt as _;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use super::error::StoreError;
use super::history::History;
use super::open::Store;

/// Something that contradicts the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The account, by its key.
    pub account: i64,
    /// What is wrong, in a sentence.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "account {}: {}", self.account, self.what)
    }
}

/// What a check looked at, and what it found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// Accounts that were looked at.
    pub accounts: u64,
    /// Entries that were looked at.
    pub entries: u64,
    /// Holds that were looked at.
    pub holds: u64,
    /// What is wrong; nothing if all is well.
    pub findings: Vec<Finding>,
}

/// What is wrong is told so often at most: more would help nobody.
const MOST: usize = 1_000;

impl Store {
    /// Derives every balance from the entries and compares; looks whether every entry sums to
    /// nothing, whether any part of a balance was ever negative, whether entries are numbered
    /// without gaps, whether what is held is what open holds have left, whether holds say the same
    /// as their entries, whether the credits of orders came in and went out as the orders say, and
    /// whether invoices are numbered without gaps and say what their orders say.
    ///
    /// It reads all as it is at one moment, while the server goes on. What it remembers grows with
    /// the accounts and with the holds that were open at the same time, not with the entries.
    ///
    /// # Errors
    /// [`StoreError`] where the database cannot be read.
    pub async fn verify(&self) -> Result<Findings, StoreError> {
        let begin = match self.url().path() {
            Some(_) => "BEGIN",
            None => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        };
        let mut snapshot = self.readers.begin_with(begin).await?;
        let mut findings = Findings::default();
        let mut history = History::default();
        let mut after = i64::MIN;
        loop {
            let entries = sqlx::query(ENTRIES).bind(after).bind(i64::from(AT_ONCE));
            let entries = entries.fetch_all(&mut *snapshot).await?;
            // Holds have the keys of the entries that made them; behind the last entry are those
            // that no entry made.
            let (until, done) = match entries.last() {
                Some(last) if entries.len() == usize::from(AT_ONCE) => (last.try_get(0)?, false),
                _ => (i64::MAX, true),
            };
            let holds =
                sqlx::query(HOLDS).bind(after).bind(until).fetch_all(&mut *snapshot).await?;
            for hold in &holds {
                history.hold(&mut findings, hold)?;
            }
            for entry in &entries {
                history.entry(&mut findings, entry)?;
            }
            if done {
                break;
            }
            after = until;
        }
        history.finish(&mut findings);

        let mut accounts = sqlx::query(ACCOUNTS).fetch(&mut *snapshot);
        while let Some(row) = accounts.try_next().await? {
            history.account(&mut findings, &row)?;
        }
        drop(accounts);
        history.without_account(&mut findings);
        let rows = sqlx::query(ORDERS).fetch_all(&mut *snapshot).await?;
        for row in rows {
            findings.add(row.try_get(0)?, order_sentence(&row)?);
        }
        let rows = sqlx::query(INVOICES).fetch_all(&mut *snapshot).await?;
        for row in rows {
            let number: String = row.try_get(1)?;
            let what =
                format!("invoice {number} does not follow the one before, or is of another order");
            findings.add(row.try_get(0)?, what);
        }
        snapshot.rollback().await?;
        findings.findings.sort_by_key(|finding| finding.account);
        Ok(findings)
    }
}

/// How many entries are read at once: few enough to be held, enough that asking costs little.
const AT_ONCE: u16 = 4096;

/// Entries behind a key, in the order in which they were written.
const ENTRIES: &str = "SELECT id, account_id, number, COALESCE(previous, 0), kind, \
     COALESCE(hold, 0), available_paid, available_granted, held_paid, held_granted, provider_paid, \
     provider_granted, platform_paid, platform_granted FROM entry WHERE id > $1 ORDER BY id LIMIT $2";

/// Holds behind a key and up to another one.
const HOLDS: &str = "SELECT id, account_id, state, paid, granted FROM hold \
     WHERE id > $1 AND id <= $2 ORDER BY id";

/// What accounts say of themselves.
const ACCOUNTS: &str = "SELECT id, available_paid, available_granted, held_paid, held_granted, \
     entries, COALESCE(last_entry, 0) FROM account ORDER BY id";

/// Orders whose entries say something else than they do: of one that was paid, an entry brought its
/// credits, and of one that was given back, another took them out.
const ORDERS: &str = "SELECT o.account_id, o.id, o.state FROM iap_order AS o \
     LEFT JOIN entry AS c ON c.id = o.entry_id AND c.account_id = o.account_id \
     LEFT JOIN entry AS w ON w.id = o.refund_entry_id AND w.account_id = o.account_id \
     WHERE (o.step <> 'credit' AND o.state IN ('paid', 'refunded') \
       AND COALESCE(c.available_paid, 0) <> o.credits) \
     OR (o.state IN ('pending', 'cancelled') AND o.entry_id IS NOT NULL) \
     OR (o.state = 'refunded' AND COALESCE(w.available_paid, 0) <> -o.credits) \
     OR (o.state <> 'refunded' AND o.refund_entry_id IS NOT NULL) \
     ORDER BY o.account_id, o.id";

/// Documents that have no predecessor in their series and year, are beyond the counter, belong to an
/// order that was never paid, or take back what was not billed.
const INVOICES: &str = "SELECT o.account_id, i.number FROM invoice AS i \
     JOIN iap_order AS o ON o.id = i.order_id \
     LEFT JOIN invoice AS p ON p.kind = i.kind AND p.year = i.year AND p.running = i.running - 1 \
     LEFT JOIN invoice_counter AS c ON c.kind = i.kind AND c.year = i.year \
     LEFT JOIN invoice AS b ON b.order_id = i.order_id AND b.kind = 'invoice' \
     WHERE (i.running > 1 AND p.id IS NULL) OR COALESCE(c.running, 0) < i.running \
     OR b.id IS NULL OR o.state NOT IN ('paid', 'refunded') \
     OR (i.kind = 'credit_note' AND o.state <> 'refunded') ORDER BY o.account_id, i.id";

fn order_sentence(row: &AnyRow) -> Result<String, StoreError> {
    let (id, state): (i64, String) = (row.try_get(1)?, row.try_get(2)?);
    Ok(format!("order {id} is {state}, and its entries say otherwise"))
}

impl Findings {
    pub(super) fn add(&mut self, account: i64, what: String) {
        if self.findings.len() < MOST {
            self.findings.push(Finding { account, what });
        }
    }
}
