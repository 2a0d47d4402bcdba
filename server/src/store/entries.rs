//! What was entered in accounts' ledgers, as it is shown.
//!
//! The entries of an account are a chain from the newest back, and are read along it: they lie in
//! the order in which they were written, and an index by account would cost every change more than
//! reading ever saves.

use iap_core::api::{Entry, Page};
use iap_core::credits::EntryKind;
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::attributions::{self, Whose};
use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};

/// What is read of an entry. Programs say what work is for when they ask for its hold, and nothing more
/// when they resolve it: so what is said of the hold counts for what became of it, too.
const COLUMNS: &str = "e.id, e.number, e.at, e.kind, COALESCE(NULLIF(e.description, ''), \
                       (SELECT h.description FROM entry AS h WHERE h.id = e.hold), ''), \
                       e.available_paid, e.available_granted, e.held_paid + e.held_granted, \
                       e.provider_paid + e.provider_granted, COALESCE(e.hold, 0), e.account_id";

/// Which entries are shown; all where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct EntryFilter {
    /// Only those of a kind.
    pub kind: Option<EntryKind>,
    /// Only those that something was charged by, or given back.
    pub charges: bool,
    /// Only those from that moment on.
    pub from: Option<Timestamp>,
    /// Only those before that moment.
    pub to: Option<Timestamp>,
    /// Only those of the work for somebody.
    pub whose: Whose,
}

impl Store {
    /// The entries of an account, the newest first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn entries(
        &self,
        account: i64,
        filter: &EntryFilter,
        cut_at: Cut,
    ) -> Result<Page<Entry>, StoreError> {
        // The chain is followed for a day more than is asked for: a clock may have gone back.
        let from = filter.from.map_or(i64::MIN, Timestamp::millis);
        let start = from.saturating_sub(86_400_000);
        let rows = sqlx::query(AssertSqlSafe(format!(
            "WITH RECURSIVE chain AS (\
               SELECT e.* FROM entry AS e WHERE e.account_id = $1 AND e.id = CASE WHEN $2 = 0 \
                 THEN (SELECT last_entry FROM account WHERE id = $1) \
                 ELSE (SELECT previous FROM entry WHERE id = $2 AND account_id = $1) END \
               UNION ALL \
               SELECT e.* FROM chain AS c JOIN entry AS e ON e.id = c.previous WHERE c.at >= $8\
             ) SELECT {COLUMNS}, {whom} FROM chain AS e \
               {join} \
               WHERE e.at >= $3 AND e.at < $4 AND ($5 = '' OR e.kind = $5) \
               AND ($6 = 0 OR e.provider_paid + e.provider_granted <> 0) AND {whose} LIMIT $7",
            whom = attributions::COLUMNS,
            join = attributions::JOIN,
            whose = attributions::condition([9, 10, 11]),
        )))
        .bind(account)
        .bind(cut_at.after().unwrap_or(0))
        .bind(from)
        .bind(filter.to.map_or(i64::MAX, Timestamp::millis))
        .bind(filter.kind.map_or("", EntryKind::as_str))
        .bind(i64::from(filter.charges))
        .bind(cut_at.rows())
        .bind(start)
        .bind(filter.whose.company())
        .bind(filter.whose.tells_users())
        .bind(filter.whose.user())
        .fetch_all(&self.readers)
        .await?;
        let mut entries = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        // Both databases follow the chain in its order, though no standard makes them.
        entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.number));
        Ok(cut(entries, cut_at, |entry| entry.id))
    }

    /// An entry of an account, by its key.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn entry(&self, account: i64, id: i64) -> Result<Option<Entry>, StoreError> {
        let statement = format!(
            "SELECT {COLUMNS}, {} FROM entry AS e {} WHERE e.id = $1 AND e.account_id = $2",
            attributions::COLUMNS,
            attributions::JOIN
        );
        let row = sqlx::query(AssertSqlSafe(statement))
            .bind(id)
            .bind(account)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| read(&row)).transpose()
    }
}

fn read(row: &AnyRow) -> Result<Entry, StoreError> {
    let (id, kind): (i64, String) = (row.try_get(0)?, row.try_get(3)?);
    let (account, company): (i64, i64) = (row.try_get(10)?, row.try_get(11)?);
    let credits = |column: usize| row.try_get(column).map(Credits::from_millionths);
    Ok(Entry {
        id,
        account,
        number: row.try_get(1)?,
        at: Timestamp::from_millis(row.try_get(2)?),
        kind: EntryKind::from_word(&kind)
            .ok_or_else(|| StoreError::Corrupt(format!("entry {id} is a “{kind}”")))?,
        description: row.try_get(4)?,
        available_paid: credits(5)?,
        available_granted: credits(6)?,
        held: credits(7)?,
        charged: credits(8)?,
        hold: Some(row.try_get(9)?).filter(|&hold| hold != 0),
        company: attributions::read_company(company),
        user: row.try_get(12)?,
        link: row.try_get(13)?,
    })
}
