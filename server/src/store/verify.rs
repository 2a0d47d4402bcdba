//! Checks what is kept against the rules.

use std::fmt;

use futures_util::TryStreamExt as _;
use iap_core::credits::Leg;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::error::StoreError;
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

/// The four parts of a balance: available and held, each paid and granted, in millionths.
type Parts = [i128; 4];

/// An account while its entries are gone through.
#[derive(Debug, Default)]
struct Derived {
    account: i64,
    entries: i64,
    /// The key of the newest entry so far.
    last: i64,
    parts: Parts,
    reported: bool,
}

impl Store {
    /// Derives every balance from the entries and compares; looks whether every entry sums to
    /// nothing, whether any part of a balance was ever negative, whether entries are numbered
    /// without gaps, whether what is held is what open holds have left, and whether the credits of
    /// orders came in and went out as the orders say.
    ///
    /// It reads all as it is at one moment, while the server goes on.
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

        let mut derived = Derived::default();
        let mut stored = sqlx::query(ENTRIES).fetch(&mut *snapshot);
        while let Some(row) = stored.try_next().await? {
            findings.entry(&mut derived, &row)?;
        }
        drop(stored);
        findings.finish(&derived);

        // What the entries make of each account is summed up by the database itself here: another
        // way to the same figures.
        let rows = sqlx::query(AssertSqlSafe(accounts())).fetch_all(&mut *snapshot).await?;
        for row in rows {
            findings.account(&row)?;
        }
        let rows = sqlx::query(HOLDS).fetch_all(&mut *snapshot).await?;
        for row in rows {
            findings.add(row.try_get(0)?, hold_sentence(&row)?);
        }
        let rows = sqlx::query(ORDERS).fetch_all(&mut *snapshot).await?;
        for row in rows {
            findings.add(row.try_get(0)?, order_sentence(&row)?);
        }
        findings.holds = count(&mut snapshot, "SELECT COUNT(*) FROM hold").await?;
        findings.accounts = count(&mut snapshot, "SELECT COUNT(*) FROM account").await?;
        snapshot.rollback().await?;
        Ok(findings)
    }
}

/// All entries, those of an account together and in their order.
const ENTRIES: &str = "SELECT account_id, number, id, COALESCE(previous, 0), available_paid, available_granted, held_paid, \
                       held_granted, provider_paid, provider_granted, platform_paid, \
                       platform_granted FROM entry ORDER BY account_id, number";

/// Accounts that differ from the sum of their entries, or from their open holds.
fn accounts() -> String {
    let sum = |column: &str| format!("CAST(COALESCE(SUM({column}), 0) AS BIGINT)");
    format!(
        "SELECT a.id, a.available_paid, a.available_granted, a.held_paid, a.held_granted, \
         a.entries, e.ap, e.ag, e.hp, e.hg, e.n, h.paid, h.granted, COALESCE(a.last_entry, 0), \
         e.last FROM account AS a \
         JOIN (SELECT account.id, {} AS ap, {} AS ag, {} AS hp, {} AS hg, \
         CAST(COALESCE(MAX(entry.number), 0) AS BIGINT) AS n, \
         CAST(COALESCE(MAX(entry.id), 0) AS BIGINT) AS last FROM account \
         LEFT JOIN entry ON entry.account_id = account.id GROUP BY account.id) AS e ON e.id = a.id \
         JOIN (SELECT account.id, {} AS paid, {} AS granted FROM account LEFT JOIN hold \
         ON hold.account_id = account.id AND hold.state = 'open' GROUP BY account.id) AS h \
         ON h.id = a.id \
         WHERE a.available_paid <> e.ap OR a.available_granted <> e.ag OR a.held_paid <> e.hp \
         OR a.held_granted <> e.hg OR a.entries <> e.n OR a.held_paid <> h.paid \
         OR a.held_granted <> h.granted OR COALESCE(a.last_entry, 0) <> e.last ORDER BY a.id",
        sum("entry.available_paid"),
        sum("entry.available_granted"),
        sum("entry.held_paid"),
        sum("entry.held_granted"),
        sum("hold.paid"),
        sum("hold.granted"),
    )
}

/// Holds whose entries say something else than they do: the entry that made it set aside as much,
/// and for every one that is not open exactly one entry resolved it as its state says.
const HOLDS: &str = "SELECT h.account_id, h.id, h.state FROM hold AS h \
     LEFT JOIN entry AS m ON m.id = h.id AND m.account_id = h.account_id \
     LEFT JOIN (SELECT hold, COUNT(*) AS n, MIN(kind) AS kind, MIN(account_id) AS account_id \
     FROM entry WHERE kind IN ('capture', 'cancel', 'expire') GROUP BY hold) AS r ON r.hold = h.id \
     WHERE m.kind IS NULL OR m.kind <> 'authorize' OR m.held_paid <> h.paid \
     OR m.held_granted <> h.granted OR COALESCE(r.n, 0) <> CASE h.state WHEN 'open' THEN 0 ELSE 1 END \
     OR COALESCE(r.account_id, h.account_id) <> h.account_id \
     OR COALESCE(r.kind, '') <> CASE h.state WHEN 'captured' THEN 'capture' \
     WHEN 'cancelled' THEN 'cancel' WHEN 'expired' THEN 'expire' ELSE '' END \
     ORDER BY h.account_id, h.id";

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

async fn count(
    connection: &mut sqlx::AnyConnection,
    statement: &'static str,
) -> Result<u64, StoreError> {
    let number: i64 = sqlx::query(statement).fetch_one(connection).await?.try_get(0)?;
    Ok(u64::try_from(number).unwrap_or_default())
}

fn hold_sentence(row: &AnyRow) -> Result<String, StoreError> {
    let (id, state): (i64, String) = (row.try_get(1)?, row.try_get(2)?);
    Ok(format!("hold {id} is {state}, and its entries say otherwise"))
}

fn order_sentence(row: &AnyRow) -> Result<String, StoreError> {
    let (id, state): (i64, String) = (row.try_get(1)?, row.try_get(2)?);
    Ok(format!("order {id} is {state}, and its entries say otherwise"))
}

impl Findings {
    fn add(&mut self, account: i64, what: String) {
        if self.findings.len() < MOST {
            self.findings.push(Finding { account, what });
        }
    }

    fn entry(&mut self, derived: &mut Derived, row: &AnyRow) -> Result<(), StoreError> {
        let account: i64 = row.try_get(0)?;
        if derived.account != account {
            self.finish(derived);
            *derived = Derived { account, ..Derived::default() };
        }
        self.entries += 1;
        let number: i64 = row.try_get(1)?;
        derived.entries += 1;
        if number != derived.entries {
            self.add(account, format!("entry {} is missing", derived.entries));
            derived.entries = number;
        }
        let (id, previous): (i64, i64) = (row.try_get(2)?, row.try_get(3)?);
        if previous != derived.last {
            self.add(account, format!("entry {number} does not follow the one before it"));
        }
        derived.last = id;
        let mut changes = [[0_i128; 2]; Leg::ALL.len()];
        for (leg, place) in changes.iter_mut().zip((4..).step_by(2)) {
            *leg = [row.try_get::<i64, _>(place)?.into(), row.try_get::<i64, _>(place + 1)?.into()];
        }
        let sum = changes.iter().fold([0, 0], |sum, leg| [sum[0] + leg[0], sum[1] + leg[1]]);
        if sum != [0, 0] {
            self.add(account, format!("entry {number} does not sum to nothing"));
        }
        let [available, held, ..] = changes;
        let [paid, granted] = available;
        let [held_paid, held_granted] = held;
        for (part, change) in derived.parts.iter_mut().zip([paid, granted, held_paid, held_granted])
        {
            *part += change;
        }
        if derived.parts.iter().any(|&part| part < 0) && !derived.reported {
            derived.reported = true;
            self.add(account, format!("its balance is negative after entry {number}"));
        }
        Ok(())
    }

    /// An account has no further entries.
    fn finish(&mut self, derived: &Derived) {
        let total: i128 = derived.parts.iter().sum();
        if total > i128::from(i64::MAX) {
            self.add(derived.account, "its entries sum up to more than can be".to_owned());
        }
    }

    fn account(&mut self, row: &AnyRow) -> Result<(), StoreError> {
        let id: i64 = row.try_get(0)?;
        let mut figures = [0_i64; 14];
        for (figure, place) in figures.iter_mut().zip(1..) {
            *figure = row.try_get(place)?;
        }
        let [
            ap,
            ag,
            hp,
            hg,
            entries,
            ap2,
            ag2,
            hp2,
            hg2,
            entries2,
            open_paid,
            open_granted,
            last,
            last2,
        ] = figures;
        for (name, stored, derived) in [
            ("available paid credits", ap, ap2),
            ("available granted credits", ag, ag2),
            ("held paid credits", hp, hp2),
            ("held granted credits", hg, hg2),
        ] {
            if stored != derived {
                let show = iap_core::pricing::Credits::from_millionths;
                let (stored, derived) = (show(stored), show(derived));
                self.add(id, format!("{name} are {stored}, and its entries make {derived}"));
            }
        }
        if entries != entries2 {
            self.add(id, format!("it counts {entries} entries, and the newest is {entries2}"));
        }
        if last != last2 {
            self.add(id, format!("its newest entry is {last2}, and it says {last}"));
        }
        if (hp, hg) != (open_paid, open_granted) {
            self.add(id, "what it has held is not what its open holds have left".to_owned());
        }
        Ok(())
    }
}
