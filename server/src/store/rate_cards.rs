//! Versions of the rate card.
//!
//! The one in force is, of those that were not withdrawn and whose moment has come, the one with the
//! latest moment; of several with the same moment the one imported last.

use iap_core::api::{Page, RateCardState, RateCardVersion};
use iap_core::pricing::{RateCard, RateDifference, sample_rate_card};
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row as _};

use super::audit::{Actor, note};
use super::error::StoreError;
use super::open::Store;
use super::page::{Cut, cut};
use crate::secret;

/// Those that count, in words for a query: `r` is the card.
const COUNTS: &str =
    "NOT EXISTS (SELECT 1 FROM rate_card_withdrawal AS w WHERE w.rate_card_id = r.id)";

/// Which version is in force at `$1`.
fn in_force(columns: &str) -> AssertSqlSafe<String> {
    AssertSqlSafe(format!(
        "SELECT {columns} FROM rate_card AS r WHERE r.valid_from <= $1 AND {COUNTS} \
         ORDER BY r.valid_from DESC, r.id DESC LIMIT 1"
    ))
}

/// Tells a card from all others without its rates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateCardKey {
    /// The version.
    pub id: i64,
    /// From when on it is valid.
    pub valid_from: Timestamp,
    /// The hash of its file.
    pub sha256: String,
}

/// Why a card is not imported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RateCardRefusal {
    /// It would follow another card than it was compared with.
    #[error(
        "The prices were changed meanwhile: it was compared with {}, and would follow {}. Look at \
         the preview again.", version(*.against), version(*.follows)
    )]
    Moved {
        /// What it was compared with.
        against: Option<i64>,
        /// What it would follow.
        follows: Option<i64>,
    },
    /// It has the same rates as the one that it would follow.
    #[error("These are the very prices of {}: nothing was imported.", version(*.0))]
    Same(Option<i64>),
    /// It would be valid in the past.
    #[error("Prices cannot be valid from a moment that is over: what was, stays as it was.")]
    Over,
}

fn version(id: Option<i64>) -> String {
    id.map_or_else(|| "the built-in sample".to_owned(), |id| format!("version {id}"))
}

/// What became of a card that was to be withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withdrawal {
    /// It will not come into force; perhaps it was withdrawn before.
    Done,
    /// It is in force, or was.
    InForce,
    /// There is none.
    Unknown,
}

/// A card, and which version it is.
#[derive(Clone, Debug)]
pub struct KnownRateCard {
    /// The version; none for the built-in sample.
    pub id: Option<i64>,
    /// The rates.
    pub card: RateCard,
}

impl Store {
    /// Which version is in force at a moment; none where the built-in sample is.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn rate_card_key(&self, at: Timestamp) -> Result<Option<RateCardKey>, StoreError> {
        let query = sqlx::query(in_force("r.id, r.valid_from, r.sha256")).bind(at.millis());
        let row = query.fetch_optional(&self.readers).await?;
        row.map(|row| {
            let valid_from = Timestamp::from_millis(row.try_get(1)?);
            Ok(RateCardKey { id: row.try_get(0)?, valid_from, sha256: row.try_get(2)? })
        })
        .transpose()
    }

    /// The file of a version.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn rate_card_csv(&self, id: i64) -> Result<Option<String>, StoreError> {
        let query = sqlx::query("SELECT csv FROM rate_card WHERE id = $1").bind(id);
        let row = query.fetch_optional(&self.readers).await?;
        Ok(row.map(|row| row.try_get(0)).transpose()?)
    }

    /// The card that is in force at a moment, which may come: the one that a card follows that is
    /// valid from then on.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn rate_card(&self, at: Timestamp) -> Result<KnownRateCard, StoreError> {
        let query = sqlx::query(in_force("r.id, r.csv")).bind(at.millis());
        known(query.fetch_optional(&self.readers).await?.as_ref())
    }

    /// All versions, those imported last first.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn rate_cards(
        &self,
        now: Timestamp,
        cut_at: Cut,
    ) -> Result<Page<RateCardVersion>, StoreError> {
        let current = self.rate_card_key(now).await?.map(|it| it.id);
        let statement =
            AssertSqlSafe(format!("{VERSION} WHERE r.id < $1 ORDER BY r.id DESC LIMIT $2"));
        let query = sqlx::query(statement).bind(cut_at.before()).bind(cut_at.rows());
        let rows = query.fetch_all(&self.readers).await?;
        let rows = rows.iter().map(|row| read(row, current, now)).collect::<Result<Vec<_>, _>>()?;
        Ok(cut(rows, cut_at, |it| it.id))
    }

    /// One version.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn rate_card_version(
        &self,
        id: i64,
        now: Timestamp,
    ) -> Result<Option<RateCardVersion>, StoreError> {
        let current = self.rate_card_key(now).await?.map(|it| it.id);
        let statement = AssertSqlSafe(format!("{VERSION} WHERE r.id = $1"));
        let row = sqlx::query(statement).bind(id).fetch_optional(&self.readers).await?;
        row.map(|row| read(&row, current, now)).transpose()
    }

    /// Imports a card that is valid from a moment on (from now on where none is said), if it follows
    /// the one that it was compared with; its version.
    ///
    /// # Errors
    /// [`StoreError`]; within it [`RateCardRefusal`].
    pub async fn import_rate_card(
        &self,
        card: &RateCard,
        valid_from: Option<Timestamp>,
        against: Option<i64>,
        actor: &Actor,
    ) -> Result<Result<i64, RateCardRefusal>, StoreError> {
        if valid_from.is_some_and(|at| at < actor.at) {
            return Ok(Err(RateCardRefusal::Over));
        }
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        take_turn(connection).await?;
        // Who waited for the turn came before the one who had it: now is not before what was imported.
        let latest = "SELECT COALESCE(MAX(imported_at), 0) FROM rate_card";
        let latest: i64 = sqlx::query(latest).fetch_one(&mut *connection).await?.try_get(0)?;
        let now = actor.at.max(Timestamp::from_millis(latest));
        let valid_from = valid_from.unwrap_or(now);
        let query = sqlx::query(in_force("r.id, r.csv")).bind(valid_from.millis());
        let follows = known(query.fetch_optional(&mut *connection).await?.as_ref())?;
        if follows.id != against {
            return Ok(Err(RateCardRefusal::Moved { against, follows: follows.id }));
        }
        let difference = RateDifference::between(&follows.card, card);
        if difference.is_empty() && follows.card.is_sample() == card.is_sample() {
            return Ok(Err(RateCardRefusal::Same(follows.id)));
        }
        let csv = card.to_csv();
        let rates = i64::try_from(card.rates().len()).unwrap_or(i64::MAX);
        let row = sqlx::query(
            "INSERT INTO rate_card (valid_from, imported_at, imported_by, rates, sha256, csv) \
             VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        )
        .bind(valid_from.millis())
        .bind(now.millis())
        .bind(actor.user)
        .bind(rates)
        .bind(secret::hash(&csv))
        .bind(csv)
        .fetch_one(&mut *connection)
        .await?;
        let id: i64 = row.try_get(0)?;
        let (added, changed, removed) = difference.counts();
        let detail = format!(
            "valid from {valid_from}, {rates} rates, after {}: {added} added, {changed} changed, \
             {removed} removed",
            version(follows.id)
        );
        note(connection, actor, "rate_card.import", &format!("rate card {id}"), &detail).await?;
        transaction.commit().await?;
        Ok(Ok(id))
    }

    /// Withdraws a version that is not in force yet.
    ///
    /// # Errors
    /// [`StoreError`]
    pub async fn withdraw_rate_card(
        &self,
        id: i64,
        actor: &Actor,
    ) -> Result<Withdrawal, StoreError> {
        let mut transaction = self.writers.begin().await?;
        let connection = transaction.connection()?;
        take_turn(connection).await?;
        let query = sqlx::query("SELECT valid_from FROM rate_card WHERE id = $1").bind(id);
        let Some(row) = query.fetch_optional(&mut *connection).await? else {
            return Ok(Withdrawal::Unknown);
        };
        let valid_from = Timestamp::from_millis(row.try_get(0)?);
        let new = "INSERT INTO rate_card_withdrawal (rate_card_id, at, user_id) \
                   SELECT r.id, $2, $3 FROM rate_card AS r WHERE r.id = $1 AND r.valid_from > $2 \
                   ON CONFLICT DO NOTHING";
        let query = sqlx::query(new).bind(id).bind(actor.at.millis()).bind(actor.user);
        if query.execute(&mut *connection).await?.rows_affected() == 0 {
            let query = sqlx::query("SELECT 1 FROM rate_card_withdrawal WHERE rate_card_id = $1");
            let before = query.bind(id).fetch_optional(&mut *connection).await?;
            return Ok(before.map_or(Withdrawal::InForce, |_| Withdrawal::Done));
        }
        let detail = format!("was to be valid from {valid_from}");
        note(connection, actor, "rate_card.withdraw", &format!("rate card {id}"), &detail).await?;
        transaction.commit().await?;
        Ok(Withdrawal::Done)
    }
}

/// Waits for whoever else changes the prices.
async fn take_turn(connection: &mut AnyConnection) -> Result<(), StoreError> {
    sqlx::query("UPDATE rate_card_turn SET turn = turn + 1").execute(connection).await?;
    Ok(())
}

/// The card in a row of its key and its file, or the built-in one.
fn known(row: Option<&AnyRow>) -> Result<KnownRateCard, StoreError> {
    let Some(row) = row else { return Ok(KnownRateCard { id: None, card: sample_rate_card() }) };
    let (id, csv): (i64, String) = (row.try_get(0)?, row.try_get(1)?);
    let card = RateCard::from_written(&csv)
        .ok_or_else(|| StoreError::Corrupt(format!("rate card {id} cannot be read")))?;
    Ok(KnownRateCard { id: Some(id), card })
}

const VERSION: &str = "SELECT r.id, r.valid_from, r.imported_at, COALESCE(u.email, ''), r.rates, \
                       (SELECT COUNT(*) FROM rate_card_withdrawal AS w \
                       WHERE w.rate_card_id = r.id) FROM rate_card AS r \
                       LEFT JOIN iap_user AS u ON u.id = r.imported_by";

fn read(row: &AnyRow, current: Option<i64>, now: Timestamp) -> Result<RateCardVersion, StoreError> {
    let id = row.try_get(0)?;
    let valid_from = Timestamp::from_millis(row.try_get(1)?);
    let state = if row.try_get::<i64, _>(5)? > 0 {
        RateCardState::Withdrawn
    } else if valid_from > now {
        RateCardState::Planned
    } else if current == Some(id) {
        RateCardState::InForce
    } else {
        RateCardState::Past
    };
    Ok(RateCardVersion {
        id,
        valid_from,
        imported_at: Timestamp::from_millis(row.try_get(2)?),
        imported_by: row.try_get(3)?,
        rates: row.try_get(4)?,
        state,
    })
}
