//! Reads the rows of a group.

use iap_core::credits::{
    Account, Alert, Amount, Balance, EntryKind, Funds, Hold, HoldState, Threshold,
};
use iap_core::pricing::Credits;
use iap_core::time::Timestamp;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::group::{Group, Kept, KeptAccount, KeptEntry, KeptHold};
use super::request::Request;
use crate::store::batch::Batch;
use crate::store::dialect::Dialect;
use crate::store::error::StoreError;

/// Keys of entries in a block.
const BLOCK: i64 = 512;

/// Reads all that the changes touch, and locks their accounts.
pub(super) async fn load<'r>(
    connection: &mut AnyConnection,
    dialect: Dialect,
    requests: impl Iterator<Item = &'r Request> + Clone,
) -> Result<Group, StoreError> {
    let mut group = Group::default();
    let (mut accounts, mut holds, mut keys) = (Batch::new(1), Batch::new(1), Batch::new(2));
    for request in requests {
        accounts.row([request.account.into()]);
        if let Some(hold) = request.change.hold() {
            holds.row([hold.into()]);
        }
        if let Some(key) = &request.key {
            keys.row([request.account.into(), key.as_str().into()]);
        }
    }
    let for_update = dialect.for_update();
    let statement = |list: &str| {
        format!(
            "SELECT id, service_id, available_paid, available_granted, held_paid, held_granted, \
             entries, COALESCE(threshold, 0), armed, COALESCE(last_entry, 0) FROM account \
             WHERE id IN (VALUES {list}) ORDER BY id{for_update}"
        )
    };
    for row in accounts.fetch(connection, dialect, statement).await? {
        let (id, account) = read_account(&row)?;
        group.accounts.insert(id, account);
    }
    if !keys.is_empty() {
        let statement = |list: &str| {
            format!(
                "SELECT account_id, id, kind, COALESCE(hold, 0), available_paid, \
                 available_granted, provider_paid, provider_granted, description, request \
                 FROM entry WHERE (account_id, request) IN (VALUES {list})"
            )
        };
        for row in keys.fetch(connection, dialect, statement).await? {
            let (account, key, entry) = read_entry(&row)?;
            if let Some(hold) = entry.hold {
                holds.row([hold.into()]);
            }
            group.keys.entry(account).or_default().insert(key, entry);
        }
    }
    if !holds.is_empty() {
        let statement = |list: &str| {
            format!(
                "SELECT account_id, id, paid, granted, expires_at, state, charged_paid, \
                 charged_granted, refunded_paid, refunded_granted FROM hold \
                 WHERE id IN (VALUES {list})"
            )
        };
        for row in holds.fetch(connection, dialect, statement).await? {
            let (place, hold) = read_hold(&row)?;
            group.holds.insert(place, KeptHold { hold, state: Kept::Same });
        }
    }
    // A group is smaller than a block, so that no key is given twice.
    let block: i64 =
        sqlx::query(dialect.next_entry_block()).fetch_one(connection).await?.try_get(0)?;
    group.next = block.saturating_mul(BLOCK);
    Ok(group)
}

fn read_account(row: &AnyRow) -> Result<(i64, KeptAccount), StoreError> {
    let id: i64 = row.try_get(0)?;
    let corrupt = || StoreError::Corrupt(format!("account {id} has a balance that cannot be"));
    let balance = Balance::new(
        funds(row.try_get(2)?, row.try_get(3)?).ok_or_else(corrupt)?,
        funds(row.try_get(4)?, row.try_get(5)?).ok_or_else(corrupt)?,
    )
    .map_err(|_| corrupt())?;
    let alert = Alert::restore(threshold(row.try_get(7)?), row.try_get::<i64, _>(8)? != 0);
    let account = KeptAccount {
        service: row.try_get(1)?,
        account: Account::restore(balance, alert),
        entries: row.try_get(6)?,
        last: Some(row.try_get::<i64, _>(9)?).filter(|&last| last != 0),
        changed: false,
    };
    Ok((id, account))
}

fn read_entry(row: &AnyRow) -> Result<(i64, String, KeptEntry), StoreError> {
    let (account, id): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let word: String = row.try_get(2)?;
    let kind = EntryKind::from_word(&word).ok_or_else(|| {
        StoreError::Corrupt(format!("entry {id} of account {account} is a “{word}”"))
    })?;
    let first = if kind == EntryKind::Capture { 6 } else { 4 };
    let entry = KeptEntry {
        id,
        kind,
        hold: Some(row.try_get::<i64, _>(3)?).filter(|&hold| hold != 0),
        paid: row.try_get(first)?,
        granted: row.try_get(first + 1)?,
        description: row.try_get(8)?,
    };
    Ok((account, row.try_get(9)?, entry))
}

fn read_hold(row: &AnyRow) -> Result<((i64, i64), Hold), StoreError> {
    let place: (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
    let corrupt =
        || StoreError::Corrupt(format!("hold {} of account {} is in no state", place.1, place.0));
    let state: String = row.try_get(5)?;
    let state = match &*state {
        "open" => HoldState::Open,
        "cancelled" => HoldState::Cancelled,
        "expired" => HoldState::Expired,
        "captured" => HoldState::Captured {
            charged: funds(row.try_get(6)?, row.try_get(7)?).ok_or_else(corrupt)?,
            refunded: funds(row.try_get(8)?, row.try_get(9)?).ok_or_else(corrupt)?,
        },
        _ => return Err(corrupt()),
    };
    let held = funds(row.try_get(2)?, row.try_get(3)?).ok_or_else(corrupt)?;
    let expires_at = Timestamp::from_millis(row.try_get(4)?);
    Ok((place, Hold::restore(held, expires_at, state).ok_or_else(corrupt)?))
}

fn funds(paid: i64, granted: i64) -> Option<Funds> {
    let amount = |millionths| Amount::new(Credits::from_millionths(millionths)).ok();
    Funds::new(amount(paid)?, amount(granted)?).ok()
}

fn threshold(millionths: i64) -> Option<Threshold> {
    Threshold::new(Amount::new(Credits::from_millionths(millionths)).ok()?).ok()
}
